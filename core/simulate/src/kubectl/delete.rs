//! `delete`: asks for the objects to go, and waits until they are gone.

use std::rc::Rc;

use clap::{Args, ValueEnum};
use statefulset::Millis;

use super::failure::Failure;
use super::manifest::Manifest;
use super::outcome::DryRun;
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::{Session, title};
use super::{apply, manifest};
use crate::store::{DeleteOptions, Propagation, Store};
use crate::values::duration;
use crate::values::error::ApiReason;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Delete objects and wait until they are gone
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// KIND NAME…, KIND/NAME…, or KINDS with -l or --all
    resources: Vec<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
    /// In all namespaces instead of one
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// What becomes of objects that it owns
    #[arg(long, value_enum, default_value = "background", num_args = 0..=1, require_equals = true,
          default_missing_value = "background")]
    cascade: Cascade,
    /// Do not wait for confirmation; pods go at once
    #[arg(long)]
    force: bool,
    /// Seconds a pod has for its shutdown
    #[arg(long, allow_negative_numbers = true, default_value_t = -1)]
    grace_period: i64,
    /// The same as --grace-period=1
    #[arg(long)]
    now: bool,
    /// Whether to wait until the objects are gone
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    wait: Option<bool>,
    /// How long to wait; 0 is as long as it takes
    #[arg(long, default_value = "0", value_parser = duration::parse)]
    timeout: Millis,
    /// No error where an object does not exist
    #[arg(long)]
    ignore_not_found: bool,
    /// Objects with these fields: metadata.name=web-0,status.phase!=Running
    #[arg(long)]
    field_selector: Option<String>,
    /// name: only the names
    #[arg(short, long, default_value = "", hide_default_value = true)]
    output: String,
    /// client: nothing is sent; server: the API server keeps nothing
    #[arg(long, num_args = 0..=1, require_equals = true, default_value = "none", default_missing_value = "client")]
    dry_run: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Cascade {
    /// They are deleted after it
    #[value(alias = "true")]
    Background,
    /// They are deleted before it
    Foreground,
    /// They stay
    #[value(alias = "false")]
    Orphan,
}

/// One object to delete, and the file that names it.
struct Target {
    key: Key,
    path: Option<String>,
}

