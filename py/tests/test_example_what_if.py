"""The what-if script, on dumps of a simulated cluster."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from statefulset.simulate import Cluster

from .manifests import CLAIM_TEMPLATE, stateful_set

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python"))

import what_if

KINDS = "sts,po,pvc,pv,sc,no,pdb,svc,controllerrevisions"


def dumped(cluster: Cluster) -> list[what_if.Object]:
    return what_if.members(json.loads(cluster.kubectl(f"get {KINDS} -A -o json")))


def forecast(cluster: Cluster, **changes: Any) -> list[str]:
    manifest = json.dumps(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE], **changes))
    return list(what_if.forecast(dumped(cluster), manifest, cluster.now))


@pytest.fixture
def running(statefulset_cluster: Cluster) -> Cluster:
    statefulset_cluster.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE]))
    statefulset_cluster.settle()
    return statefulset_cluster


def test_a_rollout_goes_down_from_the_highest_ordinal(running: Cluster) -> None:
    lines = forecast(running, image="nginx:2")
    assert lines[0] == "statefulset.apps/web configured"
    happened = [line.split("  ", 1)[1] for line in lines if line.startswith("0:")]
    expected = []
    for name in ("default/web-2", "default/web-1", "default/web-0"):
        expected += [f"{name} stops", f"{name} is gone", f"{name} starts (nginx:2)", f"{name} is ready"]
    assert happened == expected
    assert lines[-2:] == ["not restarted: none", "default/web: up to date: 3 of 3 ready"]
    # It was only a forecast.
    assert {pod["spec"]["containers"][0]["image"] for pod in running.list("pods")} == {"nginx:1"}


def test_a_partition_is_where_it_stops(running: Cluster) -> None:
    strategy = {"type": "RollingUpdate", "rollingUpdate": {"partition": 2}}
    lines = forecast(running, image="nginx:2", updateStrategy=strategy)
    assert "not restarted: default/web-0, default/web-1" in lines
    assert not any("web-1 stops" in line for line in lines)


def test_a_change_of_nothing_restarts_nothing(running: Cluster) -> None:
    lines = forecast(running)
    assert lines == [
        "statefulset.apps/web configured",
        "not restarted: default/web-0, default/web-1, default/web-2",
        "default/web: up to date: 3 of 3 ready",
    ]


def test_a_pod_that_is_broken_in_the_dump_holds_the_rollout_up(statefulset_cluster: Cluster) -> None:
    cluster = statefulset_cluster
    cluster.kubectl("break image nginx:1")
    cluster.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE]))
    cluster.settle()
    lines = forecast(cluster, image="nginx:2")
    assert "not restarted: default/web-0" in lines
    assert "the pod is broken and OrderedReady never replaces a broken pod" in lines[-1]


def test_times_count_from_the_dump() -> None:
    now = datetime(2026, 1, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    lines = list(what_if.forecast([], json.dumps(stateful_set()), now))
    assert "0:00:00  default/web-0 starts (nginx:1)" in lines


def test_the_program(running: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump, manifest = tmp_path / "dump.json", tmp_path / "changed.json"
    dump.write_text(running.kubectl(f"get {KINDS} -A -o json"))
    manifest.write_text(json.dumps(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE], replicas=4)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["what_if.py", str(dump), str(manifest), "--now", running.now.isoformat()])
        assert what_if.main() == 0
        assert "default/web-3 is ready" in capsys.readouterr().out
        manifest.write_text(json.dumps(stateful_set(serviceName="other")))
        assert what_if.main() == 1
        assert "field is immutable" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("dump", "said"),
    [
        ("", "Expecting value: line 1"),
        ("[]", "expected what `kubectl get … -o json` prints"),
        ('{"items": [1]}', "expected what `kubectl get … -o json` prints"),
    ],
)
def test_a_dump_that_is_none_is_refused(
    dump: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["what_if.py", "-", __file__])
    monkeypatch.setattr("sys.stdin", io.StringIO(dump))
    assert what_if.main() == 2
    assert said in capsys.readouterr().err


def test_files_and_times_that_are_none_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["what_if.py", "no-such-file", __file__])
    assert what_if.main() == 2
    assert "no-such-file" in capsys.readouterr().err
    monkeypatch.setattr("sys.argv", ["what_if.py", "-", __file__, "--now", "2026-01-01T12:00:00"])
    with pytest.raises(SystemExit):
        what_if.main()
    assert "expected a time with its zone, such as 2026-01-01T12:00:00Z" in capsys.readouterr().err
