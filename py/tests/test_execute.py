from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from kubernetes.client import ApiClient, Configuration
from statefulset.kubernetes import Cluster, Outcome, Request, execute

from .test_kubernetes import KINDS, simulated_set


@dataclass
class Server:
    url: str
    answer: tuple[int, bytes] = (200, b"{}")
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def take(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.seen.append((self.command, self.path, dict(self.headers), body))
            code, answer = state.answer
            self.send_response(code)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_PUT = do_PATCH = do_DELETE = take

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    state = Server(url=f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield state
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture
def api_client(server: Server) -> Iterator[ApiClient]:
    configuration = Configuration(host=server.url, api_key={"BearerToken": "secret"})
    configuration.api_key_prefix["BearerToken"] = "Bearer"
    with ApiClient(configuration) as api_client:
        yield api_client


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


def test_the_body_goes_out_as_it_is(server: Server, api_client: ApiClient) -> None:
    server.answer = (201, json.dumps({"metadata": {"resourceVersion": "17"}}).encode())
    for request in requests():
        assert execute(api_client, request) == Outcome(status="done", resource_version="17")
        method, path, headers, body = server.seen[-1]
        assert (method, path, body) == (request.method, request.path, request.body)
        assert headers["Content-Type"] == request.content_type
        assert headers["authorization"] == "Bearer secret"
    assert any(b"100000000000000000000" in request.body for request in requests())


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
def test_refusals_are_told_apart(
    server: Server, api_client: ApiClient, code: int, reason: str, outcome: Outcome
) -> None:
    server.answer = (code, json.dumps({"kind": "Status", "reason": reason, "message": "no"}).encode())
    assert execute(api_client, requests()[0]) == outcome


def test_a_connection_that_fails_is_an_outcome() -> None:
    with ApiClient(Configuration(host="http://127.0.0.1:1")) as api_client:
        outcome = execute(api_client, requests()[0], timeout=1)
    assert outcome.status == "failed" and "127.0.0.1" in outcome.message


def test_answers_that_make_no_sense_are_failures_in_words() -> None:
    assert Outcome.of_response(200, b"\xff") == Outcome(status="done")
    assert Outcome.of_response(502) == Outcome.of_response(502, b"<html>")
    assert Outcome.of_response(502).message == "the server answered with HTTP status 502"
    assert Outcome.of_response(2**70).status == "failed"
