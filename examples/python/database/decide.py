"""What to do for a database: the planner's actions, less those that have to wait for a switch-over.

Nothing here talks to a cluster: objects go in as the API shows them, steps come out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

from statefulset import (
    Action,
    BindClaim,
    Claim,
    CreateClaim,
    CreatePod,
    DeleteClaim,
    DeletePod,
    EvictPod,
    ForceDeletePod,
    HoldFinalizer,
    Observed,
    Outcome,
    Pod,
    ReleaseFinalizer,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdatePod,
    Wait,
    explain,
    plan,
)

Object = Mapping[str, Any]

REVISION = "example.com/revision"
ROLE = "example.com/role"
TEMPLATE = "data"


@dataclass(frozen=True)
class Create:
    """Make this object."""

    object: dict[str, Any]


@dataclass(frozen=True)
class Delete:
    """Delete this pod, on condition of its uid."""

    name: str
    uid: str


@dataclass(frozen=True)
class SwitchOver:
    """Ask for another primary: this pod is to go, and goes once it is no primary any more."""

    pod: str


Step = Create | Delete | SwitchOver


@dataclass(frozen=True)
class Turn:
    """What to do now, and what to tell.

    Attributes:
        steps: in order; each may be tried only if those before it succeeded.
        status: of the database, as it is to be published.
        message: why not more, in sentences.
    """

    steps: tuple[Step, ...]
    status: dict[str, Any]
    message: str


@dataclass(frozen=True)
class Database:
    """A database as somebody wants it."""

    name: str
    namespace: str
    uid: str
    generation: int
    replicas: int
    image: str
    storage: str
    status: Object = field(default_factory=dict)

    @classmethod
    def of(cls, body: Object) -> Database:
        """Reads the custom resource."""
        metadata, spec = body["metadata"], body["spec"]
        return cls(
            name=metadata["name"],
            namespace=metadata["namespace"],
            uid=metadata["uid"],
            generation=metadata["generation"],
            replicas=spec["replicas"],
            image=spec["image"],
            storage=spec["storage"],
            status=body.get("status") or {},
        )

    @property
    def revision(self) -> int:
        """A number for what its pods are made from."""
        made_from = json.dumps({"image": self.image}, sort_keys=True).encode()
        # Readers of JSON may take numbers for floats, which have 53 bits.
        return int.from_bytes(hashlib.sha256(made_from).digest()[:6])

    def pod(self, ordinal: int, revision: int, image: str) -> dict[str, Any]:
        """The pod with this ordinal."""
        name = f"{self.name}-{ordinal}"
        labels = {"app": self.name, REVISION: str(revision)}
        container = {"name": "database", "image": image, "volumeMounts": [{"name": TEMPLATE, "mountPath": "/data"}]}
        volume = {"name": TEMPLATE, "persistentVolumeClaim": {"claimName": f"{TEMPLATE}-{name}"}}
        spec = {"hostname": name, "subdomain": self.name, "containers": [container], "volumes": [volume]}
        annotations = {"example.com/image": image}
        return self._object("Pod", name, labels, spec, annotations)

    def claim(self, ordinal: int) -> dict[str, Any]:
        """The claim of the pod with this ordinal; it stays when the database goes."""
        spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": self.storage}}}
        claim = self._object("PersistentVolumeClaim", f"{TEMPLATE}-{self.name}-{ordinal}", {"app": self.name}, spec, {})
        del claim["metadata"]["ownerReferences"]
        return claim

    def _object(
        self, kind: str, name: str, labels: dict[str, str], spec: dict[str, Any], annotations: dict[str, str]
    ) -> dict[str, Any]:
        owner = {
            "apiVersion": "example.com/v1",
            "kind": "Database",
            "name": self.name,
            "uid": self.uid,
            "controller": True,
            "blockOwnerDeletion": True,
        }
        return {
            "apiVersion": "v1",
            "kind": kind,
            "metadata": {
                "name": name,
                "namespace": self.namespace,
                "labels": labels,
                "annotations": annotations,
                "ownerReferences": [owner],
            },
            "spec": spec,
        }


def turn(database: Database, pods: Sequence[Object], claims: Sequence[Object], now: datetime) -> Turn:
    """Decides what to do for a database now.

    Args:
        database: the database.
        pods: its pods.
        claims: the claims of its namespace.
        now: the present moment, aware.
    """
    pods = [pod for pod in pods if _ordinal(database.name, pod) is not None]
    desired = _desired(database)
    observed = _observed(database, pods, claims)
    planned = plan(desired, observed, now)
    steps: list[Step] = []
    outcomes: list[Outcome] = []
    message = explain(desired, observed, planned, now)
    for action in planned.actions:
        match _step(database, pods, action):
            case Delete(name=name) if _is_primary(pods, name):
                # Any part of a plan may be left out: what is left out is planned again.
                steps.append(SwitchOver(name))
                message = f"{name}: not deleted yet: it is the primary, and another one must take over first"
                break
            case None:
                pass
            case step:
                steps.append(step)
        outcomes.append("done")
    return Turn(tuple(steps), _status(database, planned.conclude(outcomes).status), message)


def _desired(database: Database) -> StatefulSet:
    published = database.status.get("counts")
    return StatefulSet(
        name=database.name,
        generation=database.generation,
        replicas=database.replicas,
        update_revision=database.revision,
        current_revision=database.status.get("currentRevision", database.revision),
        templates=[TEMPLATE],
        # A member that dies in the middle of a rollout comes back as it was.
        partition=None,
        published=Status(**published) if published else None,
    )


def _observed(database: Database, pods: Sequence[Object], claims: Sequence[Object]) -> Observed:
    mine = [(n, claim) for claim in claims if (n := _claim_ordinal(database.name, claim)) is not None]
    return Observed(
        pods=[_pod(database, pod) for pod in pods],
        claims=[
            Claim(
                ordinal=ordinal,
                phase=claim.get("status", {}).get("phase", "Pending"),
                terminating_since=_moment(claim["metadata"].get("deletionTimestamp")),
            )
            for ordinal, claim in mine
        ],
    )


def _pod(database: Database, pod: Object) -> Pod:
    metadata, status = pod["metadata"], pod.get("status", {})
    ready: Object = next((it for it in status.get("conditions", ()) if it["type"] == "Ready"), {})
    ordinal = _ordinal(database.name, pod)
    assert ordinal is not None
    return Pod(
        ordinal=ordinal,
        revision=int(metadata.get("labels", {}).get(REVISION, 0)),
        phase=status.get("phase", "Pending"),
        ready=ready.get("status") == "True",
        ready_since=_moment(ready.get("lastTransitionTime")),
        terminating_since=_moment(metadata.get("deletionTimestamp")),
    )


def _step(database: Database, pods: Sequence[Object], action: Action) -> Step | None:
    match action:
        case CreatePod(ordinal=ordinal, revision=revision):
            return Create(database.pod(ordinal, revision, _image(database, pods, revision)))
        case CreateClaim(ordinal=ordinal):
            return Create(database.claim(ordinal))
        case DeletePod(pod=pod):
            metadata = pods[pod]["metadata"]
            return Delete(metadata["name"], metadata["uid"])
        case Wait():
            return None
        case SetClaimOwner() | UpdatePod() | HoldFinalizer() | ReleaseFinalizer():
            # Claims are kept for good, and pods are never renamed: these ask for what is there already.
            return None
        case BindClaim() | EvictPod() | ForceDeletePod() | DeleteClaim():
            raise AssertionError(f"the upstream profile does not do this: {action}")
        case _:
            assert_never(action)


def _image(database: Database, pods: Sequence[Object], revision: int) -> str:
    """The image of a revision: the wanted one, or that of a pod which has it still."""
    if revision == database.revision:
        return database.image
    of_revision = (pod["metadata"] for pod in pods if pod["metadata"]["labels"].get(REVISION) == str(revision))
    return next((str(it["annotations"]["example.com/image"]) for it in of_revision), database.image)


def _is_primary(pods: Sequence[Object], name: str) -> bool:
    return any(
        pod["metadata"]["name"] == name and pod["metadata"].get("labels", {}).get(ROLE) == "primary" for pod in pods
    )


def _status(database: Database, status: Status | None) -> dict[str, Any]:
    """What is to be published if no step fails; where one does, nothing is."""
    if status is None:
        return dict(database.status)
    counts = {name: getattr(status, name) for name in Status.__match_args__ if getattr(status, name) is not None}
    return {"counts": counts, "currentRevision": status.current_revision, "ready": status.ready}


def _ordinal(name: str, pod: Object) -> int | None:
    return _number(pod["metadata"]["name"], name)


def _claim_ordinal(name: str, claim: Object) -> int | None:
    return _number(claim["metadata"]["name"], f"{TEMPLATE}-{name}")


def _number(name: str, before: str) -> int | None:
    found = re.fullmatch(re.escape(before) + r"-(\d+)", name)
    return int(found[1]) if found else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
