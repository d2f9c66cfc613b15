//! What a command works with: the cluster, files, a namespace, and the text it prints.

use std::rc::Rc;

use statefulset::Millis;

use super::failure::Failure;
use super::files::Files;
use super::outcome::DryRun;
use crate::store::Store;
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::object::Object;
use crate::world::World;

/// One command's surroundings.
pub(super) struct Session<'a> {
    pub world: &'a mut World,
    pub files: &'a mut dyn Files,
    /// The namespace that was typed, if one was.
    pub asked: Option<String>,
    /// What has been printed.
    pub text: String,
}

impl Session<'_> {
    /// The namespace that was typed, or else `default`.
    pub(super) fn namespace(&self) -> &str {
        self.asked.as_deref().unwrap_or("default")
    }

    /// Prints a line.
    pub(super) fn say(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// Prints text that brings its own line ends.
    pub(super) fn print(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The object of this name in the command's namespace.
    pub(super) fn require(&self, kind: Kind, name: &str) -> Result<Rc<Object>, Failure> {
        let found = self.world.store().require(kind, self.namespace(), name);
        found.map_err(Failure::from)
    }

    /// Reads the object, lets `change` edit it and writes it back. Gives whether that made a difference.
    pub(super) fn edit(
        &mut self,
        kind: Kind,
        name: &str,
        change: impl FnOnce(&mut Object) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let old = self.require(kind, name)?;
        let mut object = Object::clone(&old);
        change(&mut object)?;
        let new = self.world.store_mut().update(kind, object)?;
        Ok(version(&new) != version(&old))
    }

    /// Reads the object, lets `change` edit it and writes it back as far as `dry_run` lets it. Gives what it has become, and
    /// whether that is a difference.
    pub(super) fn rewrite(
        &mut self,
        kind: Kind,
        namespace: &str,
        name: &str,
        dry_run: DryRun,
        change: impl FnOnce(&mut Object) -> Result<(), Failure>,
    ) -> Result<(Rc<Object>, bool), Failure> {
        let old = self.world.store().require(kind, namespace, name)?;
        let mut object = Object::clone(&old);
        change(&mut object)?;
        let new = self.write(dry_run, Rc::new(object), |store, object| {
            store.update(kind, object)
        })?;
        let differs = *new != *old;
        Ok((new, differs))
    }

    /// Lets `write` write the object, as far as `dry_run` lets it.
    pub(super) fn write(
        &mut self,
        dry_run: DryRun,
        object: Rc<Object>,
        write: impl FnOnce(&mut Store, Object) -> Result<Rc<Object>, ApiError>,
    ) -> Result<Rc<Object>, Failure> {
        let store = self.world.store_mut();
        Ok(match dry_run {
            DryRun::Client => object,
            DryRun::Server => store.rehearse(|store| write(store, Rc::unwrap_or_clone(object)))?,
            DryRun::None => write(store, Rc::unwrap_or_clone(object))?,
        })
    }

    /// Lets time pass until `done` holds; fails after `limit`, or where nothing happens any more that could help.
    pub(super) fn wait(
        &mut self,
        limit: Option<Millis>,
        what: &str,
        done: impl FnMut(&World) -> bool,
    ) -> Result<(), Failure> {
        if self.world.wait_for(limit, done) {
            return Ok(());
        }
        let mut message = format!("timed out waiting for the condition{what}");
        if limit.is_none() {
            message += ": nothing happens any more";
        }
        Err(Failure::error(message))
    }
}

/// `statefulset.apps/web`
pub(super) fn title(kind: Kind, name: &str) -> String {
    format!("{}/{name}", kind.qualified())
}

/// The version of an object, to tell whether a write made a difference.
pub(super) fn version(object: &Object) -> &str {
    crate::values::object::Fields::text(object, "/metadata/resourceVersion")
}
