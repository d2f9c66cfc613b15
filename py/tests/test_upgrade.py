"""What an upgrade of the control plane would do to a set."""

import json
from typing import Any

import pytest

from statefulset import Profile
from statefulset.kubernetes import Change, Cluster, Kind, ObjectError, Upgrade, normalize

KINDS: tuple[Kind, ...] = ("StatefulSet", "Pod", "PersistentVolumeClaim", "ControllerRevision")
NOW = 1_800_000_000_000
SET: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {"name": "web", "namespace": "default", "uid": "u", "resourceVersion": "1", "generation": 1},
    "spec": {
        "replicas": 2,
        "serviceName": "web",
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "web", "image": "nginx"}]},
        },
    },
}


def rolled_out(kubernetes: str, *, ready: bool, image: str = "nginx", **spec: Any) -> Cluster:
    """A set whose pods a controller of this version has made, and whose image was changed since."""
    cluster = Cluster(Profile.upstream(kubernetes))
    for kind in KINDS:
        cluster.begin_list(kind)
        cluster.end_list(kind, "1")
    web: dict[str, Any] = dict(normalize({**SET, "spec": {**SET["spec"], **spec}}))
    cluster.apply(web)
    revision = json.loads(cluster.plan("default/web", NOW).requests[0].body)
    revision["metadata"]["uid"] = "revision"
    cluster.apply(revision)
    name = revision["metadata"]["name"]
    for pod in ("web-0", "web-1"):
        cluster.apply(
            {
                "metadata": {
                    "name": pod,
                    "namespace": "default",
                    "uid": pod,
                    "ownerReferences": revision["metadata"]["ownerReferences"],
                    "labels": {
                        "app": "web",
                        "controller-revision-hash": name,
                        "statefulset.kubernetes.io/pod-name": pod,
                    },
                },
                "spec": {},
                "status": {
                    "phase": "Running",
                    "conditions": [{"type": "Ready", "status": "True" if ready else "False"}],
                },
            },
            "Pod",
        )
    web["metadata"]["resourceVersion"] = "20"
    web["spec"]["template"]["spec"]["containers"][0]["image"] = image
    web["status"] = {"replicas": 2, "currentRevision": name, "updateRevision": name}
    cluster.apply(web)
    return cluster


def test_the_restart_of_every_set_by_1_34_0_is_told() -> None:
    cluster = rolled_out("1.33", ready=True)
    told = cluster.upgrade("default/web", "v1.33.5-gke.100", "1.34.0", NOW)
    match told:
        case Upgrade("default", "web", (Change("restarts", (0, 1), "1.34.0", cause, "K-11"), Change("begins", (1,)))):
            assert "creationTimestamp" in cause
        case _:
            raise AssertionError(told)
    assert str(told).startswith("default/web: web-0 to web-1 would be replaced")
    # What compares meaning leaves the set alone.
    for other in ("1.34.2", "1.37"):
        told = cluster.upgrade("default/web", "1.33", other, NOW)
        assert (told.changes, str(told)) == ((), "")


def test_the_stuck_sets_of_1_35_0_are_told() -> None:
    cluster = rolled_out("1.34", ready=False, image="nginx:2", podManagementPolicy="Parallel")
    (change,) = cluster.upgrade("default/web", "1.34", "1.35.0", NOW).changes
    assert (change.effect, change.pods, change.version, change.rule) == ("stops", (1,), "1.35.0", "U-4")


def test_what_cannot_be_told_is_refused() -> None:
    cluster = Cluster()
    with pytest.raises(ValueError, match=r"^from_version: expected a version of Kubernetes .*, found \"1\.27\"$"):
        cluster.upgrade("default/web", "1.27", "1.37", NOW)
    with pytest.raises(ValueError, match=r"^to_version: "):
        cluster.upgrade("default/web", "1.33", "latest", NOW)
    with pytest.raises(ObjectError, match="there is no such set"):
        cluster.upgrade("default/web", "1.33", "1.37", NOW)
    cluster.apply(normalize(SET))
    with pytest.raises(ObjectError, match="pods have never been listed"):
        cluster.upgrade("default/web", "1.33", "1.37", NOW)
