from __future__ import annotations

import json

import pytest
from kubernetes.client import ApiClient, Configuration

from statefulset.kubernetes import Cluster, Outcome, Request, execute

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


def test_the_body_goes_out_as_it_is(server: Server, api_client: ApiClient) -> None:
    server.answer = (201, json.dumps({"metadata": {"resourceVersion": "17"}}).encode())
    for request in requests():
        assert execute(api_client, request) == Outcome(status="done", resource_version="17")
        sent = server.seen[-1]
        assert (sent.method, sent.path, sent.body) == (request.method, request.path, request.body)
        assert sent.headers["Content-Type"] == request.content_type
        assert sent.headers["authorization"] == "Bearer secret"
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
