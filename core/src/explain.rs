//! A plan in sentences.

mod subject;

use alloc::borrow::Cow;
use core::fmt;

use crate::action::{Action, ClaimOwner, Do, Reason};
use crate::desired::{Desired, Ordinal};
use crate::names::{ClaimName, PodName};
use crate::node::NodeState;
use crate::observed::Observed;
use crate::plan::Plan;
use crate::policies::Paused;
use crate::purpose::Departure;
use crate::time::Millis;
use crate::wait::{Gate, On, Wait};
use subject::{Called, Home, Subject, named};

/// A plan in sentences, one on each line. The text is made while it is printed.
#[derive(Clone, Copy)]
pub struct Explanation<'a> {
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    plan: &'a Plan,
    now: Millis,
    names: &'a dyn Names,
}

/// Names that only the caller knows. An entry without a name is called by its number.
pub trait Names {
    /// The name of the node with this index.
    fn node(&self, index: u32) -> Option<&str>;
    /// The name of the node that the pod with this index is on, whether the list of nodes shows it or not.
    fn node_of(&self, pod: u32) -> Option<&str>;
    /// The name of the volume with this index.
    fn volume(&self, index: u32) -> Option<&str>;
    /// The name of the disruption budget with this index.
    fn budget(&self, index: u32) -> Option<&str>;
    /// Why a condition does not hold, and what to do about it, if the caller knows more than the planner.
    fn cause(&self, _gate: Gate) -> Option<Cow<'_, str>> {
        None
    }
}

/// No names.
impl Names for () {
    fn node(&self, _: u32) -> Option<&str> {
        None
    }

    fn node_of(&self, _: u32) -> Option<&str> {
        None
    }

    fn volume(&self, _: u32) -> Option<&str> {
        None
    }

    fn budget(&self, _: u32) -> Option<&str> {
        None
    }
}

/// Turns a plan into sentences that name the pod, the claim and what would unblock it.
///
/// `desired`, `observed` and `now` must be the ones that the plan was made from.
/// ```
/// use statefulset::{Desired, Observed, Pod, Revision, explain, plan};
///
/// let web = Desired::new("web", 2, Revision(1));
/// let pods = [Pod { ready: false, ..Pod::running(0, Revision(1)) }];
/// let observed = Observed::pods(&pods);
/// let plan = plan(&web, &observed, 0)?;
/// assert_eq!(
///     explain(&web, &observed, &plan, 0).to_string(),
///     "web-0: not available yet: the pod is not ready (for 0 ms)\n\
///      web-1: not created yet: web-0 comes first",
/// );
/// # Ok::<(), statefulset::PlanError>(())
/// ```
pub const fn explain<'a>(
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    plan: &'a Plan,
    now: Millis,
) -> Explanation<'a> {
    Explanation {
        desired,
        observed,
        plan,
        now,
        names: &(),
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut any = false;
        for action in &self.plan.actions {
            if any {
                f.write_str("\n")?;
            }
            any = true;
            match action.what {
                Do::Wait(wait) => self.wait(f, action, &wait)?,
                what => self.deed(f, action, what)?,
            }
        }
        if self.plan.more {
            f.write_str(if any {
                "\nmore to do: the plan was cut at its limit"
            } else {
                "more to do than the limit allows"
            })?;
        } else if !any {
            let set = self.desired.name;
            write!(f, "{set}: up to date, nothing to do")?;
        }
        Ok(())
    }
}

impl<'a> Explanation<'a> {
    /// The same explanation, with the caller's names for nodes, volumes and budgets.
    #[must_use]
    pub const fn with_names(self, names: &'a dyn Names) -> Self {
        Self { names, ..self }
    }
}

