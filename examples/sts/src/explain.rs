//! Why a set is stuck: reads what `kubectl get … -o json` prints, and says how each StatefulSet in it stands.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::Duration;

use clap::{Args, ValueEnum};
use statefulset::Version;
use statefulset::kubernetes::{CauseName, Cluster, Evidence, Key, Kind};
use statefulset_simulate::documents::Document;

mod absent;
mod documents;
mod dump;
mod input;
mod kinds;
mod kubectl;
mod manifest;
mod overview;
mod paint;
mod progress;
mod report;
mod revisions;
mod version;
mod watch;

pub(crate) use dump::Dump;
use dump::Object;
pub(crate) use input::Source;
pub(crate) use progress::Progress;
use report::Report;

#[derive(Args)]
pub(crate) struct Explain {
    /// What the cluster's own controllers do, or the planner
    #[arg(long, value_enum, default_value_t = super::Profile::Upstream)]
    profile: super::Profile,
    /// Where sets say what they ask for beyond Kubernetes
    #[arg(long, value_enum, default_value_t = super::Policies::None)]
    policies: super::Policies,
    /// Which Kubernetes runs the sets, such as 1.33 or v1.35.2 [default: what kubectl says of the cluster, else 1.37]
    #[arg(long, value_name = "VERSION")]
    kubernetes: Option<Version>,
    /// Only the set with this name: web, sts/web or default/web
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// How it is written
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// Kinds that the input has all objects of, even where it has none, such as sts,po,pvc
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kinds::parse)]
    kinds: Vec<Kind>,
    /// Print the causes that can be named, with what each means, and do nothing else
    #[arg(long)]
    list: bool,
    /// The moment that the input is from [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<jiff::Timestamp>,
    /// How long a wait may last before it counts as stuck
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    patience: u32,
    /// Look again every few seconds, and say so when the answer has changed; until it is interrupted
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "5",
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    watch: Option<u64>,
    #[command(flatten)]
    source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Sentences
    Text,
    /// One object, for scripts
    Json,
}

/// How the sets stand.
#[derive(Clone, Copy)]
pub(crate) enum Standing {
    /// Nothing is stuck.
    Fine,
    /// Something is; or something changes.
    Stuck,
    /// Something could not be read.
    Unknown,
}

/// What is said after one look.
struct Answer {
    /// With colours, where it is for people.
    text: String,
    /// What was not read, passed over or not known.
    remarks: Vec<String>,
    standing: Standing,
    /// It is the same as long as nothing has happened but that time has passed.
    gist: String,
}

impl Explain {
    /// `plugin` says whether the tool was started as a plugin of kubectl's.
    pub(crate) fn run(&self, plugin: bool) -> Result<Standing, String> {
        if self.list {
            self.print_causes();
            return Ok(Standing::Fine);
        }
        let Some(seconds) = self.watch else {
            let answer = self.look(plugin, self.moment())?;
            // Nobody is there to be told that it cannot be told.
            let _ = answer.show("");
            return Ok(answer.standing);
        };
        if !self.source.can_be_read_again(plugin) {
            return Err(
                "standard input ends and cannot be watched; --watch needs a file, or kubectl"
                    .into(),
            );
        }
        watch::watch(Duration::from_secs(seconds), || {
            let now = self.moment();
            let heading = match self.output {
                Output::Text => now.strftime("%H:%M:%SZ\n").to_string(),
                // A time is no JSON.
                Output::Json => String::new(),
            };
            (heading, self.look(plugin, now))
        })
    }

    /// The table of causes: name, weight and meaning, separated by tabs, or as JSON.
    fn print_causes(&self) {
        let mut out = anstream::stdout().lock();
        let rows = CauseName::ALL.map(|it| (it.slug(), it.weight().slug(), it.meaning()));
        let text = match self.output {
            Output::Text => rows
                .map(|(name, weight, meaning)| format!("{name}\t{weight}\t{meaning}\n"))
                .concat(),
            Output::Json => {
                let rows = rows.map(|(name, weight, meaning)| {
                    serde_json::json!({"name": name, "weight": weight, "meaning": meaning})
                });
                format!("{:#}\n", serde_json::Value::from(rows.to_vec()))
            }
        };
        // Nobody is there to be told that it cannot be told.
        let _ = out.write_all(text.as_bytes());
    }

