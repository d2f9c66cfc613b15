//! How each set stands, as text and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use statefulset::kubernetes::{Cluster, Diagnosis, Finding, Key, Kind, ObjectError};

use super::dump::Dump;
use super::symptoms::Pod;

/// Without these nothing can be said of a set.
const NEEDED: [Kind; 2] = [Kind::Pod, Kind::ControllerRevision];
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
    sets: Vec<Entry>,
    /// Sets of which nothing can be said, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unreadable: Vec<Unreadable>,
    /// Kinds that were not given: what depends on them is unknown.
    unknown_kinds: Vec<&'static str>,
}

/// One set.
#[derive(Serialize)]
struct Entry {
    stuck: bool,
    #[serde(flatten)]
    diagnosis: Diagnosis,
    /// What pods that are waited for say themselves.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    symptoms: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize)]
struct Unreadable {
    namespace: String,
    name: String,
    problem: String,
}

#[derive(Deserialize)]
struct Named {
    metadata: Name,
}

#[derive(Deserialize)]
struct Name {
    #[serde(default)]
    namespace: String,
    name: String,
}

impl Report {
    /// An error where nothing can be said of any set.
    pub(super) fn new(
        cluster: &Cluster,
        dump: &Dump<'_>,
        known: &BTreeSet<Kind>,
        now: i64,
        patience: i64,
        wanted: impl Fn(&Key) -> bool,
    ) -> Result<Self, String> {
        let sets = dump.objects(Kind::StatefulSet).filter_map(|object| {
            let Named { metadata } = serde_json::from_slice(object.json).ok()?;
            Some(Key::new(metadata.namespace, metadata.name))
        });
        let mut sets: Vec<Key> = sets.filter(wanted).collect();
        sets.sort();
        let missing = |kinds: &[Kind]| -> Vec<&'static str> {
            let missing = kinds.iter().filter(|kind| !known.contains(kind));
            missing.map(|kind| kind.resource()).collect()
        };
        let lacking = missing(&NEEDED);
        if !sets.is_empty() && !lacking.is_empty() {
            let lacking = lacking.join(",");
            return Err(format!(
                "the input has no {lacking}, and without them nothing can be said of a set; ask kubectl for them, too, or say \
                 that there are none: --kinds {lacking}"
            ));
        }
        let pods = pods(dump);
        let mut report = Self {
            sets: Vec::new(),
            unreadable: Vec::new(),
            unknown_kinds: missing(&WANTED),
        };
        for key in sets {
            match cluster.diagnose(&key, now) {
                Ok(diagnosis) => report.sets.push(Entry {
                    stuck: diagnosis.is_stuck(now, patience),
                    symptoms: symptoms(&diagnosis, &pods),
                    diagnosis,
                }),
                Err(ObjectError { path, problem, .. }) => report.unreadable.push(Unreadable {
                    namespace: key.namespace,
                    name: key.name,
                    problem: format!("{path}: {problem}"),
                }),
            }
        }
        Ok(report)
    }

    /// Whether something can be said of each set.
    pub(super) fn is_complete(&self) -> bool {
        self.unreadable.is_empty()
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.sets.iter().any(|entry| entry.stuck)
    }

    pub(super) fn json(&self) -> String {
        // There is nothing in it that cannot be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn pods(dump: &Dump<'_>) -> BTreeMap<(String, String), Pod> {
    let pods = dump.objects(Kind::Pod).filter_map(|object| {
        let pod: Pod = serde_json::from_slice(object.json).ok()?;
        let key = (pod.metadata.namespace.clone(), pod.metadata.name.clone());
        Some((key, pod))
    });
    pods.collect()
}

/// What the pods of the waits say, by pod.
fn symptoms(
    diagnosis: &Diagnosis,
    pods: &BTreeMap<(String, String), Pod>,
) -> BTreeMap<String, Vec<String>> {
    let mut symptoms = BTreeMap::new();
    for wait in &diagnosis.waits {
        // Where a range of many ordinals waits, it is for another pod.
        for ordinal in (wait.first..=wait.last).take(100) {
            let name = format!("{}-{ordinal}", diagnosis.name);
            let pod = pods.get(&(diagnosis.namespace.clone(), name.clone()));
            let said = pod.map(Pod::symptoms).unwrap_or_default();
            if !said.is_empty() {
                symptoms.insert(name, said);
            }
        }
    }
    symptoms
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.sets {
            entry.fmt(f)?;
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
            writeln!(f, "not known, because the input has none of them: {kinds}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnosis {
            namespace,
            name,
            wanted,
            ready,
            updated,
            current_revision,
            update_revision,
            ..
        } = &self.diagnosis;
        let standing = match (self.diagnosis.at_goal, self.stuck) {
            (true, false) => "up to date",
            (_, true) => "stuck",
            (false, false) => "in progress",
        };
        write!(
            f,
            "{namespace}/{name}: {standing}: {ready} of {wanted} ready"
        )?;
        if current_revision != update_revision {
            write!(
                f,
                ", {updated} at {update_revision}, the others at {current_revision}"
            )?;
        }
        writeln!(f)?;
        for it in &self.diagnosis.actions {
            writeln!(f, "  now   {}: {}", it.pods(name), it.text)?;
        }
        for it in &self.diagnosis.waits {
            self.wait(f, it)?;
        }
        for trap in &self.diagnosis.traps {
            writeln!(f, "  trap  {}: {}", trap.name.slug(), trap.text)?;
            writeln!(f, "        to end it: {}", trap.cure)?;
        }
        if self.diagnosis.more {
            writeln!(f, "  and more, after that")?;
        }
        Ok(())
    }
}

impl Entry {
    fn wait(&self, f: &mut fmt::Formatter<'_>, wait: &Finding) -> fmt::Result {
        let name = &self.diagnosis.name;
        let (pods, gates) = (wait.pods(name), wait.gates.join(","));
        writeln!(f, "  waits {pods}: {} [{gates}]", wait.text)?;
        for ordinal in (wait.first..=wait.last).take(100) {
            let pod = format!("{name}-{ordinal}");
            for symptom in self.symptoms.get(&pod).into_iter().flatten() {
                writeln!(f, "        {pod}: {symptom}")?;
            }
        }
        Ok(())
    }
}
