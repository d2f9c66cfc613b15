"""Any input of the right types gives a plan or a `PlanError`; any object is taken or its fault is named."""

from __future__ import annotations

import json
import pickle
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from statefulset import (
    MAX_ORDINAL,
    NO_ORDINAL,
    Budget,
    Claim,
    Node,
    Observed,
    PlanError,
    Pod,
    Policies,
    Profile,
    Reach,
    StatefulSet,
    Status,
    Volume,
    Wait,
    explain,
    plan,
)
from statefulset._words import (
    AccessMode,
    Binding,
    ClaimPhase,
    Deletion,
    GiveUp,
    Keep,
    Management,
    NodeState,
    Outcome,
    OwnerRef,
    PausedKind,
    Phase,
    Prepared,
    Progress,
    Purpose,
    Shutdown,
    Strategy,
    VolumeMode,
    VolumePhase,
)
from statefulset.kubernetes import Cluster, Kind, ObjectError, normalize, reconcile, validate, validate_update

from .manifests import stateful_set
from .values import fields

Fields = st.SearchStrategy[dict[str, Any]]


def word(words: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(words))


small = st.integers(0, 4)
index = st.none() | small
number = small | st.sampled_from([2**31 - 1, 2**31, 2**32 - 1, MAX_ORDINAL, NO_ORDINAL]) | st.integers()
moment = st.integers(0, 100) | st.datetimes(timezones=st.timezones()) | st.integers()
length = st.integers(0, 100) | st.timedeltas() | st.integers()
modes = st.lists(word(AccessMode), max_size=3)

statuses: Fields = st.builds(
    dict,
    observed_generation=number,
    replicas=number,
    ready=number,
    available=number,
    current=number,
    updated=number,
    current_revision=small,
    update_revision=small,
    progressing=st.none() | word(Progress),
)
profiles: Fields = st.fixed_dictionaries(
    {field: st.booleans() for name, field, kind in fields() if (name, kind) == ("Profile", "bool")}
    | {
        "max_actions": number,
        "shutdown": word(Shutdown),
        "give_up": word(GiveUp),
        "unreachable_after": st.none() | length,
    }
)
sets: Fields = st.builds(
    dict,
    replicas=number,
    update_revision=small,
    current_revision=st.none() | small,
    generation=number,
    start=number,
    management=word(Management),
    strategy=word(Strategy),
    partition=st.none() | number,
    max_unavailable=st.none() | number | st.sampled_from(["0%", "50%", "400%", "%"]),
    min_ready=length,
    templates=st.lists(st.text(max_size=3), max_size=3),
    when_deleted=word(Keep),
    when_scaled=word(Keep),
    deletion=word(Deletion),
    finalizer_held=st.booleans(),
    policies=st.builds(
        Policies, paused=st.lists(word(PausedKind), max_size=2), ask=st.lists(word(Purpose), max_size=4)
    ),
)
pods: Fields = st.builds(
    dict,
    ordinal=number,
    revision=small,
    phase=word(Phase),
    ready=st.booleans(),
    ready_since=st.none() | moment,
    terminating_since=st.none() | moment,
    identity=st.booleans(),
    storage=st.booleans(),
    node=index,
    budget=index,
    hold=st.lists(word(Purpose), max_size=2),
    replace=st.booleans(),
    prepared=word(Prepared),
)
claims: Fields = st.builds(
    dict,
    ordinal=number,
    template=small,
    phase=word(ClaimPhase),
    set_owner=word(OwnerRef),
    pod_owner=word(OwnerRef),
    foreign_controller=st.booleans(),
    binding=word(Binding),
    modes=modes,
    volume_mode=word(VolumeMode),
    storage_class=small,
    volume=index,
    node=index,
    terminating_since=st.none() | moment,
    request=number,
)
volumes: Fields = st.builds(
    dict,
    capacity=number,
    reserved=index | st.just("other"),
    storage_class=small,
    modes=modes,
    volume_mode=word(VolumeMode),
    phase=word(VolumePhase),
    terminating=st.booleans(),
    reach=index,
    matches=number,
)
nodes: Fields = st.builds(
    dict,
    state=word(NodeState),
    cordoned=st.booleans(),
    draining=st.booleans(),
    since=st.none() | moment,
)
reaches: Fields = st.builds(dict, group=small, node=small)
budgets: Fields = st.builds(
    dict, allowed=number, healthy=number, desired_healthy=number, unhealthy_always=st.booleans()
)


def made(make: Any, fields: dict[str, Any]) -> Any:
    """The value, or its twin with small numbers where one is out of range: most plans are to be made."""
    try:
        return make(**fields)
    except PlanError as error:
        assert error.field in fields and error.field in str(error)
        del fields[error.field]
        if error.field in ("replicas", "ordinal", "allowed", "capacity"):
            fields[error.field] = 1
        return made(make, fields)


