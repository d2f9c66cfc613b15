//! Kubernetes' StatefulSet decision function as a pure library: no I/O, no clock, no randomness, no panic on input.
//!
//! You give [`plan`](plan()) the desired StatefulSet and the cluster as you last saw it. It returns the actions to take
//! now, in order, and for every pod that is not up to date the reason why it has to wait. It decides as Kubernetes 1.37.2
//! does, or as another [`Version`] that its [`Profile`] names. You carry the actions out.
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
//! Reconciling a set takes five steps: *look* at the cluster, [*plan*](plan()), *act* on what the plan says, *conclude*,
//! and *come back*. [`Plan::carry_out`] does the third and the fourth with one function of yours. The library keeps nothing
//! between two rounds and knows nothing that you do not tell it. So the following is up to you. Each point says what breaks
//! without it:
//!
//! 1. *Let only one planner work on a set.* Leader election sees to that. Two planners would act on the same view. The
//!    conditions (6) keep them from deleting a pod twice, but not from deleting two pods where only one may be deleted.
//! 2. *Give complete lists.* The list of pods must hold all pods of the set, and every other list all objects of its kind.
//!    If you do not know a whole list, leave it `None`. The planner takes a pod that is missing from the list for gone, and
//!    creates it again. A pod on a node that is not listed waits for ever.
//! 3. *Do not plan on a view that is older than your own writes.* Set `fresh: false` until the view shows them. Otherwise
//!    the planner creates again what you have just created. A pod that you have just deleted still counts as available, so
//!    too many pods are deleted at once.
//! 4. *Keep the status.* Publish the one that [`Plan::conclude`] gives, and hand it in with the next plan: its
//!    [`current_revision`](Status::current_revision) as [`Desired::current`], all of it as [`Desired::published`]. No
//!    other record says which revision the pods came from. If it is lost, [`Desired::current`] can only be the update
//!    revision. Then a rollout that a partition holds back ends at once, and a pod below the partition that has to be created
//!    again gets the new revision.
//! 5. *Keep the order.* Stages, chains and steps are part of the decision, and so is what is left out after a failure
//!    (rules [E-1](crate::rules#E-1) to [E-6](crate::rules#E-6)). A pod that is created before its claims does not start, and a rollout that goes on after a failed
//!    deletion takes two pods at a time. [`Plan::carry_out`], [`Plan::carry_out_async`] and [`Execution`] keep it.
//! 6. *Act on conditions.* Put the uid of the pod or the claim into the precondition of each deletion, the volume's version
//!    into that of each binding, and check a node again before you delete a pod by force. With an old view you would
//!    otherwise delete the successor of the pod that you saw, or a pod whose node has come back.
//! 7. *Check budgets and volumes once more when you act.* They are shared with other sets, which plan at the same time:
//!    whoever counts the disruptions must be able to refuse an eviction, and a volume that another set has taken meanwhile
//!    must not be given away again.
//! 8. *Tell how it went.* Hand each outcome to [`Plan::conclude`]. A status that promises what failed would end a rollout
//!    early.
//! 9. *Come back*: when something changes, when [`Next`] says so, and at [`Plan::next_wake`]. No watch tells you
//!    that a pod has become available by time alone, so without this the pods that wait for it would wait for ever.
//! 10. *Back off.* [`Next::Retry`] names no pause, so grow one with each failure. A pod whose containers crash is restarted
//!     by its kubelet, which backs off; the planner only sees a pod that is not ready. A pod that has *ended* is deleted
//!     and created again at once (rule [R-1](crate::rules#R-1)). If nothing else slows that down, you have to.
//! 11. *Say what happened.* The library logs nothing: show the waits ([`explain`]), and record the events of the kubernetes
//!     tier, or nobody learns why a set does not get further.
//!
//! In the kubernetes tier [`Cluster`](kubernetes::Cluster) keeps 3, 5 (with
//! [`carry_out`](kubernetes::Cluster::carry_out)), 6 and 10, if these are kept:
//!
//! 12. *Feed it whole lists* (2): [`begin_list`](kubernetes::Cluster::begin_list), each object,
//!     [`end_list`](kubernetes::Cluster::end_list), for each kind that the profile looks at, and again after a watch has
//!     broken off. A kind that was never listed is unknown, and nothing is decided that depends on it. Without a new list,
//!     an object that was deleted meanwhile stays for ever.
//! 13. *Finish and settle* each plan ([`finish`](kubernetes::Cluster::finish), [`settle`](kubernetes::Cluster::settle)), also
//!     one that failed. Otherwise the set stays due, and the cluster does not wait for your own writes (3).
//! 14. *Send bodies as they are*, byte by byte. They hold the conditions (6). A revision that is parsed and written again
//!     may become another revision, and then every pod is replaced.
//! 15. *Ask again* at [`Due::next`](kubernetes::Due::next) (9).
//! 16. *Give it complete objects.* An API server fills in defaults; where there is none,
//!     [`normalize`](kubernetes::normalize) does.
//!
//! Any subset of the actions may be carried out, as long as the order is kept; planning again leads to the same goal.
//! Errors are for broken contracts, waits are for states of a cluster, and a panic would be a bug.
//!
//! # Words
//!
//! These words have a fixed meaning here. `core/RULES.md` uses them in the same way.
//!
//! | word | meaning |
//! |---|---|
//! | set | a StatefulSet, or an object of another resource that has its fields |
//! | ordinal | the number at the end of a pod's name |
//! | index | in the rules, a pod's ordinal minus the set's first ordinal (`spec.ordinals.start`); elsewhere, the place of an entry in a list |
//! | slot | a desired ordinal, with or without a pod |
//! | condemned | said of a pod whose ordinal is not desired |
//! | duplicate pods | two pods with the same ordinal |
//! | old | said of a pod that is not at the update revision |
//! | claim, volume | a PersistentVolumeClaim, a PersistentVolume |
//! | revision | a version of the pod template; the current one was last rolled out in full, the update one is the template now |
//! | ordered, parallel | the pod management policies `OrderedReady` and `Parallel`; Kubernetes' code calls them monotonic and burst |
//! | view | what the caller has seen of the cluster (its cache) |
//! | awaited write | a write that the caller sent and has not seen in its watch yet |
//! | pass | one call of [`plan`](plan()) |
//! | turn | one round for one set (a reconcile): read, plan, send the requests, take in their results |
//! | due | said of a set that should be planned for now |
//! | gate | a condition that must hold before an action is allowed ([`Gate`]); Kubernetes' feature gates are always called so in full |
//! | wait | why nothing is done now for pods that are not up to date: the gates that are closed, and what the pods wait for ([`Wait`]) |
//! | up to date | nothing is left to do for the ordinal, or for the set |
//! | stage, chain, step | the order of actions: stages run one after the other, the chains of a stage side by side, the steps of a chain one after the other |
//! | policy | something that a set asks for beyond Kubernetes ([`Policies`]); all are off by default |
//! | duty | a task that Kubernetes' StatefulSet controller leaves to others and that the library does only in `standalone` ([`duties`]) |
//! | cause | why a set is not as it is wanted, by name; a set that a cause holds back is stuck if that lasts |
//! | to adopt, to release | to make a pod or revision without a controller the set's own, and to give it up again |
//! | facts tier, Kubernetes tier | [`plan`](plan()) on plain records; [`kubernetes`], which reads real objects and writes requests |
//!
//! # What later versions may add
//!
//! Later versions add fields and values. Your program keeps compiling if it follows these rules:
//!
//! 1. *Records that the caller fills in* are open: [`Desired`], [`Observed`], [`Pod`], [`Claim`], [`Volume`], [`Node`],
//!    [`Budget`], [`Status`], [`Profile`], [`LostNodes`], [`ClaimTemplate`], [`Rolling`], [`Retention`], [`Exclusion`],
//!    [`Policies`] and [`Repair`]. Make one with its constructor, its constant or `default()`, and change what differs with
//!    update syntax, as in `Pod { ready: false, ..Pod::running(0, revision) }`. A new field then has the value that means
//!    "as before".
//!    If you list all fields instead, the compiler tells you when there is a new one.
//! 2. *Records that the library gives*, such as [`Plan`], [`Action`], [`Wait`] and [`PlanError`], cannot be built outside of
//!    the library. You can read them. A pattern on one ends with `..`.
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
//! What is decided stands in numbered [rules](crate::rules).
#![cfg_attr(
    not(feature = "kubernetes"),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "the front page links to that tier, too"
    )
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(any(test, feature = "kubernetes"))]
extern crate std;

