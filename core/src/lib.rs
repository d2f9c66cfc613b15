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
//! A turn: *look* at the cluster, [*plan*](plan()), *act* on what the plan says, *conclude*, and *come back*.
//! [`Plan::carry_out`] does the third and the fourth with one function of yours. The library keeps nothing between turns
//! and knows nothing that you do not tell it. So these duties are yours, and each says what breaks without it:
//!
//! 1. *One planner a set.* Only one may plan for a set at a time, as leader election sees to. With two, both act on the
//!    same view; the conditions (6) keep them from deleting a pod twice, but not from deleting two pods where one may go.
//! 2. *Look at everything of a kind.* A list of pods holds all pods of the set, and other lists all that there is; leave a
//!    list that you do not know whole `None`. A pod that is missing from the list passes for gone, and is made again; a
//!    pod on a node that is not listed waits for ever.
//! 3. *Do not plan on a view that is older than your own writes*: say `fresh: false` until it shows them. Otherwise what
//!    has just been created is created again, and what has just been deleted still counts as available, so that too many
//!    pods go at once.
//! 4. *Keep the status.* Publish the one that [`Plan::conclude`] gives, and hand it in with the next plan: its
//!    [`current_revision`](Status::current_revision) as [`Desired::current`], all of it as [`Desired::published`]. No
//!    other record says which revision the pods came from. Where it is lost, [`Desired::current`] can only be the update
//!    revision: a rollout that a partition holds back is over at once, and a pod below the partition that has to be made
//!    again comes at the new revision.
//! 5. *Keep the order.* Stages, chains and steps are part of the decision, and so is what is left out after a failure
//!    (rules E-1 to E-6): a pod that is made before its claims does not start, and a rollout that goes on after a failed
//!    deletion takes two pods at a time. [`Plan::carry_out`], [`Plan::carry_out_async`] and [`Execution`] keep it.
//! 6. *Act on conditions.* Put the uid of the pod or the claim into the precondition of each deletion, the volume's version
//!    into that of each binding, and ask a node again before a pod goes by force. A view that has grown old would
//!    otherwise delete the successor of what it saw, or end a pod whose node has come back.
//! 7. *Check budgets and volumes once more when you act.* They are shared with other sets, which plan at the same time: an
//!    eviction has to be refused by the one who counts, and a volume that was taken meanwhile not be given twice.
//! 8. *Tell how it went.* Hand each outcome to [`Plan::conclude`]. A status that promises what failed would end a rollout
//!    early.
//! 9. *Come back*: when something changes, when [`Next`] says so, and at [`Plan::next_wake`]. A pod that becomes available
//!    by time alone is news that nobody brings, and what waits for it would wait for ever.
//! 10. *Back off.* [`Next::Retry`] names no pause, so grow one with each failure. A pod whose containers crash is restarted
//!     by its kubelet, which backs off; the planner only sees a pod that is not ready. A pod that has *ended* is deleted
//!     and made again at once (rule R-1): where nothing else slows that down, it is yours to slow it down.
//! 11. *Say what happened.* The library logs nothing: show the waits ([`explain`]), and record the events of the kubernetes
//!     tier, or nobody learns why a set stands still.
//!
//! In the kubernetes tier [`Cluster`](kubernetes::Cluster) keeps 3, 5 (with
//! [`carry_out`](kubernetes::Cluster::carry_out)), 6 and 10, if these are kept:
//!
//! 12. *Feed it whole lists* (2): [`begin_list`](kubernetes::Cluster::begin_list), each object,
//!     [`end_list`](kubernetes::Cluster::end_list), for each kind that the profile looks at, and again after a watch has
//!     broken off. A kind that was never listed is unknown, and nothing is decided that depends on it; without a new list
//!     what was deleted meanwhile stays for ever.
//! 13. *Finish and settle* each plan ([`finish`](kubernetes::Cluster::finish), [`settle`](kubernetes::Cluster::settle)), also
//!     one that failed: else the set stays due, and one's own writes are not waited for (3).
//! 14. *Send bodies as they are*, byte by byte: conditions stand in them (6), and a revision that is written anew is another
//!     revision, so that every pod is replaced.
//! 15. *Ask again* at [`Due::next`](kubernetes::Due::next) (9).
//! 16. *Give it complete objects.* An API server fills in defaults; where there is none,
//!     [`normalize`](kubernetes::normalize) does.
//!
//! Any subset of the actions may be carried out, as long as the order is kept; planning again leads to the same goal.
//! Errors are for broken contracts, waits are for states of a cluster, and a panic would be a bug.
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
#![cfg_attr(
    not(feature = "kubernetes"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the front page links to that tier, too"
    )
)]
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