@given(
    wanted=sets,
    published=st.none() | statuses,
    profile=profiles | st.sampled_from([Profile.UPSTREAM, Profile.STANDALONE]),
    pod_list=st.lists(pods, max_size=5),
    claim_list=st.none() | st.lists(claims, max_size=4),
    volume_list=st.none() | st.lists(volumes, max_size=4),
    node_list=st.none() | st.lists(nodes, max_size=4),
    budget_list=st.none() | st.lists(budgets, max_size=4),
    reach_list=st.just([]) | st.lists(reaches, max_size=3),
    fresh=st.integers(0, 9).map(bool),
    now=moment,
    outcomes=st.lists(word(Outcome), max_size=8),
)
def test_any_input_of_the_right_types_gives_a_plan_or_a_plan_error(
    wanted: dict[str, Any],
    published: dict[str, Any] | None,
    profile: Any,
    pod_list: list[dict[str, Any]],
    claim_list: list[dict[str, Any]] | None,
    volume_list: list[dict[str, Any]] | None,
    node_list: list[dict[str, Any]] | None,
    budget_list: list[dict[str, Any]] | None,
    reach_list: list[dict[str, Any]],
    fresh: bool,
    now: Any,
    outcomes: Any,
) -> None:
    def each(make: Any, entries: list[dict[str, Any]] | None) -> Any:
        return None if entries is None else [made(make, entry) for entry in entries]

    profile = made(Profile, profile) if isinstance(profile, dict) else profile
    status = published and made(Status, published)
    desired = made(StatefulSet, {**wanted, "published": status, "profile": profile})
    observed = Observed(
        pods=each(Pod, pod_list),
        claims=each(Claim, claim_list),
        volumes=each(Volume, volume_list),
        nodes=each(Node, node_list),
        budgets=each(Budget, budget_list),
        reach=each(Reach, reach_list),
        fresh=fresh,
    )
    for value in (desired, observed):
        assert pickle.loads(pickle.dumps(value)) == value
    try:
        result = plan(desired, observed, now)
    except PlanError as error:
        lists = {
            "desired": [desired],
            "now": [],
            **{k: getattr(observed, k) for k in ("pods", "claims", "volumes", "reach")},
        }
        assert error.index is None or error.index < len(lists[error.list])
        return
    assert plan(desired, observed, now) == result
    assert explain(desired, observed, result, now)
    assert result.conclude(outcomes).next in ("rest", "again", "retry")
    deeds = [action for action in result.actions if not isinstance(action, Wait)]
    assert len(deeds) <= desired.profile.max_actions
    assert [type(eval(repr(deed), {type(deed).__name__: type(deed)})) for deed in deeds] == [type(d) for d in deeds]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=8,
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    return [at, *(path for key, below in inner for path in paths(below, (*at, key)))]


REAL = stateful_set() | {
    "metadata": {"name": "web", "namespace": "default", "uid": "3ee57890-41c9-4ac3-b3b8-488c368cb0a6", "generation": 1}
}


@given(data=st.data(), value=json_values, kind=st.none() | word(Kind))
def test_any_object_is_taken_or_its_fault_is_named(data: st.DataObject, value: Any, kind: Kind | None) -> None:
    """A real object with something else somewhere in it."""
    obj: Any = json.loads(json.dumps(REAL))
    *way, last = data.draw(st.sampled_from(paths(obj)[1:]))
    place = obj
    for step in way:
        place = place[step]
    place[last] = value
    cluster = Cluster()
    try:
        cluster.apply(obj, kind)
    except ObjectError as error:
        assert error.path and error.problem and error.path in str(error)
    try:
        assert all(it.field and it.message for it in (*validate(obj), *validate_update(REAL, obj)))
        filled = normalize(obj)
        assert normalize(filled) == filled and validate(filled) == validate(obj)
    except ObjectError as error:
        assert error.path and error.problem and str(error).startswith("manifest: ")
    try:
        cluster.plan("default/web", 0)
    except ObjectError as error:
        assert (error.kind, error.namespace, error.name) == ("StatefulSet", "default", "web")


@given(st.binary() | st.text())
def test_any_text_is_taken_or_its_fault_is_named(text: bytes | str) -> None:
    for kind in get_args(Kind):
        try:
            Cluster().apply(text, kind)
        except ObjectError as error:
            assert error.path


mappings = st.dictionaries(st.text(max_size=8) | st.sampled_from(["kind", "metadata", "spec", "items"]), json_values)


@given(mapping=mappings, kind=word(Kind), many=st.booleans())
def test_any_mapping_is_taken_or_its_fault_is_named(mapping: dict[str, Any], kind: Kind, many: bool) -> None:
    calls: list[Any] = [
        lambda: Cluster().apply(mapping),
        lambda: Cluster().apply(mapping | {"kind": kind}),
        lambda: Cluster().apply(mapping, kind),
        lambda: Cluster().watch(mapping | {"type": "ADDED"}),
        lambda: Cluster().watch({"type": "MODIFIED", "object": mapping}),
        lambda: reconcile("a/b", [mapping] if many else mapping, 0, complete=get_args(Kind)),
    ]
    for call in calls:
        try:
            call()
        except ObjectError as error:
            assert isinstance(error, PlanError)
            assert error.path and error.problem and error.path in str(error)
            assert (error.code, error.list, error.index, error.field) == ("bad-object", "objects", None, error.path)
