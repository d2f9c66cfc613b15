//! What a set of a world asks for beyond Kubernetes.

use std::fmt;

use serde_json::{Value, json};

use crate::values::object::Fields;

/// The annotation that says it.
pub(super) const ANNOTATION: &str = "statefulset.dev/policies";
/// The label that says a pod's rank.
pub(super) const RANK: &str = "statefulset.dev/rank";

/// Policies of a set, all off by default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asks {
    /// The first ordinal of each exclusion, the last one, and whether their claims stay. In order, without overlaps.
    pub excluded: Vec<(u32, u32, bool)>,
    /// Whether the pod of an excluded ordinal waits for its stand-in.
    pub stand_in_first: bool,
    /// What is not done for now.
    pub paused: Vec<&'static str>,
    /// `Off`, `Order` or `Tiers`; empty for `Off`.
    pub ranked: &'static str,
    /// How many pods may start at a time; 0 for any number.
    pub scale_out: u32,
    /// How many pods may leave at a time; 0 for any number.
    pub scale_in: u32,
    /// After how many seconds a broken pod of an old revision is replaced, how many over the budget, and whether
    /// `OrderedReady` does so, too.
    pub repair: Option<(u32, u32, bool)>,
    /// `Off`, `IfPossible` or `Only`; empty for `Off`.
    pub in_place: &'static str,
    /// How many seconds pass between two disruptions; 0 for none.
    pub pace: u32,
    /// After how many seconds without progress it is overdue, and what follows: `Report`, `Halt` or `Suggest`.
    pub deadline: Option<(u32, &'static str)>,
}

impl Asks {
    /// Whether it asks for nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The same once nothing is paused, or held for ever.
    pub(super) fn going_on(&self) -> Self {
        Self {
            paused: Vec::new(),
            in_place: match self.in_place {
                "Only" => "IfPossible",
                other => other,
            },
            deadline: self.deadline.map(|(after, _)| (after, "Report")),
            ..self.clone()
        }
    }

    /// Ones that ask for less.
    pub(super) fn simpler(&self) -> Vec<Self> {
        let mut simpler = vec![Self::default()];
        let mut offer = |change: &dyn Fn(&mut Self)| {
            let mut other = self.clone();
            change(&mut other);
            if other != *self && !simpler.contains(&other) {
                simpler.push(other);
            }
        };
        offer(&|it| it.excluded.truncate(1));
        offer(&|it| it.excluded.clear());
        offer(&|it| it.stand_in_first = false);
        offer(&|it| it.paused.truncate(1));
        offer(&|it| it.paused.clear());
        offer(&|it| it.ranked = "");
        offer(&|it| it.scale_out = 0);
        offer(&|it| it.scale_in = 0);
        offer(&|it| it.repair = None);
        offer(&|it| it.in_place = "");
        offer(&|it| it.pace = 0);
        offer(&|it| it.deadline = None);
        simpler.retain(|it| it != self);
        simpler
    }
}

impl fmt::Display for Asks {
    /// As the annotation has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = json!({});
        let excluded = self
            .excluded
            .iter()
            .map(|(first, last, keep)| json!({"first": first, "last": last, "keepClaims": keep}));
        if !self.excluded.is_empty() {
            text["excluded"] = excluded.collect::<Vec<_>>().into();
        }
        if self.stand_in_first {
            text["standInFirst"] = true.into();
        }
        if !self.paused.is_empty() {
            text["paused"] = json!(self.paused);
        }
        if !self.ranked.is_empty() {
            text["ranked"] = self.ranked.into();
        }
        for (name, limit) in [
            ("scaleOutLimit", self.scale_out),
            ("scaleInLimit", self.scale_in),
        ] {
            if limit > 0 {
                text[name] = limit.into();
            }
        }
        if !self.in_place.is_empty() {
            text["inPlace"] = self.in_place.into();
        }
        if self.pace > 0 {
            text["paceSeconds"] = self.pace.into();
        }
        if let Some((after, then)) = self.deadline {
            text["deadline"] = json!({"afterSeconds": after, "then": then});
        }
        if let Some((after, beyond, ordered)) = self.repair {
            text["repair"] =
                json!({"afterSeconds": after, "beyondBudget": beyond, "ordered": ordered});
        }
        write!(f, "{text}")
    }
}

/// The numbers of a set's annotation that the checks need.
#[derive(Default)]
pub(super) struct Read {
    /// First ordinal, last ordinal, and whether the claims stay.
    pub(super) excluded: Vec<(u32, u32, bool)>,
    pub(super) is_ranked: bool,
}

impl Read {
    pub(super) fn of(set: &Value) -> Self {
        let Some(text) = set["metadata"]["annotations"][ANNOTATION].as_str() else {
            return Self::default();
        };
        let asked: Value = serde_json::from_str(text).unwrap_or_default();
        let number = |it: &Value, field: &str| {
            let number = it.int(field).and_then(|n| u32::try_from(n).ok());
            number.unwrap_or(0)
        };
        let excluded = asked.list("/excluded").iter().map(|it| {
            let keep = it["keepClaims"] == true;
            (number(it, "/first"), number(it, "/last"), keep)
        });
        Self {
            excluded: excluded.collect(),
            is_ranked: ["Order", "Tiers"].contains(&asked.text("/ranked")),
        }
    }
}
