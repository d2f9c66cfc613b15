//! Those who watch a cluster: a timeline, a trace of its controller, and a hand on the switch.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use statefulset::{Desired, Millis, Observed};

use super::World;
use crate::timeline::Timeline;
use crate::values::duration;

impl World {
    /// From now on it remembers what happens to its pods, for [`timeline_text`](Self::timeline_text) and
    /// [`timeline_svg`](Self::timeline_svg).
    pub fn keep_timeline(&mut self) {
        if self.timeline.is_none() {
            self.timeline = Some(Timeline::new(&self.store));
            self.controller.journal.plans = Some(Vec::new());
        }
    }

    /// What has happened to its pods in the last `since`, or in all the time, as characters. `None` where it was not
    /// asked to remember.
    pub fn timeline_text(&self, since: Option<Millis>) -> Option<String> {
        let timeline = self.timeline.as_ref()?;
        Some(timeline.text(self.now(), since))
    }

    /// The same as an SVG picture that stands on its own.
    pub fn timeline_svg(&self, since: Option<Millis>) -> Option<String> {
        let timeline = self.timeline.as_ref()?;
        Some(timeline.svg(self.now(), since))
    }

    /// From now on its StatefulSet controller notes what it sees, decides and does, for [`take_trace`](Self::take_trace).
    pub fn keep_trace(&mut self) {
        self.controller.journal.trace.get_or_insert_default();
    }

    /// What the StatefulSet controller has noted since the last time: one thing a line, with the time since the beginning.
    pub fn take_trace(&mut self) -> Vec<String> {
        let begin = self.options.start;
        let trace = self.controller.journal.trace.as_mut();
        let lines = trace.map(std::mem::take).unwrap_or_default();
        let line = |(at, line): (Millis, String)| {
            let at = duration::exact(at - begin);
            format!("{at:>8}  {line}")
        };
        lines.into_iter().map(line).collect()
    }

    /// From now on `look` is shown what its StatefulSet controller makes each plan from, and when.
    pub fn look_at_plans(&mut self, look: impl FnMut(&Desired, &Observed, Millis) + 'static) {
        self.controller.journal.look = Some(Box::new(look));
    }

    /// A switch for another thread: while it is on, time stands still and whatever waits gives up.
    pub fn stop_switch(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether the switch is on, or there is no controller any more to wait for.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.controller.failure().is_some()
    }

    /// Notes the command that is about to be run.
    pub(crate) fn note_command(&mut self, line: &str) {
        let now = self.now();
        if let Some(timeline) = &mut self.timeline {
            timeline.command(now, line);
        }
    }

    /// Takes in what has happened in a round.
    pub(super) fn record(&mut self) {
        let Some(timeline) = &mut self.timeline else {
            return;
        };
        timeline.follow(&self.store);
        if let Some(plans) = &mut self.controller.journal.plans {
            plans.drain(..).for_each(|plan| timeline.wait(plan));
        }
    }
}
