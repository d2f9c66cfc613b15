//! What the `standalone` profile adds to Kubernetes' own decisions: the work that the cluster's other controllers would do.

pub mod binding;
pub(crate) mod give_up;
pub(crate) mod shutdown;
