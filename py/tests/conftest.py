from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from kubernetes.client import ApiClient, Configuration

from .server import Server, serving

# The same cases every time; a slow machine is no failure.
settings.register_profile("statefulset", derandomize=True, deadline=None)
settings.load_profile("statefulset")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def api_client(server: Server) -> Iterator[ApiClient]:
    configuration = Configuration(host=server.url, api_key={"BearerToken": "secret"})
    configuration.api_key_prefix["BearerToken"] = "Bearer"
    with ApiClient(configuration) as api_client:
        yield api_client
