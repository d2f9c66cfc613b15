//! What a set asks for beyond Kubernetes, as its object says it (rules Y-1 to Y-6).

mod kruise;
mod pingcap;
pub(crate) mod rank;
mod written;

use std::boxed::Box;
use std::format;
use std::string::{String, ToString as _};
use std::vec::Vec;

use serde_json::Value;

use self::rank::RankBy;
use super::input::within;
use super::marks::MarkedBy;
use crate::policies::{Exclusion, Policies};
use crate::profile::PolicySource;
use crate::time::Millis;

/// The annotation in which a StatefulSet says its policies, as JSON, where
/// [`Profile::policies`](crate::Profile::policies) lets it.
pub const POLICIES_ANNOTATION: &str = "statefulset.dev/policies";
/// The label with which sets say that they are a group, in the zones profile.
const ROLLOUT_GROUP: &str = "rollout-group";

/// The policies of one set.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct SetPolicies {
    /// All but the exclusions.
    fixed: Policies<'static>,
    /// In order, without overlaps.
    excluded: Vec<Exclusion>,
    /// The group of sets with which it shares disruptions.
    pub(crate) group: Option<Box<str>>,
    /// What gives its pods their ranks.
    pub(crate) rank_by: RankBy,
    /// Where its pods say what they must not go for, and the like.
    pub(crate) marked_by: MarkedBy,
    /// How long a pod must have been ready, where a dialect says it in a place of its own.
    pub(crate) min_ready: Option<Millis>,
}

impl SetPolicies {
    /// As the planner knows them. The group's allowance is not among them yet.
    pub(crate) fn view(&self) -> Policies<'_> {
        Policies {
            excluded: &self.excluded,
            ..self.fixed
        }
    }
}

/// What is wrong with the policies of a set, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Mistake {
    /// The path in the set.
    pub(crate) path: String,
    pub(crate) problem: String,
}

impl Mistake {
    fn new(path: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            problem: problem.into(),
        }
    }
}

/// Reads the policies of a set. `is_own` says that it is of a resource of one's own, not a StatefulSet.
pub(crate) fn read(
    set: &Value,
    source: PolicySource,
    is_own: bool,
) -> Result<SetPolicies, Mistake> {
    match source {
        PolicySource::Resource if !is_own => Ok(SetPolicies::default()),
        PolicySource::Resource | PolicySource::Annotations => written_in(set, is_own),
        PolicySource::Zones => {
            let mut policies = written_in(set, is_own)?;
            let label = set["metadata"]["labels"][ROLLOUT_GROUP].as_str();
            if policies.group.is_none() {
                policies.group = label.map(Into::into);
            }
            Ok(policies)
        }
        PolicySource::Kruise => kruise::read(set),
        PolicySource::PingCap => pingcap::read(set),
    }
}

/// In the words of this library.
fn written_in(set: &Value, is_own: bool) -> Result<SetPolicies, Mistake> {
    if is_own {
        let place = "spec.policies";
        let json = set["spec"]["policies"].to_string();
        return written::read(json.as_bytes())
            .map_err(|(path, problem)| Mistake::new(within(place, &path), problem));
    }
    let Some(text) = annotation(set, POLICIES_ANNOTATION) else {
        return written::read(b"{}").map_err(|(path, problem)| Mistake::new(path, problem));
    };
    written::read(text.as_bytes()).map_err(|(path, problem)| {
        let problem = match &*path {
            "." | "?" => problem,
            path => format!("{path}: {problem}"),
        };
        Mistake::new(annotation_path(POLICIES_ANNOTATION), problem)
    })
}

/// The group that a set names, though something else about it cannot be read.
pub(crate) fn group_of(set: &Value, source: PolicySource, is_own: bool) -> Option<Box<str>> {
    let written = match source {
        PolicySource::Kruise | PolicySource::PingCap => return None,
        PolicySource::Resource if !is_own => return None,
        _ if is_own => set["spec"]["policies"].clone(),
        _ => serde_json::from_str(annotation(set, POLICIES_ANNOTATION).unwrap_or_default())
            .unwrap_or_default(),
    };
    let label = (source == PolicySource::Zones)
        .then(|| set["metadata"]["labels"][ROLLOUT_GROUP].as_str())
        .flatten();
    let group = written["group"].as_str().or(label);
    group.filter(|it| !it.is_empty()).map(Into::into)
}

/// The field in which a set of this source leaves out ordinals.
pub(crate) fn exclusions(source: PolicySource, is_own: bool) -> String {
    match source {
        PolicySource::Kruise => "spec.reserveOrdinals".into(),
        PolicySource::PingCap => annotation_path(pingcap::DELETE_SLOTS),
        _ if is_own => "spec.policies.excluded".into(),
        _ => annotation_path(POLICIES_ANNOTATION),
    }
}

/// That exclusions leave a set no room for its ordinals.
pub(crate) const NO_ROOM: &str = "expected exclusions that leave room: so many ordinals are left out that the last one would be above 2147483647";

fn annotation<'a>(set: &'a Value, name: &str) -> Option<&'a str> {
    set["metadata"]["annotations"].get(name)?.as_str()
}

fn annotation_path(name: &str) -> String {
    format!("metadata.annotations[{name}]")
}

/// Exclusions in whatever order, each from the item of a list with this index, put in order. The error is the index of one
/// that overlaps another, and the problem.
fn in_order(mut excluded: Vec<(usize, Exclusion)>) -> Result<Vec<Exclusion>, (usize, String)> {
    excluded.sort_by_key(|(index, it)| (it.first, *index));
    for pair in excluded.windows(2) {
        let [(one, before), (other, after)] = pair else {
            continue;
        };
        if after.first <= before.last {
            let (index, earlier) = (*one.max(other), *one.min(other));
            let problem = format!(
                "expected ordinals that no other item excludes, but item {earlier} excludes {} as well",
                after.first
            );
            return Err((index, problem));
        }
    }
    Ok(excluded.into_iter().map(|(_, it)| it).collect())
}
