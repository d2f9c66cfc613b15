//! Whom the controller takes away: the pod that it saw and no namesake, by force only where it cannot run any more, and
//! from a draining node nobody whom a disruption budget protects.

use statefulset::Reason;
use statefulset::kubernetes::{Method, Outcome};

use super::breach::Breach;
use crate::controller::faults::{Call, Pass};
use crate::store::{Change, Happened};
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Judges a call by what it is about to do.
pub(super) fn judge(call: &Call, change: &Change) -> Result<(), Breach> {
    let is_leaving = change.happened == Happened::Deleted || change.object.is_terminating();
    if change.key.kind != Kind::Pod || !is_leaving {
        return Ok(());
    }
    let (name, uid) = (&change.key.name, change.object.uid());
    let seen = call.seen.as_ref().map_or("none", |pod| pod.uid());
    if seen != uid {
        let how = format!("it saw {name} with uid {seen}, and takes away the one with uid {uid}");
        return Err(Breach::of("only the pod that was seen", how));
    }
    let runs = !change.object.text("/spec/nodeName").is_empty()
        && !matches!(change.object.text("/status/phase"), "Failed" | "Succeeded");
    if runs && change.happened == Happened::Deleted && !call.vouched {
        let node = change.object.text("/spec/nodeName");
        let how = format!("{name} is removed from {node}, where it may still run");
        return Err(Breach::of("by force only from a dead node", how));
    }
    if call.reason == Some(Reason::Drain) && call.method == Method::Delete {
        let how = format!("{name} is drained without its budget's being asked");
        return Err(Breach::of("budgets are kept", how));
    }
    Ok(())
}

/// Judges a call by its being refused: whoever knows all should have known that a budget would not allow it.
pub(super) fn judge_refused(pass: &Pass, call: &Call) -> Result<(), Breach> {
    let refused = call.upset.is_none() && matches!(call.outcome, Some(Outcome::Failed(_)));
    if call.reason == Some(Reason::Drain) && refused && pass.informed {
        let how = format!("{} is asked for against a budget that is known", call.path);
        return Err(Breach::of("budgets are kept", how));
    }
    Ok(())
}
