//! The words that kubectl does not have: time, names, and the planner's view.

use clap::Args;
use statefulset::Millis;

use super::failure::Failure;
use super::session::{Session, title};
use super::{exec, resources, table};
use crate::values::duration;
use crate::world::Settled;

/// Let time pass until nothing would change any more
#[derive(Debug, Args)]
pub(super) struct Settle {
    /// At most so long: 30s, 5m, 1h30m
    #[arg(default_value = "1h", value_parser = duration::parse)]
    limit: Millis,
}

/// Let so much time pass
#[derive(Debug, Args)]
pub(super) struct Advance {
    /// 30s, 5m, 1h30m
    #[arg(value_parser = duration::parse)]
    by: Millis,
}

/// Resolve a name as a pod of the namespace would
#[derive(Debug, Args)]
pub(super) struct Nslookup {
    /// A service, <pod>.<service>, or a full name
    name: String,
}

/// List what really runs on the machines, as against what the API says
#[derive(Debug, Args)]
pub(super) struct Ps {
    /// All namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
}

/// Say how a set stands: what is due, what is waited for, why, and what ends that
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// sts/NAME
    #[arg(required = true)]
    set: Vec<String>,
}

/// Print the raw actions of a set's plan
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// sts/NAME
    #[arg(required = true)]
    set: Vec<String>,
}

impl Settle {
    pub(super) fn run(&self, session: &mut Session<'_>) {
        let begin = session.world.now();
        let before = session.world.store().version();
        let settled = session.world.settle(self.limit);
        let took = duration::exact(session.world.now() - begin);
        match settled {
            Settled::Quiet => session.say(format!("settled after {took}")),
            Settled::Limit => {
                let changes = session.world.store().changes_since(before);
                let last = changes.last().map_or_else(
                    || "something is still due".to_owned(),
                    |change| {
                        let ago = duration::age(session.world.now() - change.at);
                        let title = title(change.key.kind, &change.key.name);
                        format!("{title} changed {ago} ago")
                    },
                );
                session.say(format!("not settled after {took}: {last}"));
            }
        }
    }
}

impl Advance {
    pub(super) fn run(&self, session: &mut Session<'_>) {
        session.world.advance(self.by);
    }
}

impl Nslookup {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let ended = session.world.nslookup(session.namespace(), &self.name);
        exec::show(session, &ended)
    }
}

impl Ps {
    pub(super) fn run(&self, session: &mut Session<'_>) {
        let now = session.world.now();
        let namespace = session.namespace();
        let processes = session.world.processes();
        let mut here: Vec<_> = processes
            .filter(|process| self.all_namespaces || process.namespace == namespace)
            .collect();
        here.sort_by_key(|it| (it.namespace, it.pod, it.since, it.container));
        let mut rows = vec![
            ["POD", "CONTAINER", "NODE", "AGE"]
                .map(str::to_owned)
                .to_vec(),
        ];
        rows.extend(here.iter().map(|process| {
            let pod = if self.all_namespaces {
                format!("{}/{}", process.namespace, process.pod)
            } else {
                process.pod.to_owned()
            };
            let age = duration::age(now - process.since);
            vec![pod, process.container.into(), process.node.into(), age]
        }));
        if rows.len() == 1 {
            session.say("No processes found.");
        } else {
            session.print(&table::rows(&rows));
        }
    }
}

impl Explain {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let set = resources::stateful_set(&self.set, "explanation")?;
        let diagnosis = session.world.diagnose(session.namespace(), &set)?;
        session.say(diagnosis.to_string());
        Ok(())
    }
}

impl Plan {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let set = resources::stateful_set(&self.set, "planning")?;
        let text = session.world.planned(session.namespace(), &set)?;
        session.print(&table::fields(&text));
        Ok(())
    }
}