impl Explanation<'_> {
    fn pod(&self, ordinal: Ordinal) -> Called<'_> {
        Called(PodName {
            set: self.desired.name,
            ordinal,
        })
    }

    /// The ordinal of the pod with this index, if the list shows it.
    fn ordinal_of(&self, pod: u32) -> Option<Ordinal> {
        Some(self.observed.pods.get(pod as usize)?.ordinal)
    }

    fn claim_name(&self, ordinal: Ordinal, template: u16) -> Option<ClaimName<'_>> {
        Some(ClaimName {
            template: self.desired.templates.get(usize::from(template))?.name,
            set: self.desired.name,
            ordinal,
        })
    }

    fn claim(&self, index: u32) -> Subject<'_, '_> {
        Subject {
            explanation: self,
            on: On::Claim(index),
        }
    }

    fn deed(&self, f: &mut fmt::Formatter<'_>, action: &Action, what: Do) -> fmt::Result {
        let pod = self.pod(action.ordinal);
        let because = match action.reason {
            Reason::ScaleOut => "it is missing",
            Reason::ScaleIn if self.desired.policies.excludes(action.ordinal) => {
                "its ordinal is excluded"
            }
            Reason::ScaleIn => "it is no longer desired",
            Reason::Rollout => "it is not at the update revision",
            Reason::TerminalPod => "its containers have ended",
            Reason::Health => "it is not available",
            Reason::LostClaim => "the pod has not started, and this claim is missing",
            Reason::Retention => "the retention policy asks for it",
            Reason::Repair => "its identity or its volumes are wrong",
            Reason::Binding => "it fits best",
            Reason::Shutdown => "the set is shut down in order",
            Reason::GiveUp => "the retention policy says to delete it",
            Reason::Drain => "its node is being drained",
            Reason::NodeGone => "its node is lost",
            Reason::StaleView => "the view is too old",
            Reason::BrokenRevision => "it is broken and not at the update revision",
            Reason::Requested => "its replacement was asked for",
            Reason::Wanted => "it stays after all",
        };
        match what {
            Do::CreateClaim { template } => {
                match self.claim_name(action.ordinal, template) {
                    Some(claim) => write!(f, "{pod}: create claim {claim}")?,
                    None => write!(f, "{pod}: create the claim of template number {template}")?,
                }
                write!(f, ": {because}")
            }
            Do::BindClaim { claim, volume } => {
                write!(f, "{pod}: bind {} to ", self.claim(claim))?;
                named(f, "volume", self.names.volume(volume), volume)?;
                write!(f, ": {because}")
            }
            Do::CreatePod { revision } => {
                let which = match (
                    revision == self.desired.update,
                    revision == self.desired.current,
                ) {
                    (true, true) => "",
                    (true, false) => " at the update revision",
                    (false, _) => " at the current revision",
                };
                write!(f, "{pod}: create the pod{which}: {because}")
            }
            Do::UpdatePod { .. } => write!(f, "{pod}: update the pod in place: {because}"),
            Do::SetClaimOwner { claim, owner } => {
                let claim = self.claim(claim);
                match owner {
                    ClaimOwner::Nobody => {
                        write!(f, "{pod}: remove the owner of {claim}: {because}")
                    }
                    ClaimOwner::Set => {
                        write!(f, "{pod}: make the set the owner of {claim}: {because}")
                    }
                    ClaimOwner::Pod(_) => {
                        write!(f, "{pod}: make the pod the owner of {claim}: {because}")
                    }
                }
            }
            Do::DeletePod { .. } => write!(f, "{pod}: delete the pod: {because}"),
            Do::EvictPod { .. } => write!(f, "{pod}: evict the pod: {because}"),
            Do::UpdateInPlace { .. } => {
                write!(f, "{pod}: change the pod where it runs: {because}")
            }
            Do::Prepare { departure, .. } => {
                let what = match departure {
                    Departure::Restart => "a restart",
                    Departure::Leave => "its end",
                };
                write!(f, "{pod}: ask the pod to prepare for {what}: {because}")
            }
            Do::CancelPrepare { .. } => {
                write!(
                    f,
                    "{pod}: take back what the pod was asked to prepare for: {because}"
                )
            }
            Do::ForceDeletePod { .. } => write!(f, "{pod}: delete the pod by force: {because}"),
            Do::DeleteClaim { claim } => {
                write!(f, "{pod}: delete {}: {because}", self.claim(claim))
            }
            Do::HoldFinalizer => write!(
                f,
                "{}: add the finalizer, for an ordered shutdown later",
                self.desired.name
            ),
            Do::ReleaseFinalizer => write!(
                f,
                "{}: remove the finalizer: nothing is left to shut down",
                self.desired.name
            ),
            Do::Wait(_) => Ok(()),
        }
    }

    fn wait(&self, f: &mut fmt::Formatter<'_>, action: &Action, wait: &Wait) -> fmt::Result {
        let set = self.desired.name;
        if wait.gates.contains(Gate::StaleView) {
            write!(f, "{set}: nothing is decided yet: ")?;
            return match self.names.cause(Gate::StaleView) {
                Some(cause) => f.write_str(&cause),
                None => f.write_str("the caller has not seen all of its own writes"),
            };
        }
        if wait.gates.contains(Gate::UnknownStrategy) {
            return write!(
                f,
                "{set}: the update strategy is not known under this profile; change it, or switch on its feature gate"
            );
        }
        self.subject(f, action, wait)?;
        f.write_str(": ")?;
        f.write_str(match action.reason {
            Reason::ScaleOut => "not created yet: ",
            Reason::ScaleIn => "not deleted yet: ",
            Reason::Rollout => "not at the update revision yet: ",
            Reason::TerminalPod => "ended, not replaced yet: ",
            Reason::Repair | Reason::Retention => "not corrected yet: ",
            Reason::Shutdown => "not shut down yet: ",
            Reason::Drain => "not moved yet: ",
            Reason::NodeGone => "on a lost node, not replaced yet: ",
            _ => "not available yet: ",
        })?;
        let mut first = true;
        for gate in wait.gates.iter() {
            f.write_str(if first { "" } else { "; " })?;
            first = false;
            self.gate(f, gate, action, wait)?;
            if let Some(cause) = self.names.cause(gate) {
                write!(f, ": {cause}")?;
            }
        }
        match (wait.until, wait.since) {
            (Some(until), _) => write!(f, " ({} to go)", Length(until.saturating_sub(self.now))),
            (None, Some(since)) if since <= self.now => {
                write!(f, " (for {})", Length(self.now.saturating_sub(since)))
            }
            _ => Ok(()),
        }
    }

    fn subject(&self, f: &mut fmt::Formatter<'_>, action: &Action, wait: &Wait) -> fmt::Result {
        let first = self.pod(action.ordinal);
        match wait.through.saturating_sub(action.ordinal) {
            0 => write!(f, "{first}"),
            1 => write!(f, "{first}, {}", self.pod(wait.through)),
            _ => write!(f, "{first} … {}", self.pod(wait.through)),
        }
    }

    /// Where the pod is that a wait is about, if it is itself what it waits for.
    fn home(&self, action: &Action, wait: &Wait) -> Option<Home<'_>> {
        let On::Pod(index) = wait.on else {
            return None;
        };
        let pod = self.observed.pods.get(index as usize);
        let node = pod.filter(|pod| pod.ordinal == action.ordinal)?.node?;
        let nodes = self.observed.nodes?;
        Some(Home {
            name: self.names.node_of(index),
            state: nodes.get(node as usize).map(|node| node.state),
        })
    }

    /// A pod that is not well, and its node's silence if that may be why.
    fn ailing(
        &self,
        f: &mut fmt::Formatter<'_>,
        what: &str,
        action: &Action,
        wait: &Wait,
    ) -> fmt::Result {
        f.write_str(what)?;
        let Some(home) = self.home(action, wait) else {
            return Ok(());
        };
        match home.state {
            Some(NodeState::Ready | NodeState::NotReady) => Ok(()),
            Some(_) => write!(f, ", and {home} does not report"),
            None => write!(f, ", and {home} is not among the known nodes"),
        }
    }

    fn gate(
        &self,
        f: &mut fmt::Formatter<'_>,
        gate: Gate,
        action: &Action,
        wait: &Wait,
    ) -> fmt::Result {
        let on = Subject {
            explanation: self,
            on: wait.on,
        };
        match gate {
            Gate::StaleView => f.write_str("the caller has not seen all of its own writes"),
            Gate::ClaimsUnknown => f.write_str("the claims are not known"),
            Gate::PodTerminating => f.write_str("the pod is terminating and must be gone first"),
            Gate::PodPending => self.ailing(f, "the pod has not started", action, wait),
            Gate::PodNotRunning => self.ailing(f, "the pod does not run", action, wait),
            Gate::PodNotReady => self.ailing(f, "the pod is not ready", action, wait),
            Gate::PodNotAvailable => f.write_str("the pod has not been ready for long enough"),
            Gate::ReadySinceMissing => {
                f.write_str("it does not say since when it is ready, so minReadySeconds never ends by itself")
            }
            Gate::Order if matches!(action.reason, Reason::ScaleIn | Reason::Shutdown) => {
                write!(f, "{on} comes first and must be gone")
            }
            Gate::Order => write!(f, "{on} comes first"),
            Gate::ClaimTerminating => write!(f, "{on} is terminating and must be gone before it can be created again"),
            Gate::ClaimUnbound => write!(f, "{on} is not bound to a volume"),
            Gate::ClaimStale => write!(
                f,
                "{on} still belongs to an earlier pod of this name and is about to be garbage-collected"
            ),
            Gate::MaxUnavailable => write!(f, "{on} must be available first (maxUnavailable)"),
            Gate::ReplicasNotAvailable => write!(f, "scale-in waits until every desired pod is available; {on} is not"),
            Gate::UnhealthyLeaver => match wait.on {
                On::Pod(pod) if self.ordinal_of(pod) == Some(action.ordinal) => {
                    f.write_str("it says that it is ready and does not run; it must recover first, or be deleted by hand")
                }
                _ => write!(f, "it is unhealthy, and {on}, unhealthy too, must recover first; delete one of them by hand"),
            },
            Gate::BrokenRevision if wait.until.is_some() => {
                f.write_str("the pod is broken and at an old revision; it is replaced if it stays so")
            }
            Gate::BrokenRevision => f.write_str(
                "the pod is broken and OrderedReady never replaces a broken pod; delete it by hand to bring it to the \
                 update revision",
            ),
            Gate::SetDeleting => f.write_str("the set is being deleted; the garbage collector deletes the pods"),
            Gate::UnknownStrategy => f.write_str("the update strategy is not known"),
            Gate::OldPodsExist => write!(f, "pods of old revisions must all be gone first; {on} is still there"),
            Gate::NoVolume => f.write_str("no volume fits it; add one that is large enough, or a provisioner"),
            Gate::PodUnscheduled => f.write_str("its volume is chosen once the pod has a node"),
            Gate::VolumesUnknown => f.write_str("the volumes are not known"),
            Gate::NodesUnknown => match self.home(action, wait) {
                Some(home) => write!(
                    f,
                    "{home}, where it may still run, is not among the known nodes; bring the node back, or delete the pod \
                     by force once nothing of it can run any more"
                ),
                None => f.write_str("the nodes are not known"),
            },
            Gate::NodeUnreachable => write!(f, "{on} does not report"),
            Gate::NodeNotFenced => write!(f, "{on} must be fenced or removed first"),
            Gate::Budget => write!(f, "{on} allows no disruption now"),
            Gate::ClaimRemains => write!(f, "{on} is still there"),
            Gate::BadObject => f.write_str("an object of the set could not be read"),
            Gate::NameTaken => f.write_str("another object has the name"),
            Gate::NoNodeReady => {
                f.write_str("no node at all is ready, perhaps because only the connection to the nodes is lost")
            }
            Gate::BudgetsUnknown => f.write_str("the disruption budgets are not known"),
            Gate::Excluded => f.write_str("its ordinal is excluded; it stays until every desired pod is available"),
            Gate::EarlierRank => f.write_str("empty slots, and pods of an earlier rank, must be updated and available first"),
            Gate::Paused if self.desired.policies.paused == Paused::ALL => f.write_str("the set is paused"),
            Gate::Paused => f.write_str("this is paused"),
            Gate::ScaleLimit if action.reason == Reason::ScaleIn => {
                f.write_str("as many pods are leaving as the limit of scale-in allows")
            }
            Gate::ScaleLimit => match wait.on {
                On::Nothing => f.write_str("as many pods are starting as the limit of scale-out allows"),
                _ => write!(f, "{on} must be available first (the limit of scale-out)"),
            },
            Gate::Group => f.write_str("its group allows no more disruptions now"),
            Gate::Pace => f.write_str("another pod was taken away a short time ago"),
            Gate::Deadline => f.write_str("the rollout made no progress before its deadline, and is held for that"),
            Gate::Held => f.write_str("it is held"),
            Gate::NotInPlace => f.write_str(
                "it would have to be made again, and the set's policy only changes pods where they run; delete it by hand, or \
                 let the policy make pods again",
            ),
            Gate::PodChanging => f.write_str("its containers do not run yet as they were told to"),
            Gate::Preparing if action.reason == Reason::Wanted => f.write_str("it stays, and is not back in service yet"),
            Gate::Preparing => f.write_str("it is preparing for it, or is not back in service yet"),
        }
    }
}

/// A length of time, as people read it.
pub(crate) struct Length(pub(crate) Millis);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ms @ ..1_000 => write!(f, "{ms} ms"),
            ms @ ..120_000 => write!(f, "{} s", ms / 1_000),
            ms @ ..7_200_000 => write!(f, "{} min", ms / 60_000),
            ms => write!(f, "{} h", ms / 3_600_000),
        }
    }
}
