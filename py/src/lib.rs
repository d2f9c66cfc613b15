//! Python extension module of the package `statefulset`.
//!
//! Here are no decisions: values are checked and translated, the planner is called, its answer is translated back. The
//! public names, and what they mean, are in `python/statefulset/`.

mod action;
mod claim;
mod desired;
mod error;
mod execution;
mod explain;
mod field;
mod kubernetes;
#[cfg(all(windows, target_env = "gnu"))]
mod mingw;
mod moment;
mod node;
mod observed;
mod outcome;
mod plan;
mod pod;
mod policies;
mod profile;
mod set;
mod simulate;
mod status;
mod tool;
mod value;
mod volume;
mod word;

#[pyo3::pymodule(name = "_statefulset")]
mod module {
    #[pymodule_export]
    use crate::action::{
        BindClaim, CancelPrepare, CreateClaim, CreatePod, DeleteClaim, DeletePod, EvictPod,
        ForceDeletePod, HoldFinalizer, Prepare, ReleaseFinalizer, SetClaimOwner, UpdateInPlace,
        UpdatePod, Wait,
    };
    #[pymodule_export]
    use crate::claim::Claim;
    #[pymodule_export]
    use crate::desired::StatefulSet;
    #[pymodule_export]
    use crate::execution::Execution;
    #[pymodule_export]
    use crate::explain::explain;
    #[pymodule_export]
    use crate::kubernetes::{
        Awaited, Cause, Change, Cluster, Cure, Diagnosis, Due, Event, FieldError, Finding,
        ObjectName, Outcome, Proof, Request, Requests, Tail, Upgrade, Waiting, normalize,
        reconcile, validate, validate_update,
    };
    #[pymodule_export]
    use crate::node::{Budget, Node};
    #[pymodule_export]
    use crate::observed::Observed;
    #[pymodule_export]
    use crate::outcome::Conclusion;
    #[pymodule_export]
    use crate::plan::{Plan, plan};
    #[pymodule_export]
    use crate::pod::Pod;
    #[pymodule_export]
    use crate::policies::{Deadline, Exclusion, Member, Policies, Repair, allot, member};
    #[pymodule_export]
    use crate::profile::Profile;
    #[pymodule_export]
    use crate::simulate::World;
    #[pymodule_export]
    use crate::status::Status;
    #[pymodule_export]
    use crate::tool::tool;
    #[pymodule_export]
    use crate::volume::{Reach, Volume};

    #[pymodule_export]
    const MAX_ORDINAL: u32 = statefulset::MAX_ORDINAL;
    #[pymodule_export]
    const NO_ORDINAL: u32 = statefulset::NO_ORDINAL;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's own name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