mod action;
mod all;
mod bits;
mod claim;
mod desired;
mod error;
mod execution;
mod explain;
mod group;
mod names;
mod node;
mod observed;
mod outcome;
mod plan;
mod pod;
mod policies;
mod profile;
mod purpose;
mod revision;
mod status;
mod time;
mod version;
mod volume;
mod wait;

pub mod duties;
#[cfg(feature = "kubernetes")]
pub mod kubernetes;

#[cfg(doc)]
#[doc = include_str!("../RULES.md")]
pub mod rules {}

/// The README's programs are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use action::{Action, ClaimOwner, Do, Reason};
pub use claim::{Binding, Claim, ClaimPhase, OwnerRef};
pub use desired::{
    ClaimTemplate, Deletion, Desired, Keep, Limit, MAX_ORDINAL, Management, NO_ORDINAL, Ordinal,
    Retention, Rolling, Strategy,
};
pub use error::{List, PlanError, Problem};
pub use execution::{Execution, Place};
pub use explain::{Explanation, Names, explain};
pub use group::{Member, allot};
pub use names::{ClaimName, PodName, parse_pod_name};
pub use node::{Budget, Node, NodeState, UNLISTED};
pub use observed::Observed;
pub use outcome::{Conclusion, Next, Outcome};
pub use plan::{Plan, plan};
pub use pod::{Change, Phase, Pod};
pub use policies::{
    Deadline, Exclusion, InPlace, Overdue, PartitionBy, Paused, Policies, Ranked, Repair, Ties,
};
pub use profile::{GiveUp, LostNodes, PolicySource, Profile, Shutdown};
pub use purpose::{Departure, Prepared, Purposes};
pub use revision::Revision;
pub use status::{Progress, Status};
pub use time::Millis;
pub use version::{UnknownVersion, Version};
pub use volume::{AccessModes, Reach, Reserved, Volume, VolumeMode, VolumePhase};
pub use wait::{Gate, Gates, On, Wait};
