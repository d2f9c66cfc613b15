"""What a changed manifest would restart, in which order, and where it would stop.

    kubectl get sts,po,pvc,pv,sc,no,pdb,svc,controllerrevisions -A -o json > dump.json
    python what_if.py dump.json changed.yaml

Exit status: 0 for a forecast, 1 where the API server would refuse the manifest, 2 where the input cannot be read.

Runs the change on a cluster in memory that begins as the dump shows the real one. What is broken there stays broken;
what is new is taken to work.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from statefulset.simulate import Cluster, CommandError

Object = Mapping[str, Any]

STEP = timedelta(milliseconds=500)
HOUR = timedelta(hours=1)


def members(dump: object) -> list[Object]:
    """The objects of a dump: an object, or a list as kubectl prints it.

    Raises:
        ValueError: it is something else.
    """
    found = dump.get("items", [dump]) if isinstance(dump, dict) else None
    if not isinstance(found, list) or not all(isinstance(it, dict) for it in found):
        raise ValueError("expected what `kubectl get … -o json` prints: an object, or a list of objects")
    return found


def forecast(
    objects: list[Object], manifest: str, now: datetime, limit: timedelta = timedelta(hours=1)
) -> Iterator[str]:
    """Tells what applying a manifest would do, line by line.

    Args:
        objects: the cluster as it is.
        manifest: the changed manifest.
        now: the moment that the objects are from.
        limit: for so long the change is followed.

    Raises:
        CommandError: the API server would refuse the manifest.
    """
    cluster = Cluster(objects=objects, profile="upstream", start=now)
    # Its clock has milliseconds.
    begun, before = cluster.now, pods(cluster)
    yield from cluster.kubectl("apply -f -", input=manifest).splitlines()
    seen = before
    while True:
        settled = cluster.settle(STEP)
        there = pods(cluster)
        for line in differences(seen, there):
            yield f"{cluster.now - begun}  {line}"
        seen = there
        if settled or cluster.now - begun >= limit:
            break
    left = sorted(name for name, pod in seen.items() if name in before and uid(pod) == uid(before[name]))
    yield f"not restarted: {', '.join(left) or 'none'}"
    for found in cluster.list("sts"):
        metadata = found["metadata"]
        yield cluster.explain(metadata["name"], namespace=metadata["namespace"]).rstrip()


def pods(cluster: Cluster) -> dict[str, Object]:
    """The pods by their names."""
    return {f"{pod['metadata']['namespace']}/{pod['metadata']['name']}": pod for pod in cluster.list("pods")}


def differences(before: Mapping[str, Object], after: Mapping[str, Object]) -> Iterator[str]:
    """What has become of pods. One becomes ready before another one stops for that."""
    for name, new in sorted(after.items()):
        old = before.get(name)
        if is_ready(new) and not (old is not None and uid(old) == uid(new) and is_ready(old)):
            yield f"{name} is ready"
    for name in sorted({*before, *after}):
        old, now = before.get(name), after.get(name)
        if old is not None and (now is None or uid(now) != uid(old)):
            yield f"{name} is gone"
        elif old is not None and now is not None and is_terminating(now) and not is_terminating(old):
            yield f"{name} stops"
        if now is not None and (old is None or uid(now) != uid(old)):
            yield f"{name} starts ({image(now)})"


def uid(pod: Object) -> str:
    """Identity."""
    return str(pod["metadata"]["uid"])


def image(pod: Object) -> str:
    """Its containers' images."""
    return ", ".join(container["image"] for container in pod["spec"]["containers"])


def is_terminating(pod: Object) -> bool:
    """Whether it has been asked to go."""
    return "deletionTimestamp" in pod["metadata"]


def is_ready(pod: Object) -> bool:
    """Whether it says that it is ready."""
    conditions = pod.get("status", {}).get("conditions", ())
    return any(it["type"] == "Ready" and it["status"] == "True" for it in conditions)


def text(path: str) -> str:
    """What a file holds; `-` is standard input."""
    return sys.stdin.read() if path == "-" else Path(path).read_text()


def moment(text: str) -> datetime:
    """A time with its zone."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise argparse.ArgumentTypeError(f"expected a time with its zone, such as {text}Z")
    return read


def main() -> int:
    """Reads the files and prints the forecast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", help="what `kubectl get … -A -o json` has printed: a file, or - for standard input")
    parser.add_argument("manifest", help="the changed manifest: a file, or - for standard input")
    parser.add_argument("--now", type=moment, help="the moment that the dump is from [default: now]")
    arguments = parser.parse_args()
    try:
        objects = members(json.loads(text(arguments.dump)))
        manifest = text(arguments.manifest)
    except (OSError, ValueError) as error:
        print(f"what_if.py: the input cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        for line in forecast(objects, manifest, arguments.now or datetime.now(UTC)):
            print(line)
    except CommandError as error:
        print(error.output, end="")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
