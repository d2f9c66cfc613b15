//! What an upgrade of the control plane would do to the sets of a cluster.

use std::collections::BTreeSet;
use std::io::Write as _;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use statefulset::kubernetes::{Key, Kind, Upgrade};
use statefulset::{Profile, Version};

use crate::explain::{Dump, Progress, Source, Standing, cluster, documents_of, moment};

#[derive(Args)]
pub(crate) struct Foresee {
    /// The version that the control plane has, such as 1.33 or v1.33.5
    #[arg(long, value_name = "VERSION")]
    from: Version,
    /// The version that it is to get
    #[arg(long, value_name = "VERSION")]
    to: Version,
    /// How it is written
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// The moment that the input is from [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    now: Option<jiff::Timestamp>,
    #[command(flatten)]
    source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// One line for each change
    Text,
    /// One object, for scripts
    Json,
}

impl Foresee {
    /// `plugin` says whether the tool was started as a plugin of kubectl's.
    pub(crate) fn run(&self, plugin: bool) -> Result<Standing, String> {
        let progress = Progress::new();
        let input = self.source.read(plugin, &progress)?;
        let mut problems = Vec::new();
        let documents = documents_of(&input.texts, &mut problems);
        let dump = Dump::read(&documents, &mut problems);
        let mut known: BTreeSet<Kind> = dump.kinds().collect();
        let complete = input.complete.iter();
        known.extend(complete.filter_map(|name| Kind::from_name(name)));
        for kind in [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision] {
            if !known.contains(&kind) {
                let kinds = "sts,po,controllerrevisions,pvc";
                problems.push(format!(
                    "the input has no {}, and without them nothing can be said of an upgrade; this asks for all that matters: \
                     kubectl get {kinds} -o json",
                    kind.resource()
                ));
                return Err(problems.join("\nsts: "));
            }
        }
        let now = self.now.unwrap_or_else(jiff::Timestamp::now);
        let now = now.as_millisecond();
        let mut found = Vec::new();
        let mut remarks = input.remarks;
        let profile = Profile::upstream(self.from);
        let cluster = cluster(profile, &dump, &mut known, &mut problems, &mut remarks);
        for set in dump.objects(Kind::StatefulSet) {
            let key = Key::new(&*set.namespace, &*set.name);
            if !self.source.takes(&key) {
                continue;
            }
            progress.say(format!("looking at {key}"));
            match cluster.upgrade(&key, self.from, self.to, now) {
                Ok(upgrade) => found.push(upgrade),
                Err(error) => problems.push(error.to_string()),
            }
        }
        let unread = !problems.is_empty();
        remarks.extend(problems.into_iter().map(|it| format!("set aside: {it}")));
        for remark in remarks {
            eprintln!("sts: {remark}");
        }
        let changes = found.iter().any(|it| !it.changes.is_empty());
        let text = match self.output {
            Output::Json => format!("{:#}\n", self.json(&found)),
            Output::Text if changes => {
                let told = found.iter().filter(|it| !it.changes.is_empty());
                let told: Vec<String> = told.map(ToString::to_string).collect();
                told.join("\n") + "\n"
            }
            Output::Text => format!(
                "nothing changes for {}: Kubernetes {} would do what {} does\n",
                match found.len() {
                    1 => "the one set".to_owned(),
                    sets => format!("the {sets} sets"),
                },
                self.to,
                self.from
            ),
        };
        // Nobody is there to be told that it cannot be told.
        let _ = anstream::stdout().lock().write_all(text.as_bytes());
        Ok(match (unread, changes) {
            (true, _) => Standing::Unknown,
            (false, true) => Standing::Stuck,
            (false, false) => Standing::Fine,
        })
    }

    fn json(&self, found: &[Upgrade]) -> Value {
        json!({"from": self.from.name(), "to": self.to.name(), "sets": found})
    }
}
