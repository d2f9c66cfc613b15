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
use crate::kubernetes::value::input::{self, from_map, or_default, scalar};
use crate::kubernetes::value::marks::{MarkedBy, PURPOSES};
use crate::policies::{
    Deadline, Exclusion, InPlace, Overdue, PartitionBy, Paused, Policies, Ranked, Repair, Ties,
};
use crate::purpose::Purposes;
use crate::time::Millis;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Written {
    #[serde(deserialize_with = "or_default")]
    excluded: Vec<Item>,
    #[serde(deserialize_with = "partition_by")]
    partition_by: PartitionBy,
    #[serde(deserialize_with = "or_default")]
    stand_in_first: bool,
    #[serde(deserialize_with = "or_default")]
    paused: Vec<Kind>,
    #[serde(deserialize_with = "ranked")]
    ranked: Ranked,
    #[serde(deserialize_with = "ties")]
    ties: Ties,
    #[serde(deserialize_with = "limit")]
    scale_out_limit: Option<Limit>,
    #[serde(deserialize_with = "limit")]
    scale_in_limit: Option<Limit>,
    #[serde(deserialize_with = "group")]
    group: Option<Box<str>>,
    #[serde(deserialize_with = "broken")]
    repair: Option<Broken>,
    #[serde(deserialize_with = "pace")]
    pace_seconds: Option<Millis>,
    #[serde(deserialize_with = "limited")]
    deadline: Option<Limited>,
    #[serde(deserialize_with = "or_default")]
    ask: Vec<Asked>,
    #[serde(deserialize_with = "in_place")]
    in_place: InPlace,
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

fn limited<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Limited>, D::Error> {
    #[derive(Deserialize)]
    struct Block(#[serde(deserialize_with = "from_map")] Limited);
    Ok(Option::<Block>::deserialize(input)?.map(|it| it.0))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Limited {
    #[serde(deserialize_with = "at_least_a_second")]
    after_seconds: Millis,
    #[serde(default, deserialize_with = "overdue")]
    then: Overdue,
}

fn overdue<'de, D: Deserializer<'de>>(input: D) -> Result<Overdue, D::Error> {
    let words = [
        ("Report", Overdue::Report),
        ("Halt", Overdue::Halt),
        ("Suggest", Overdue::Suggest),
    ];
    word(input, &words)
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

/// A kind of action that is paused.
#[derive(Deserialize)]
struct Kind(#[serde(deserialize_with = "paused")] Paused);

/// A purpose for which pods are asked before they go.
#[derive(Deserialize)]
struct Asked(#[serde(deserialize_with = "purpose")] Purposes);

fn purpose<'de, D: Deserializer<'de>>(input: D) -> Result<Purposes, D::Error> {
    word(input, &PURPOSES)
}

/// One of some words. `null` is the first one.
fn word<'de, D: Deserializer<'de>, T: Copy>(input: D, words: &[(&str, T)]) -> Result<T, D::Error> {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let expected = format!("one of {}", names.join(", "));
    let value = scalar(input, &expected)?;
    let found = match &value {
        Value::Null => words.first(),
        value => words.iter().find(|(word, _)| value == word),
    };
    found
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| D::Error::custom(format!("expected {expected}, found {value}")))
}

fn partition_by<'de, D: Deserializer<'de>>(input: D) -> Result<PartitionBy, D::Error> {
    let words = [
        ("Rank", PartitionBy::Rank),
        ("Ordinal", PartitionBy::Ordinal),
    ];
    word(input, &words)
}

fn ranked<'de, D: Deserializer<'de>>(input: D) -> Result<Ranked, D::Error> {
    let words = [
        ("Off", Ranked::Off),
        ("Order", Ranked::Order),
        ("Tiers", Ranked::Tiers),
    ];
    word(input, &words)
}

fn ties<'de, D: Deserializer<'de>>(input: D) -> Result<Ties, D::Error> {
    let words = [
        ("HighestFirst", Ties::HighestFirst),
        ("LowestFirst", Ties::LowestFirst),
    ];
    word(input, &words)
}

fn in_place<'de, D: Deserializer<'de>>(input: D) -> Result<InPlace, D::Error> {
    let words = [
        ("Off", InPlace::Off),
        ("IfPossible", InPlace::IfPossible),
        ("Only", InPlace::Only),
    ];
    word(input, &words)
}

/// The same in OpenKruise's words.
pub(super) fn pod_update_policy<'de, D: Deserializer<'de>>(input: D) -> Result<InPlace, D::Error> {
    let words = [
        ("ReCreate", InPlace::Off),
        ("InPlaceIfPossible", InPlace::IfPossible),
        ("InPlaceOnly", InPlace::Only),
    ];
    word(input, &words)
}

fn paused<'de, D: Deserializer<'de>>(input: D) -> Result<Paused, D::Error> {
    let words = [
        ("Creation", Paused::CREATION),
        ("ScaleIn", Paused::SCALE_IN),
        ("Rollout", Paused::ROLLOUT),
        ("Repair", Paused::REPAIR),
        ("Replacement", Paused::REPLACEMENT),
        ("All", Paused::ALL),
    ];
    word(input, &words)
}

/// A whole number up to a limit; anything else is not what was expected.
fn number<E: Error>(value: &Value, limit: u32, expected: &str) -> Result<u32, E> {
    let number = value.as_u64().filter(|it| *it <= u64::from(limit));
    let number = number.and_then(|it| u32::try_from(it).ok());
    number.ok_or_else(|| E::custom(format!("expected {expected}, found {value}")))
}

fn ordinal<'de, D: Deserializer<'de>>(input: D) -> Result<Ordinal, D::Error> {
    let expected = format!("an ordinal from 0 to {MAX_ORDINAL}");
    number(&scalar(input, &expected)?, MAX_ORDINAL, &expected)
}

fn ordinal_if_given<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Ordinal>, D::Error> {
    let expected = format!("an ordinal from 0 to {MAX_ORDINAL}");
    let value = scalar(input, &expected)?;
    (!value.is_null())
        .then(|| number(&value, MAX_ORDINAL, &expected))
        .transpose()
}

fn seconds<'de, D: Deserializer<'de>>(input: D) -> Result<Millis, D::Error> {
    let expected = "a number of seconds";
    let value = scalar(input, expected)?;
    if value.is_null() {
        return Ok(0);
    }
    let seconds = number(&value, i32::MAX.unsigned_abs(), expected)?;
    Ok(Millis::from(seconds) * 1000)
}

/// Which may not be left out.
fn at_least_a_second<'de, D: Deserializer<'de>>(input: D) -> Result<Millis, D::Error> {
    let expected = "a number of seconds of at least 1";
    let value = scalar(input, expected)?;
    match number(&value, i32::MAX.unsigned_abs(), expected)? {
        0 => Err(D::Error::custom(format!("expected {expected}, found 0"))),
        seconds => Ok(Millis::from(seconds) * 1000),
    }
}

/// 0 is as good as none.
fn pace<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Millis>, D::Error> {
    Ok(Some(seconds(input)?).filter(|it| *it > 0))
}

fn beyond<'de, D: Deserializer<'de>>(input: D) -> Result<u32, D::Error> {
    let expected = "a number of pods or Unlimited";
    match scalar(input, expected)? {
        Value::Null => Ok(0),
        Value::String(text) if text == "Unlimited" => Ok(u32::MAX),
        value => number(&value, u32::MAX - 1, expected),
    }
}

/// A limit of at least one pod.
pub(super) fn limit<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Limit>, D::Error> {
    let expected = "a number of pods of at least 1, or a percentage from 1% to 100%";
    let value = scalar(input, expected)?;
    let limit = match &value {
        Value::Null => return Ok(None),
        Value::Number(number) => {
            let number = number.as_u64().filter(|it| *it > 0);
            number.map(|it| Limit::Count(u32::try_from(it).unwrap_or(u32::MAX)))
        }
        Value::String(text) => text
            .strip_suffix('%')
            .filter(|digits| {
                digits.bytes().all(|it| it.is_ascii_digit()) && !digits.starts_with('0')
            })
            .and_then(|digits| digits.parse().ok())
            .filter(|percent| (1..=100).contains(percent))
            .map(Limit::Percent),
        _ => None,
    };
    limit
        .map(Some)
        .ok_or_else(|| D::Error::custom(format!("expected {expected}, found {value}")))
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
    let paused = written.paused.iter();
    let paused = paused.fold(Paused::NOTHING, |all, Kind(kind)| all.with(*kind));
    let asked = written.ask.iter();
    let asked = asked.fold(Purposes::NONE, |all, Asked(it)| all.with(*it));
    Ok(SetPolicies {
        fixed: Policies {
            partition_by: written.partition_by,
            stand_in_first: written.stand_in_first,
            paused,
            ranked: written.ranked,
            ties: written.ties,
            scale_out_limit: written.scale_out_limit,
            scale_in_limit: written.scale_in_limit,
            pace: written.pace_seconds,
            deadline: written.deadline.map(|it| Deadline {
                after: it.after_seconds,
                then: it.then,
            }),
            repair: written.repair.map(|it| Repair {
                after: it.after_seconds,
                beyond_budget: it.beyond_budget,
                ordered: it.ordered,
                pending: it.pending,
            }),
            ask: asked,
            in_place: written.in_place,
            ..Policies::NONE
        },
        excluded,
        group: written.group,
        rank_by: RankBy::Label,
        marked_by: MarkedBy::Annotations,
        min_ready: None,
    })
}
