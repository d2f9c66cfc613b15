//! What a container's probes lead to.

use crate::kubelet::container::{Container, Surroundings};
use crate::kubelet::exec::{self, Exec, Inside};
use crate::kubelet::files::View;
use crate::kubelet::probe::Verdict;

#[derive(Clone, Copy)]
enum Which {
    Startup,
    Readiness,
    Liveness,
}

impl Container {
    /// Tries the probes whose moment has come.
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
        let check = match which {
            Which::Startup => self.startup.as_mut(),
            Which::Readiness => Some(&mut self.readiness),
            Which::Liveness => self.liveness.as_mut(),
        };
        let Some(check) = check else {
            return Verdict::Undecided;
        };
        let files = View {
            disks: around.disks,
            scratch: around.scratch,
            own: &mut self.files,
            mounts: &self.mounts,
        };
        check.run(around.now, |command| {
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
        for check in [&mut self.startup, &mut self.liveness]
            .into_iter()
            .flatten()
        {
            check.end();
        }
        self.ailing = true;
        self.stop(around.now, around.grace);
    }
}
