from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from IPython.core.formatters import DisplayFormatter

from statefulset import PlanError, Profile
from statefulset.simulate import Cluster, CommandError

from .manifests import CLAIM_TEMPLATE, stateful_set

MANIFESTS = Path(__file__).parents[2] / "examples" / "manifests"


def test_the_fixture_is_a_new_cluster(statefulset_cluster: Cluster) -> None:
    cluster = statefulset_cluster
    assert cluster.apply(stateful_set()) == "statefulset.apps/web created\n"
    assert cluster.settle()
    assert cluster.kubectl("get sts").split()[-3:-1] == ["web", "3/3"]


def test_it_is_the_same_every_time() -> None:
    def told() -> str:
        cluster = Cluster(nodes=["a", "b"], seed=7)
        cluster.apply(stateful_set(volumeClaimTemplates=[CLAIM_TEMPLATE]))
        cluster.settle()
        return cluster.kubectl("get po,pvc -o yaml") + cluster.timeline().svg

    assert told() == told()


def test_a_command_that_fails_says_what_it_printed(statefulset_cluster: Cluster) -> None:
    with pytest.raises(CommandError, match="`get foo` failed") as error:
        statefulset_cluster.kubectl("get foo")
    assert error.value.output == 'error: the server doesn\'t have a resource type "foo"\n'
    assert pickle.loads(pickle.dumps(error.value)).output == error.value.output
    with pytest.raises(CommandError, match="not found"):
        statefulset_cluster.get("pod", "web-0")


def test_objects_are_dicts_and_the_clock_is_virtual(statefulset_cluster: Cluster) -> None:
    cluster = statefulset_cluster
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    assert cluster.now == begin
    cluster.apply(stateful_set(replicas=2))
    cluster.advance(timedelta(minutes=5))
    assert cluster.now == begin + timedelta(minutes=5)
    assert [pod["metadata"]["name"] for pod in cluster.list("pods")] == ["web-0", "web-1"]
    assert cluster.list("pods", namespace="elsewhere") == []
    assert cluster.get("pod", "web-1")["status"]["phase"] == "Running"
    assert Cluster(start=begin + timedelta(days=1)).now == begin + timedelta(days=1)


def test_what_breaks_is_explained(statefulset_cluster: Cluster) -> None:
    cluster = statefulset_cluster
    cluster.kubectl("break image nginx:1")
    cluster.apply(stateful_set(replicas=2))
    cluster.settle()
    assert "web-1: not created yet: web-0 comes first" in cluster.explain("web")
    cluster.kubectl("mend image nginx:1")
    cluster.settle()
    assert cluster.explain("web") == "default/web: up to date: 2 of 2 ready\n"
    assert not Cluster(nodes=0).kubectl("get nodes").startswith("NAME")


def test_a_cluster_that_never_settles_says_so() -> None:
    cluster = Cluster(nodes=1)
    cluster.apply(stateful_set(replicas=1))
    assert not cluster.settle(timedelta(milliseconds=1))
    assert cluster.settle()


def test_the_timeline_is_text_and_a_picture(statefulset_cluster: Cluster) -> None:
    statefulset_cluster.apply(stateful_set(replicas=1))
    statefulset_cluster.settle()
    timeline = statefulset_cluster.timeline()
    assert "web-0" in str(timeline) and timeline.text == str(timeline)
    assert timeline.svg.startswith("<svg") and timeline.svg.rstrip().endswith("</svg>")
    assert statefulset_cluster._repr_svg_() == timeline._repr_svg_() == timeline.svg
    statefulset_cluster.advance(60_000)
    assert statefulset_cluster.timeline(since=1_000).text != timeline.text


def test_a_notebook_shows_the_picture(statefulset_cluster: Cluster) -> None:
    statefulset_cluster.apply(stateful_set(replicas=1))
    statefulset_cluster.settle()
    for shown in (statefulset_cluster, statefulset_cluster.timeline()):
        bundle, _ = DisplayFormatter().format(shown)  # type: ignore[no-untyped-call]
        assert bundle["image/svg+xml"] == statefulset_cluster.timeline().svg


def test_files_are_those_of_a_folder(tmp_path: Path) -> None:
    cluster = Cluster(folder=MANIFESTS)
    assert "statefulset.apps/mehdb created" in cluster.kubectl("apply -f mehdb.yaml")
    cluster.settle()
    elsewhere = Cluster(folder=tmp_path)
    assert elsewhere.kubectl("timeline --svg a.svg") == "timeline written to a.svg\n"
    assert (tmp_path / "a.svg").read_text().startswith("<svg")
    with pytest.raises(CommandError, match="does not exist"):
        elsewhere.kubectl("apply -f mehdb.yaml")


def test_profiles_are_those_of_the_planner() -> None:
    for profile, gone in (("upstream", True), (Profile(shutdown="ordered"), False)):
        cluster = Cluster(profile=profile)  # type: ignore[arg-type]
        cluster.apply(stateful_set())
        cluster.settle()
        cluster.kubectl("delete sts web --wait=false")
        cluster.advance(100)
        assert all("deletionTimestamp" in pod["metadata"] for pod in cluster.list("pods")) == gone
    with pytest.raises(PlanError, match="profile: must be one of upstream, standalone"):
        Cluster(profile="both")  # type: ignore[arg-type]


def test_any_thread_may_call_it(statefulset_cluster: Cluster) -> None:
    statefulset_cluster.apply(stateful_set())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: statefulset_cluster.advance(100), range(50)))
    assert statefulset_cluster.now == datetime(2026, 1, 1, 0, 0, 5, tzinfo=UTC)


def test_a_cluster_ends_with_its_last_reference() -> None:
    before = threading.active_count()
    threads = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else before
    clusters = [Cluster() for _ in range(20)]
    assert clusters[0].now == clusters[1].now
    del clusters
    gc.collect()
    if os.path.isdir("/proc/self/task"):
        deadline = time.monotonic() + 10
        while len(os.listdir("/proc/self/task")) > threads and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(os.listdir("/proc/self/task")) <= threads


def test_ctrl_c_ends_a_command(statefulset_cluster: Cluster) -> None:
    statefulset_cluster.apply(stateful_set())
    # Whoever started the tests may have told them not to hear of it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            while True:
                statefulset_cluster.advance(timedelta(days=365))
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert statefulset_cluster.kubectl("get sts").startswith("NAME")
