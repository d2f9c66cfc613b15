//! `rollout`: how far an update is, what came before it, and the way back.

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use statefulset::Millis;

use super::failure::Failure;
use super::session::{Session, title, version};
use super::{describe, resources, table};
use crate::values::duration;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::patch::PatchType;
use crate::world::World;

mod history;
mod progress;

use history::History;
use progress::Progress;

/// Follow, undo or restart an update
#[derive(Debug, Subcommand)]
pub(super) enum Rollout {
    Status(Status),
    Undo(Undo),
    History(Past),
    /// Replace all pods, one after the other
    Restart(Set),
    /// Not for StatefulSets
    Pause(Set),
    /// Not for StatefulSets
    Resume(Set),
}

/// Show how far an update is until it is complete
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    set: Set,
    /// Whether to wait until it is complete
    #[arg(short, long, num_args = 0..=1, require_equals = true, default_missing_value = "true",
          default_value_t = true, action = clap::ArgAction::Set)]
    watch: bool,
    /// How long to wait; 0 is as long as it takes
    #[arg(long, default_value = "0", value_parser = duration::parse)]
    timeout: Millis,
}

/// Go back to an earlier revision
#[derive(Debug, Args)]
pub(super) struct Undo {
    #[command(flatten)]
    set: Set,
    /// Which; 0 is the one before
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    to_revision: i64,
}

/// List revisions
#[derive(Debug, Args)]
pub(super) struct Past {
    #[command(flatten)]
    set: Set,
    /// Show the pod template of this one
    #[arg(long)]
    revision: Option<i64>,
}

/// Of one StatefulSet
#[derive(Debug, Args)]
pub(super) struct Set {
    /// sts/NAME or sts NAME
    #[arg(required = true)]
    resource: Vec<String>,
}

const RESTARTED: &str = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
const LAST_APPLIED: &str =
    "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

impl Rollout {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Status(status) => status.run(session),
            Self::Undo(undo) => undo.run(session),
            Self::History(past) => past.run(session),
            Self::Restart(set) => set.restart(session),
            Self::Pause(set) => set.refuse(session, "pausing"),
            Self::Resume(set) => set.refuse(session, "resuming"),
        }
    }
}

impl Set {
    fn name(&self, verb: &str) -> Result<String, Failure> {
        resources::stateful_set(&self.resource, verb)
    }

    fn restart(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let name = self.name("restarting")?;
        let now = json!(instant::rfc3339(session.world.now()));
        let changed = session.edit(Kind::StatefulSet, &name, |set| {
            set.put(RESTARTED, now);
            Ok(())
        })?;
        if !changed {
            return Err(Failure::error(format!(
                "failed to create patch for {name}: if restart has already been triggered within the past second, \
                 please wait before attempting to trigger another"
            )));
        }
        session.say(format!("{} restarted", title(Kind::StatefulSet, &name)));
        Ok(())
    }

    fn refuse(&self, session: &Session<'_>, what: &str) -> Result<(), Failure> {
        let name = self.name(what)?;
        session.require(Kind::StatefulSet, &name)?;
        Err(Failure::error(format!(
            "statefulsets.apps \"{name}\" {what} is not supported"
        )))
    }
}

impl Status {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let name = self.set.name("status")?;
        let place = session.world.store_mut().bookmark();
        let first = Progress::of(&*session.require(Kind::StatefulSet, &name)?)?;
        session.say(&first.line);
        if first.complete || !self.watch {
            return Ok(());
        }
        let namespace = session.namespace().to_owned();
        let mut lines = Vec::new();
        let mut gone = false;
        let complete = |world: &World| {
            // Every change of the set is worth a line, as in a watch.
            for change in world.store().read(&place) {
                let key = &change.key;
                if (key.kind, &key.namespace, &key.name) != (Kind::StatefulSet, &namespace, &name) {
                    continue;
                }
                if change.happened == crate::store::Happened::Deleted {
                    gone = true;
                    return true;
                }
                if let Ok(progress) = Progress::of(&change.object) {
                    lines.push(progress.line);
                    if progress.complete {
                        return true;
                    }
                }
            }
            false
        };
        let done = session.wait((self.timeout > 0).then_some(self.timeout), "", complete);
        for line in lines {
            session.say(line);
        }
        if gone {
            return Err(Failure::error("object has been deleted"));
        }
        done
    }
}

impl Undo {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let name = self.set.name("undoing")?;
        let set = session.require(Kind::StatefulSet, &name)?;
        let history = History::of(session.world.store(), &set);
        let back = history.before(self.to_revision)?;
        if !set.text(LAST_APPLIED).is_empty() {
            session.say(format!(
                "Warning: resource statefulsets/{name} was previously managed with 'kubectl apply'. Rolling back will \
                 not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause \
                 unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your \
                 previous configuration file instead."
            ));
        }
        let patch = back.pointer("/data").cloned().unwrap_or(Value::Null);
        let namespace = session.namespace().to_owned();
        let kind = Kind::StatefulSet;
        let store = session.world.store_mut();
        let new = store.patch(kind, &namespace, &name, &patch, PatchType::Strategic, false)?;
        let title = title(kind, &name);
        session.say(if version(&new) == version(&set) {
            format!(
                "{title} skipped rollback (current template already matches revision {})",
                back.int("/revision").unwrap_or(0)
            )
        } else {
            format!("{title} rolled back")
        });
        Ok(())
    }
}

impl Past {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let name = self.set.name("history")?;
        let set = session.require(Kind::StatefulSet, &name)?;
        let history = History::of(session.world.store(), &set);
        let title = title(Kind::StatefulSet, &name);
        if let Some(number) = self.revision.filter(|&n| n > 0) {
            let revision = history
                .find(number)
                .ok_or_else(|| Failure::error("unable to find the specified revision"))?;
            let empty = Value::Null;
            let template = revision.pointer("/data/spec/template").unwrap_or(&empty);
            let text = describe::pod_template(template);
            session.say(format!("{title} with revision #{number}"));
            session.say("Pod Template:");
            session.print(&table::fields(&text));
            session.say("");
            return Ok(());
        }
        session.say(format!("{title} "));
        let row = |revision: &Object| {
            let cause = revision.text("/metadata/annotations/kubernetes.io~1change-cause");
            let cause = if cause.is_empty() { "<none>" } else { cause };
            format!("{}\t{cause}\n", revision.int("/revision").unwrap_or(0))
        };
        let rows: String = history.iter().map(row).collect();
        session.print(&table::fields(&format!("REVISION\tCHANGE-CAUSE\n{rows}")));
        session.say("");
        Ok(())
    }
}
