"""The cases that every language is asked (core/cases/README.md): the answers must be the planner's, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from statefulset import (
    Action,
    BindClaim,
    Budget,
    CancelPrepare,
    Claim,
    CreateClaim,
    CreatePod,
    Deadline,
    DeleteClaim,
    DeletePod,
    EvictPod,
    Exclusion,
    ForceDeletePod,
    HoldFinalizer,
    Node,
    Observed,
    Plan,
    PlanError,
    Pod,
    Policies,
    Prepare,
    Profile,
    Reach,
    ReleaseFinalizer,
    Repair,
    SetClaimOwner,
    StatefulSet,
    Status,
    UpdateInPlace,
    UpdatePod,
    Volume,
    Wait,
    _words,
    plan,
)

CASES = Path(__file__).parents[2] / "target" / "cases.txt"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def kebab(word: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", word).lower()


WORDS = {
    kebab(word): word
    for words in vars(_words).values()
    for word in get_args(words)
    if isinstance(word, str) and word != kebab(word)
}


def millis(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // timedelta(milliseconds=1)


# These are no words of the Kubernetes API.
SLUGS = (
    "shutdown",
    "give_up",
    "deletion",
    "state",
    "set_owner",
    "pod_owner",
    "progressing",
    "ranked",
    "prepared",
    "change",
    "in_place",
    "deadline_then",
)


class Record:
    """A line of the text: a head, fields and flags."""

    def __init__(self, line: str) -> None:
        self.head, *words = line.split()
        self.words = words
        self.fields = dict(word.split("=", 1) for word in words if "=" in word)

    def flag(self, name: str) -> bool:
        return name in self.words

    def number(self, name: str) -> Any:
        return int(self.fields[name]) if name in self.fields else None

    def limit(self, name: str) -> int | str | None:
        kind, limit = self.fields.get(f"{name}_kind", "none"), self.number(name)
        return {"count": limit, "percent": f"{limit}%"}.get(kind)

    def word(self, name: str) -> Any:
        word = self.fields[name]
        return word if name in SLUGS else WORDS[word]

    def several(self, name: str) -> Any:
        return [word for word in self.fields.get(name, "").split(",") if word]


class Case:
    """What is asked, as far as it has been read."""

    def __init__(self) -> None:
        self.set: dict[str, Any] = {}
        self.known: set[str] = set()
        self.fresh = False
        self.lists: dict[str, list[Any]] = {name: [] for name in ("pod", "claim", "volume", "node", "reach", "budget")}

    def read(self, it: Record) -> None:
        match it.head:
            case "desired":
                numbers = ("generation", "replicas", "start", "partition", "current_revision", "update_revision")
                words = ("management", "strategy", "when_deleted", "when_scaled", "deletion")
                self.set |= {name: it.number(name) for name in numbers} | {name: it.word(name) for name in words}
                self.set |= {
                    "max_unavailable": it.limit("max_unavailable"),
                    "min_ready": it.number("min_ready_ms"),
                    "templates": [str(n) for n in range(it.number("template_count"))],
                    "finalizer_held": it.flag("finalizer_held"),
                }
            case "profile":
                flags = ("max_unavailable", "recreate", "walk", "bind_claims", "drain_nodes", "require_fence")
                self.set["profile"] = Profile.upstream(it.fields["kubernetes"]).__replace__(
                    max_actions=it.number("max_actions"),
                    shutdown=it.word("shutdown"),
                    give_up=it.word("give_up"),
                    unreachable_after=it.number("unreachable_after_ms"),
                    **{name: it.flag(name) for name in flags},
                )
            case "published":
                progressing = it.word("progressing")
                counts = {
                    name.removesuffix("_ms"): int(value) for name, value in it.fields.items() if name != "progressing"
                }
                self.set["published"] = Status(progressing=None if progressing == "none" else progressing, **counts)
            case "policies":
                self.set["policies"] = policies(it)
            case "exclusion":
                exclusion = Exclusion(
                    first=it.number("first"), last=it.number("last"), keep_claims=it.flag("keep_claims")
                )
                before: Policies = self.set.get("policies", Policies())
                self.set["policies"] = before.__replace__(excluded=[*before.excluded, exclusion])
            case "observed":
                self.fresh = it.flag("fresh")
                self.known = set(it.words)
            case "pod":
                self.lists["pod"].append(
                    Pod(
                        ordinal=it.number("ordinal"),
                        revision=it.number("revision"),
                        phase=it.word("phase"),
                        ready=it.flag("ready"),
                        ready_since=it.number("ready_since_ms"),
                        terminating_since=it.number("terminating_since_ms"),
                        identity=it.flag("identity"),
                        storage=it.flag("storage"),
                        node=it.number("node"),
                        budget=it.number("budget"),
                        rank=it.number("rank") or 0,
                        hold=it.several("hold"),
                        replace=it.flag("replace"),
                        prepared=it.word("prepared") if "prepared" in it.fields else "no",
                        change=it.word("change") if "change" in it.fields else "recreate",
                        changing=it.flag("changing"),
                    )
                )
            case "claim":
                self.lists["claim"].append(
                    Claim(
                        ordinal=it.number("ordinal"),
                        template=it.number("template_index"),
                        phase=it.word("phase"),
                        set_owner=it.word("set_owner"),
                        pod_owner=it.word("pod_owner"),
                        foreign_controller=it.flag("foreign_controller"),
                        binding=it.word("binding"),
                        modes=modes(it),
                        volume_mode=it.word("volume_mode"),
                        storage_class=it.number("storage_class"),
                        request=it.number("request"),
                        volume=it.number("volume"),
                        node=it.number("node"),
                        terminating_since=it.number("terminating_since_ms"),
                    )
                )
            case "volume":
                self.lists["volume"].append(
                    Volume(
                        capacity=it.number("capacity"),
                        matches=it.number("matches"),
                        phase=it.word("phase"),
                        terminating=it.flag("terminating"),
                        reserved="other" if it.flag("taken") else it.number("claim"),
                        modes=modes(it),
                        volume_mode=it.word("volume_mode"),
                        storage_class=it.number("storage_class"),
                        reach=it.number("reach"),
                    )
                )
            case "node":
                self.lists["node"].append(
                    Node(
                        state=it.word("state"),
                        cordoned=it.flag("cordoned"),
                        draining=it.flag("draining"),
                        since=it.number("since_ms"),
                    )
                )
            case "reach":
                self.lists["reach"].append(Reach(group=it.number("group"), node=it.number("node")))
            case "budget":
                self.lists["budget"].append(
                    Budget(
                        allowed=it.number("allowed"),
                        healthy=it.number("healthy"),
                        desired_healthy=it.number("desired_healthy"),
                        unhealthy_always=it.flag("unhealthy_always"),
                    )
                )
            case _:
                raise AssertionError(it.head)

    def plan(self, now: int) -> Plan:
        lists = {f"{name}s": self.lists[name] for name in self.lists}
        known = {name: entries for name, entries in lists.items() if name in self.known}
        seen = Observed(pods=self.lists["pod"], reach=self.lists["reach"], fresh=self.fresh, **known)
        return plan(StatefulSet(**self.set), seen, now)


def policies(it: Record) -> Policies:
    repair = None
    if "repair_after_ms" in it.fields:
        repair = Repair(
            after=it.number("repair_after_ms"),
            beyond_budget=it.number("repair_beyond_budget"),
            ordered=it.flag("repair_ordered"),
            pending=it.flag("repair_pending"),
        )
    deadline = None
    if "deadline_after_ms" in it.fields:
        deadline = Deadline(after=it.number("deadline_after_ms"), then=it.word("deadline_then"))
    return Policies(
        partition_by="ordinal" if it.flag("partition_by_ordinal") else "rank",
        stand_in_first=it.flag("stand_in_first"),
        paused=it.several("paused"),
        ranked=it.word("ranked"),
        ties="lowest-first" if it.flag("lowest_first") else "highest-first",
        scale_out_limit=it.limit("scale_out_limit"),
        scale_in_limit=it.limit("scale_in_limit"),
        allowance=it.number("allowance"),
        repair=repair,
        pace=it.number("pace_ms"),
        deadline=deadline,
        in_place=it.word("in_place"),
        ask=it.several("ask"),
    )


def modes(it: Record) -> list[Any]:
    return [WORDS[mode] for mode in it.several("modes")]


def line(head: str, fields: Mapping[str, object], *flags: str) -> str:
    return " ".join([head, *(f"{name}={value}" for name, value in fields.items() if value is not None), *flags])


def of_status(status: Status) -> str:
    moments = ("progressed_at", "disrupted_at")
    shown = {name: getattr(status, name) for name in Status.__match_args__ if name not in moments}
    shown["progressing"] = status.progressing or "none"
    return line("  status", shown | {f"{name}_ms": millis(getattr(status, name)) for name in moments})


def of_action(action: Action) -> str:
    shared = {"reason": action.reason, "stage": action.stage, "ordinal": action.ordinal, "step": action.step}
    own: dict[str, object]
    marks: list[str] = []
    match action:
        case CreateClaim():
            own = {"template_index": action.template}
        case BindClaim():
            own = {"claim": action.claim, "volume": action.volume}
        case CreatePod():
            own = {"revision": action.revision}
        case DeletePod():
            own = {"pod": action.pod}
            marks = ["must_exist"] * action.must_exist
        case UpdateInPlace():
            own = {"pod": action.pod, "revision": action.revision}
        case Prepare():
            own = {"pod": action.pod}
            marks = ["for_good"] * action.for_good
        case UpdatePod() | EvictPod() | CancelPrepare():
            own = {"pod": action.pod}
        case SetClaimOwner():
            own = {"pod": action.pod, "claim": action.claim, "owner": action.owner}
        case ForceDeletePod():
            own = {"pod": action.pod, "node": action.node}
        case DeleteClaim():
            own = {"claim": action.claim}
        case HoldFinalizer() | ReleaseFinalizer():
            own = {}
        case Wait():
            own = {
                "through": action.through,
                "gates": ",".join(action.gates),
                "on": action.on,
                "on_index": action.on_index,
                "since_ms": millis(action.since),
                "until_ms": millis(action.until),
            }
    return line("  action", {"kind": kebab(type(action).__name__)} | shared | own, *marks)


def of_plan(made: Plan) -> Iterator[str]:
    yield from map(of_action, made.actions)
    if made.status is not None:
        yield of_status(made.status)
    if made.next_wake is not None or made.suggests is not None or made.more:
        later = {"next_wake_ms": millis(made.next_wake), "suggested_revision": made.suggests}
        yield line("  later", later, *["more"] * made.more)


def of_error(error: PlanError) -> str:
    """Lists and fields have their names in the C header."""
    name = {"excluded": "exclusions"}.get(error.list, error.list)
    renamed = {"min_ready": "min_ready_ms", "template": "template_index", "reserved": "claim"}
    renamed |= {f"policies.{name}": name for name in ("scale_out_limit", "scale_in_limit")}
    renamed |= {"policies.repair.after": "repair_after_ms", "policies.pace": "pace_ms"}
    renamed["policies.deadline.after"] = "deadline_after_ms"
    renamed |= dict.fromkeys(
        ("profile.recreate", "profile.semantic_revisions", "profile.read_your_writes"), "profile.flags"
    )
    field = renamed.get(error.field, error.field)
    message = str(error).replace(f".{error.field}:", f".{field}:").replace(f"{error.list}[", f"{name}[")
    shown = {"code": error.code, "list": name, "index": error.index, "field": field, "message": message}
    return line("  error", shown)


def answers(text: str) -> Iterator[str]:
    """What was asked, with Python's answers."""
    case, made = Case(), None
    for asked in text.splitlines():
        if asked.startswith("  "):
            continue
        yield asked
        if not asked:
            case, made = Case(), None
            continue
        it = Record(asked)
        if it.head == "plan":
            try:
                made = case.plan(it.number("now_ms"))
                yield from of_plan(made)
            except PlanError as error:
                yield of_error(error)
        elif it.head == "conclude":
            assert made is not None
            outcomes: Any = it.words
            concluded = made.conclude(outcomes)
            yield line("  conclusion", {"next": concluded.next})
            if concluded.status is not None:
                yield of_status(concluded.status)
        elif it.head != "case":
            case.read(it)


def test_the_answers_are_the_same_in_all_languages() -> None:
    assert CASES.exists(), "`make cases` writes them"
    expected = CASES.read_text()
    assert expected.count("\ncase ") > 3_000
    name = ""
    for wanted, given in zip(expected.splitlines(), answers(expected), strict=True):
        name = wanted if wanted.startswith("case ") else name
        assert given == wanted, name
