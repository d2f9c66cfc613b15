//! Who looks on: after every moment of a world, all promises are checked against what really happened.

use statefulset::Millis;

use super::breach::Breach;
use super::goal;
use super::identity::Identity;
use super::order::Order;
use super::pattern::{Pattern, Tally};
use super::patterns::Provoked;
use super::step::Step;
use super::storage::Storage;
use super::words;
use crate::controller::faults::Pass;
use crate::kubectl::Output;
use crate::store::Bookmark;
use crate::values::kind::Kind;
use crate::world::World;

/// No world needs so many writes: somebody writes for ever.
const ENOUGH: u64 = 4_000;

/// Checks the promises, and counts what the world provoked.
#[derive(Debug)]
pub(super) struct Witness {
    names: Vec<&'static str>,
    /// Up to where the store's log has been read.
    place: Bookmark,
    identity: Identity,
    storage: Storage,
    order: Order,
    provoked: Provoked,
    /// Until when the planner's answer holds, if nothing happens; `None` before it has been asked.
    holds_until: Option<Millis>,
}

impl Witness {
    /// `names` are the sets', `upstream` says whether the controller behaves as Kubernetes'.
    pub(super) fn new(names: Vec<&'static str>, upstream: bool, place: Bookmark) -> Self {
        Self {
            place,
            identity: Identity::default(),
            storage: Storage::new(names.clone(), upstream),
            order: Order::new(names.clone()),
            provoked: Provoked::new(names.clone()),
            names,
            holds_until: None,
        }
    }

    pub(super) const fn tally(&self) -> &Tally {
        self.provoked.tally()
    }

    /// What a step gives leave to do.
    pub(super) fn foresee(&mut self, world: &World, step: &Step) {
        self.holds_until = None;
        if *step == Step::Crash {
            self.order.forget();
        }
        self.identity.foresee(world, step);
        self.storage.foresee(world, step);
    }

    /// What came of a step.
    pub(super) fn answered(&mut self, step: &Step, output: &Output) {
        if !output.failed {
            self.storage.answered(step);
            self.provoked.answered(step);
        }
    }

    /// What has happened since the last look, and how things are now.
    pub(super) fn look(&mut self, world: &World, passes: &[Pass]) -> Result<(), Breach> {
        if world.store().version() > ENOUGH {
            let how = format!("{ENOUGH} writes, and no end of it");
            return Err(Breach::of("quiet", how));
        }
        let news = world.store().read(&self.place);
        self.identity.look(world)?;
        self.storage.look(news)?;
        self.order.look(news, passes)?;
        self.provoked.look(world, news, passes);
        if !world.controller().view().is_true() {
            self.holds_until = None;
        } else if !news.is_empty() || !passes.is_empty() || self.is_over(world) {
            self.holds_until = Some(self.ask(world)?);
        }
        Ok(())
    }

    /// Whether what the planner said when last it was asked need not hold any more.
    fn is_over(&self, world: &World) -> bool {
        self.holds_until.is_none_or(|until| until <= world.now())
    }

    /// What the planner says to each set, and until when that holds.
    fn ask(&mut self, world: &World) -> Result<Millis, Breach> {
        let mut until = Millis::MAX;
        for name in &self.names {
            let wake = words::check(world, name, |pattern| self.provoked.count(pattern))?;
            until = until.min(wake.unwrap_or(Millis::MAX));
        }
        Ok(until)
    }

    /// Whether the files that were made are still there.
    pub(super) fn open(&mut self, world: &mut World) -> Result<(), Breach> {
        self.storage.open(world)
    }

    /// What somebody must do before the sets can go on, as upstream has it too: take pods away. What else is not at its
    /// goal is a breach.
    pub(super) fn stuck(&mut self, world: &World) -> Result<Vec<Step>, Breach> {
        let mut stuck = Vec::new();
        for name in &self.names {
            let Some(set) = world.store().get(Kind::StatefulSet, "default", name) else {
                continue;
            };
            let unmet = goal::unmet(world, set);
            if unmet.is_empty() {
                continue;
            }
            let mut steps = words::stuck(world, name)?;
            steps.extend(goal::held(world, set).into_iter().map(Step::DeletePod));
            if steps.is_empty() {
                let how = format!("{name} does not reach its goal: {}", unmet.join("; "));
                return Err(Breach::of("goal", how));
            }
            self.provoked.count(Pattern::I5);
            stuck.extend(steps);
        }
        Ok(stuck)
    }

    /// Whether all sets are where they should be.
    pub(super) fn arrived(&mut self, world: &World) -> Result<(), Breach> {
        for name in &self.names {
            let unmet = match world.store().get(Kind::StatefulSet, "default", name) {
                Some(set) => goal::unmet(world, set),
                None => Vec::new(),
            };
            if !unmet.is_empty() {
                let how = format!("{name} does not reach its goal: {}", unmet.join("; "));
                return Err(Breach::of("goal", how));
            }
            self.provoked.count(Pattern::R16);
        }
        Ok(())
    }

    /// Whether the controller has nothing to do any more.
    pub(super) fn is_quiet(passes: &[Pass]) -> Result<(), Breach> {
        let call = passes.iter().find_map(|pass| pass.calls.first());
        call.map_or(Ok(()), |call| {
            let how = format!("all is well, and yet {} {}", call.method.name(), call.path);
            Err(Breach::of("quiet", how))
        })
    }
}
