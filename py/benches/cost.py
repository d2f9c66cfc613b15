"""What Python adds to the cost of a call, beside its budgets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from statefulset import Pod, StatefulSet, plan
from statefulset.kubernetes import Cluster
from statefulset.simulate import Cluster as Simulated

MANIFESTS = Path(__file__).parents[2] / "examples" / "manifests"


def microseconds(call: Callable[[], object], calls: int = 1_000) -> float:
    """The best of many rounds: what else the machine does only adds to it."""

    def a_round() -> float:
        begin = time.perf_counter()
        for _ in range(calls):
            call()
        return (time.perf_counter() - begin) * 1e6 / calls

    return min(a_round() for _ in range(50))


def floor(pod: bytes) -> tuple[float, float]:
    """What the calls cost in Rust, in microseconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pod.json"
        path.write_bytes(pod)
        bench = ["bench", "--quiet", "--locked", "-p", "statefulset-py", "--bench", "floor", "--", str(path)]
        environment = os.environ | {"PYO3_PYTHON": sys.executable}
        done = subprocess.run(
            [os.environ.get("CARGO", "cargo"), *bench],
            cwd=Path(__file__).parents[1],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    planning, taking = done.stdout.split()
    return float(planning) / 1_000, float(taking) / 1_000


def real_pod() -> dict[str, Any]:
    """A pod with a claim, probes and a status, as the API shows it."""
    cluster = Simulated(nodes=["kube-node01", "kube-node02"], folder=MANIFESTS)
    cluster.kubectl("apply -f pv1.yaml")
    cluster.kubectl("apply -f mysql.yaml")
    cluster.settle()
    return cluster.get("pod", "mysql-0")


def main() -> int:
    """Prints the table; 1 where a budget is exceeded."""
    pod = real_pod()
    text = json.dumps(pod).encode()
    web = StatefulSet(replicas=3, update_revision=2, current_revision=1)
    pods = [Pod(ordinal=n, revision=1, ready=True) for n in range(3)]
    cluster = Cluster()
    cluster.apply(pod)
    in_rust = floor(text)
    planning = microseconds(lambda: plan(web, pods, 0))
    taking = microseconds(lambda: cluster.apply(text, "Pod"))
    dict_taking = microseconds(lambda: cluster.apply(pod, "Pod"))
    dumping = microseconds(lambda: json.dumps(pod))
    rows = [
        ("a plan for 3 pods", planning, in_rust[0] + 1.0, f"Rust {in_rust[0]:.2f} + 1"),
        (f"a pod, {len(text)} bytes of JSON", taking, in_rust[1] + 2.0, f"Rust {in_rust[1]:.2f} + 2"),
        ("the same pod as a dict", dict_taking, 3 * dumping, f"3 x json.dumps {dumping:.2f}"),
    ]
    print(f"{'':32} {'µs':>8}  budget")
    for what, took, budget, told in rows:
        print(f"{what:32} {took:8.2f}  {budget:.2f} ({told}){'' if took <= budget else '  EXCEEDED'}")
    return int(any(took > budget for _, took, budget, _ in rows))


if __name__ == "__main__":
    raise SystemExit(main())
