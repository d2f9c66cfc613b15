//! What a container has been promised of its node, and what it has.

use serde_json::{Value, json};

use crate::components::kubelet::container::Container;
use crate::values::object::{Fields, Object};

/// Resources as a pod says them: `requests` and `limits`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::components::kubelet) struct Resources {
    /// What its kubelet has promised it.
    pub(in crate::components::kubelet) allocated: Value,
    /// What it has.
    pub(in crate::components::kubelet) actual: Value,
}

impl Resources {
    pub(super) fn of(container: &Object) -> Self {
        Self::both(asked(container))
    }

    /// It has what it has been promised.
    pub(super) fn both(resources: Value) -> Self {
        Self {
            allocated: resources.clone(),
            actual: resources,
        }
    }
}

/// What a container asks for.
pub(in crate::components::kubelet) fn asked(container: &Object) -> Value {
    let resources = container.pointer("/resources").cloned();
    resources
        .filter(Value::is_object)
        .unwrap_or_else(|| json!({}))
}

impl Container {
    /// It is promised other resources. What does not run has them when it starts, and what runs gets them later, or is
    /// ended for their sake where its policy says so.
    pub(in crate::components::kubelet) fn allocate(&mut self, spec: &Object) {
        self.resources.allocated = asked(spec);
        if self.is_running() {
            self.is_unfit = needs_restart(spec, &self.resources);
        } else {
            self.give();
        }
    }

    /// It gets what it has been promised.
    pub(super) fn give(&mut self) {
        self.resources.actual = self.resources.allocated.clone();
        self.is_unfit = false;
    }

    /// The same, unless it will when it starts again.
    pub(in crate::components::kubelet) fn settle(&mut self) {
        let runs_on = self.is_running() && !self.is_unfit && !self.replaced;
        if runs_on || self.ended().is_some() {
            self.give();
        }
    }
}

/// Whether one of the resources that change can only change with a restart.
fn needs_restart(spec: &Object, resources: &Resources) -> bool {
    let mut policies = spec.list("/resizePolicy").iter();
    policies.any(|policy| {
        let name = policy.text("/resourceName");
        policy.text("/restartPolicy") == "RestartContainer"
            && ["requests", "limits"].into_iter().any(|side| {
                let of =
                    |resources: &Value| resources.get(side).and_then(|it| it.get(name)).cloned();
                of(&resources.allocated) != of(&resources.actual)
            })
    })
}
