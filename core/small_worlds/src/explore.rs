//! Breadth first through everything that may happen, so that the way to what is found first is a shortest one.

use std::collections::BTreeSet;
use std::fmt::Write;

use statefulset::Plan;

use crate::configuration::Configuration;
use crate::ending::{self, Final};
use crate::outlook::{self, Hidden};
use crate::state::State;
use crate::states::{Number, States};
use crate::step::Step;
use crate::turn::{self, InHand};
use crate::weather;
use crate::witness;
use crate::world::World;

/// What was found out about one configuration.
#[derive(Debug)]
pub struct Report {
    /// The configuration's name.
    pub name: String,
    /// How many states there are.
    pub states: usize,
    /// How many steps lead from one state to another.
    pub transitions: u64,
    /// The length of the longest of all shortest ways.
    pub depth: u32,
    /// How many steps led to a state that was named anew because only the names of its revisions differed from another.
    pub merged: u64,
    /// Whether these are all states; otherwise there was no room for more.
    pub whole: bool,
    /// How many states end in upstream's own loop (rule U-7).
    pub loops: usize,
    /// What must not be, with the way that leads there.
    pub breach: Option<String>,
    pub(crate) finals: BTreeSet<Final>,
}

/// What is wrong in a state, and with which steps behind it.
struct Breach {
    number: Number,
    wrong: String,
}

struct Explorer<'c> {
    c: &'c Configuration,
    states: States,
    width: usize,
    limit: usize,
    parents: Vec<Number>,
    depths: Vec<u32>,
    /// Where a run goes from each state if everything goes well: with a controller that is as fast as all others, and with a
    /// slow one. A state in which a plan is in hand is its own end: its run begins when that plan has been carried out.
    kind: [Vec<Number>; 2],
    transitions: u64,
    merged: u64,
    whole: bool,
    loops: usize,
    finals: BTreeSet<Final>,
}

/// Explores all that may happen, up to so many states.
pub fn explore(c: &Configuration, limit: usize) -> Report {
    let width = States::width(c.lag > 0);
    let mut explorer = Explorer {
        c,
        states: States::of_width(width),
        width,
        limit,
        parents: Vec::new(),
        depths: Vec::new(),
        kind: [Vec::new(), Vec::new()],
        transitions: 0,
        merged: 0,
        whole: true,
        loops: 0,
        finals: BTreeSet::new(),
    };
    let breach = explorer.run().err();
    let breach = breach.map(|breach| explorer.tell(&breach));
    Report {
        name: c.name.clone(),
        states: explorer.states.len(),
        transitions: explorer.transitions,
        depth: explorer.depths.iter().max().copied().unwrap_or(0),
        merged: explorer.merged,
        whole: explorer.whole,
        loops: explorer.loops,
        breach,
        finals: explorer.finals,
    }
}

