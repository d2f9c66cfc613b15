"""Both ways to send a request by the official client: one waits, one is awaited."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from typing import TypeAlias

import pytest
from kubernetes import aio
from kubernetes.client import ApiClient, Configuration

from statefulset.kubernetes import Cluster, Outcome, Request, carry_out, carry_out_async, execute, execute_async

from .server import Server
from .test_kubernetes import KINDS, simulated_set


def requests() -> tuple[Request, ...]:
    cluster = Cluster()
    for kind in KINDS:
        cluster.begin_list(kind)
        if kind == "StatefulSet":
            wanted = simulated_set()
            # A number that another writer would write in another way.
            wanted["spec"]["template"]["spec"]["priority"] = 1e20
            cluster.apply(wanted)
        cluster.end_list(kind, "1000")
    return cluster.plan("default/web", 0).requests


Sender: TypeAlias = Callable[[str, list[Request], float], list[Outcome]]


def waiting(host: str, requests: list[Request], timeout: float) -> list[Outcome]:
    configuration = Configuration(host=host, api_key={"BearerToken": "secret"})
    configuration.api_key_prefix["BearerToken"] = "Bearer"
    with ApiClient(configuration) as api_client:
        return [execute(api_client, request, timeout=timeout) for request in requests]


def awaited(host: str, requests: list[Request], timeout: float) -> list[Outcome]:
    async def send() -> list[Outcome]:
        configuration = aio.client.Configuration(host=host, api_key={"BearerToken": "secret"})
        configuration.api_key_prefix["BearerToken"] = "Bearer"
        async with aio.client.ApiClient(configuration) as api_client:
            return [await execute_async(api_client, request, timeout=timeout) for request in requests]

    return asyncio.run(send())


@pytest.fixture(params=[waiting, awaited])
def sender(request: pytest.FixtureRequest) -> Sender:
    sender: Sender = request.param
    return sender


def test_the_body_goes_out_as_it_is(server: Server, sender: Sender) -> None:
    server.answer = (201, json.dumps({"metadata": {"resourceVersion": "17"}}).encode())
    sent = list(requests())
    assert sender(server.url, sent, 30) == [Outcome(status="done", resource_version="17")] * len(sent)
    for request, seen in zip(sent, server.seen, strict=True):
        assert (seen.method, seen.path, seen.body) == (request.method, request.path, request.body)
        headers = {name.lower(): value for name, value in seen.headers.items()}
        assert headers["content-type"] == request.content_type
        assert headers["authorization"] == "Bearer secret"
    assert any(b"100000000000000000000" in request.body for request in sent)


@pytest.mark.parametrize(
    ("code", "reason", "outcome"),
    [
        (404, "NotFound", Outcome(status="not-found")),
        (409, "AlreadyExists", Outcome(status="already-exists")),
        (409, "Conflict", Outcome(status="conflict")),
        (422, "Invalid", Outcome(status="invalid", message="no")),
        (429, "TooManyRequests", Outcome(status="failed", message="no")),
        (500, "InternalError", Outcome(status="failed", message="no")),
    ],
)
def test_refusals_are_told_apart(server: Server, sender: Sender, code: int, reason: str, outcome: Outcome) -> None:
    server.answer = (code, json.dumps({"kind": "Status", "reason": reason, "message": "no"}).encode())
    assert sender(server.url, [requests()[0]], 30) == [outcome]


def test_a_connection_that_fails_is_an_outcome(sender: Sender) -> None:
    (outcome,) = sender("http://127.0.0.1:1", [requests()[0]], 1)
    assert outcome.status == "failed" and "127.0.0.1" in outcome.message


def test_a_server_that_does_not_answer_is_an_outcome(sender: Sender) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        (outcome,) = sender(f"http://127.0.0.1:{silent.getsockname()[1]}", [requests()[0]], 0.1)
    assert outcome.status == "failed" and "0.1" in outcome.message


def seen() -> Cluster:
    cluster = Cluster()
    for kind in KINDS:
        cluster.begin_list(kind)
        if kind == "StatefulSet":
            cluster.apply(simulated_set("Parallel"))
        cluster.end_list(kind, "1000")
    return cluster


@pytest.mark.parametrize("fails", range(8))
def test_both_rounds_send_the_same_in_the_same_order(fails: int) -> None:
    """Whichever request is refused, and all that depends on it is not sent."""

    def answer(sent: list[str]) -> Outcome:
        return Outcome(status="failed" if len(sent) == fails else "done", resource_version="1001")

    one_by_one: list[str] = []
    side_by_side: list[str] = []

    def send(request: Request) -> Outcome:
        one_by_one.append(f"{request.method} {request.path} {request.body!r}")
        return answer(one_by_one)

    async def send_async(request: Request) -> Outcome:
        side_by_side.append(f"{request.method} {request.path} {request.body!r}")
        return answer(side_by_side)

    tail = carry_out(seen(), "default/web", 0, send)
    assert tail == asyncio.run(carry_out_async(seen(), "default/web", 0, send_async, width=1))
    assert one_by_one == side_by_side and (len(one_by_one) > 1 or fails == 1)


def test_answers_that_make_no_sense_are_failures_in_words() -> None:
    assert Outcome.of_response(200, b"\xff") == Outcome(status="done")
    assert Outcome.of_response(502) == Outcome.of_response(502, b"<html>")
    assert Outcome.of_response(502).message == "the server answered with HTTP status 502"
    assert Outcome.of_response(2**70).status == "failed"
