//! The policies in the words of this library: the field `spec.policies`, or the annotation.

use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec::Vec;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::rank::RankBy;
use super::{SetPolicies, in_order};
use crate::desired::{Limit, MAX_ORDINAL, Ordinal};
use crate::kubernetes::value::input::{self, from_map, or_default};
use crate::policies::{Exclusion, PartitionBy, Paused, Policies, Ranked, Repair, Ties};
use crate::time::Millis;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Written {
    #[serde(deserialize_with = "or_default")]
    excluded: Vec<Item>,
    #[serde(deserialize_with = "or_default")]
    partition_by: By,
    #[serde(deserialize_with = "or_default")]
    stand_in_first: bool,
    #[serde(deserialize_with = "or_default")]
    paused: Vec<Kind>,
    #[serde(deserialize_with = "or_default")]
    ranked: Order,
    #[serde(deserialize_with = "or_default")]
    ties: First,
    #[serde(deserialize_with = "limit")]
    scale_out_limit: Option<Limit>,
    #[serde(deserialize_with = "limit")]
    scale_in_limit: Option<Limit>,
    #[serde(deserialize_with = "group")]
    group: Option<Box<str>>,
    #[serde(deserialize_with = "broken")]
    repair: Option<Broken>,
}

/// Serde would read one from a list, too.
#[derive(Deserialize)]
struct Item(#[serde(deserialize_with = "from_map")] Excluded);

/// The same of the whole.
#[derive(Deserialize)]
struct Whole(#[serde(deserialize_with = "from_map")] Written);

fn broken<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Broken>, D::Error> {
    #[derive(Deserialize)]
    struct Block(#[serde(deserialize_with = "from_map")] Broken);
    Ok(Option::<Block>::deserialize(input)?.map(|it| it.0))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Excluded {
    #[serde(deserialize_with = "ordinal")]
    first: Ordinal,
    #[serde(default, deserialize_with = "ordinal_if_given")]
    last: Option<Ordinal>,
    #[serde(default, deserialize_with = "or_default")]
    keep_claims: bool,
}

#[derive(Deserialize, Default, Clone, Copy)]
enum By {
    #[default]
    Rank,
    Ordinal,
}

#[derive(Deserialize, Clone, Copy)]
enum Kind {
    Creation,
    ScaleIn,
    Rollout,
    Repair,
    Replacement,
    All,
}

#[derive(Deserialize, Default, Clone, Copy)]
enum Order {
    #[default]
    Off,
    #[serde(rename = "Order")]
    ByRank,
    Tiers,
}

#[derive(Deserialize, Default, Clone, Copy)]
enum First {
    #[default]
    HighestFirst,
    LowestFirst,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Broken {
    #[serde(default, deserialize_with = "seconds")]
    after_seconds: Millis,
    #[serde(default, deserialize_with = "beyond")]
    beyond_budget: u32,
    #[serde(default = "yes", deserialize_with = "yes_if_null")]
    ordered: bool,
    #[serde(default, deserialize_with = "or_default")]
    pending: bool,
}

const fn yes() -> bool {
    true
}

fn yes_if_null<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    Ok(Option::deserialize(input)?.unwrap_or(true))
}

/// A whole number up to a limit; anything else is not what was expected.
fn number<E: Error>(value: &Value, limit: u32, expected: &str) -> Result<u32, E> {
    let number = value.as_u64().filter(|it| *it <= u64::from(limit));
    let number = number.and_then(|it| u32::try_from(it).ok());
    number.ok_or_else(|| E::custom(format!("expected {expected}, found {value}")))
}

fn ordinal<'de, D: Deserializer<'de>>(input: D) -> Result<Ordinal, D::Error> {
    let expected = format!("an ordinal from 0 to {MAX_ORDINAL}");
    number(&Value::deserialize(input)?, MAX_ORDINAL, &expected)
}

fn ordinal_if_given<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Ordinal>, D::Error> {
    let value = Value::deserialize(input)?;
    let expected = format!("an ordinal from 0 to {MAX_ORDINAL}");
    (!value.is_null())
        .then(|| number(&value, MAX_ORDINAL, &expected))
        .transpose()
}

fn seconds<'de, D: Deserializer<'de>>(input: D) -> Result<Millis, D::Error> {
    let value = Value::deserialize(input)?;
    if value.is_null() {
        return Ok(0);
    }
    let seconds = number(&value, i32::MAX.unsigned_abs(), "a number of seconds")?;
    Ok(Millis::from(seconds) * 1000)
}

fn beyond<'de, D: Deserializer<'de>>(input: D) -> Result<u32, D::Error> {
    let value = Value::deserialize(input)?;
    match value {
        Value::Null => Ok(0),
        Value::String(text) if text == "Unlimited" => Ok(u32::MAX),
        value => number(&value, u32::MAX - 1, "a number of pods or Unlimited"),
    }
}

/// A limit of at least one pod.
pub(super) fn limit<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Limit>, D::Error> {
    let value = Value::deserialize(input)?;
    let limit = match &value {
        Value::Null => return Ok(None),
        Value::Number(number) => {
            let number = number.as_u64().filter(|it| *it > 0);
            number.map(|it| Limit::Count(u32::try_from(it).unwrap_or(u32::MAX)))
        }
        Value::String(text) => text
            .strip_suffix('%')
            .filter(|digits| digits.bytes().all(|it| it.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .filter(|percent| (1..=100).contains(percent))
            .map(Limit::Percent),
        _ => None,
    };
    limit.map(Some).ok_or_else(|| {
        D::Error::custom(format!(
            "expected a number of pods of at least 1, or a percentage from 1% to 100%, found {value}"
        ))
    })
}

fn group<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Box<str>>, D::Error> {
    let name: Option<String> = Option::deserialize(input)?;
    if name.as_deref() == Some("") {
        return Err(D::Error::custom("expected the name of a group"));
    }
    Ok(name.map(Into::into))
}

/// Reads the policies. The error is the path and the problem.
pub(super) fn read(json: &[u8]) -> Result<SetPolicies, (String, String)> {
    let written: Option<Whole> = input::read(json)?;
    let written = written.map_or_else(Written::default, |it| it.0);
    let mut excluded = Vec::with_capacity(written.excluded.len());
    for (index, Item(it)) in written.excluded.iter().enumerate() {
        let last = it.last.unwrap_or(it.first);
        if last < it.first {
            let problem = format!("expected an ordinal from {} on, found {last}", it.first);
            return Err((format!("excluded[{index}].last"), problem));
        }
        let exclusion = Exclusion::range(it.first, last);
        excluded.push((
            index,
            if it.keep_claims {
                exclusion.keeping_claims()
            } else {
                exclusion
            },
        ));
    }
    let excluded =
        in_order(excluded).map_err(|(index, problem)| (format!("excluded[{index}]"), problem))?;
    let paused = written.paused.iter().fold(Paused::NOTHING, |all, kind| {
        all.with(match kind {
            Kind::Creation => Paused::CREATION,
            Kind::ScaleIn => Paused::SCALE_IN,
            Kind::Rollout => Paused::ROLLOUT,
            Kind::Repair => Paused::REPAIR,
            Kind::Replacement => Paused::REPLACEMENT,
            Kind::All => Paused::ALL,
        })
    });
    Ok(SetPolicies {
        fixed: Policies {
            partition_by: match written.partition_by {
                By::Rank => PartitionBy::Rank,
                By::Ordinal => PartitionBy::Ordinal,
            },
            stand_in_first: written.stand_in_first,
            paused,
            ranked: match written.ranked {
                Order::Off => Ranked::Off,
                Order::ByRank => Ranked::Order,
                Order::Tiers => Ranked::Tiers,
            },
            ties: match written.ties {
                First::HighestFirst => Ties::HighestFirst,
                First::LowestFirst => Ties::LowestFirst,
            },
            scale_out_limit: written.scale_out_limit,
            scale_in_limit: written.scale_in_limit,
            repair: written.repair.map(|it| Repair {
                after: it.after_seconds,
                beyond_budget: it.beyond_budget,
                ordered: it.ordered,
                pending: it.pending,
            }),
            ..Policies::NONE
        },
        excluded,
        group: written.group,
        rank_by: RankBy::Label,
        min_ready: None,
    })
}
