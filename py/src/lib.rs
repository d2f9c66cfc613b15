//! Python extension module of the package `statefulset`.
//!
//! Here are no decisions: values are checked and translated, the planner is called, its answer is translated back. The
//! public names, and what they mean, are in `python/statefulset/`.

mod action;
mod claim;
mod desired;
mod error;
mod field;
mod plan;
mod pod;
mod status;
mod value;
mod word;

#[pyo3::pymodule(name = "_statefulset")]
mod module {
    #[pymodule_export]
    use crate::action::{
        BindClaim, CreateClaim, CreatePod, DeleteClaim, DeletePod, EvictPod, ForceDeletePod,
        HoldFinalizer, ReleaseFinalizer, SetClaimOwner, UpdatePod, Wait,
    };
    #[pymodule_export]
    use crate::claim::Claim;
    #[pymodule_export]
    use crate::desired::StatefulSet;
    #[pymodule_export]
    use crate::plan::{Plan, plan};
    #[pymodule_export]
    use crate::pod::Pod;
    #[pymodule_export]
    use crate::status::Status;

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's own name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
