//! How each set stands, as text and as JSON.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use statefulset::kubernetes::{Cluster, Diagnosis, Evidence, Key, Kind, ObjectError};

use super::dump::Dump;

/// Without these less can be said.
const WANTED: [Kind; 5] = [
    Kind::PersistentVolumeClaim,
    Kind::PersistentVolume,
    Kind::StorageClass,
    Kind::Node,
    Kind::PodDisruptionBudget,
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    sets: Vec<Diagnosis>,
    /// Sets of which nothing can be said, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreadable: Vec<Unreadable>,
    /// Kinds that were not given: what depends on them is unknown.
    unknown_kinds: Vec<&'static str>,
    /// Whether the reader may know that there are none of them. Where kubectl was asked, it has said why it gave none.
    #[serde(skip)]
    pub(super) asks: bool,
}

#[derive(Serialize)]
struct Unreadable {
    namespace: String,
    name: String,
    problem: String,
}

impl Report {
    /// What is said of the wanted sets.
    pub(super) fn new(
        cluster: &Cluster,
        dump: &Dump<'_>,
        known: &BTreeSet<Kind>,
        now: i64,
        patience: i64,
        evidence: &Evidence<'_>,
        wanted: impl Fn(&Key) -> bool,
    ) -> Self {
        let sets = dump.objects(Kind::StatefulSet);
        let sets = sets.map(|object| Key::new(&*object.namespace, &*object.name));
        let mut sets: Vec<Key> = sets.filter(wanted).collect();
        sets.sort();
        let missing = |kinds: &[Kind]| -> Vec<&'static str> {
            let missing = kinds.iter().filter(|kind| !known.contains(kind));
            missing.map(|kind| kind.resource()).collect()
        };
        let mut report = Self {
            sets: Vec::new(),
            unreadable: Vec::new(),
            unknown_kinds: missing(&WANTED),
            asks: false,
        };
        for key in sets {
            match cluster.diagnose(&key, evidence, now, patience) {
                Ok(diagnosis) => report.sets.push(diagnosis),
                Err(ObjectError { path, problem, .. }) => report.unreadable.push(Unreadable {
                    namespace: key.namespace,
                    name: key.name,
                    problem: format!("{path}: {problem}"),
                }),
            }
        }
        report
    }

    /// Whether something can be said of each set.
    pub(super) fn is_complete(&self) -> bool {
        self.unreadable.is_empty()
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.sets.iter().any(Diagnosis::is_stuck)
    }

    /// Each set.
    pub(super) fn diagnoses(&self) -> impl Iterator<Item = &Diagnosis> {
        self.sets.iter()
    }

    pub(super) fn json(&self) -> String {
        // There is nothing in it that cannot be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for set in &self.sets {
            writeln!(f, "{set}")?;
        }
        for Unreadable {
            namespace,
            name,
            problem,
        } in &self.unreadable
        {
            writeln!(f, "{namespace}/{name}: cannot be read: {problem}")?;
        }
        if self.sets.is_empty() && self.unreadable.is_empty() {
            writeln!(f, "there is no StatefulSet in the input")?;
        }
        if !self.unknown_kinds.is_empty() {
            let kinds = self.unknown_kinds.join(", ");
            write!(f, "not known, because the input has none of them: {kinds}")?;
            if self.asks {
                let kinds = self.unknown_kinds.join(",");
                write!(f, "; if there are none, say so: --kinds {kinds}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
