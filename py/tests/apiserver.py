"""An API server in memory, as far as an operator needs one: objects are made, changed, listed and deleted.

Pods are ready as soon as they are made, and are gone as soon as they are deleted. Claims are bound.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Object = dict[str, Any]

PATH = re.compile(r"(/api/v1|/apis/[^/]+/[^/]+)/namespaces/([^/]+)/([^/]+)(?:/([^/]+))?(?:/(status))?")
SINCE = "2026-01-01T00:00:00Z"
BORN = {
    "pods": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": SINCE}]},
    "persistentvolumeclaims": {"phase": "Bound"},
}


@dataclass
class ApiServer:
    """The objects of a namespace, by resource and name, and what was asked."""

    url: str = ""
    objects: dict[tuple[str, str], Object] = field(default_factory=dict)
    seen: list[tuple[str, str, str]] = field(default_factory=list)
    version: int = 0

    def answer(self, method: str, url: str, body: Object) -> tuple[int, Object]:
        """The answer to a request."""
        asked = urlsplit(url)
        found = PATH.fullmatch(asked.path)
        assert found, asked.path
        group, _, resource, name, below = found.groups()
        name = name or body.get("metadata", {}).get("name", "")
        self.seen.append((method, group, "/".join(filter(None, (resource, below)))))
        old = self.objects.get((resource, name))
        if method == "GET" and not found[4]:
            return 200, self.list(resource, parse_qs(asked.query).get("labelSelector", [""])[0])
        if method == "POST":
            return refused(409, "AlreadyExists") if old else (201, self.put(resource, name, new(resource, body, name)))
        if old is None:
            return refused(404, "NotFound")
        if method == "DELETE":
            if body.get("preconditions", {}).get("uid", old["metadata"]["uid"]) != old["metadata"]["uid"]:
                return refused(409, "Conflict")
            return 200, self.objects.pop((resource, name))
        assert method == "PATCH", method
        changed = merged(old, body)
        return 200, old if changed == old else self.put(resource, name, changed)

    def list(self, resource: str, selector: str) -> Object:
        """The objects of a resource that have the labels."""
        wanted = dict(label.split("=") for label in selector.split(",") if label)
        items = [it for (of, _), it in self.objects.items() if of == resource]
        items = [it for it in items if wanted.items() <= it["metadata"].get("labels", {}).items()]
        return {"metadata": {"resourceVersion": str(self.version)}, "items": items}

    def put(self, resource: str, name: str, it: Object) -> Object:
        """Stores an object under a new version."""
        self.version += 1
        it["metadata"]["resourceVersion"] = str(self.version)
        self.objects[resource, name] = it
        return it


def new(resource: str, body: Object, name: str) -> Object:
    born = {"name": name, "namespace": "default", "uid": f"{resource}-{name}", "generation": 1}
    made: Object = merged(body, {"metadata": born | {"creationTimestamp": SINCE}})
    return made | ({"status": BORN[resource]} if resource in BORN else {})


def merged(old: Any, patch: Any) -> Any:
    """A merge patch."""
    if not isinstance(patch, dict):
        return patch
    kept = dict(old) if isinstance(old, dict) else {}
    return {k: v for k, v in (kept | {k: merged(kept.get(k), v) for k, v in patch.items()}).items() if v is not None}


def refused(code: int, reason: str) -> tuple[int, Object]:
    return code, {"kind": "Status", "reason": reason, "message": reason}


@contextmanager
def in_memory() -> Iterator[ApiServer]:
    """A server with nothing in it."""
    server, lock = ApiServer(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def take(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            with lock:
                code, answer = server.answer(self.command, self.path, json.loads(body or b"{}"))
            told = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = do_PATCH = do_DELETE = take

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield server
    http.shutdown()
    thread.join()
    http.server_close()
