"""Loops around an `Execution`: one by one, and side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ._statefulset import Conclusion, Execution, Plan
from ._words import Outcome

if TYPE_CHECKING:
    from . import Action

WIDTH = 32


def drive(execution: Execution, act: Callable[[int], Outcome]) -> None:
    """Does one after the other."""
    while (index := execution.start()) is not None:
        execution.end(index, act(index))


async def drive_async(execution: Execution, act: Callable[[int], Awaitable[Outcome]], width: int) -> None:
    """Does at most `width` at a time. Where one raises, the others are cancelled."""
    under_way: dict[asyncio.Future[Outcome], int] = {}
    try:
        while True:
            while len(under_way) < max(width, 1) and (index := execution.start()) is not None:
                under_way[asyncio.ensure_future(act(index))] = index
            if not under_way:
                return
            ended, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for one in sorted(ended, key=under_way.__getitem__):
                outcome = one.result()
                execution.end(under_way.pop(one), outcome)
    finally:
        for one in under_way:
            one.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def carry_out(plan: Plan, act: Callable[[Action], Outcome]) -> Conclusion:
    """Carries a plan out, one action after the other, and returns what `Plan.conclude` says.

    Args:
        plan: the plan.
        act: does one action and returns how it went. It is called for each action that may be tried, and never for a
            `Wait`. If it returns "not-tried", everything that depends on the action is kept back.

    Raises:
        PlanError: `act` returned a word that is no outcome.
    """
    execution = plan.execution()
    drive(execution, lambda index: act(plan.actions[index]))
    return plan.conclude(execution.outcomes)


async def carry_out_async(plan: Plan, act: Callable[[Action], Awaitable[Outcome]], *, width: int = WIDTH) -> Conclusion:
    """Carries a plan out, with as many actions at the same time as their order allows.

    Args:
        plan: the plan.
        act: as for `carry_out`, and awaited.
        width: how many actions may run at the same time, at least 1.

    Raises:
        PlanError: `act` returned a word that is no outcome. An exception of `act` is raised, and the actions that run
            then are cancelled.
    """
    execution = plan.execution()
    await drive_async(execution, lambda index: act(plan.actions[index]), width)
    return plan.conclude(execution.outcomes)
