"""StatefulSets that no API server looks at: what is filled in, and what is wrong with them."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from kubernetes import client

from statefulset import PlanError, Profile
from statefulset.kubernetes import FieldError, ObjectError, normalize, validate, validate_update
from statefulset.simulate import Cluster, CommandError

from .manifests import CLAIM_TEMPLATE, stateful_set

WEB = stateful_set()
WEB["metadata"]["namespace"] = "default"
NEGATIVE = "Invalid value: -1: must be greater than or equal to 0"


def change(**spec: Any) -> dict[str, Any]:
    return {**WEB, "spec": {**WEB["spec"], **spec}}


def test_what_a_manifest_leaves_out_is_filled_in() -> None:
    filled = normalize(change(volumeClaimTemplates=[CLAIM_TEMPLATE]))
    spec = filled["spec"]
    assert (spec["podManagementPolicy"], spec["revisionHistoryLimit"]) == ("OrderedReady", 10)
    assert spec["updateStrategy"] == {"type": "RollingUpdate", "rollingUpdate": {"partition": 0, "maxUnavailable": 1}}
    assert spec["template"]["spec"]["terminationGracePeriodSeconds"] == 30
    assert spec["volumeClaimTemplates"][0]["spec"]["volumeMode"] == "Filesystem"
    assert spec["replicas"] == 3 and filled["metadata"] == WEB["metadata"]
    assert normalize(filled) == filled
    # As the simulated cluster's API server shows it.
    cluster = Cluster()
    cluster.apply(WEB)
    assert normalize(WEB)["spec"] == cluster.get("sts", "web")["spec"]


def test_what_says_nothing_is_dropped() -> None:
    """Rule K-10."""
    source = {"resourceFieldRef": {"resource": "limits.cpu"}}
    plain = {"name": "web", "image": "web:1", "env": [{"name": "CPUS", "valueFrom": source}]}
    wordy = {**plain, "tty": False, "args": [], "env": [{"name": "CPUS", "value": "", "valueFrom": source}]}

    def filled(container: dict[str, Any]) -> dict[str, Any]:
        return normalize(change(template={**WEB["spec"]["template"], "spec": {"containers": [container]}}))

    assert filled(wordy) == filled(plain)
    stored = filled(plain)["spec"]["template"]["spec"]["containers"][0]["env"][0]["valueFrom"]
    assert stored == {"resourceFieldRef": {"resource": "limits.cpu", "divisor": "0"}}


def test_gates_count() -> None:
    without = normalize(WEB, profile=Profile(max_unavailable=False))
    assert without["spec"]["updateStrategy"]["rollingUpdate"] == {"partition": 0}
    recreate = change(updateStrategy={"type": "Recreate"})
    assert [it.field for it in validate(recreate)] == ["spec.updateStrategy"]
    assert validate(recreate, profile=Profile(recreate=True)) == ()
    with pytest.raises(PlanError, match="profile: must be one of upstream, standalone"):
        validate(WEB, profile="other")  # type: ignore[arg-type]


FORMS: list[Any] = [
    lambda it: it,
    json.dumps,
    lambda it: json.dumps(it).encode(),
    client.V1StatefulSet.from_dict,
]


@pytest.mark.parametrize("form", FORMS, ids=["dict", "str", "bytes", "client"])
def test_a_manifest_in_any_form_is_judged_in_kubernetes_words(form: Any) -> None:
    wrong = change(replicas=-1)
    wrong["spec"]["template"] = {**WEB["spec"]["template"], "spec": {"containers": [{"name": "web"}]}}
    negative, image = validate(form(wrong))
    assert negative == FieldError(field="spec.replicas", reason="FieldValueInvalid", message=NEGATIVE)
    assert str(image) == "spec.template.spec.containers[0].image: Required value"
    assert image.reason == "FieldValueRequired"
    assert validate(form(WEB)) == validate_update(form(WEB), form(WEB)) == ()
    assert normalize(form(WEB)) == normalize(WEB)


def test_the_simulated_api_server_says_the_same() -> None:
    wrong = change(replicas=-1, serviceName="No Name", selector={})
    with pytest.raises(CommandError) as error:
        Cluster().apply(wrong)
    mistakes = validate(wrong)
    assert len(mistakes) > 2
    assert [str(it) for it in mistakes if str(it) not in error.value.output] == []


def test_what_may_not_change_is_told_and_what_was_wrong_before_is_not() -> None:
    (mistake,) = validate_update(WEB, change(serviceName="other"))
    assert (mistake.field, mistake.reason) == ("spec.serviceName", "FieldValueInvalid")
    assert mistake.message.endswith("field is immutable")
    assert validate_update(WEB, change(replicas=0, revisionHistoryLimit=1)) == ()
    recreate = change(updateStrategy={"type": "Recreate"})
    assert validate_update(recreate, recreate) == () != validate(recreate)


@pytest.mark.parametrize(
    ("text", "problem"), [("[]", "expected"), (b"{", "EOF"), (b'{"a": 1} 2', "trailing"), ({"spec": {1}}, "is a set")]
)
def test_what_is_no_json_object_is_named(text: Any, problem: str) -> None:
    calls: dict[str, Any] = {
        "manifest": [lambda: normalize(text), lambda: validate(text)],
        "old": [lambda: validate_update(text, WEB)],
        "new": [lambda: validate_update(WEB, text)],
    }
    for argument, several in calls.items():
        for call in several:
            with pytest.raises(ObjectError, match=rf"^{argument}: .*{problem}") as error:
                call()
            assert (error.value.list, error.value.path in str(error.value)) == (argument, True)
            again = pickle.loads(pickle.dumps(error.value))
            assert (str(again), again.list) == (str(error.value), argument)
    with pytest.raises(TypeError, match="expected JSON text, a mapping or an object"):
        validate(1)  # type: ignore[arg-type]
