//! Kubernetes' StatefulSet decision function as a pure library: no I/O, no clock, no randomness, no panic on input.
//!
//! [`plan`](plan()) answers one question: *given the StatefulSet someone wants and the cluster as it was last seen, what
//! should be done now, and why not more?* It decides as Kubernetes 1.37.0 does; the caller carries the actions out.
//!
//! ```
//! use statefulset::{Desired, Do, Observed, Pod, Revision, explain, plan};
//!
//! let revision = Revision(1);
//! let desired = Desired::new("web", 3, revision);
//! let pods = [Pod::running(0, revision), Pod { ready: false, ..Pod::running(1, revision) }];
//! let observed = Observed::pods(&pods);
//!
//! let plan = plan(&desired, &observed, 0)?;
//! // Pod 1 is not ready, so pod 2 has to wait for it.
//! assert!(plan.actions.iter().all(|action| matches!(action.what, Do::Wait(_))));
//! assert_eq!(
//!     explain(&desired, &observed, &plan, 0).to_string(),
//!     "web-1: not available yet: the pod is not ready (for 0 ms)\n\
//!      web-2: not created yet: web-1 comes first",
//! );
//! # Ok::<(), statefulset::PlanError>(())
//! ```
//!
//! # What the caller does
//!
//! 1. *Look*: fill [`Desired`] and [`Observed`] from one view of the cluster. Say `fresh: false` while that view is older
//!    than your own writes. Leave lists that you do not know `None`.
//! 2. *Plan*: call [`plan`](plan()) with the time in milliseconds. Call it as often as you like; it keeps nothing.
//! 3. *Act*: carry out [`Plan::actions`] in the order that [`Action`] describes. Put the pod's uid into the precondition of
//!    every deletion, so that a view that has grown old does no harm. Waits need nothing but to be shown.
//! 4. *Conclude*: hand the outcomes to [`Plan::conclude`]; publish the status that it gives, if any.
//! 5. *Come back* when something changes, when [`Next`] says so, and at [`Plan::next_wake`]. A periodic look beside
//!    that is yours to decide on.
//!
//! Any subset of the actions may be carried out; planning again leads to the same goal. Errors are for broken
//! contracts, waits are for states of a cluster, and a panic would be a bug.
//!
//! # What grows
//!
//! Later versions add fields and values. They break nobody who keeps to this:
//!
//! 1. *Records that the caller fills in* are open: [`Desired`], [`Observed`], [`Pod`], [`Claim`], [`Volume`], [`Node`],
//!    [`Budget`], [`Status`], [`Profile`], [`LostNodes`], [`ClaimTemplate`], [`Rolling`], [`Retention`] and [`Exclusion`]. Make one with
//!    its constructor, its constant or `default()`, and change what differs with update syntax, as in
//!    `Pod { ready: false, ..Pod::running(0, revision) }`. A new field then has the value that means "as before".
//!    Whoever lists all fields instead is told by the compiler when there is a new one.
//! 2. *Records that the library gives*, such as [`Plan`], [`Action`], [`Wait`] and [`PlanError`], can be read, and cannot
//!    be built outside of the library. A pattern on one ends with `..`.
//! 3. *Enums* get more values. A `match` on one needs an arm `_`. A value that has fields keeps exactly these. `ALL` lists
//!    the values, so that a test can find those that a `match` forgets.
//! 4. Fields that are called reserved have a meaning in later versions. Until then [`plan`](plan()) refuses any other value
//!    than the constructor's ([`Problem::Reserved`]).
//! 5. Everything else is complete: a [`Revision`], a set of [`Gates`] or [`AccessModes`], the name of a pod or of a claim.
//!    Methods that are added to [`Names`] do something sensible by themselves.
//!
//! A `match` without a wildcard does not compile:
//!
//! ```compile_fail,E0004
//! # use statefulset::Next;
//! fn is_urgent(next: Next) -> bool {
//!     match next {
//!         Next::Again => true,
//!         Next::Rest | Next::Retry => false,
//!     }
//! }
//! ```
//!
//! and neither does building what the library gives, or a pattern that claims to know all of it:
//!
//! ```compile_fail,E0639
//! # use statefulset::{Conclusion, Next};
//! let conclusion = Conclusion { status: None, next: Next::Rest };
//! ```
//!
//! ```compile_fail,E0638
//! # use statefulset::Conclusion;
//! fn status_of(Conclusion { status, next }: Conclusion) {}
//! ```
//!
//! The rules are numbered in `core/RULES.md`.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(test, feature = "kubernetes"))]
extern crate std;

mod action;
mod all;
mod claim;
mod desired;
mod error;
mod execution;
mod explain;
mod names;
mod node;
mod observed;
mod outcome;
mod plan;
mod pod;
mod profile;
mod revision;
mod status;
mod time;
mod volume;
mod wait;

pub mod duties;
#[cfg(feature = "kubernetes")]
pub mod kubernetes;

/// The README's program is a test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

pub use action::{Action, ClaimOwner, Do, Reason};
pub use claim::{Binding, Claim, ClaimPhase, OwnerRef};
pub use desired::{
    ClaimTemplate, Deletion, Desired, Exclusion, Keep, Limit, MAX_ORDINAL, Management, NO_ORDINAL,
    Ordinal, Retention, Rolling, Strategy,
};
pub use error::{List, PlanError, Problem};
pub use execution::{Execution, Place};
pub use explain::{Explanation, Names, explain};
pub use names::{ClaimName, PodName, parse_pod_name};
pub use node::{Budget, Node, NodeState, UNLISTED};
pub use observed::Observed;
pub use outcome::{Conclusion, Next, Outcome};
pub use plan::{Plan, plan};
pub use pod::{Change, Phase, Pod, Prepared};
pub use profile::{GiveUp, LostNodes, Profile, Shutdown};
pub use revision::Revision;
pub use status::{Progress, Status};
pub use time::Millis;
pub use volume::{AccessModes, Reach, Reserved, Volume, VolumeMode, VolumePhase};
pub use wait::{Gate, Gates, On, Wait};
