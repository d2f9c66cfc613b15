"""An operator for `kind: Database`: kopf brings the events, `decide` says what to do, the official client does it.

kopf run --standalone --all-namespaces examples/python/database/handlers.py
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import kopf
from decide import Create, Database, Delete, Object, Step, SwitchOver, turn
from kubernetes import client, config

SWITCH_OVER = "example.com/switch-over"


@kopf.on.startup()
def connect(**_: Any) -> None:
    """Finds the cluster: the one that it runs in, or that of the kubeconfig."""
    try:
        config.load_incluster_config()  # type: ignore[no-untyped-call]
    except config.ConfigException:
        config.load_kube_config()  # type: ignore[no-untyped-call]


@kopf.timer("example.com", "v1", "databases", interval=2.0)
def look(body: kopf.Body, patch: kopf.Patch, logger: kopf.Logger, **_: Any) -> None:
    """Gives a database its turn. A turn depends on what there is now, not on what has happened."""
    database = Database.of(body)
    core = client.CoreV1Api()
    pods = as_shown(core, core.list_namespaced_pod(database.namespace, label_selector=f"app={database.name}").items)
    claims = as_shown(core, core.list_namespaced_persistent_volume_claim(database.namespace).items)
    now = turn(database, pods, claims, datetime.now(UTC))
    failed = carry_out(core, database, now.steps)
    if failed:
        logger.warning("%s", failed)
        return
    if now.status != database.status:
        patch.status.update(now.status)
    if now.message != database.status.get("message"):
        patch.status["message"] = now.message


def as_shown(core: client.CoreV1Api, items: object) -> list[Object]:
    """Objects as the API shows them."""
    return cast("list[Object]", core.api_client.sanitize_for_serialization(items))


def carry_out(core: client.CoreV1Api, database: Database, steps: tuple[Step, ...]) -> str | None:
    """Does the steps up to the first that fails, and says why that one did."""
    for step in steps:
        try:
            perform(core, database, step)
        except client.ApiException as error:
            gone = isinstance(step, Delete) and error.status == 404
            if not gone:
                return f"{step}: {error.reason}"
    return None


def perform(core: client.CoreV1Api, database: Database, step: Step) -> None:
    """Does one step."""
    namespace = database.namespace
    match step:
        case Create(object=wanted) if wanted["kind"] == "Pod":
            core.create_namespaced_pod(namespace, client.V1Pod.model_validate(wanted))
        case Create(object=wanted):
            claim = client.V1PersistentVolumeClaim.model_validate(wanted)
            core.create_namespaced_persistent_volume_claim(namespace, claim)
        case Delete(name=name, uid=uid):
            condition = client.V1Preconditions(uid=uid)
            core.delete_namespaced_pod(name, namespace, body=client.V1DeleteOptions(preconditions=condition))
        case SwitchOver(pod=name):
            # Whatever runs beside the database sees this, promotes another member, and labels it as the primary.
            core.patch_namespaced_pod(name, namespace, {"metadata": {"annotations": {SWITCH_OVER: "requested"}}})