    fn moment(&self) -> jiff::Timestamp {
        self.now.unwrap_or_else(jiff::Timestamp::now)
    }

    fn look(&self, plugin: bool, now: jiff::Timestamp) -> Result<Answer, String> {
        let now = now.as_millisecond();
        let progress = Progress::new();
        let input = self.source.read(plugin, &progress)?;
        let size: usize = input.texts.iter().map(String::len).sum();
        progress.say(format!("reading {} kB of objects", size / 1000));
        let mut problems = Vec::new();
        let documents = documents_of(&input.texts, &mut problems);
        let dump = Dump::read(&documents, &mut problems);
        // Where kubectl gives nothing, there is nothing.
        if dump.is_empty() && input.complete.is_empty() {
            if problems.is_empty() {
                problems.push(format!(
                    "there is nothing in the input; expected what this prints: {}",
                    kinds::command()
                ));
            }
            return Err(problems.join("\nsts: "));
        }
        let mut known: BTreeSet<Kind> = self.kinds.iter().copied().collect();
        known.extend(
            input
                .complete
                .iter()
                .filter_map(|name| Kind::from_name(name)),
        );
        known.extend(dump.kinds());
        let wanted = |it: &Object<'_>| self.wants(&it.namespace, &it.name);
        if absent::has_no_pods(&dump, wanted) {
            known.insert(Kind::Pod);
        }
        let mut remarks = input.remarks;
        let version = version::of(
            self.kubernetes,
            input.version.as_deref(),
            &dump,
            &mut remarks,
        );
        let profile = statefulset::Profile {
            policies: self.policies.source(),
            ..self.profile.knobs(version)
        };
        if absent::has_no_claims(&dump, wanted) && known.insert(Kind::PersistentVolumeClaim) {
            remarks.push(
                "the input has no claims, and no pod of it uses one, so it is taken that there are none".into(),
            );
        }
        if let Err(problem) = self.check(&dump, &known) {
            problems.push(problem);
            return Err(problems.join("\nsts: "));
        }
        let unread = !problems.is_empty();
        remarks.extend(dump.passed_over());
        remarks.extend(self.missing(&dump, &known, plugin));
        let cluster = cluster(profile, &dump, &mut known, &mut problems, &mut remarks);
        remarks.extend(problems.into_iter().map(|it| format!("set aside: {it}")));
        progress.say("looking at each set");
        let patience = i64::from(self.patience) * 60_000;
        let wanted = |key: &Key| self.wants(&key.namespace, &key.name);
        let evidence = self.evidence(&dump, &input.complete);
        let mut report = Report::new(&cluster, &dump, &known, now, patience, &evidence, wanted);
        report.asks = !self.source.is_kubectl(plugin);
        let json = report.json();
        let gist = watch::gist(&json);
        let text = match self.output {
            Output::Json => json + "\n",
            Output::Text => {
                let mut text = String::new();
                if self.source.all_namespaces {
                    text += &overview::of(&report, now);
                }
                // There is nothing in it that cannot be written.
                let _ = write!(text, "{report}");
                paint::paint(&text)
            }
        };
        let standing = if unread || !report.is_complete() {
            Standing::Unknown
        } else if report.is_stuck() {
            Standing::Stuck
        } else {
            Standing::Fine
        };
        Ok(Answer {
            text,
            remarks,
            standing,
            gist,
        })
    }

    fn wants(&self, namespace: &str, name: &str) -> bool {
        let is = |wanted: Option<&str>, it: &str| wanted.is_none_or(|wanted| wanted == it);
        let (within, set) = self.asked();
        is(self.source.namespace.as_deref(), namespace) && is(within, namespace) && is(set, name)
    }

    /// The set that is asked for, with its namespace if that is said: `web`, `sts/web` or, as the answer calls it,
    /// `default/web`.
    fn asked(&self) -> (Option<&str>, Option<&str>) {
        let set = self.set.as_deref();
        match set.and_then(|set| set.split_once('/')) {
            Some(("sts" | "statefulset" | "statefulsets" | "statefulset.apps", name)) => {
                (None, Some(name))
            }
            Some((namespace, name)) => (Some(namespace), Some(name)),
            None => (None, set),
        }
    }

