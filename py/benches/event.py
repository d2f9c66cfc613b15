"""What one event costs beside other sets: a pod's status changes, what is due is asked for, planned for and finished.

Clusters of 10, of 1,000 and of 10,000 sets have their events in turn, and processor time is counted, so that what else
the machine does falls on all of them.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any, get_args

from statefulset.kubernetes import Cluster, Kind
from statefulset.simulate import Cluster as Simulated

MANIFESTS = Path(__file__).parents[2] / "examples" / "manifests"
SETS = (10, 1_000, 10_000)
ROUNDS = 21
EVENTS = 250
NOW = 1_800_000_000_000
GOAL = 1.2
"""How much more an event may cost among more sets."""


def templates() -> dict[Kind, dict[str, Any]]:
    """The objects of a settled set with one pod, as the API shows them."""
    cluster = Simulated(nodes=["kube-node01", "kube-node02"], profile="upstream", folder=MANIFESTS)
    cluster.kubectl("apply -f pv1.yaml")
    cluster.kubectl("apply -f mysql.yaml")
    cluster.settle()
    kinds: tuple[Kind, ...] = ("StatefulSet", "Pod", "PersistentVolumeClaim", "ControllerRevision")
    return {kind: cluster.list(kind)[0] for kind in kinds}


def within(object: dict[str, Any], number: int) -> bytes:
    """The object of the set with this number: each set lives in a namespace of its own."""
    return json.dumps(object | {"metadata": object["metadata"] | {"namespace": f"team-{number}"}}).encode()


class Many:
    """A cluster of settled sets with one pod each."""

    def __init__(self, objects: dict[Kind, dict[str, Any]], sets: int) -> None:
        """Shows the objects of so many sets, and finishes a plan for each."""
        self.sets = sets
        self.pod = objects["Pod"]
        self.version = int(self.pod["metadata"]["resourceVersion"])
        """The newest resource version of a pod."""
        self.next = 0
        """Counts the sets that have had their events."""
        self.cluster = Cluster("upstream")
        for kind in get_args(Kind):
            self.cluster.begin_list(kind)
            if kind in objects:
                for number in range(sets):
                    self.cluster.apply(within(objects[kind], number), kind)
            self.cluster.end_list(kind, str(self.version))
        self.turns(sets)

    def turns(self, expected: int) -> None:
        """Plans for all that are due, and finishes."""
        due = self.cluster.take_due(NOW).sets
        assert len(due) == expected, due
        for name in due:
            plan = self.cluster.plan(name, NOW)
            assert not plan.requests, plan
            self.cluster.finish(name, plan, [], NOW)

    def changed(self, number: int, ready: bool) -> bytes:
        """The pod of the set with this number, whose readiness has changed."""
        self.version += 1
        status = self.pod["status"]
        told = {"Ready": str(ready), "ContainersReady": str(ready)}
        conditions = [it | {"status": told.get(it["type"], it["status"])} for it in status["conditions"]]
        metadata = self.pod["metadata"] | {"resourceVersion": str(self.version)}
        return within(self.pod | {"metadata": metadata, "status": status | {"conditions": conditions}}, number)

    def microseconds(self, spread: int) -> float:
        """What one event costs, spread over so many sets."""
        texts = []
        for event in range(EVENTS):
            # A prime step: neighbours in order are not neighbours in time. Each pod fails and comes back.
            texts.append(self.changed(self.next * 7_919 % spread, ready=event % 2 == 1))
            self.next += event % 2
        start = time.process_time()
        for text in texts:
            self.cluster.apply(text, "Pod")
            self.turns(1)
        return (time.process_time() - start) * 1e6 / EVENTS


def main() -> None:
    """Prints the table."""
    objects = templates()
    clusters = [Many(objects, sets) for sets in SETS]
    print("  sets  spread over  event µs  beside 10 sets")
    for spread in ("ten", "all"):
        sizes = [SETS[0] if spread == "ten" else sets for sets in SETS]
        rounds = [
            [many.microseconds(size) for many, size in zip(clusters, sizes, strict=True)] for _ in range(ROUNDS + 1)
        ]
        # The first one warms up.
        for place, sets in enumerate(SETS):
            cost = statistics.median(costs[place] for costs in rounds[1:])
            ratio = statistics.median(costs[place] / costs[0] for costs in rounds[1:])
            holds = "holds" if ratio <= GOAL else "does not hold"
            print(f"{sets:>6}  {spread:<11}  {cost:>8.2f}  {ratio:>14.2f}  at most {GOAL}: {holds}")


if __name__ == "__main__":
    main()
