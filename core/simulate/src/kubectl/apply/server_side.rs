//! `apply --server-side`: the API server lays the file over the object, and keeps who manages which fields.

use std::rc::Rc;

use clap::Args;
use serde_json::json;

use super::{Document, DryRun, Failure, LAST_APPLIED, Session, require_name, warning};
use crate::store::Author;
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::managed_fields::{self, KUBECTL};
use crate::values::object::{Fields, Object};

/// In whose name kubectl keeps the annotation of what was applied last.
const KEEPER: &str = "kubectl-last-applied";

/// What is said after a conflict.
const REVIEW: &str = "\
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the `--force-conflicts` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts";

/// Whether the API server applies, and how.
#[derive(Debug, Args)]
pub(in crate::kubectl) struct ServerSide {
    /// Let the API server apply, and keep who manages which fields
    #[arg(long)]
    server_side: bool,
    /// With --server-side: take over the fields that others manage
    #[arg(long)]
    force_conflicts: bool,
}

impl ServerSide {
    pub(in crate::kubectl) const fn is_asked(&self) -> bool {
        self.server_side
    }

    /// Whether these flags go together.
    pub(in crate::kubectl) fn check(&self, dry_run: DryRun) -> Result<(), Failure> {
        if self.force_conflicts && !self.server_side {
            let message = "--force-conflicts only works with --server-side";
            return Err(Failure::error(message));
        }
        if self.server_side && dry_run == DryRun::Client {
            let message = "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)";
            return Err(Failure::error(message));
        }
        Ok(())
    }

    /// What would come of it.
    pub(in crate::kubectl) fn foreseen(
        &self,
        session: &mut Session<'_>,
        document: &Document,
        namespace: &str,
    ) -> Result<Rc<Object>, Failure> {
        let sent = sent(document, namespace);
        self.send(session, document.kind, namespace, sent, DryRun::Server)
    }

    /// Makes the object what the file says. Gives what it has become, and what that is called.
    pub(super) fn apply(
        &self,
        session: &mut Session<'_>,
        document: &Document,
        namespace: &str,
        dry_run: DryRun,
    ) -> Result<(Rc<Object>, &'static str), Failure> {
        let Document { kind, object, .. } = document;
        let kind = *kind;
        require_name(object)?;
        let config = sent(document, namespace);
        let store = session.world.store();
        let live = store.get(kind, namespace, object.name()).cloned();
        let applied = self.send(session, kind, namespace, config.clone(), dry_run);
        let mut applied = applied.map_err(reviewed)?;
        tell_differences(session, kind, live.as_deref(), &config);
        if dry_run == DryRun::None && moved(session, kind, namespace, &applied)? {
            let again = self.send(session, kind, namespace, config, dry_run);
            applied = again.map_err(reviewed)?;
        }
        warning::tell(session, kind, object, live.as_deref(), &applied);
        Ok((applied, "serverside-applied"))
    }

    fn send(
        &self,
        session: &mut Session<'_>,
        kind: Kind,
        namespace: &str,
        config: Object,
        dry_run: DryRun,
    ) -> Result<Rc<Object>, Failure> {
        let force = self.force_conflicts;
        session.write(dry_run, Rc::new(config), |store, config| {
            store.apply(kind, namespace, &config, force)
        })
    }
}

/// A conflict is told with the ways out of it.
fn reviewed(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(
            ApiError {
                reason: ApiReason::Conflict,
                message,
                ..
            },
            _,
        ) => Failure::error(format!("{message}\n{REVIEW}")),
        other => other,
    }
}

/// What kubectl sends of a file's object.
fn sent(document: &Document, namespace: &str) -> Object {
    let mut config = document.object.clone();
    if document.kind.is_namespaced() {
        config.put("/metadata/namespace", json!(namespace));
    }
    config
}

/// Makes an applier of one who has applied the object by the client before, as kubectl does after it has applied. Gives whether
/// it did, so that the file has to be applied once more: fields that it does not name any more go only then.
fn moved(
    session: &mut Session<'_>,
    kind: Kind,
    namespace: &str,
    applied: &Object,
) -> Result<bool, Failure> {
    let Author::Client(manager, _) = session.world.store().author().clone() else {
        return Ok(false);
    };
    let mut object = Rc::new(applied.clone());
    if &*manager == KUBECTL
        && let Some(annotation) = applied.pointer(LAST_APPLIED)
        && !managed_fields::annotation_is_applied(applied)
    {
        let mut config = json!({
            "apiVersion": kind.api_version(),
            "kind": kind.name(),
            "metadata": {"name": applied.name(), "annotations": {}},
        });
        config.put(LAST_APPLIED, annotation.clone());
        if kind.is_namespaced() {
            config.put("/metadata/namespace", json!(namespace));
        }
        let store = session.world.store_mut();
        let author = store.write_as(Author::Client(KEEPER.into(), ""));
        let kept = store.apply(kind, namespace, &config, false);
        store.write_as(author);
        object = kept?;
    }
    match managed_fields::upgraded(&object, &manager) {
        Some(upgraded) => {
            session.world.store_mut().update(kind, upgraded)?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Says where the simulator does not know what an API server would know.
fn tell_differences(session: &mut Session<'_>, kind: Kind, live: Option<&Object>, config: &Object) {
    let what = format!("{}/{}", kind.resource(), config.name());
    if live.is_some_and(|live| !managed_fields::is_managed(live)) {
        session.say(format!(
            "warning: {what}: the simulator has not kept who wrote it before, so \"before-first-apply\" manages what was there"
        ));
    }
    if managed_fields::is_untyped(kind) {
        session.say(format!(
            "warning: {what}: the simulator does not know its type, so each list in it has one owner"
        ));
    }
}
