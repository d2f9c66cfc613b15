//! `rollout`: how far an update is, what came before it, and the way back.

use std::rc::Rc;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use statefulset::Millis;

use super::apply::LAST_APPLIED;
use super::failure::Failure;
use super::outcome::{DryRun, Outcome, Printer, Shown};
use super::session::{Session, title};
use super::target::{Target, Wanted};
use super::{describe, table};
use crate::values::duration;
use crate::values::instant;
use crate::values::key::Key;
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
    Restart(Restart),
    /// Not for StatefulSets
    Pause(Switch),
    /// Not for StatefulSets
    Resume(Switch),
}

/// Show how far an update is until it is complete
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    objects: Objects,
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
    objects: Objects,
    /// Which; 0 is the one before
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    to_revision: i64,
    #[command(flatten)]
    outcome: Outcome,
}

/// List revisions
#[derive(Debug, Args)]
pub(super) struct Past {
    #[command(flatten)]
    objects: Objects,
    /// Show the pod template of this one
    #[arg(long)]
    revision: Option<i64>,
}

#[derive(Debug, Args)]
pub(super) struct Restart {
    #[command(flatten)]
    objects: Objects,
    #[command(flatten)]
    shown: Shown,
    /// In whose name it is written
    #[arg(long)]
    field_manager: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Switch {
    #[command(flatten)]
    objects: Objects,
}

/// The objects that are meant.
#[derive(Debug, Args)]
struct Objects {
    /// sts/NAME… or sts NAME…; sts alone is all sets of the namespace
    resources: Vec<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
}

const RESTARTED: &str = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";

impl Rollout {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Status(status) => status.run(session),
            Self::Undo(undo) => undo.run(session),
            Self::History(past) => past.run(session),
            Self::Restart(restart) => restart.run(session),
            Self::Pause(switch) => switch.refuse(session, "pausing"),
            Self::Resume(switch) => switch.refuse(session, "resuming"),
        }
    }
}

impl Objects {
    /// Does `one` for each object, the others' failures notwithstanding.
    fn each(
        &self,
        session: &mut Session<'_>,
        mut one: impl FnMut(&mut Session<'_>, &Target) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if self.resources.is_empty() && self.filename.is_empty() {
            return Err(Failure::error("required resource not specified"));
        }
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            labels: self.selector.as_deref(),
            kinds_are_enough: true,
            ..Wanted::default()
        }
        .find(session)?;
        if targets.is_empty() && failures.is_empty() {
            let namespace = session.namespace();
            session.say(format!("No resources found in {namespace} namespace."));
        }
        for target in targets {
            failures.extend(one(session, &target).err());
        }
        Failure::all(failures)
    }
}

/// `services "web" pausing is not supported`
fn unsupported(target: &Target, what: &str) -> Failure {
    let (resource, name) = (target.key.kind.resource(), &target.key.name);
    Failure::error(format!("{resource} \"{name}\" {what} is not supported"))
}

/// What kubectl says where it does not know what to do with a kind.
fn unvisited(target: &Target, what: &str) -> Failure {
    let kind = target.key.kind;
    Failure::error(format!(
        "error retrieving {what} for \"{name}\", no visitor method exists for {{{group} {name}}}",
        name = kind.name(),
        group = kind.group()
    ))
}

impl Restart {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut printer = self.shown.printer(session)?;
        self.objects.each(session, |session, target| {
            let Key {
                kind,
                namespace,
                name,
            } = &target.key;
            if *kind != Kind::StatefulSet {
                return Err(unsupported(target, "restarting"));
            }
            let now = json!(instant::rfc3339(session.world.now()));
            let (object, changed) =
                session.rewrite(*kind, namespace, name, DryRun::None, |set| {
                    set.put(RESTARTED, now);
                    Ok(())
                })?;
            if !changed {
                return Err(Failure::error(format!(
                    "failed to create patch for {name}: if restart has already been triggered within the past second, \
                     please wait before attempting to trigger another"
                )));
            }
            printer.tell(session, *kind, &object, "restarted")
        })
    }
}

impl Switch {
    fn refuse(&self, session: &mut Session<'_>, what: &str) -> Result<(), Failure> {
        self.objects
            .each(session, |_, target| Err(unsupported(target, what)))
    }
}

impl Status {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.objects.each(session, |session, target| {
            if target.key.kind != Kind::StatefulSet {
                return Err(Failure::error(format!(
                    "no status viewer has been implemented for {}",
                    target.key.kind.name()
                )));
            }
            self.follow(session, target)
        })
    }

    fn follow(&self, session: &mut Session<'_>, target: &Target) -> Result<(), Failure> {
        let place = session.world.store_mut().bookmark();
        let first = Progress::of(&target.object)?;
        session.say(&first.line);
        if first.complete || !self.watch {
            return Ok(());
        }
        let mut lines = Vec::new();
        let mut gone = false;
        let complete = |world: &World| {
            // Every change of the set is worth a line, as in a watch.
            for change in world.store().read(&place) {
                if change.key != target.key {
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
        let mut printer = self.outcome.printer(session)?;
        self.objects.each(session, |session, target| {
            if target.key.kind != Kind::StatefulSet {
                return Err(unvisited(target, "rollbacker"));
            }
            self.go_back(session, target, &mut printer)
        })
    }

    fn go_back(
        &self,
        session: &mut Session<'_>,
        target: &Target,
        printer: &mut Printer,
    ) -> Result<(), Failure> {
        let Key {
            kind,
            namespace,
            name,
        } = &target.key;
        let set = &target.object;
        if !set.text(LAST_APPLIED).is_empty() {
            session.say(format!(
                "Warning: resource statefulsets/{name} was previously managed with 'kubectl apply'. Rolling back will \
                 not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause \
                 unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your \
                 previous configuration file instead."
            ));
        }
        let history = History::of(session.world.store(), set);
        let back = history.before(self.to_revision)?;
        if printer.dry_run == DryRun::Client {
            let empty = Value::Null;
            let template = back.pointer("/data/spec/template").unwrap_or(&empty);
            session.say(format!(
                "{} will roll back to Pod Template:\n{} (dry run)",
                title(*kind, name),
                describe::pod_template(template)
            ));
            return Ok(());
        }
        let patch = back.pointer("/data").cloned().unwrap_or(Value::Null);
        let new = session.write(printer.dry_run, Rc::clone(set), |store, _| {
            store.patch(*kind, namespace, name, &patch, PatchType::Strategic, false)
        })?;
        let done = if *new == **set {
            format!(
                "skipped rollback (current template already matches revision {})",
                back.int("/revision").unwrap_or(0)
            )
        } else {
            "rolled back".into()
        };
        printer.tell(session, *kind, &new, &done)
    }
}

impl Past {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.objects.each(session, |session, target| {
            if target.key.kind != Kind::StatefulSet {
                return Err(unvisited(target, "history"));
            }
            self.show(session, target)
        })
    }

    fn show(&self, session: &mut Session<'_>, target: &Target) -> Result<(), Failure> {
        let history = History::of(session.world.store(), &target.object);
        let title = title(Kind::StatefulSet, &target.key.name);
        if let Some(number) = self.revision.filter(|&n| n > 0) {
            let revision = history
                .find(number)
                .ok_or_else(|| Failure::error("unable to find the specified revision"))?;
            let empty = Value::Null;
            let template = revision.pointer("/data/spec/template").unwrap_or(&empty);
            let text = describe::pod_template(template);
            session.say(format!("{title} with revision #{number}"));
            session.say("Pod Template:");
            // As kubectl, which does not align this one.
            session.print(&text);
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
