//! A step of a world, in plain words and in those of a story.

use std::fmt;

use crate::configuration::Ask;

/// What becomes of an action, or of a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    /// It is done, and the answer arrives.
    Done,
    /// It is refused.
    Refused,
    /// It is done, and the answer is lost.
    Lost,
    /// It is done, and the controller dies.
    Last,
}

/// A step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    /// The controller plans, and carries all of it out but, perhaps, what meets this fate.
    Turn(Option<(u8, Fate)>),
    /// The controller plans; what it does comes later.
    Plan,
    /// The next action of the plan in hand.
    Act(Fate),
    /// The controller dies with a plan in hand, and another one takes over.
    Die,
    Start(u8),
    Ready(u8),
    Unready(u8),
    Fail(u8),
    /// The kubelet has ended a pod that was asked to go.
    Ended(u8),
    /// Somebody deletes a pod.
    Delete(u8),
    /// A pod is deleted because its node does not report.
    Evicted(u8),
    /// The object of a pod on a node that is gone is removed by the cluster.
    Collected(u8),
    /// The garbage collector deletes a pod or a claim.
    PodOfDeletedSet(u8),
    OrphanedClaim(u8),
    DeleteClaim(u8),
    ClaimGone(u8),
    SetGone,
    /// Enough time passes for every pod.
    Time,
    Silent(u8),
    Back(u8),
    Removed(u8),
    Fenced(u8),
    Drain(u8),
    Uncordon(u8),
    OtherSet(bool),
    /// The program answers the question that a pod was asked.
    Answer(u8),
    /// A pod that was told that it stays is back in service.
    InService(u8),
    /// The kubelet has changed a pod where it runs.
    Changed(u8),
    /// It has stopped what ran, and cannot start anything else.
    Stopped(u8),
    /// Somebody holds a pod, or lets it go.
    Hold(u8),
    Ask(Ask),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Turn(None) => write!(f, "the controller plans and does all of it"),
            Self::Turn(Some((n, Fate::Refused))) => {
                write!(f, "the controller plans; action {n} is refused")
            }
            Self::Turn(Some((n, Fate::Lost))) => {
                write!(
                    f,
                    "the controller plans; action {n} is done, and its answer is lost"
                )
            }
            Self::Turn(Some((n, _))) => {
                write!(f, "the controller plans, and dies after action {n}")
            }
            Self::Plan => write!(f, "the controller plans, and its requests are slow"),
            Self::Act(Fate::Done) => write!(f, "the next action of the plan is done"),
            Self::Act(Fate::Refused) => write!(f, "the next action of the plan is refused"),
            Self::Act(Fate::Lost) => {
                write!(
                    f,
                    "the next action of the plan is done, and its answer is lost"
                )
            }
            Self::Act(Fate::Last) => {
                write!(
                    f,
                    "the next action of the plan is done, and the controller dies"
                )
            }
            Self::Die => write!(f, "the controller dies, and another one takes over"),
            Self::Start(o) => write!(f, "web-{o} starts"),
            Self::Ready(o) => write!(f, "web-{o} becomes ready"),
            Self::Unready(o) => write!(f, "web-{o} is not ready any more"),
            Self::Fail(o) => write!(f, "the containers of web-{o} end"),
            Self::Changed(o) => write!(f, "web-{o} is changed where it runs"),
            Self::Stopped(o) => {
                write!(
                    f,
                    "web-{o} is stopped to be changed, and does not come back"
                )
            }
            Self::Ended(o) => write!(f, "web-{o}, which was asked to go, is gone"),
            Self::Delete(o) => write!(f, "somebody deletes web-{o}"),
            Self::Evicted(o) => write!(f, "web-{o} is deleted because its node is silent"),
            Self::Collected(o) => write!(f, "web-{o} is removed because its node is gone"),
            Self::PodOfDeletedSet(o) => write!(f, "the garbage collector deletes web-{o}"),
            Self::OrphanedClaim(o) => write!(f, "the garbage collector deletes data-web-{o}"),
            Self::DeleteClaim(o) => write!(f, "somebody deletes data-web-{o}"),
            Self::ClaimGone(o) => write!(f, "data-web-{o} is gone"),
            Self::SetGone => write!(f, "the set is gone"),
            Self::Time => write!(f, "time passes"),
            Self::Silent(n) => write!(f, "node-{n} falls silent"),
            Self::Back(n) => write!(f, "node-{n} is back"),
            Self::Removed(n) => write!(f, "node-{n} is removed by its operator"),
            Self::Fenced(n) => write!(f, "node-{n} is powered off, which somebody confirms"),
            Self::Drain(n) => write!(f, "node-{n} is to be drained"),
            Self::Uncordon(n) => write!(f, "node-{n} takes pods again"),
            Self::OtherSet(true) => write!(f, "a pod of the other set becomes unavailable"),
            Self::OtherSet(false) => write!(f, "all pods of the other set are available"),
            Self::Answer(o) => write!(f, "web-{o} is prepared for what it was asked"),
            Self::InService(o) => write!(f, "web-{o} is back in service"),
            Self::Hold(o) => write!(f, "web-{o} is held, or not held any more"),
            Self::Ask(ask) => match ask {
                Ask::Replace(o) => write!(f, "web-{o} is to be replaced"),
                Ask::Scale(n) => write!(f, "the set is scaled to {n}"),
                Ask::Roll => write!(f, "the set gets a new template"),
                Ask::Back => write!(f, "the set gets an earlier template again"),
                Ask::Partition(n) => write!(f, "the partition becomes {n}"),
                Ask::Exclude(o) => write!(f, "ordinal {o} is excluded"),
                Ask::Include(o) => write!(f, "ordinal {o} is not excluded any more"),
                Ask::Pause => write!(f, "the set is paused, or not paused any more"),
                Ask::Delete => write!(f, "the set is deleted"),
                Ask::Orphan => write!(f, "the set is deleted, and its pods stay"),
            },
        }
    }
}
