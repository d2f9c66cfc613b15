"""Requests sent by the official client, `kubernetes`, and by its asyncio part, `kubernetes.aio`.

Each function sends the body as it is. The client's own calls would write it anew.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

from ._statefulset import Outcome, Request


class ApiClient(Protocol):
    """What `execute` needs of `kubernetes.client.ApiClient`, version 37 or newer."""

    rest_client: Any

    def param_serialize(
        self,
        method: str,
        resource_path: str,
        *,
        header_params: Any = ...,
        auth_settings: Any = ...,
    ) -> tuple[Any, ...]:
        """Adds host, default headers and credentials.

        Args:
            method: HTTP's.
            resource_path: the path, without the host.
            header_params: headers.
            auth_settings: which credentials to use.
        """
        ...


class AsyncApiClient(Protocol):
    """What `execute_async` needs of `kubernetes.aio.client.ApiClient`, version 37 or newer."""

    configuration: Any
    rest_client: Any

    def param_serialize(
        self,
        method: str,
        resource_path: str,
        *,
        header_params: Any = ...,
        auth_settings: Any = ...,
    ) -> Awaitable[tuple[Any, ...]]:
        """Adds host, default headers and credentials.

        Args:
            method: HTTP's.
            resource_path: the path, without the host.
            header_params: headers.
            auth_settings: which credentials to use.
        """
        ...


CREDENTIALS = ["BearerToken"]


def execute(api_client: ApiClient, request: Request, *, timeout: float = 30.0) -> Outcome:
    """Sends a request by the official client, with its connection, credentials and headers.

    Args:
        api_client: a `kubernetes.client.ApiClient`.
        request: the request.
        timeout: how many seconds it may take.

    Returns:
        How it went. A failed connection is the outcome "failed".
    """
    from urllib3.exceptions import HTTPError

    method, url, headers, *_ = api_client.param_serialize(
        request.method, request.path, header_params=_headers(request), auth_settings=CREDENTIALS
    )
    pool = api_client.rest_client.pool_manager
    try:
        answer = pool.request(method, url, body=request.body, headers=headers, timeout=timeout, retries=False)
    except HTTPError as error:
        return Outcome(status="failed", message=str(error))
    return Outcome.of_response(answer.status, answer.data)


async def execute_async(api_client: AsyncApiClient, request: Request, *, timeout: float = 30.0) -> Outcome:
    """Sends a request by the asyncio part of the official client, with its connection, credentials and headers.

    Args:
        api_client: a `kubernetes.aio.client.ApiClient`.
        request: the request.
        timeout: how many seconds it may take.

    Returns:
        How it went. A failed connection is the outcome "failed".
    """
    from aiohttp import ClientError, ClientTimeout

    method, url, headers, *_ = await api_client.param_serialize(
        request.method, request.path, header_params=_headers(request), auth_settings=CREDENTIALS
    )
    rest = api_client.rest_client
    # The client makes its session when it sends something for the first time.
    rest.pool_manager = rest.pool_manager or rest._create_pool_manager()
    try:
        async with rest.pool_manager.request(
            method,
            url,
            data=request.body,
            headers=headers,
            timeout=ClientTimeout(total=timeout),
            proxy=rest.proxy,
            proxy_headers=rest.proxy_headers,
            server_hostname=api_client.configuration.tls_server_name,
        ) as answer:
            return Outcome.of_response(answer.status, await answer.read())
    except (ClientError, TimeoutError) as error:
        return Outcome(status="failed", message=str(error) or f"no answer within {timeout} seconds")


def _headers(request: Request) -> dict[str, str]:
    return {"Accept": "application/json", "Content-Type": request.content_type}
