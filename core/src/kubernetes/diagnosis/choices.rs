//! What somebody wants to be so: a partition, `OnDelete`.

use std::format;
use std::string::ToString;

use super::case::Case;
use super::cause::Cause;
use super::cure::{Cure, quoted};
use super::finding::ranges;
use super::name::CauseName;
use crate::desired::{Ordinal, Strategy};
use crate::plan;
use std::vec::Vec;

/// Pods that are not at the update revision, because somebody wants it so.
pub(super) fn of(case: &Case<'_>) -> Option<Cause> {
    let set = case.set();
    let update = case.turn.snapshot.desired().update;
    let partition = match set.strategy {
        Strategy::RollingUpdate(rolling) => rolling.map_or(0, |rolling| rolling.partition),
        Strategy::OnDelete => u32::MAX,
        Strategy::Recreate => 0,
    };
    let desired = case.turn.snapshot.desired();
    let observed = case.turn.snapshot.observed();
    let old = plan::with_facts(&desired, &observed, case.now, |facts| {
        let slots = facts.roster.slots().map(|(_, pod)| pod);
        let held = slots.filter(|pod| pod.revision != update && !facts.wants_rollout(pod));
        held.map(|pod| pod.ordinal).collect::<Vec<Ordinal>>()
    });
    let old = old.ok()?;
    let range = (*old.iter().min()?, *old.iter().max()?);
    let who = ranges(&set.key.name, old.iter().map(|it| (*it, *it)).collect());
    let revision = &case.turn.history.update;
    let place = case.set_place();
    Some(if set.strategy == Strategy::OnDelete {
        let text = format!("{who}: not at revision {revision}, because the strategy is OnDelete");
        let cure = Cure::new("delete the pods by hand, one after the other, when it suits you");
        let first = crate::kubernetes::object::template::pod_name(set, range.1);
        let cure = cure.run(case.kubectl("delete", "pod", &first));
        let cause = Cause::new(CauseName::OnDelete, range, place, text);
        cause
            .seen("spec.updateStrategy.type", "OnDelete")
            .cure(cure)
    } else {
        let text =
            format!("{who}: not at revision {revision}, because the partition is {partition}");
        let spec = r#"{"spec":{"updateStrategy":{"rollingUpdate":{"partition":0}}}}"#;
        let patch = format!(
            "kubectl patch {} --type=merge -p {}",
            case.set_words(),
            quoted(spec)
        );
        let field = "spec.updateStrategy.rollingUpdate.partition";
        Cause::new(CauseName::Partition, range, place, text)
            .seen(field, partition.to_string())
            .cure(Cure::new("lower the partition").run(patch))
    })
}
