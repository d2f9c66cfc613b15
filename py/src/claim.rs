//! A claim as observed.

use statefulset::{ClaimPhase, OwnerRef};

use crate::field::{Int, ZERO};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    /// One claim whose name is that of a template of the set and an ordinal.
    Claim in "claims" {
        /// Ordinal in its name.
        ordinal: Int => u32,
        /// Index of its template, below `StatefulSet.templates`.
        template: Int = ZERO => u16,
        /// Whether it has a volume.
        phase: &str = "Bound" => Word<ClaimPhase>,
        /// State of the owner reference that names the set.
        set_owner: &str = "absent" => Word<OwnerRef>,
        /// State of the owner reference that names the pod.
        pod_owner: &str = "absent" => Word<OwnerRef>,
        /// Whether some other owner reference has `controller: true`.
        foreign_controller: bool = false => bool,
        /// Since when it is terminating, in milliseconds since the Unix epoch; None if it is not.
        terminating_since_ms: Option<Int> = None => Option<i64>,
    }
}

impl Claim {
    pub(crate) const fn fact(&self) -> statefulset::Claim {
        statefulset::Claim {
            phase: self.phase.0,
            set_owner: self.set_owner.0,
            pod_owner: self.pod_owner.0,
            foreign_controller: self.foreign_controller,
            terminating_since: self.terminating_since_ms,
            ..statefulset::Claim::bound(self.ordinal, self.template)
        }
    }
}
