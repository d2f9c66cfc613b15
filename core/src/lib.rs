//! Kubernetes' StatefulSet decision function: pure, without I/O.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(test, feature = "kubernetes"))]
extern crate std;

mod action;
mod claim;
mod desired;
mod error;
mod explain;
mod names;
mod node;
mod observed;
mod outcome;
mod plan;
mod pod;
mod profile;
mod status;
mod time;
mod volume;
mod wait;

pub mod duties;
#[cfg(feature = "kubernetes")]
pub mod kubernetes;

pub use action::{Action, ClaimOwner, Do, Reason};
pub use claim::{Binding, Claim, ClaimPhase, OwnerRef};
pub use desired::{
    ClaimTemplate, Deletion, Desired, Keep, Limit, MAX_ORDINAL, Management, NO_ORDINAL, Ordinal,
    Retention, Revision, Rolling, Strategy,
};
pub use error::{List, PlanError, Problem};
pub use explain::{Explanation, explain};
pub use names::{ClaimName, PodName, parse_pod_name};
pub use node::{Budget, Node, NodeState};
pub use observed::Observed;
pub use outcome::{Conclusion, Next, Outcome};
pub use plan::{Plan, plan};
pub use pod::{Phase, Pod};
pub use profile::{GiveUp, LostNodes, Profile, Shutdown};
pub use status::{Progress, Status};
pub use time::Millis;
pub use volume::{AccessModes, Reserved, Volume, VolumeMode, VolumePhase};
pub use wait::{Gate, Gates, On, Wait};
