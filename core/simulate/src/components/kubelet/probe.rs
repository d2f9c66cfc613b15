//! Probes: whether a container is started, ready, alive.

use statefulset::Millis;

use crate::components::timers::Urgency;
use crate::values::object::{Fields, Object};

/// A probe of one container, and how it stands.
#[derive(Clone, Debug)]
pub(super) struct Check {
    delay: Millis,
    period: Millis,
    /// So many successes in a row pass, so many failures in a row fail.
    successes: u32,
    failures: u32,
    /// What is run in the container; empty where the answer is always yes.
    command: Vec<String>,
    /// Whether the container asks for it; it cannot fail otherwise.
    declared: bool,
    next: Option<Millis>,
    good: u32,
    bad: u32,
}

/// What a check says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// Nothing new.
    Undecided,
    /// It has passed.
    Passed,
    /// It has failed often enough.
    Failed,
    /// It failed, not often enough yet.
    Faltered,
}

impl Check {
    /// The probe at `field` of a container. Probes over the network always succeed.
    pub(super) fn of(container: &Object, field: &str) -> Option<Self> {
        let probe = container.pointer(field)?;
        let number = |name: &str, least: i64, absent: i64| {
            let number = probe.int(name).filter(|&n| n >= least);
            number.unwrap_or(absent).min(i64::from(u32::MAX))
        };
        let count = |name, absent| u32::try_from(number(name, 1, absent)).unwrap_or(1);
        let command = probe.list("/exec/command").iter();
        Some(Self {
            delay: number("/initialDelaySeconds", 0, 0) * 1000,
            period: number("/periodSeconds", 1, 10) * 1000,
            successes: count("/successThreshold", 1),
            failures: count("/failureThreshold", 3),
            command: command
                .filter_map(|w| w.as_str())
                .map(str::to_owned)
                .collect(),
            declared: true,
            next: None,
            good: 0,
            bad: 0,
        })
    }

    /// The check of a container that has no probe: it passes once, a second after the start.
    pub(super) const fn plain() -> Self {
        Self {
            delay: 0,
            period: 1000,
            successes: 1,
            failures: 1,
            command: Vec::new(),
            declared: false,
            next: None,
            good: 0,
            bad: 0,
        }
    }

    /// The container has started.
    pub(super) fn begin(&mut self, now: Millis) {
        (self.good, self.bad) = (0, 0);
        self.next = Some(now + self.delay.max(1000));
    }

    /// The container has ended.
    pub(super) const fn end(&mut self) {
        self.next = None;
    }

    /// It is tried anew, also where the answer was always yes until now. A container without a probe has no say.
    pub(super) fn ask_again(&mut self, now: Millis) {
        if self.declared {
            (self.good, self.bad) = (0, 0);
            self.next.get_or_insert(now + self.period);
        }
    }

    /// When it is next tried. Once it has passed, or failed, the rest are heartbeats.
    pub(super) fn next(&self) -> Option<(Millis, Urgency)> {
        let steady = self.good >= self.successes || self.bad >= self.failures;
        let urgency = if steady { Urgency::Idle } else { Urgency::Busy };
        self.next.map(|at| (at, urgency))
    }

    /// Tries it if its moment has come. It fails for certain where it is made to; else `ask` runs a program in the container; it answers `None` for a program that the
    /// simulator does not know, which is taken for a success that lasts.
    pub(super) fn run(
        &mut self,
        now: Millis,
        failing: bool,
        ask: impl FnOnce(&[String]) -> Option<bool>,
    ) -> Verdict {
        if self.next.is_none_or(|at| at > now) {
            return Verdict::Undecided;
        }
        let answer = if failing && self.declared {
            Some(false)
        } else if self.command.is_empty() {
            None
        } else {
            ask(&self.command)
        };
        if answer.unwrap_or(true) {
            self.bad = 0;
            self.good = self.good.saturating_add(1);
        } else {
            self.good = 0;
            self.bad = self.bad.saturating_add(1);
        }
        let passed = self.good >= self.successes;
        self.next = (answer.is_some() || !passed).then_some(now + self.period);
        match (passed, self.bad) {
            (true, _) => Verdict::Passed,
            (false, 0) => Verdict::Undecided,
            (false, bad) if bad >= self.failures => Verdict::Failed,
            (false, _) => Verdict::Faltered,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn thresholds_and_periods_are_honoured() {
        let container = json!({"readinessProbe": {
            "exec": {"command": ["cat", "/ok"]}, "initialDelaySeconds": 5, "periodSeconds": 3, "successThreshold": 2,
            "failureThreshold": 2,
        }});
        let mut check = Check::of(&container, "/readinessProbe").expect("there is one");
        check.begin(0);
        assert_eq!(check.next(), Some((5000, Urgency::Busy)));
        assert_eq!(check.run(4999, false, |_| Some(true)), Verdict::Undecided);
        assert_eq!(check.run(5000, false, |_| Some(true)), Verdict::Undecided);
        assert_eq!(check.run(8000, false, |_| Some(true)), Verdict::Passed);
        assert_eq!(check.next(), Some((11_000, Urgency::Idle)));
        assert_eq!(check.run(11_000, false, |_| Some(false)), Verdict::Faltered);
        assert_eq!(check.run(14_000, false, |_| Some(false)), Verdict::Failed);
    }

    #[test]
    fn what_can_never_fail_is_asked_no_more() {
        let mut check = Check::plain();
        check.begin(0);
        assert_eq!(check.run(1000, false, |_| unreachable!()), Verdict::Passed);
        assert_eq!(check.next(), None);
        let mut unknown = Check::of(&json!({"p": {"exec": {"command": ["mysqladmin"]}}}), "/p")
            .expect("there is one");
        unknown.begin(0);
        assert_eq!(unknown.run(1000, false, |_| None), Verdict::Passed);
        assert_eq!(unknown.next(), None);
    }
}