impl Explorer<'_> {
    fn run(&mut self) -> Result<(), Breach> {
        let first = State::resting(&World::first(self.c), self.c);
        self.add(&first, 0, 0);
        let mut number = 0;
        let mut found = Vec::new();
        while (number as usize) < self.states.len() {
            let state = State::unpack(self.states.get(number));
            self.visit(number, &state, &mut found)
                .map_err(|wrong| Breach { number, wrong })?;
            number += 1;
        }
        self.follow(0)?;
        self.follow(1)
    }

    /// The number of a state, which is added if it is new and there is room.
    fn add(&mut self, state: &State, from: Number, depth: u32) -> Option<Number> {
        let room = self.states.len() < self.limit;
        let words = state.pack();
        let Some((number, is_new)) = self.states.insert(&words[..self.width], room) else {
            self.whole = false;
            return None;
        };
        if is_new {
            self.parents.push(from);
            self.depths.push(depth);
        }
        Some(number)
    }

    /// Looks at one state, and at all that may come next.
    fn visit(
        &mut self,
        number: Number,
        state: &State,
        found: &mut Vec<(Step, State)>,
    ) -> Result<(), String> {
        let c = self.c;
        let plan = plan_of(c, state)?;
        witness::check_world(c, &state.world)?;
        let depth = self.depths[number as usize];
        let mut ends = [number; 2];
        if state.hand.is_none() {
            self.judge(state, &plan)?;
            let next = smooth_ends(c, &state.world, &plan);
            for (end, world) in ends.iter_mut().zip(next) {
                // What is cut off has no number; its run is not followed.
                *end = match self.add(&State::resting(&world, c), number, depth + 1) {
                    Some(next) => next,
                    None => Number::MAX,
                };
            }
        }
        for (kind, end) in self.kind.iter_mut().zip(ends) {
            kind.push(end);
        }
        found.clear();
        self.merged += next(c, state, &plan, found);
        self.transitions += found.len() as u64;
        for (_, next) in found.iter() {
            self.add(next, number, depth + 1);
        }
        Ok(())
    }

    /// What the plan for a state without a plan in hand must be, and what it must not be where something is not known.
    fn judge(&self, state: &State, plan: &Plan) -> Result<(), String> {
        let c = self.c;
        if state.world.gone {
            return Ok(());
        }
        witness::check(c, &state.world, plan)
            .map_err(|wrong| format!("{wrong}; {}", said(plan)))?;
        let without = |hidden| {
            outlook::ask(c, &state.world, hidden).map_err(|error| format!("an error: {error}"))
        };
        let stale = without(Hidden::Writes)?;
        let quiet = stale.deeds().next().is_none() && stale.status.is_none();
        witness::ensure(quiet, || {
            format!(
                "something is done on a view that is too old: {}",
                said(&stale)
            )
        })?;
        if c.claims {
            let blind = without(Hidden::Claims)?;
            let touches = |what| {
                use statefulset::Do;
                matches!(
                    what,
                    Do::CreatePod { .. } | Do::CreateClaim { .. } | Do::DeleteClaim { .. }
                )
            };
            witness::ensure(!blind.deeds().any(|action| touches(action.what)), || {
                format!("claims are not known, and all the same: {}", said(&blind))
            })?;
        }
        if c.nodes {
            let blind = without(Hidden::Nodes)?;
            let for_nodes = |reason| {
                use statefulset::Reason;
                matches!(reason, Reason::NodeGone | Reason::Drain)
            };
            witness::ensure(
                !blind.deeds().any(|action| for_nodes(action.reason)),
                || format!("nodes are not known, and all the same: {}", said(&blind)),
            )?;
        }
        if c.drains {
            let blind = without(Hidden::Budgets)?;
            let runs = |ordinal: u32| {
                let pod = state.world.pods.get(ordinal as usize).copied().flatten();
                pod.is_some_and(|pod| pod.is_running())
            };
            let evicts = blind.deeds().any(|action| {
                matches!(action.what, statefulset::Do::EvictPod { .. }) && runs(action.ordinal)
            });
            witness::ensure(!evicts, || {
                format!("budgets are not known, and all the same: {}", said(&blind))
            })?;
        }
        Ok(())
    }

    /// Follows the runs in which everything goes well to their ends.
    fn follow(&mut self, way: usize) -> Result<(), Breach> {
        const FRESH: u8 = 0;
        const ON_THE_WAY: u8 = 1;
        const KNOWN: u8 = 2;
        const LOOPS: u8 = 3;
        let kind = std::mem::take(&mut self.kind[way]);
        let mut marks = vec![FRESH; kind.len()];
        let mut path = Vec::new();
        for start in 0..kind.len() {
            let mut at = start;
            path.clear();
            let mark = loop {
                match marks[at] {
                    FRESH => {}
                    ON_THE_WAY => {
                        if !self.is_upstreams(&kind, at) {
                            return Err(self.loop_at(&kind, at));
                        }
                        break LOOPS;
                    }
                    known => break known,
                }
                marks[at] = ON_THE_WAY;
                path.push(at);
                let next = kind[at] as usize;
                if next == at {
                    self.end_at(at)?;
                    break KNOWN;
                }
                if next >= kind.len() {
                    break KNOWN; // Cut off.
                }
                at = next;
            };
            for &passed in &path {
                marks[passed] = mark;
            }
        }
        let loops: usize = marks.iter().map(|&mark| usize::from(mark == LOOPS)).sum();
        self.loops += loops;
        Ok(())
    }

    fn end_at(&mut self, at: usize) -> Result<(), Breach> {
        let number = Number::try_from(at).unwrap_or(Number::MAX);
        let state = State::unpack(self.states.get(number));
        if state.hand.is_some() {
            return Ok(());
        }
        let judged = plan_of(self.c, &state)
            .and_then(|plan| {
                ending::judge(self.c, &state.world, &plan)
                    .map_err(|wrong| format!("{wrong}; {}", said(&plan)))
            })
            .map_err(|wrong| Breach { number, wrong })?;
        self.finals.extend(judged);
        Ok(())
    }

    /// Whether a loop is that of rule U-7: a slot has an old pod that is available, and uses up the limit for the others.
    fn is_upstreams(&self, kind: &[Number], at: usize) -> bool {
        let mut next = at;
        loop {
            let number = Number::try_from(next).unwrap_or(Number::MAX);
            let world = State::unpack(self.states.get(number)).world;
            let another = world
                .wanted()
                .filter_map(|slot| world.pods[slot])
                .any(|pod| pod.revision != world.spec.update && pod.is_available(self.c));
            if !self.c.may_loop() || !another {
                return false;
            }
            next = kind[next] as usize;
            if next == at {
                return true;
            }
        }
    }

    fn loop_at(&self, kind: &[Number], at: usize) -> Breach {
        let number = Number::try_from(at).unwrap_or(Number::MAX);
        let mut wrong = "everything goes well, and it never ends:".to_string();
        let mut next = number;
        loop {
            let state = State::unpack(self.states.get(next));
            let plan = plan_of(self.c, &state);
            let plan = plan.map_or_else(|error| error, |plan| said(&plan));
            let _ = write!(wrong, "\n    {}\n      {plan}", state.world);
            next = kind[next as usize];
            if next == number {
                return Breach { number, wrong };
            }
        }
    }

    /// The shortest way to what is wrong, in plain words and as a story.
    fn tell(&self, breach: &Breach) -> String {
        let c = self.c;
        let mut numbers = vec![breach.number];
        while let Some(&last) = numbers.last()
            && last != 0
        {
            numbers.push(self.parents[last as usize]);
        }
        numbers.reverse();
        let mut text = format!("{}\n{}\n", c.name, breach.wrong);
        let mut steps = Vec::new();
        let first = State::unpack(self.states.get(0));
        let _ = writeln!(text, "   0. {}", first.world);
        for (place, pair) in numbers.windows(2).enumerate() {
            let [before, after] = [pair[0], pair[1]].map(|n| State::unpack(self.states.get(n)));
            let plan = plan_of(c, &before);
            let step = plan.as_ref().ok().and_then(|plan| {
                let mut found = Vec::new();
                next(c, &before, plan, &mut found);
                let step = found.into_iter().find(|(_, state)| *state == after);
                step.map(|(step, _)| step)
            });
            let words = step.map_or_else(
                || "the controller does all it can, and all goes well for a while".to_string(),
                |step| step.to_string(),
            );
            let planned = match (step, &plan) {
                (Some(Step::Turn(_) | Step::Plan) | None, Ok(plan)) => {
                    format!(" [{}]", said(plan))
                }
                _ => String::new(),
            };
            let place = place + 1;
            let _ = writeln!(text, "  {place:2}. {words}{planned}\n      {}", after.world);
            steps.push((step, after));
        }
        text.push_str(&crate::story::of(c, &steps));
        text
    }
}

