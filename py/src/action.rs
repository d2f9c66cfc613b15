//! Actions: what to do now, one class each, so that `match` works and type checkers see the union.

use pyo3::prelude::*;
use statefulset::{Action, ClaimOwner, Departure, Do, Gates, On, Reason};

use crate::error::bug;
use crate::field::Int;
use crate::moment::{Moment, When};
use crate::set::Words;
use crate::value::value_class;
use crate::word::{Word, spelled};

/// The fields that all actions share, and those of one.
macro_rules! action_class {
    ($(#[$about:meta])* $class:ident {
        $($(#[$note:meta])* $field:ident : $passed:ty $(= $default:tt)? => $stored:ty),* $(,)?
    }) => {
        value_class! {
            $(#[$about])*
            $class in "actions" {
                /// The ordinal that the action is for. It is `NO_ORDINAL` if the action is for the set itself, or for pods
                /// that have no ordinal.
                ordinal: Int => u32,
                $($(#[$note])* $field: $passed $(= $default)? => $stored,)*
                /// Why it is done.
                reason: &str => Word<Reason>,
                /// The stage. A stage begins when the one before it has ended.
                stage: Int => u32,
                /// The place within the ordinal's chain in its stage.
                step: Int => u8,
            }
        }
    };
}

action_class! {
    /// Create the ordinal's claim from a template. It is a failure if the claim exists.
    CreateClaim {
        /// Index of the template.
        template: Int => u16,
    }
}

action_class! {
    /// Reserve a volume for a claim, then write the volume's name into the claim. Make the writes conditional on the
    /// volume's version.
    BindClaim {
        /// Index of the claim.
        claim: Int => u32,
        /// Index of the volume.
        volume: Int => u32,
    }
}

action_class! {
    /// Create the ordinal's pod. It is a failure if the pod exists.
    CreatePod {
        /// The revision to create it from.
        revision: Int => u64,
    }
}

action_class! {
    /// Correct the pod's name labels and its volumes in place.
    UpdatePod {
        /// Index of the pod.
        pod: Int => u32,
    }
}

action_class! {
    /// Remove every owner reference of the claim that names the set or the pod. Then add the one that `owner` says,
    /// unless another controller owns the claim.
    SetClaimOwner {
        /// Index of the claim.
        claim: Int => u32,
        /// Who is to own it.
        owner: &str => Word<Owner>,
        /// Index of the pod, where that is the owner.
        pod: Option<Int> = None => Option<u32>,
    }
}

action_class! {
    /// Delete the pod gracefully, with its uid as a precondition. It counts as done if the pod is not found, unless
    /// `must_exist`.
    DeletePod {
        /// Index of the pod.
        pod: Int => u32,
        /// Whether it is a failure if the pod is not found. Only Kubernetes before 1.36 decides so.
        must_exist: bool = false => bool,
    }
}

action_class! {
    /// Ask for the pod's eviction under its disruption budget.
    EvictPod {
        /// Index of the pod.
        pod: Int => u32,
    }
}

action_class! {
    /// Delete the pod with a grace period of 0, with its uid as a precondition. If the node is known, check that it is
    /// still the same node in the same state.
    ForceDeletePod {
        /// Index of the pod.
        pod: Int => u32,
        /// Index of its node, where the node is still known.
        node: Option<Int> = None => Option<u32>,
    }
}

action_class! {
    /// Ask the pod to prepare for its end, with its uid as a precondition, and see to it that nobody else asks it at the
    /// same time. From then on, `Pod.prepared` is "asked-to-leave" if `for_good`, or else "asked-to-restart", until the pod
    /// has answered.
    Prepare {
        /// Index of the pod.
        pod: Int => u32,
        /// Whether the pod will not come back.
        for_good: bool => bool,
    }
}

action_class! {
    /// Tell the pod that it stays, with its uid as a precondition, and see to it that nobody else tells it something at the
    /// same time. From then on, `Pod.prepared` is "returning", until the pod is back in service.
    CancelPrepare {
        /// Index of the pod.
        pod: Int => u32,
    }
}

action_class! {
    /// Change the pod where it runs, so that it is one of the revision, with its uid as a precondition. From then on that is
    /// `Pod.revision`, and `Pod.changing` is true until its containers run as they were told to.
    UpdateInPlace {
        /// Index of the pod.
        pod: Int => u32,
        /// The revision that it then is of.
        revision: Int => u64,
    }
}

action_class! {
    /// Delete the claim, with its uid as a precondition. It counts as done if the claim is not found.
    DeleteClaim {
        /// Index of the claim.
        claim: Int => u32,
    }
}

action_class! {
    /// Add the library's finalizer to the set.
    HoldFinalizer {}
}

action_class! {
    /// Remove the library's finalizer from the set.
    ReleaseFinalizer {}
}

action_class! {
    /// Do nothing for the ordinals from `ordinal` to `through`. Show the user why.
    Wait {
        /// The last ordinal that it covers.
        through: Int => u32,
        /// All conditions that are not met, not only the first.
        gates: Vec<String> => Words<Gates>,
        /// What it waits for.
        on: &str => Word<Kind>,
        /// Index in the list that `on` names, or the ordinal.
        on_index: Option<Int> = None => Option<u32>,
        /// Since when, where that is known.
        since: Option<When> = None => Option<Moment>,
        /// When it ends by itself, if nothing else happens.
        until: Option<When> = None => Option<Moment>,
    }
}

/// Who is to own a claim.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Owner {
    Nobody,
    Set,
    Pod,
}
spelled!(Owner { Nobody = "nobody", Set = "set", Pod = "pod" });

/// What a wait waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Kind {
    Nothing,
    Ordinal,
    Pod,
    Claim,
    Node,
    Budget,
    View,
}
spelled!(Kind {
    Nothing = "nothing",
    Ordinal = "ordinal",
    Pod = "pod",
    Claim = "claim",
    Node = "node",
    Budget = "budget",
    View = "view",
});

/// The object of its class.
pub(crate) fn object<'py>(py: Python<'py>, action: &Action) -> PyResult<Bound<'py, PyAny>> {
    let &Action {
        stage,
        ordinal,
        step,
        must_exist,
        reason,
        what,
        ..
    } = action;
    object_of(py, (stage, ordinal, step), reason, what, must_exist)
}

fn object_of(
    py: Python<'_>,
    (stage, ordinal, step): (u32, u32, u8),
    reason: Reason,
    what: Do,
    must_exist: bool,
) -> PyResult<Bound<'_, PyAny>> {
    let reason = Word(reason);
    /// An action with the shared fields.
    macro_rules! new {
        ($class:ident { $($field:ident $(: $value:expr)?),* }) => {
            Bound::new(py, $class { ordinal, reason, stage, step, $($field $(: $value)?),* })?.into_any()
        };
    }
    Ok(match what {
        Do::CreateClaim { template } => new!(CreateClaim { template }),
        Do::BindClaim { claim, volume } => new!(BindClaim { claim, volume }),
        Do::CreatePod { revision } => new!(CreatePod {
            revision: revision.0
        }),
        Do::UpdatePod { pod } => new!(UpdatePod { pod }),
        Do::SetClaimOwner { claim, owner } => {
            let (owner, pod) = owner_of(owner).ok_or_else(unknown)?;
            new!(SetClaimOwner {
                claim,
                owner: Word(owner),
                pod
            })
        }
        Do::DeletePod { pod } => new!(DeletePod { pod, must_exist }),
        Do::EvictPod { pod } => new!(EvictPod { pod }),
        Do::ForceDeletePod { pod, node } => new!(ForceDeletePod { pod, node }),
        Do::Prepare { pod, departure } => {
            let for_good = is_for_good(departure).ok_or_else(unknown)?;
            new!(Prepare { pod, for_good })
        }
        Do::CancelPrepare { pod } => new!(CancelPrepare { pod }),
        Do::UpdateInPlace { pod, revision } => {
            let revision = revision.0;
            new!(UpdateInPlace { pod, revision })
        }
        Do::DeleteClaim { claim } => new!(DeleteClaim { claim }),
        Do::HoldFinalizer => new!(HoldFinalizer {}),
        Do::ReleaseFinalizer => new!(ReleaseFinalizer {}),
        Do::Wait(wait) => {
            let (on, on_index) = on_of(wait.on).ok_or_else(unknown)?;
            new!(Wait {
                through: wait.through,
                gates: Words(wait.gates),
                on: Word(on),
                on_index,
                since: wait.since.map(Moment),
                until: wait.until.map(Moment)
            })
        }
        _ => return Err(unknown()),
    })
}

