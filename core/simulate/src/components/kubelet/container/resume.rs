//! A container that has run since before anybody looked.

use std::rc::Rc;

use statefulset::Millis;

use crate::components::kubelet::container::run::Run;
use crate::components::kubelet::container::{Container, Exit, Resources, SECOND, State};
use crate::values::instant;
use crate::values::object::{Fields, Object};

impl Container {
    /// It stands as its status in the pod says; one that waits there begins anew.
    pub(in crate::components::kubelet) fn resume(
        &mut self,
        uid: &str,
        status: &Object,
        now: Millis,
    ) {
        self.restarts = status
            .int("/restartCount")
            .and_then(|restarts| u32::try_from(restarts).ok())
            .unwrap_or(0);
        if let Some(resources) = status.pointer("/resources") {
            self.resources = Resources::both(resources.clone());
        }
        let moment = |at: &str| instant::parse(status.text(at));
        if let Some(since) = moment("/state/running/startedAt") {
            let run = self.known_run(uid, status);
            self.last = self.exit_of(uid, status, "/lastState");
            self.state = State::Running {
                run,
                since,
                ends: None,
            };
            self.pulled = true;
            self.has_started(now);
            self.ready = status.flag("/ready");
        } else if let Some(exit) = self.exit_of(uid, status, "/state") {
            self.last = self.exit_of(uid, status, "/lastState");
            self.state = State::Terminated(exit);
        } else if let Some(exit) = self.exit_of(uid, status, "/lastState") {
            self.last = Some(exit);
            self.next_try = Some(now + SECOND);
        }
    }

    /// How it ended, as the status says there.
    fn exit_of(&self, uid: &str, status: &Object, state: &str) -> Option<Exit> {
        let at = |field: &str| format!("{state}/terminated/{field}");
        let moment = |field| instant::parse(status.text(&at(field)));
        let finished = moment("finishedAt")?;
        let code = status.int(&at("exitCode")).unwrap_or(0);
        let mut run = Run::clone(&self.known_run(uid, status));
        let id = status.text(&at("containerID"));
        if !id.is_empty() {
            id.clone_into(&mut run.id);
        }
        Some(Exit {
            code: i32::try_from(code).unwrap_or(1),
            started: moment("startedAt").unwrap_or(finished),
            finished,
            run: Rc::new(run),
        })
    }

    /// The run that the status is about, with the names that it has there.
    fn known_run(&self, uid: &str, status: &Object) -> Rc<Run> {
        let mut run = Run::new(uid, &self.name, self.restarts, &self.recipe);
        for (field, name) in [
            ("/containerID", &mut run.id),
            ("/image", &mut run.pulled.name),
            ("/imageID", &mut run.pulled.id),
        ] {
            let known = status.text(field);
            if !known.is_empty() {
                known.clone_into(name);
            }
        }
        Rc::new(run)
    }
}
