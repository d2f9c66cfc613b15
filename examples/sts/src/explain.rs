//! Why a set is stuck: reads what `kubectl get … -o json` prints, and says how each StatefulSet in it stands.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};
use statefulset::kubernetes::{Cluster, Evidence, Kind};

mod dump;
mod report;

use dump::Dump;
use report::Report;

/// What `kubectl get` is asked for.
const KINDS: &str = "sts,po,pvc,pv,sc,no,pdb,controllerrevisions";

#[derive(Args)]
pub(crate) struct Explain {
    /// What the cluster's own controllers do, or the planner
    #[arg(long, value_enum, default_value_t = super::Profile::Upstream)]
    profile: super::Profile,
    /// Only the sets of this namespace
    #[arg(short, long)]
    namespace: Option<String>,
    /// Only the set with this name
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// How it is written
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// Kinds that the input has all objects of, even where it has none, such as sts,po,pvc
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kind)]
    kinds: Vec<Kind>,
    /// The moment that the input is from [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<jiff::Timestamp>,
    /// How long a wait may last before it counts as stuck
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    patience: u32,
    /// A file, or - for standard input; without one, and with a terminal as input, kubectl is asked
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Sentences
    Text,
    /// One object, for scripts
    Json,
}

/// How the sets stand.
pub(crate) enum Standing {
    /// Nothing is stuck.
    Fine,
    /// Something is.
    Stuck,
    /// Something could not be read.
    Unknown,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<Standing, String> {
        let now = self.now.unwrap_or_else(jiff::Timestamp::now);
        let now = now.as_millisecond();
        let (text, asked) = self.text()?;
        let mut known: BTreeSet<Kind> = self.kinds.iter().copied().collect();
        known.extend(asked);
        let dump = Dump::read(&text)?;
        let cluster = self.cluster(&dump, &mut known);
        let patience = i64::from(self.patience) * 60_000;
        let mut evidence = Evidence::new();
        evidence
            .add(text.as_bytes())
            .map_err(|error| error.to_string())?;
        let report = Report::new(&cluster, &dump, &known, now, patience, &evidence, |key| {
            self.namespace
                .as_ref()
                .is_none_or(|it| *it == key.namespace)
                && self.set.as_ref().is_none_or(|it| *it == key.name)
        })?;
        match self.output {
            Output::Text => print!("{report}"),
            Output::Json => println!("{}", report.json()),
        }
        Ok(if !report.is_complete() {
            Standing::Unknown
        } else if report.is_stuck() {
            Standing::Stuck
        } else {
            Standing::Fine
        })
    }

    /// The input, and the kinds that it is known to be complete in.
    fn text(&self) -> Result<(String, Vec<Kind>), String> {
        let cannot = |error| format!("cannot read the input: {error}");
        match &self.file {
            Some(path) if path != Path::new("-") => {
                let text = fs::read_to_string(path);
                let text =
                    text.map_err(|error| format!("cannot read {}: {error}", path.display()))?;
                Ok((text, Vec::new()))
            }
            None if io::stdin().is_terminal() => ask_kubectl(),
            _ => {
                let mut text = String::new();
                io::stdin().read_to_string(&mut text).map_err(cannot)?;
                Ok((text, Vec::new()))
            }
        }
    }

    /// The cluster as the input shows it. A kind of which there is no object is not known, unless somebody says so.
    fn cluster(&self, dump: &Dump<'_>, known: &mut BTreeSet<Kind>) -> Cluster {
        let mut cluster = Cluster::new(self.profile.knobs());
        known.extend(dump.kinds());
        for &kind in &*known {
            cluster.begin_list(kind);
            for object in dump.objects(kind) {
                if let Err(error) = cluster.apply(kind, object.json) {
                    eprintln!("sts: set aside: {error}");
                }
            }
            cluster.end_list(kind, "0");
        }
        cluster
    }
}

fn ask_kubectl() -> Result<(String, Vec<Kind>), String> {
    let output = Command::new("kubectl")
        .args(["get", KINDS, "-A", "-o", "json"])
        .output()
        .map_err(|error| {
            format!("no input, and kubectl cannot be asked ({error}); try: kubectl get {KINDS} -A -o json | sts explain")
        })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("kubectl get {KINDS} failed: {}", said.trim()));
    }
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    let kinds = KINDS.split(',').filter_map(|name| kind(name).ok());
    Ok((text, kinds.collect()))
}

/// What kubectl calls a kind for short; nothing where it is not known here.
const fn short(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::StatefulSet => "sts",
        Kind::Pod => "po",
        Kind::PersistentVolumeClaim => "pvc",
        Kind::PersistentVolume => "pv",
        Kind::StorageClass => "sc",
        Kind::Node => "no",
        Kind::PodDisruptionBudget => "pdb",
        Kind::ControllerRevision => "controllerrevisions",
        Kind::Service => "svc",
        _ => return None,
    })
}

/// A kind by one of the names that kubectl knows it by.
fn kind(name: &str) -> Result<Kind, String> {
    let wanted = name.split('.').next().unwrap_or(name).to_lowercase();
    Kind::ALL
        .into_iter()
        .find(|&kind| {
            short(kind) == Some(&wanted)
                || wanted == kind.resource()
                || wanted == kind.name().to_lowercase()
        })
        .ok_or_else(|| format!("unknown kind; expected some of {KINDS}"))
}

fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    text.parse()
        .map_err(|_| "expected a time such as 2026-11-21T07:37:00Z".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_short_name() {
        for known in Kind::ALL {
            let name = short(known).expect("a short name");
            assert_eq!(kind(name), Ok(known));
        }
    }
}
