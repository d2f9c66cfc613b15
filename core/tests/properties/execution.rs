//! Carrying a plan out: any order that is allowed keeps the rules, and ends where doing one after the other ends
//! (rules E-1 to E-6).

use std::cell::Cell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use quickcheck::{Arbitrary, Gen};
use statefulset::{Action, Do, Execution, Outcome, Place, Plan, Reason};

use crate::{ensure, planned};
use statefulset_cases::{Case, check};

/// How each action goes if it is tried, and which of those that may go on does so next.
#[derive(Clone, Debug)]
struct Fate {
    outcomes: Vec<Outcome>,
    dice: Vec<u8>,
}

impl Arbitrary for Fate {
    fn arbitrary(g: &mut Gen) -> Self {
        // Most go well, or else nothing but the beginning of a plan would ever be seen.
        let mut any = vec![Outcome::Done; 12];
        any.extend([
            Outcome::NotFound,
            Outcome::AlreadyExists,
            Outcome::Failed,
            Outcome::NotTried,
        ]);
        Self {
            outcomes: (0..24)
                .map(|_| *g.choose(&any).expect("a choice"))
                .collect(),
            dice: (0..64).map(|_| u8::arbitrary(g)).collect(),
        }
    }
}

impl Fate {
    fn of(&self, index: usize) -> Outcome {
        self.outcomes[index % self.outcomes.len()]
    }
}

/// Starts and ends things in an order that dice choose, as many at once as they like. Shows `look` each beginning, with the
/// outcomes that are known.
fn run(
    mut execution: Execution,
    count: usize,
    fate: &Fate,
    mut look: impl FnMut(usize, &[Option<Outcome>]) -> Result<(), String>,
) -> Result<Vec<Outcome>, String> {
    let mut known = vec![None; count];
    let mut under_way: Vec<usize> = Vec::new();
    let mut dice = fate.dice.iter().cycle();
    for _ in 0..=2 * count {
        if execution.is_over() {
            return Ok(execution.outcomes());
        }
        let die = usize::from(*dice.next().expect("dice"));
        let starts = under_way.is_empty() || die % 3 != 0;
        match starts.then(|| execution.start()).flatten() {
            Some(index) => {
                look(index, &known)?;
                under_way.push(index);
            }
            None if under_way.is_empty() => return Err("it is stuck".to_owned()),
            None => {
                let index = under_way.swap_remove(die % under_way.len());
                known[index] = Some(fate.of(index));
                let taken = execution.end(index, fate.of(index));
                ensure(taken, || format!("{index} was under way"))?;
                let again = execution.end(index, Outcome::Failed);
                ensure(!again, || format!("{index} ended twice"))?;
            }
        }
    }
    Err("it never ends".to_owned())
}

/// The rules again, of two actions and in other words: what must be known of the earlier one before the later one starts.
fn allows(earlier: &Action, outcome: Option<Outcome>, later: &Action) -> bool {
    let deletes = matches!(
        earlier.what,
        Do::DeletePod { .. }
            | Do::EvictPod { .. }
            | Do::ForceDeletePod { .. }
            | Do::DeleteClaim { .. }
    );
    let may_be_gone = deletes && !earlier.must_exist;
    let went_well =
        outcome == Some(Outcome::Done) || may_be_gone && outcome == Some(Outcome::NotFound);
    let aside = matches!(
        earlier.reason,
        Reason::Binding | Reason::GiveUp | Reason::Drain | Reason::NodeGone | Reason::Wanted
    );
    let is_owner = |action: &Action| matches!(action.what, Do::SetClaimOwner { .. });
    if earlier.stage < later.stage {
        // What was ruled out has no outcome of its own; for a duty that is an end, too.
        return went_well || aside;
    }
    if (earlier.stage, earlier.ordinal) != (later.stage, later.ordinal) {
        return true;
    }
    if earlier.step < later.step || is_owner(earlier) {
        return went_well;
    }
    !is_owner(later) || outcome.is_some_and(|it| it != Outcome::AlreadyExists)
}

fn in_order(plan: &Plan, fate: &Fate) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (index, action) in plan.actions.iter().enumerate() {
        let before = plan.actions.iter().zip(&outcomes);
        let mut deeds = before.filter(|(earlier, _)| !earlier.what.is_wait());
        let free = !action.what.is_wait()
            && deeds.all(|(earlier, outcome)| allows(earlier, Some(*outcome), action));
        assert_eq!(plan.may_try(index, &outcomes), free, "{index}: {plan:?}");
        outcomes.push(if free {
            fate.of(index)
        } else {
            Outcome::NotTried
        });
    }
    outcomes
}

