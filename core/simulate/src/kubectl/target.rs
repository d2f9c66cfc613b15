//! The objects that a command is to work on: by name, by selector, all of a kind, or those in files.

use std::rc::Rc;

use super::apply;
use super::failure::Failure;
use super::manifest::{self, Manifest};
use super::resources::{self, Filter, NOTHING_NAMED, Named};
use super::selector::{FieldSelector, Labels};
use super::session::Session;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// What was typed to name objects.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'a> {
    pub words: &'a [String],
    pub files: &'a [String],
    pub labels: Option<&'a str>,
    pub fields: Option<&'a str>,
    pub all: bool,
    pub all_namespaces: bool,
    /// Whether a kind alone stands for all of its objects.
    pub kinds_are_enough: bool,
}

/// One object to work on, as it is now.
pub(super) struct Target {
    pub key: Key,
    pub object: Rc<Object>,
}

impl Wanted<'_> {
    /// The objects, and what was named and is not there.
    pub(super) fn find(
        &self,
        session: &mut Session<'_>,
    ) -> Result<(Vec<Target>, Vec<Failure>), Failure> {
        let (keys, mut failures) = self.keys(session)?;
        let mut targets = Vec::new();
        for key in keys {
            match session
                .world
                .store()
                .require(key.kind, &key.namespace, &key.name)
            {
                Ok(object) => targets.push(Target { key, object }),
                Err(error) => failures.push(error.into()),
            }
        }
        Ok((targets, failures))
    }

    fn keys(&self, session: &mut Session<'_>) -> Result<(Vec<Key>, Vec<Failure>), Failure> {
        if !self.files.is_empty() {
            if !self.words.is_empty() {
                return Err(Failure::error(
                    "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well",
                ));
            }
            let Manifest {
                documents,
                mut failures,
            } = manifest::read(self.files, session.files, session.world.store())?;
            let mut keys = Vec::new();
            for document in &documents {
                match apply::namespace(session, document) {
                    Ok(namespace) => {
                        keys.push(Key::new(document.kind, &namespace, document.object.name()));
                    }
                    Err(failure) => failures.push(failure),
                }
            }
            return Ok((keys, failures));
        }
        if self.words.is_empty() {
            return Err(Failure::error(NOTHING_NAMED));
        }
        let selects = self.labels.is_some() || self.fields.is_some();
        if self.all && selects {
            return Err(Failure::error(
                "setting 'all' parameter but found a non empty selector. ",
            ));
        }
        let keys = match resources::named_in(session.world.store(), self.words)? {
            Named::Objects(_) if self.labels.is_some() => {
                return Err(Failure::error(
                    "name cannot be provided when a selector is specified",
                ));
            }
            Named::Objects(_) if self.all_namespaces => {
                return Err(Failure::error(
                    "a resource cannot be retrieved by name across all namespaces",
                ));
            }
            Named::Objects(objects) => {
                let namespace = session.namespace();
                let key = |(kind, name): &(Kind, String)| Key::new(*kind, namespace, name);
                objects.iter().map(key).collect()
            }
            Named::Kinds(kinds) if self.all || selects || self.kinds_are_enough => {
                let fields = FieldSelector::parse(self.fields)?;
                let labels = self.labels.unwrap_or("");
                kinds
                    .iter()
                    .try_for_each(|kind| fields.check(*kind, labels))?;
                let filter = Filter {
                    namespace: (!self.all_namespaces).then(|| session.namespace().to_owned()),
                    labels: Labels::parse(self.labels)?,
                    fields,
                };
                let store = session.world.store();
                let of_kind = |kind| {
                    let objects = filter.list(store, kind);
                    objects
                        .into_iter()
                        .map(move |object| Key::of(kind, &object))
                };
                kinds.into_iter().flat_map(of_kind).collect()
            }
            Named::Kinds(_) => {
                return Err(Failure::error(
                    "resource(s) were provided, but no name was specified",
                ));
            }
        };
        Ok((keys, Vec::new()))
    }
}