const fn owner_of(owner: ClaimOwner) -> Option<(Owner, Option<u32>)> {
    Some(match owner {
        ClaimOwner::Nobody => (Owner::Nobody, None),
        ClaimOwner::Set => (Owner::Set, None),
        ClaimOwner::Pod(pod) => (Owner::Pod, Some(pod)),
        _ => return None,
    })
}

const fn is_for_good(departure: Departure) -> Option<bool> {
    match departure {
        Departure::Restart => Some(false),
        Departure::Leave => Some(true),
        _ => None,
    }
}

const fn on_of(on: On) -> Option<(Kind, Option<u32>)> {
    Some(match on {
        On::Nothing => (Kind::Nothing, None),
        On::Ordinal(ordinal) => (Kind::Ordinal, Some(ordinal)),
        On::Pod(pod) => (Kind::Pod, Some(pod)),
        On::Claim(claim) => (Kind::Claim, Some(claim)),
        On::Node(node) => (Kind::Node, Some(node)),
        On::Budget(budget) => (Kind::Budget, Some(budget)),
        On::View => (Kind::View, None),
        _ => return None,
    })
}

/// The planner's enums may grow, and this module knows all of their values: the test below walks them.
fn unknown() -> PyErr {
    bug("the planner gave a value that this module does not know")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_an_object_of_a_class_of_its_own() {
        Python::initialize();
        Python::attach(|py| {
            let classes = Do::ALL.map(|what| {
                let object =
                    object_of(py, (0, 0, 0), Reason::ScaleOut, what, false).expect("an object");
                object.get_type().qualname().expect("a name").to_string()
            });
            for (i, class) in classes.iter().enumerate() {
                assert!(!classes[..i].contains(class), "{class}");
            }
        });
        assert!(
            ClaimOwner::ALL
                .iter()
                .all(|&owner| owner_of(owner).is_some())
        );
        assert!(
            Departure::ALL
                .iter()
                .all(|&departure| is_for_good(departure).is_some())
        );
        assert!(On::ALL.iter().all(|&on| on_of(on).is_some()));
    }
}
