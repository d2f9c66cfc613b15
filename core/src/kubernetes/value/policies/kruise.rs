//! The policies as OpenKruise's Advanced StatefulSet has them: fields of its `spec` (rule Y-5).

use std::boxed::Box;
use std::format;
use std::string::ToString;
use std::vec::Vec;

use serde::Deserialize;
use serde_json::Value;

use super::rank::RankBy;
use super::written::{limit, pod_update_policy};
use super::{Mistake, SetPolicies};
use crate::desired::{Limit, MAX_ORDINAL, Ordinal};
use crate::kubernetes::value::input::{self, or_default, within};
use crate::kubernetes::value::labels::Selector;
use crate::kubernetes::value::marks::MarkedBy;
use crate::policies::{Exclusion, InPlace, Paused, Policies, Ranked};
use crate::time::Millis;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Spec {
    #[serde(deserialize_with = "or_default")]
    reserve_ordinals: Vec<Value>,
    #[serde(deserialize_with = "or_default")]
    scale_strategy: ScaleStrategy,
    #[serde(deserialize_with = "or_default")]
    update_strategy: UpdateStrategy,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct ScaleStrategy {
    #[serde(deserialize_with = "limit")]
    max_unavailable: Option<Limit>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct UpdateStrategy {
    #[serde(deserialize_with = "or_default")]
    rolling_update: RollingUpdate,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RollingUpdate {
    #[serde(deserialize_with = "or_default")]
    paused: bool,
    min_ready_seconds: Option<u32>,
    #[serde(deserialize_with = "pod_update_policy")]
    pod_update_policy: InPlace,
    #[serde(deserialize_with = "or_default")]
    unordered_update: UnorderedUpdate,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct UnorderedUpdate {
    priority_strategy: Option<PriorityStrategy>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct PriorityStrategy {
    #[serde(deserialize_with = "or_default")]
    weight_priority: Vec<Weight>,
    #[serde(deserialize_with = "or_default")]
    order_priority: Vec<Ordered>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Weight {
    weight: u32,
    match_selector: Selector,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ordered {
    ordered_key: Box<str>,
}

/// A list that cannot be read is a mistake here; there its ordinals come back.
pub(super) fn read(set: &Value) -> Result<SetPolicies, Mistake> {
    let json = set["spec"].to_string();
    let spec: Option<Spec> = input::read(json.as_bytes())
        .map_err(|(path, problem)| Mistake::new(within("spec", &path), problem))?;
    let spec = spec.unwrap_or_default();
    let mut ordinals = Vec::new();
    for (index, value) in spec.reserve_ordinals.iter().enumerate() {
        let range = range(value).ok_or_else(|| {
            let path = format!("spec.reserveOrdinals[{index}]");
            let problem = format!(
                "expected an ordinal from 0 to {MAX_ORDINAL} or a range such as 3-5, found {value}"
            );
            Mistake::new(path, problem)
        })?;
        ordinals.push(range);
    }
    let rolling = spec.update_strategy.rolling_update;
    let ranks = rolling.unordered_update.priority_strategy;
    let is_ranked = ranks.is_some();
    Ok(SetPolicies {
        fixed: Policies {
            paused: if rolling.paused {
                Paused::ROLLOUT
            } else {
                Paused::NOTHING
            },
            scale_out_limit: spec.scale_strategy.max_unavailable,
            ranked: if is_ranked {
                Ranked::Order
            } else {
                Ranked::Off
            },
            in_place: rolling.pod_update_policy,
            ..Policies::NONE
        },
        excluded: merged(ordinals),
        marked_by: MarkedBy::Kruise,
        rank_by: ranks.map_or(RankBy::Label, rank_by),
        min_ready: rolling
            .min_ready_seconds
            .map(|seconds| Millis::from(seconds) * 1000),
        ..SetPolicies::default()
    })
}

fn rank_by(ranks: PriorityStrategy) -> RankBy {
    if ranks.weight_priority.is_empty() {
        let keys = ranks.order_priority.into_iter();
        return RankBy::Keys(keys.map(|it| it.ordered_key).collect());
    }
    let weights = ranks.weight_priority.into_iter();
    RankBy::Weights(weights.map(|it| (it.weight, it.match_selector)).collect())
}

/// One ordinal, or two with a dash between them.
fn range(value: &Value) -> Option<(Ordinal, Ordinal)> {
    let ordinal = |it: u64| {
        u32::try_from(it)
            .ok()
            .filter(|ordinal| *ordinal <= MAX_ORDINAL)
    };
    let (first, last) = match value {
        Value::Number(number) => (number.as_u64()?, number.as_u64()?),
        Value::String(text) => {
            let read = |part: &str| part.trim().parse::<u64>().ok();
            match text.split_once('-') {
                Some((first, last)) => (read(first)?, read(last)?),
                None => (read(text)?, read(text)?),
            }
        }
        _ => return None,
    };
    (first <= last).then_some((ordinal(first)?, ordinal(last)?))
}

/// The list is a set of ordinals there, so that ranges may overlap.
fn merged(mut ranges: Vec<(Ordinal, Ordinal)>) -> Vec<Exclusion> {
    ranges.sort_unstable();
    let mut merged: Vec<Exclusion> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(before) if first <= before.last => before.last = before.last.max(last),
            _ => merged.push(Exclusion::range(first, last)),
        }
    }
    merged
}
