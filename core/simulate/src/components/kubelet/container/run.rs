//! What a container is started from, and one run of it.

use std::rc::Rc;

use crate::components::kubelet::container::{Container, Role, State};
use crate::components::kubelet::image::{Pulled, hexadecimal};
use crate::components::kubelet::program::{self, Program};
use crate::values::object::{Fields, Object};

/// What the pod says of a container that may change while it runs: it counts from the next start on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::components::kubelet) struct Recipe {
    pub(in crate::components::kubelet) image: String,
    pub(super) program: Program,
    /// Whether neither its image nor anybody else says what to run.
    pub(super) is_empty: bool,
}

impl Recipe {
    pub(super) fn of(container: &Object, role: Role) -> Self {
        Self {
            image: container.text("/image").to_owned(),
            program: Program::of(container, role == Role::Init),
            is_empty: program::is_empty(container),
        }
    }
}

/// One run of a container: what the runtime has made for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::components::kubelet) struct Run {
    /// `containerd://…`; another one at each start.
    pub(in crate::components::kubelet) id: String,
    /// The image as the pod says it.
    pub(in crate::components::kubelet) image: String,
    pub(in crate::components::kubelet) pulled: Pulled,
    pub(super) program: Program,
}

impl Run {
    /// The start of this number, from this recipe.
    pub(super) fn new(uid: &str, container: &str, number: u32, recipe: &Recipe) -> Self {
        let digits = hexadecimal(&[uid, container, &number.to_string()]);
        Self {
            id: format!("containerd://{digits}"),
            image: recipe.image.clone(),
            pulled: Pulled::of(&recipe.image),
            program: recipe.program,
        }
    }
}

impl Container {
    /// The run that is under way, or else the last one.
    pub(in crate::components::kubelet) fn run(&self) -> Option<&Rc<Run>> {
        match &self.state {
            State::Running { run, .. } => Some(run),
            State::Terminated(exit) => Some(&exit.run),
            State::Waiting { .. } => self.last.as_ref().map(|exit| &exit.run),
        }
    }
}