    /// Whether the input has what was asked for, and what nothing can be said without.
    fn check(&self, dump: &Dump<'_>, known: &BTreeSet<Kind>) -> Result<(), String> {
        let mut sets = dump.objects(Kind::StatefulSet);
        if !sets.any(|it| self.wants(&it.namespace, &it.name)) {
            let name = self.set.iter().map(|name| format!(" {name}"));
            let namespace = self
                .source
                .namespace
                .iter()
                .map(|name| format!(" in namespace {name}"));
            let asked: String = name.chain(namespace).collect();
            if asked.is_empty() {
                return Ok(());
            }
            return Err(format!("the input has no StatefulSet{asked}"));
        }
        if known.contains(&Kind::Pod) {
            return Ok(());
        }
        Err(format!(
            "the input has no pods, and without them nothing can be said of a set; this asks for all that matters: {}; if there \
             are no pods, say so: --kinds pods",
            kinds::command()
        ))
    }

    /// All objects of the input, for the diagnosis to look at.
    fn evidence<'a>(&self, dump: &'a Dump<'_>, complete: &[&str]) -> Evidence<'a> {
        let mut evidence = Evidence::new();
        for object in dump.all() {
            // What cannot be read has been set aside when the input was read.
            let _ = evidence.add(object.json);
        }
        let kinds = self.kinds.iter().map(|kind| kind.name());
        for kind in kinds.chain(complete.iter().copied()) {
            evidence.complete(kind);
        }
        evidence
    }

    /// What the input has not, though an answer can be given without it.
    fn missing(&self, dump: &Dump<'_>, known: &BTreeSet<Kind>, plugin: bool) -> Option<String> {
        let has_sets = dump.objects(Kind::StatefulSet).next().is_some();
        // Where kubectl was asked, it has said itself what it did not give.
        if self.source.is_kubectl(plugin) {
            let alone = self.source.namespace.is_none() && !self.source.all_namespaces;
            let hint =
                "kubectl was asked for the namespace of its context; --all-namespaces asks for all";
            return (alone && !has_sets).then(|| hint.into());
        }
        let kind = Kind::ControllerRevision;
        (has_sets && !known.contains(&kind)).then(|| {
            format!(
                "the input has no {}, so it is not known {}",
                kind.resource(),
                kinds::unknown(kind)
            )
        })
    }
}

impl Answer {
    fn show(&self, heading: &str) -> io::Result<()> {
        for remark in &self.remarks {
            eprintln!("sts: {remark}");
        }
        let mut out = anstream::stdout().lock();
        write!(out, "{heading}{}", self.text)?;
        out.flush()
    }
}

/// The cluster as the input shows it. A kind of which there is no object is not known, unless somebody says so.
pub(crate) fn cluster(
    profile: statefulset::Profile,
    dump: &Dump<'_>,
    known: &mut BTreeSet<Kind>,
    problems: &mut Vec<String>,
    remarks: &mut Vec<String>,
) -> Cluster {
    let mut cluster = Cluster::new(profile);
    for &kind in &*known {
        cluster.begin_list(kind);
        for object in dump.objects(kind) {
            let completed = manifest::completed(object, dump, &profile);
            if completed.is_some() {
                remarks.push(format!(
                    "StatefulSet {}: this is a manifest, and not what the API server holds; what it leaves out is taken to be \
                     what an API server fills in",
                    object.key()
                ));
            }
            let json = completed.as_deref().unwrap_or(object.json);
            if let Err(error) = cluster.apply(kind, json) {
                problems.push(format!("{}: {error}", object.place));
            }
        }
        cluster.end_list(kind, "0");
    }
    if known.insert(Kind::ControllerRevision) {
        let sets = dump.objects(Kind::StatefulSet);
        cluster.begin_list(Kind::ControllerRevision);
        for revision in sets.flat_map(|set| revisions::of(set.json)) {
            if let Err(error) = cluster.apply(Kind::ControllerRevision, &revision) {
                problems.push(error.to_string());
            }
        }
        cluster.end_list(Kind::ControllerRevision, "0");
    }
    cluster
}

/// The documents of all texts.
pub(crate) fn documents_of<'a>(
    texts: &'a [String],
    problems: &mut Vec<String>,
) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    for text in texts {
        let first = documents.len() + problems.len() + 1;
        documents.extend(documents::split(text, first, problems));
    }
    documents
}

pub(crate) fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    text.parse()
        .map_err(|_| "expected a time such as 2026-11-21T07:37:00Z".to_string())
}
