"""An operator for `kind: Database`: kopf says when to look, the planner what to do, and the official client does it.

kopf run --standalone --all-namespaces examples/python/database/handlers.py
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

import kopf
from kubernetes.aio import client, config

from statefulset.kubernetes import Cluster, Kind, Outcome, Request, carry_out_async, execute_async

LOG = logging.getLogger("database")
DATABASE = ("example.com/v1", "Database", "databases")
ROLE, SWITCH_OVER = "example.com/role", "example.com/switch-over"


def as_set(database: Mapping[str, Any]) -> dict[str, Any]:
    """The database with the spec of a StatefulSet, computed from its own."""
    name, wanted = database["metadata"]["name"], database["spec"]
    labels = {"app": name}
    member = {"name": "db", "image": wanted["image"], "volumeMounts": [{"name": "data", "mountPath": "/data"}]}
    disk = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": wanted["storage"]}}}
    spec = {
        "replicas": wanted["replicas"],
        "serviceName": name,
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": {"containers": [member]}},
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": disk}],
    }
    return {**database, "spec": spec}


@kopf.on.startup()
async def connect(**_: Any) -> None:
    """Finds the cluster: that of the kubeconfig, or the one that this program runs in."""
    await config.load_config()


@kopf.timer("databases.example.com", interval=2.0)
async def operate(body: kopf.Body, patch: kopf.Patch, **_: Any) -> None:
    """Does one round for a database. What to do depends on what there is now, not on what has happened."""
    name, now = f"{body['metadata']['namespace']}/{body['metadata']['name']}", datetime.now(UTC)
    async with client.ApiClient() as api:
        cluster, primaries = await look(api, body)
        message = cluster.explain(name, now)

        async def send(request: Request) -> Outcome:
            outcome = await execute_async(api, request)
            LOG.info("%s %s: %s", request.method, request.path, outcome.message or outcome.status)
            return outcome

        # Any part of a plan may be left out. A later plan has it again.
        held: list[str] = []

        def may(request: Request) -> bool:
            pod = request.path.rpartition("/")[2]
            if request.method == "DELETE" and pod in primaries:
                held.append(pod)
            return pod not in held

        tail = await carry_out_async(cluster, name, now, send, may=may)
        for pod in held:
            message = f"{pod}: not deleted yet: it is the primary, and another one must take over first"
            asked = {"metadata": {"annotations": {SWITCH_OVER: "requested"}}}
            await client.CoreV1Api(api).patch_namespaced_pod(pod, body["metadata"]["namespace"], asked)
    for event in tail.events:
        kopf.event(body, type=event.kind, reason=event.reason, message=event.message)
    if message != body.status.get("message"):
        patch.status["message"] = message


async def look(api: client.ApiClient, body: Mapping[str, Any]) -> tuple[Cluster, set[str]]:
    """What there is of a database: the planner's view of it, and the names of its primaries."""
    core, apps, metadata = client.CoreV1Api(api), client.AppsV1Api(api), body["metadata"]
    where = {"namespace": metadata["namespace"], "label_selector": f"app={metadata['name']}"}
    lists: dict[Kind, Any] = {
        "Pod": await core.list_namespaced_pod(**where),
        "PersistentVolumeClaim": await core.list_namespaced_persistent_volume_claim(**where),
        "ControllerRevision": await apps.list_namespaced_controller_revision(**where),
    }
    cluster, primaries = Cluster(resource=DATABASE), set()
    for kind, answer in lists.items():
        found = cast("dict[str, Any]", api.sanitize_for_serialization(answer))
        cluster.begin_list(kind)
        for item in found["items"]:
            cluster.apply(item, kind)
            if item["metadata"].get("labels", {}).get(ROLE) == "primary":
                primaries.add(item["metadata"]["name"])
        cluster.end_list(kind, found["metadata"]["resourceVersion"])
    cluster.begin_list("StatefulSet")
    cluster.apply(as_set(body))
    cluster.end_list("StatefulSet", metadata["resourceVersion"])
    return cluster, primaries
