"""A StatefulSet controller: the official client's watch brings what there is to see, the planner says what to do.

    python controller.py [--profile upstream]

It does the work of Kubernetes' own controller, so run it where that one does not: in a control plane started with
`--controllers=*,-statefulset-controller`.
"""

from __future__ import annotations

import argparse
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, cast

from kubernetes import client, config, watch

from statefulset.kubernetes import Cluster, Event, Kind, ObjectError, Outcome, Request, carry_out, execute
from statefulset.simulate import Api

LOG = logging.getLogger("controller")


def turns(cluster: Cluster, now: datetime, api: Api) -> None:
    """Gives every set that is due its turn."""
    for name in cluster.due(now).sets:
        tail = carry_out(cluster, name, now, api.send)
        for event in tail.events:
            api.record(name, event)


class Server:
    """The API server of a real cluster."""

    def __init__(self, api_client: client.ApiClient) -> None:
        """Uses the client's connection."""
        self._client = api_client

    def send(self, request: Request) -> Outcome:
        """Sends a request."""
        outcome = execute(self._client, request)
        LOG.info("%s %s: %s %s", request.method, request.path, outcome.status, outcome.message)
        return outcome

    def record(self, set: str, event: Event) -> None:
        """Logs an event; one that is kept in the cluster has counts and a first and last time, which take some care."""
        LOG.info("%s: %s %s: %s", set, event.kind, event.reason, event.message)


Lister = Callable[..., Any]


def listers(api_client: client.ApiClient) -> dict[Kind, Lister]:
    """What lists, and watches, the objects of each kind."""
    apps, core = client.AppsV1Api(api_client), client.CoreV1Api(api_client)
    return {
        "StatefulSet": apps.list_stateful_set_for_all_namespaces,
        "ControllerRevision": apps.list_controller_revision_for_all_namespaces,
        "Pod": core.list_pod_for_all_namespaces,
        "PersistentVolumeClaim": core.list_persistent_volume_claim_for_all_namespaces,
        "PersistentVolume": core.list_persistent_volume,
        "Node": core.list_node,
        "StorageClass": client.StorageV1Api(api_client).list_storage_class,
        "PodDisruptionBudget": client.PolicyV1Api(api_client).list_pod_disruption_budget_for_all_namespaces,
    }


def follow(cluster: Cluster, kind: Kind, lister: Lister, changed: threading.Event) -> None:
    """Keeps the view of a kind up to date, for ever: lists, then watches, and begins anew where a watch has ended."""
    while True:
        try:
            version = relist(cluster, kind, lister)
            changed.set()
            events = watch.Watch().stream(lister, resource_version=version)
            for event in cast("Iterable[dict[str, Any]]", events):
                take(cluster.watch, {"type": event["type"], "object": event["raw_object"]})
                changed.set()
        except Exception as error:
            LOG.warning("the watch of %s has ended: %s", kind, error)
            time.sleep(1)


def relist(cluster: Cluster, kind: Kind, lister: Lister) -> str:
    """Shows all objects of a kind, and gives the version of the list."""
    found = json.loads(lister(_preload_content=False).data)
    cluster.begin_list(kind)
    for item in found["items"]:
        take(cluster.apply, item, kind)
    version: str = found["metadata"]["resourceVersion"]
    cluster.end_list(kind, version)
    return version


def take(show: Callable[..., None], *what: object) -> None:
    """Shows an object; one that cannot be read is set aside, and everything else goes on."""
    try:
        show(*what)
    except ObjectError as error:
        LOG.warning("set aside: %s", error)


def run(api_client: client.ApiClient, cluster: Cluster) -> None:
    """Controls the sets of a cluster, for ever."""
    server, changed = Server(api_client), threading.Event()
    for kind, lister in listers(api_client).items():
        threading.Thread(target=follow, args=(cluster, kind, lister, changed), daemon=True).start()
    while True:
        changed.clear()
        turns(cluster, datetime.now(UTC), server)
        due = cluster.due(datetime.now(UTC))
        if not due.sets:
            changed.wait(pause(due.next))


def pause(until: datetime | None) -> float | None:
    """How many seconds it is to a moment; None is for ever."""
    return None if until is None else max(0.0, (until - datetime.now(UTC)).total_seconds())


def main() -> None:
    """Finds the cluster, and controls it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=["upstream", "standalone"], default="upstream")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    profile = parser.parse_args().profile
    config.load_config()
    run(client.ApiClient(), Cluster(profile))


if __name__ == "__main__":
    main()