#[test]
fn any_order_keeps_the_rules_and_ends_as_one_by_one_does() {
    check(20_000, |(case, fate): (Case, Fate)| {
        let plan = planned(&case);
        let actions = &plan.actions;
        let ended = run(plan.execution(), actions.len(), &fate, |index, known| {
            let before = actions.iter().zip(known).take(index);
            let mut deeds = before.filter(|(earlier, _)| !earlier.what.is_wait());
            let bad = deeds.find(|(earlier, outcome)| !allows(earlier, **outcome, &actions[index]));
            ensure(bad.is_none(), || {
                format!("{index} does not wait for {bad:?}")
            })
        })?;
        let expected = in_order(&plan, &fate);
        ensure(ended == expected, || {
            format!("{ended:?}\n{expected:?}\n{actions:?}")
        })?;
        let mut index = actions.iter().enumerate();
        let concluded = plan.carry_out(|action| {
            let here = index.find(|(_, other)| *other == action);
            fate.of(here.expect("one of the plan's, in their order").0)
        });
        ensure(concluded == plan.conclude(&expected), || {
            format!("{concluded:?}")
        })
    });
}

/// A future that is ready when it has been asked so often.
async fn after(mut questions: u8) {
    poll_fn(|_| {
        questions = questions.saturating_sub(1);
        if questions == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

#[test]
fn futures_end_as_one_by_one_does() {
    check(5_000, |(case, fate, width): (Case, Fate, u8)| {
        let plan = planned(&case);
        let width = usize::from(width % 8);
        let (now, peak) = (Cell::new(0), Cell::new(0));
        let act = async |action: &Action| {
            let index = plan.actions.iter().position(|it| it == action);
            let index = index.expect("one of the plan's");
            now.set(now.get() + 1);
            peak.set(peak.get().max(now.get()));
            after(fate.dice[index % fate.dice.len()] % 8).await;
            now.set(now.get() - 1);
            fate.of(index)
        };
        let mut future = pin!(plan.carry_out_async(width, act));
        let mut context = Context::from_waker(Waker::noop());
        let concluded = loop {
            if let Poll::Ready(concluded) = future.as_mut().poll(&mut context) {
                break concluded;
            }
        };
        ensure(peak.get() <= width.max(1), || format!("{peak:?} at once"))?;
        let expected = plan.conclude(&in_order(&plan, &fate));
        ensure(concluded == expected, || {
            format!("{concluded:?}\n{expected:?}")
        })
    });
}

/// Places as no planner gives them, in any order.
#[derive(Clone, Debug)]
struct Wild(Vec<Option<Place>>);

impl Arbitrary for Wild {
    fn arbitrary(g: &mut Gen) -> Self {
        let place = |g: &mut Gen| Place {
            stage: u32::from(u8::arbitrary(g) % 3),
            chain: u32::from(u8::arbitrary(g) % 3),
            step: u8::arbitrary(g) % 3,
            duty: u8::arbitrary(g) % 4 == 0,
            in_turn: u8::arbitrary(g) % 4 == 0,
            may_be_gone: bool::arbitrary(g),
        };
        let places = 0..usize::arbitrary(g) % 16;
        Self(
            places
                .map(|_| (u8::arbitrary(g) % 8 != 0).then(|| place(g)))
                .collect(),
        )
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let all = self.0.clone();
        Box::new((0..all.len()).map(move |without| {
            let mut fewer = all.clone();
            fewer.remove(without);
            Self(fewer)
        }))
    }
}

#[test]
fn whatever_the_places_it_ends_and_the_order_makes_no_difference() {
    check(20_000, |(Wild(places), fate): (Wild, Fate)| {
        let one = run(
            Execution::of(places.clone()),
            places.len(),
            &fate,
            |_, _| Ok(()),
        )?;
        let mut execution = Execution::of(places.clone());
        while let Some(index) = execution.start() {
            execution.end(index, fate.of(index));
        }
        ensure(execution.is_over(), || "it is not over".to_owned())?;
        let two = execution.outcomes();
        ensure(one == two, || format!("{one:?}\n{two:?}"))
    });
}
