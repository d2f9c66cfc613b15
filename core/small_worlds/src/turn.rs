//! What the controller does: a plan carried out at once, or one action after the other while the world goes on.

use statefulset::{Execution, Outcome, Plan};

use crate::configuration::Configuration;
use crate::deed;
use crate::step::{Fate, Step};
use crate::world::World;

/// A plan that has not been carried out to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct InHand {
    /// The world that it was made for; the plan follows from it.
    pub(crate) seen: World,
    /// The outcomes so far in the order in which actions were started, two bits each.
    pub(crate) outcomes: u32,
    /// How many outcomes there are.
    pub(crate) count: u8,
    /// How many things have happened since the plan was made.
    pub(crate) moves: u8,
}

/// The largest number of actions whose outcomes can be remembered.
const MOST: u8 = 16;

const fn code(outcome: Outcome) -> u32 {
    match outcome {
        Outcome::Done => 0,
        Outcome::NotFound => 1,
        Outcome::AlreadyExists => 2,
        _ => 3,
    }
}

const fn outcome_of(code: u32) -> Outcome {
    match code & 3 {
        0 => Outcome::Done,
        1 => Outcome::NotFound,
        2 => Outcome::AlreadyExists,
        _ => Outcome::Failed,
    }
}

/// Publishes what follows from the outcomes.
fn conclude(c: &Configuration, world: &mut World, plan: &Plan, execution: &Execution) {
    if world.gone {
        return;
    }
    if let Some(status) = plan.conclude(&execution.outcomes()).status {
        world.publish(&status, c);
    }
}

/// The whole plan, but for what becomes of one of its actions. Gives the number of actions that were started, too.
fn run(c: &Configuration, seen: &World, plan: &Plan, mishap: Option<(u8, Fate)>) -> (World, u8) {
    let mut world = *seen;
    let mut execution = plan.execution();
    let mut count = 0;
    while let Some(index) = execution.start() {
        let fate = mishap.filter(|&(at, _)| at == count + 1);
        let fate = fate.map_or(Fate::Done, |(_, fate)| fate);
        count += 1;
        let mut outcome = Outcome::Failed;
        if fate != Fate::Refused {
            outcome = deed::carry_out(c, &mut world, seen, &plan.actions[index]);
        }
        match fate {
            Fate::Last => return (world, count),
            Fate::Lost => outcome = Outcome::Failed,
            Fate::Done | Fate::Refused => {}
        }
        execution.end(index, outcome);
    }
    conclude(c, &mut world, plan, &execution);
    (world, count)
}

/// The world after the plan was carried out without any trouble.
pub(crate) fn smooth(c: &Configuration, world: &World, plan: &Plan) -> World {
    run(c, world, plan, None).0
}

/// A plan carried out at once: all of it, or all of it but one action, or up to the death of the controller.
pub(crate) fn at_once(
    c: &Configuration,
    world: &World,
    plan: &Plan,
    emit: &mut impl FnMut(Step, World),
) {
    let (next, count) = run(c, world, plan, None);
    if next != *world {
        emit(Step::Turn(None), next);
    }
    for at in 1..=count {
        for fate in [Fate::Refused, Fate::Lost, Fate::Last] {
            let mishap = Some((at, fate));
            emit(Step::Turn(mishap), run(c, world, plan, mishap).0);
        }
    }
}

/// A plan is made, and its requests are slow. Without requests the status is published at once.
pub(crate) fn begin(
    c: &Configuration,
    world: &World,
    plan: &Plan,
    emit: &mut impl FnMut(Step, World, Option<InHand>),
) {
    if plan.deeds().next().is_none() {
        let next = smooth(c, world, plan);
        if next != *world {
            emit(Step::Turn(None), next, None);
        }
        return;
    }
    let hand = InHand {
        seen: *world,
        outcomes: 0,
        count: 0,
        moves: 0,
    };
    emit(Step::Plan, *world, Some(hand));
}

/// The next action of the plan in hand. `plan` is that plan.
pub(crate) fn go_on(
    c: &Configuration,
    world: &World,
    hand: &InHand,
    plan: &Plan,
    emit: &mut impl FnMut(Step, World, Option<InHand>),
) {
    emit(Step::Die, *world, None);
    let mut execution = plan.execution();
    for number in 0..hand.count {
        if let Some(index) = execution.start() {
            execution.end(index, outcome_of(hand.outcomes >> (2 * number)));
        }
    }
    let Some(index) = execution.start() else {
        return;
    };
    for fate in [Fate::Done, Fate::Refused, Fate::Lost, Fate::Last] {
        let mut next = *world;
        let mut outcome = Outcome::Failed;
        if fate != Fate::Refused {
            outcome = deed::carry_out(c, &mut next, &hand.seen, &plan.actions[index]);
        }
        match fate {
            Fate::Lost => outcome = Outcome::Failed,
            Fate::Last => {
                emit(Step::Act(fate), next, None);
                continue;
            }
            Fate::Done | Fate::Refused => {}
        }
        let mut rest = execution.clone();
        rest.end(index, outcome);
        if rest.is_over() || hand.count + 1 == MOST {
            conclude(c, &mut next, plan, &rest);
            emit(Step::Act(fate), next, None);
        } else {
            let hand = InHand {
                outcomes: hand.outcomes | code(outcome) << (2 * hand.count),
                count: hand.count + 1,
                ..*hand
            };
            emit(Step::Act(fate), next, Some(hand));
        }
    }
}
