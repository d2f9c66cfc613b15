//! A container whose pod is changed while it is there.

use statefulset::Millis;

use crate::components::kubelet::container::run::Recipe;
use crate::components::kubelet::container::{Container, Role, SECOND, State, Surroundings};
use crate::components::kubelet::probe::Check;
use crate::values::object::{Fields, Object};

impl Container {
    /// It is to be as the pod says now. What has to do with the old image is over: failed pulls, and the pause after a crash.
    pub(in crate::components::kubelet) fn follow(&mut self, spec: &Object, now: Millis) {
        if spec.text("/image") == self.recipe.image {
            return;
        }
        self.recipe = Recipe::of(spec, self.role);
        (self.pulled, self.failed_pulls, self.backs_off) = (false, 0, None);
        self.uncreated = false;
        if matches!(self.state, State::Waiting { .. })
            && let Some(at) = self.next_try
        {
            // What has ended before makes the next end count as the second one in a row.
            self.crashes = u32::from(self.last.is_some());
            self.next_try = Some(at.min(now + SECOND));
        }
    }

    /// Ends what runs from another image than the pod says now, or has to start again to get other resources. An init
    /// container that has its work to do is left alone, and so is a sidecar that has not started yet.
    pub(super) fn end_outdated(&mut self, around: &mut Surroundings<'_>) {
        let State::Running { run, .. } = &self.state else {
            return;
        };
        if self.abandoned || self.replaced {
            return;
        }
        let name = &self.name;
        let message = match self.role {
            _ if run.image == self.recipe.image => {
                if !self.is_unfit {
                    return;
                }
                format!("Container {name} resize requires restart")
            }
            Role::Main => format!("Container {name} definition changed, will be restarted"),
            Role::Sidecar if self.started => format!("Init container {name} definition changed"),
            Role::Sidecar | Role::Init => return,
        };
        self.replace(message, around);
    }

    /// Ends what runs, so that it starts again whatever the pod says of restarts.
    fn replace(&mut self, message: String, around: &mut Surroundings<'_>) {
        around.note(true, "Killing", message);
        let checks = [&mut self.startup, &mut self.liveness];
        checks.into_iter().flatten().for_each(Check::end);
        self.replaced = true;
        self.stop(around.now, around.grace);
    }
}
