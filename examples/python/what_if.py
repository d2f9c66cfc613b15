"""What a changed manifest would restart, in which order, and where it would stop.

    kubectl get sts,po,pvc,pv,sc,no,pdb,svc,controllerrevisions -A -o json > dump.json
    python what_if.py dump.json changed.yaml

Runs the change on a cluster in memory that begins as the dump shows the real one. What is broken there stays broken;
what is new is taken to work.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from statefulset.simulate import Cluster, CommandError

Object = Mapping[str, Any]

STEP = timedelta(milliseconds=500)
HOUR = timedelta(hours=1)


def members(dump: Object) -> list[Object]:
    """The objects of a dump: an object, or a list as kubectl prints it."""
    return list(dump["items"]) if "items" in dump else [dump]


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
    before = pods(cluster)
    yield from cluster.kubectl("apply -f -", input=manifest).splitlines()
    seen = before
    while True:
        settled = cluster.settle(STEP)
        there = pods(cluster)
        for line in differences(seen, there):
            yield f"{cluster.now - now}  {line}"
        seen = there
        if settled or cluster.now - now >= limit:
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


def main() -> int:
    """Reads the files and prints the forecast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path, help="what `kubectl get … -A -o json` has printed")
    parser.add_argument("manifest", type=Path, help="the changed manifest")
    parser.add_argument("--now", type=datetime.fromisoformat, help="the moment that the dump is from [default: now]")
    arguments = parser.parse_args()
    objects = members(json.loads(arguments.dump.read_text()))
    try:
        for line in forecast(objects, arguments.manifest.read_text(), arguments.now or datetime.now(UTC)):
            print(line)
    except CommandError as error:
        print(error.output, end="")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
