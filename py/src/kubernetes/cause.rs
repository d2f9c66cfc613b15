//! Why a set is not as it is wanted, and what ends that.

use statefulset::kubernetes::{self, CauseName, Weight};

use super::diagnosis::ordinal;
use crate::field::{Int, List, NO_NAMES, as_passed};
use crate::moment::{Moment, When};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    kubernetes;
    /// Why a set is not as it is wanted, or something that is worth knowing of it.
    Cause in "causes" {
        /// Which one.
        name: &str => Word<CauseName>,
        /// What it means for the set. "hindrance": it keeps the set from what is wanted, and if it lasts, the set is stuck.
        /// "choice": somebody wants it so. "remark": it is worth knowing, and holds nothing back.
        weight: &str => Word<Weight>,
        /// The object to look at.
        object: ObjectName => ObjectName,
        /// The first ordinal that it concerns. None if it concerns the set itself.
        first: Option<Int> = None => Option<u32>,
        /// The last ordinal that it concerns. None if it concerns the set itself.
        last: Option<Int> = None => Option<u32>,
        /// Since when, if it may end by itself. A recent one of these is the ordinary course of things.
        since: Option<When> = None => Option<Moment>,
        /// What is wrong, in words.
        text: String => String,
        /// Where that stands.
        evidence: Vec<Proof> => List<Proof>,
        /// The ways to end it. If there are several, a person has to decide between them.
        cures: Vec<Cure> => List<Cure>,
    }
}

value_class! {
    kubernetes;
    /// An object by kind and name.
    ObjectName in "objects" {
        /// Its kind, such as "Pod".
        kind: String => String,
        /// Its name. The namespace is that of the set, if its kind has namespaces.
        name: String => String,
    }
    more {
        fn __str__(&self) -> String {
            format!("{} {}", self.kind, self.name)
        }
    }
}
as_passed!(ObjectName);

value_class! {
    kubernetes;
    /// A field or an event that shows a cause.
    Proof in "evidence" {
        /// The object that the field is of, or that the event is about.
        object: ObjectName => ObjectName,
        /// The field, such as "status.conditions[0].message", or "event" and the event's reason.
        field: String => String,
        /// What stands there.
        text: String => String,
    }
}

value_class! {
    kubernetes;
    /// One way to end a cause.
    Cure in "cures" {
        /// What to do, in words.
        text: String => String,
        /// What may be lost by it, or what must be certain before. It is to be read first.
        warning: Option<String> = None => Option<String>,
        /// The commands that do it, to be run in order, as they are.
        commands: Vec<String> = NO_NAMES => List<String>,
    }
}

impl From<kubernetes::Cause> for Cause {
    fn from(cause: kubernetes::Cause) -> Self {
        Self {
            name: Word(cause.name),
            weight: Word(cause.weight),
            object: cause.object.into(),
            first: ordinal(cause.first),
            last: ordinal(cause.last),
            since: cause.since.map(Moment),
            text: cause.text,
            evidence: List(cause.evidence.into_iter().map(Proof::from).collect()),
            cures: List(cause.cures.into_iter().map(Cure::from).collect()),
        }
    }
}

impl From<kubernetes::ObjectName> for ObjectName {
    fn from(object: kubernetes::ObjectName) -> Self {
        Self {
            kind: object.kind,
            name: object.name,
        }
    }
}

impl From<kubernetes::Proof> for Proof {
    fn from(proof: kubernetes::Proof) -> Self {
        Self {
            object: proof.object.into(),
            field: proof.field,
            text: proof.text,
        }
    }
}

impl From<kubernetes::Cure> for Cure {
    fn from(cure: kubernetes::Cure) -> Self {
        Self {
            text: cure.text,
            warning: cure.warning,
            commands: List(cure.commands),
        }
    }
}