impl Delete {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let grace = self.grace()?;
        let dry_run = DryRun::parse(&self.dry_run)?;
        let named = match self.output.as_str() {
            "" => false,
            "name" => true,
            other => {
                return Err(Failure::error(format!(
                    "unexpected -o output mode: {other}. We only support '-o name'"
                )));
            }
        };
        let (targets, mut failures) = self.targets(session)?;
        if targets.is_empty() && failures.is_empty() {
            session.say("No resources found");
            return Ok(());
        }
        if self.force && grace == Some(0) {
            session.say(
                "Warning: Immediate deletion does not wait for confirmation that the running resource has been \
                 terminated. The resource may continue to run on the cluster indefinitely.",
            );
        }
        let options = DeleteOptions {
            grace_seconds: grace,
            propagation: match self.cascade {
                Cascade::Background => Propagation::Background,
                Cascade::Foreground => Propagation::Foreground,
                Cascade::Orphan => Propagation::Orphan,
            },
            ..DeleteOptions::default()
        };
        let mut going = Vec::new();
        for Target { key, path } in targets {
            let delete =
                |store: &mut Store| store.delete(key.kind, &key.namespace, &key.name, &options);
            let store = session.world.store_mut();
            let done = match dry_run {
                DryRun::None => delete(store).map(Some),
                DryRun::Server => store.rehearse(delete).map(|_| None),
                DryRun::Client => Ok(None),
            };
            match done {
                Ok(object) => {
                    if named {
                        session.say(title(key.kind, &key.name));
                    } else {
                        let said = deleted(&key, self.force && grace == Some(0));
                        session.say(said + dry_run.note());
                    }
                    let uid = object.map(|object| object.uid().to_owned());
                    going.extend(uid.map(|uid| (key, uid)));
                }
                Err(e) if self.ignore_not_found && e.reason == ApiReason::NotFound => {}
                Err(e) => failures.push(match path {
                    Some(path) => Failure::from(e).when(format!("error when deleting \"{path}\"")),
                    None => Failure::from(e),
                }),
            }
        }
        Failure::all(failures)?;
        if self.wait.unwrap_or(!self.force) {
            let limit = (self.timeout > 0).then_some(self.timeout);
            for (key, uid) in going {
                wait(session, &key, &uid, limit)?;
            }
        }
        Ok(())
    }

    /// Seconds of grace; `None` leaves it to the object.
    fn grace(&self) -> Result<Option<i64>, Failure> {
        match (self.now, self.force, self.grace_period) {
            (true, _, 0..) => Err(Failure::error(
                "--now and --grace-period cannot be specified together",
            )),
            (true, ..) => Ok(Some(1)),
            (_, true, 1..) => Err(Failure::error(
                "--force and --grace-period greater than 0 cannot be specified together",
            )),
            (_, true, _) => Ok(Some(0)),
            // Without --force a pod always has a moment, so that nobody loses data by a slip.
            (_, _, 0) => Ok(Some(1)),
            (_, _, seconds) => Ok((seconds > 0).then_some(seconds)),
        }
    }

    /// What is to be deleted, and what of the files is nothing that could be.
    fn targets(&self, session: &mut Session<'_>) -> Result<(Vec<Target>, Vec<Failure>), Failure> {
        if self.filename.is_empty() {
            return Ok((self.named(session)?, Vec::new()));
        }
        let Manifest {
            documents,
            failures,
        } = manifest::read(&self.filename, session.files, session.world.store())?;
        let target = |document: &manifest::Document| {
            let namespace = apply::namespace(session, document)?;
            Ok(Target {
                key: Key::new(document.kind, &namespace, document.object.name()),
                path: Some(document.path.clone()),
            })
        };
        let targets: Result<_, Failure> = documents.iter().map(target).collect();
        Ok((targets?, failures))
    }

    fn named(&self, session: &Session<'_>) -> Result<Vec<Target>, Failure> {
        let key = |kind: Kind, name: &str| Target {
            key: Key::new(kind, session.namespace(), name),
            path: None,
        };
        let selects = self.selector.is_some() || self.field_selector.is_some();
        match resources::named_in(session.world.store(), &self.resources)? {
            Named::Objects(_) if self.all || self.selector.is_some() => Err(Failure::error(
                "name cannot be provided when a selector is specified",
            )),
            Named::Objects(_) if self.all_namespaces => Err(Failure::error(
                "a resource cannot be retrieved by name across all namespaces",
            )),
            Named::Objects(objects) => Ok(objects.iter().map(|(k, name)| key(*k, name)).collect()),
            Named::Kinds(kinds) if self.all || selects => {
                let fields = FieldSelector::parse(self.field_selector.as_deref())?;
                let labels = self.selector.as_deref().unwrap_or("");
                kinds
                    .iter()
                    .try_for_each(|kind| fields.check(*kind, labels))?;
                let within = (!self.all_namespaces).then(|| session.namespace().to_owned());
                let filter = Filter {
                    namespace: within,
                    labels: Labels::parse(self.selector.as_deref())?,
                    fields,
                };
                let found = kinds.into_iter().flat_map(|kind| {
                    let objects = filter.list(session.world.store(), kind);
                    objects.into_iter().map(move |object| (kind, object))
                });
                let target = |(kind, object): (Kind, Rc<Object>)| Target {
                    key: Key::of(kind, &object),
                    path: None,
                };
                Ok(found.map(target).collect())
            }
            Named::Kinds(_) => Err(Failure::error(
                "resource(s) were provided, but no name was specified",
            )),
        }
    }
}

/// Lets time pass until the object is gone.
pub(super) fn wait(
    session: &mut Session<'_>,
    key: &Key,
    uid: &str,
    limit: Option<Millis>,
) -> Result<(), Failure> {
    let on = format!(" on {}/{}", key.kind.plural(), key.name);
    session.wait(limit, &on, |world| {
        let found = world.store().get(key.kind, &key.namespace, &key.name);
        found.is_none_or(|object| object.uid() != uid)
    })
}

/// `pod "web-0" deleted from default namespace`
pub(super) fn deleted(key: &Key, force: bool) -> String {
    let verb = if force { "force deleted" } else { "deleted" };
    let from = if key.kind.is_namespaced() {
        format!(" from {} namespace", key.namespace)
    } else {
        String::new()
    };
    format!("{} \"{}\" {verb}{from}", key.kind.qualified(), key.name)
}
