//! The status, as published and as to be published.

use statefulset::{Progress, Revision};

use crate::field::{Int, ZERO, as_passed};
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    /// The set's status.
    Status in "desired" {
        /// Generation of the set that it was computed from.
        observed_generation: Int = ZERO => i64,
        /// Pods that exist, terminating and failed ones included.
        replicas: Int = ZERO => u32,
        /// Pods that are running and ready.
        ready: Int = ZERO => u32,
        /// Pods that are running, and ready for at least `min_ready`.
        available: Int = ZERO => u32,
        /// Pods at the current revision that are not terminating, less one for each deletion that the rollout makes
        /// now.
        current: Int = ZERO => u32,
        /// Pods at the update revision that are not terminating.
        updated: Int = ZERO => u32,
        /// The revision that was last rolled out in full. Hand it in with the next plan
        /// (`StatefulSet.current_revision`).
        current_revision: Int => u64,
        /// The revision of the template.
        update_revision: Int => u64,
        /// The `Progressing` condition, which strategy "Recreate" sets, and a deadline.
        progressing: Option<&str> = None => Option<Word<Progress>>,
        /// When the set last came closer to having all its pods. None while it has, and without a deadline.
        progressed_at: Option<When> = None => Option<Moment>,
        /// When an available pod was last taken away. None if none was, and without a pace.
        disrupted_at: Option<When> = None => Option<Moment>,
    }
}

as_passed!(Status);

impl Status {
    pub(crate) fn fact(&self) -> statefulset::Status {
        statefulset::Status {
            observed_generation: self.observed_generation,
            replicas: self.replicas,
            ready: self.ready,
            available: self.available,
            current: self.current,
            updated: self.updated,
            current_revision: Revision(self.current_revision),
            update_revision: Revision(self.update_revision),
            progressing: self.progressing.map(|word| word.0),
            progressed_at: self.progressed_at.map(|at| at.0),
            disrupted_at: self.disrupted_at.map(|at| at.0),
        }
    }
}

impl From<statefulset::Status> for Status {
    fn from(status: statefulset::Status) -> Self {
        Self {
            observed_generation: status.observed_generation,
            replicas: status.replicas,
            ready: status.ready,
            available: status.available,
            current: status.current,
            updated: status.updated,
            current_revision: status.current_revision.0,
            update_revision: status.update_revision.0,
            progressing: status.progressing.map(Word),
            progressed_at: status.progressed_at.map(Moment),
            disrupted_at: status.disrupted_at.map(Moment),
        }
    }
}
