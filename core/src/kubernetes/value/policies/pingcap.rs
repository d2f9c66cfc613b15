//! The policies as PingCAP's advanced StatefulSet has them: two annotations (rule Y-6).

use std::format;
use std::vec::Vec;

use serde_json::Value;

use super::{Mistake, SetPolicies, annotation, annotation_path, in_order};
use crate::desired::MAX_ORDINAL;
use crate::policies::{Exclusion, PartitionBy, Paused, Policies};

pub(super) const DELETE_SLOTS: &str = "delete-slots";
const PAUSED_RECONCILE: &str = "paused-reconcile";

/// The partition counts ordinals there. A list that cannot be read is a mistake here; there it is no list at all.
pub(super) fn read(set: &Value) -> Result<SetPolicies, Mistake> {
    let mistake = |problem| Mistake::new(annotation_path(DELETE_SLOTS), problem);
    let list = annotation(set, DELETE_SLOTS).filter(|text| !text.is_empty());
    let list: Vec<Value> = match list {
        Some(text) => serde_json::from_str(text).map_err(|_| {
            mistake(format!(
                "expected a list of ordinals such as [1,3], found {text:?}"
            ))
        })?,
        None => Vec::new(),
    };
    let mut ordinals = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let ordinal = value.as_u64().and_then(|it| u32::try_from(it).ok());
        let ordinal = ordinal.filter(|it| *it <= MAX_ORDINAL).ok_or_else(|| {
            mistake(format!(
                "[{index}]: expected an ordinal from 0 to {MAX_ORDINAL}, found {value}"
            ))
        })?;
        ordinals.push(ordinal);
    }
    // They are a set there: one that stands twice is excluded once.
    ordinals.sort_unstable();
    ordinals.dedup();
    let excluded = ordinals.iter().map(|&it| Exclusion::range(it, it));
    let is_paused = annotation(set, PAUSED_RECONCILE) == Some("true");
    Ok(SetPolicies {
        fixed: Policies {
            partition_by: PartitionBy::Ordinal,
            paused: if is_paused {
                Paused::ALL
            } else {
                Paused::NOTHING
            },
            ..Policies::NONE
        },
        excluded: in_order(excluded.enumerate().collect())
            .map_err(|(_, problem)| mistake(problem))?,
        ..SetPolicies::default()
    })
}
