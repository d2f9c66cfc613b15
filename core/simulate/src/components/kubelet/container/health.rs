//! A container's probes: when they are tried, and what follows from their answers.

use std::rc::Rc;

use statefulset::Millis;

use crate::components::kubelet::container::{Container, Surroundings};
use crate::components::kubelet::exec::{self, Inside};
use crate::components::kubelet::files::View;
use crate::components::kubelet::known::is_known;
use crate::components::kubelet::probe::{Check, Verdict};
use crate::values::exec::Exec;

impl Container {
    /// Tries what is due of its probes, and draws the conclusions.
    pub(super) fn probe(&mut self, around: &mut Surroundings<'_>) {
        let now = around.now;
        if !self.started {
            match self.check(Which::Startup, around) {
                Verdict::Passed => {
                    self.has_started(now);
                    if let Some(startup) = &mut self.startup {
                        startup.end();
                    }
                }
                Verdict::Failed => self.fail_alive("startup", around),
                _ => {}
            }
            return;
        }
        match self.check(Which::Readiness, around) {
            Verdict::Passed => self.ready = true,
            Verdict::Failed => {
                self.ready = false;
                around.note(false, "Unhealthy", "Readiness probe failed: ".into());
            }
            Verdict::Faltered => {
                around.note(false, "Unhealthy", "Readiness probe failed: ".into());
            }
            Verdict::Undecided => {}
        }
        match self.check(Which::Liveness, around) {
            Verdict::Failed => self.fail_alive("liveness", around),
            Verdict::Faltered => {
                around.note(false, "Unhealthy", "Liveness probe failed: ".into());
            }
            _ => {}
        }
    }

    fn check(&mut self, which: Which, around: &mut Surroundings<'_>) -> Verdict {
        let failing = around.failing;
        let check = match which {
            Which::Startup => self.startup.as_mut(),
            Which::Readiness => Some(&mut self.readiness),
            Which::Liveness => self.liveness.as_mut(),
        };
        let Some(check) = check else {
            return Verdict::Undecided;
        };
        let scripts = Rc::clone(&self.scripts);
        let files = View {
            disks: around.disks,
            scratch: around.scratch,
            own: &mut self.files,
            mounts: &self.mounts,
        };
        check.run(around.now, failing, |command| {
            if !is_known(&files, &scripts, command) {
                return None;
            }
            let mut inside = Inside {
                files,
                host: "",
                full_host: "",
                resolve: &|_| Exec::default(),
                signal: None,
            };
            let exec = exec::run(&mut inside, command);
            (exec.code != 127).then_some(exec.code == 0)
        })
    }

    fn fail_alive(&mut self, probe: &str, around: &mut Surroundings<'_>) {
        let name = &self.name;
        let message = format!("Container {name} failed {probe} probe, will be restarted");
        around.note(true, "Killing", message);
        let checks = [&mut self.startup, &mut self.liveness];
        checks.into_iter().flatten().for_each(Check::end);
        self.ailing = true;
        self.stop(around.now, around.grace);
    }

    /// All checks of what runs are tried anew, also those that could not fail until now.
    pub(in crate::components::kubelet) fn ask_again(&mut self, now: Millis) {
        if !self.is_running() || !self.started {
            return;
        }
        self.readiness.ask_again(now);
        if let Some(liveness) = &mut self.liveness {
            liveness.ask_again(now);
        }
    }

    /// Nothing is asked any more.
    pub(super) fn end_probes(&mut self) {
        self.readiness.end();
        let others = [&mut self.startup, &mut self.liveness];
        others.into_iter().flatten().for_each(Check::end);
    }
}

#[derive(Clone, Copy)]
enum Which {
    Startup,
    Readiness,
    Liveness,
}
