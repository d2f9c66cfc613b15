//! Causes: why a set is not as it is wanted, and what is worth knowing of one that is.

use std::string::String;
use std::vec::Vec;

use serde::{Serialize, Serializer};

use super::cure::Cure;
use super::line;
use super::name::CauseName;
use crate::all::all;
use crate::desired::{NO_ORDINAL, Ordinal};
use crate::time::Millis;

/// One cause.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Cause {
    /// Which one it is.
    pub name: CauseName,
    /// What it means for the set.
    pub weight: Weight,
    /// The object to look at.
    pub object: ObjectName,
    /// The first ordinal that it concerns. It is [`NO_ORDINAL`], and left out of the JSON, if the set itself is concerned.
    #[serde(skip_serializing_if = "is_none")]
    pub first: Ordinal,
    /// The last ordinal that it concerns, with the same exception.
    #[serde(skip_serializing_if = "is_none")]
    pub last: Ordinal,
    /// Since when it has been so, if it may end by itself. A recent one of these is the ordinary course of things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// What is wrong.
    pub text: String,
    /// Where that stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Proof>,
    /// What ends it. If there are several ways out, a person has to decide between them.
    pub cures: Vec<Cure>,
}

/// An object, by kind and name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ObjectName {
    /// Its kind, such as `Pod`.
    pub kind: String,
    /// Its name. The namespace is that of the set, for kinds that have one.
    pub name: String,
}

impl ObjectName {
    pub(super) fn new(kind: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            name: name.into(),
        }
    }
}

/// A field or an event that shows the cause.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Proof {
    /// The object that the field is of, or that the event is about.
    pub object: ObjectName,
    /// The field, such as `status.conditions[0].message`, or `event` and the event's reason.
    pub field: String,
    /// What stands there.
    pub text: String,
}

/// What a cause means for the set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Weight {
    /// It keeps the set from what is wanted. If it lasts, the set is stuck.
    Hindrance,
    /// Somebody wants it so.
    Choice,
    /// It is worth knowing, and holds nothing back.
    Remark,
}

all!(
    /// All values.
    Weight {
        Hindrance,
        Choice,
        Remark,
    }
);

impl Weight {
    /// Its name, the same in all languages.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Hindrance => "hindrance",
            Self::Choice => "choice",
            Self::Remark => "remark",
        }
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_none(ordinal: &Ordinal) -> bool {
    *ordinal == NO_ORDINAL
}

impl Cause {
    /// A cause that concerns these ordinals.
    pub(super) fn new(
        name: CauseName,
        (first, last): (Ordinal, Ordinal),
        object: ObjectName,
        text: impl Into<String>,
    ) -> Self {
        Self {
            name,
            weight: name.weight(),
            object,
            first,
            last,
            since: None,
            text: text.into(),
            evidence: Vec::new(),
            cures: Vec::new(),
        }
    }

    /// A cause that concerns the set itself.
    pub(super) fn of_set(name: CauseName, object: ObjectName, text: impl Into<String>) -> Self {
        Self::new(name, (NO_ORDINAL, NO_ORDINAL), object, text)
    }

    pub(super) const fn since(mut self, since: Option<Millis>) -> Self {
        self.since = since;
        self
    }

    pub(super) const fn weighing(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    /// The same, seen in a field of its object.
    pub(super) fn seen(self, field: impl Into<String>, text: impl Into<String>) -> Self {
        let object = self.object.clone();
        self.seen_at(object, field, text)
    }

    /// The same, seen in a field of an object.
    pub(super) fn seen_at(
        mut self,
        object: ObjectName,
        field: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self.evidence.push(Proof {
            object,
            field: field.into(),
            text: text.into(),
        });
        self
    }

    /// The same, with one more way out.
    pub(super) fn cure(mut self, cure: Cure) -> Self {
        self.cures.push(cure);
        self
    }

    /// Whether it holds the set back, and has done so for longer than `patience`, or for good.
    pub(super) fn is_stuck(&self, now: Millis, patience: Millis) -> bool {
        self.weight == Weight::Hindrance
            && self
                .since
                .is_none_or(|since| now.saturating_sub(since) > patience)
    }

    /// The same, with each of its sentences on one line: words of the cluster's may stand in it.
    pub(super) fn on_one_line(mut self) -> Self {
        self.text = line::joined(&self.text);
        for cure in &mut self.cures {
            cure.text = line::joined(&cure.text);
            let warning = cure.warning.take();
            cure.warning = warning.map(|it| line::joined(&it));
        }
        self
    }

    /// Takes in another one that says the same of other ordinals.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.text != other.text && !self.text.ends_with(super::finding::LIKEWISE) {
            self.text.push_str(super::finding::LIKEWISE);
        }
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.since = match (self.since, other.since) {
            (Some(one), Some(two)) => Some(one.min(two)),
            _ => None,
        };
        self.evidence.extend(other.evidence);
        // The same ways out, each for one more pod.
        for (cure, more) in self.cures.iter_mut().zip(other.cures) {
            for command in more.commands {
                if !cure.commands.contains(&command) {
                    cure.commands.push(command);
                }
            }
        }
    }
}