/// The plan of a state: that in hand, or the one that would be made now.
fn plan_of(c: &Configuration, state: &State) -> Result<Plan, String> {
    let world = state.hand.map_or(state.world, |hand| hand.seen);
    outlook::ask(c, &world, Hidden::Nothing).map_err(|error| format!("an error: {error}"))
}

/// Where everything goes well: the plan is carried out, and then all that may happen does, once; or, where the controller is
/// slow, until nothing is left that happens by itself.
fn smooth_ends(c: &Configuration, world: &World, plan: &Plan) -> [World; 2] {
    if world.gone {
        return [*world; 2];
    }
    let soon = weather::kindness(c, &turn::smooth(c, world, plan));
    [soon, weather::long_kindness(c, &soon)]
}

/// All steps from a state, into `found`. Gives how many of them led to a world whose revisions were named anew.
fn next(c: &Configuration, state: &State, plan: &Plan, found: &mut Vec<(Step, State)>) -> u64 {
    let mut merged = 0;
    let world = &state.world;
    if world.gone && state.hand.is_none() {
        return 0;
    }
    let mut rest = |step: Step, next: World, found: &mut Vec<(Step, State)>| {
        let state = State::resting(&next, c);
        merged += u64::from(state.world != next);
        found.push((step, state));
    };
    let mut either = |step, next: World, hand: Option<InHand>| match hand {
        None => rest(step, next, found),
        Some(_) => found.push((step, State { world: next, hand })),
    };
    match &state.hand {
        None if c.lag == 0 => {
            turn::at_once(c, world, plan, &mut |step, next| either(step, next, None));
            weather::steps(c, world, &mut |step, next| either(step, next, None));
        }
        None => {
            turn::begin(c, world, plan, &mut either);
            weather::steps(c, world, &mut |step, next| either(step, next, None));
        }
        Some(hand) => {
            turn::go_on(c, world, hand, plan, &mut either);
            if hand.moves < c.lag {
                let hand = InHand {
                    moves: hand.moves + 1,
                    ..*hand
                };
                weather::steps(c, world, &mut |step, next| either(step, next, Some(hand)));
            }
        }
    }
    merged
}

/// A plan in a few words.
fn said(plan: &Plan) -> String {
    if plan.actions.is_empty() {
        return "nothing is planned".into();
    }
    let words = plan.actions.iter().map(|action| match action.what {
        statefulset::Do::Wait(wait) if wait.through == action.ordinal => {
            format!(
                "{} waits ({}: {})",
                action.ordinal,
                action.reason.slug(),
                wait.gates
            )
        }
        statefulset::Do::Wait(wait) => format!(
            "{} to {} wait ({}: {})",
            action.ordinal,
            wait.through,
            action.reason.slug(),
            wait.gates
        ),
        statefulset::Do::CreatePod { revision } => {
            format!("create-pod {} at r{}", action.ordinal, revision.0)
        }
        what if action.ordinal == statefulset::NO_ORDINAL => what.slug().to_string(),
        what => format!(
            "{} {} ({})",
            what.slug(),
            action.ordinal,
            action.reason.slug()
        ),
    });
    words.collect::<Vec<_>>().join(", ")
}
