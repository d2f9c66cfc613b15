//! A container that has run since before anybody looked.

use statefulset::Millis;

use crate::components::kubelet::container::{Container, Exit, State};
use crate::values::instant;
use crate::values::object::{Fields, Object};

impl Container {
    /// It stands as its status in the pod says; one that waits there begins anew.
    pub(in crate::components::kubelet) fn resume(&mut self, status: &Object, now: Millis) {
        let moment = |at: &str| instant::parse(status.text(at));
        self.restarts = status
            .int("/restartCount")
            .and_then(|restarts| u32::try_from(restarts).ok())
            .unwrap_or(0);
        if let Some(since) = moment("/state/running/startedAt") {
            self.state = State::Running { since, ends: None };
            self.pulled = true;
            self.has_started(now);
            self.ready = status.flag("/ready");
        } else if let Some(finished) = moment("/state/terminated/finishedAt") {
            let code = status.int("/state/terminated/exitCode").unwrap_or(0);
            self.state = State::Terminated(Exit {
                code: i32::try_from(code).unwrap_or(1),
                started: moment("/state/terminated/startedAt").unwrap_or(finished),
                finished,
            });
        }
    }
}
