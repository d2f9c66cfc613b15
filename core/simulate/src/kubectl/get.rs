//! `get`: objects as tables, as JSON or YAML, by name, or through a template.

use std::collections::HashMap;
use std::rc::Rc;

use clap::Args;
use serde_json::{Value, json};

use super::failure::Failure;
use super::format::Format;
use super::manifest::{self, Manifest};
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::{Session, title};
use super::table::{self, Growing};
use super::{columns, sorting, watch};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Show objects; with -w also how they change until the cluster settles
#[derive(Debug, Args)]
pub(super) struct Get {
    /// KIND[,KIND] [NAME…] or KIND/NAME…
    resources: Vec<String>,
    /// wide, json, yaml, name, custom-columns=TITLE:PATH,…, custom-columns-file=FILE, jsonpath=TEMPLATE,
    /// jsonpath-as-json=TEMPLATE or jsonpath-file=FILE
    #[arg(short, long, default_value = "", hide_default_value = true)]
    output: String,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// Only objects with these labels: a=b,c!=d,e in (f,g),!h
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// Only objects with these fields: metadata.name=web-0,status.phase!=Running
    #[arg(long)]
    field_selector: Option<String>,
    /// By this field: .metadata.creationTimestamp
    #[arg(long)]
    sort_by: Option<String>,
    /// Go on until the cluster settles, with a line for each change
    #[arg(short, long)]
    watch: bool,
    /// The same without what is there already
    #[arg(long)]
    watch_only: bool,
    /// All namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
    /// The kind before each name
    #[arg(long)]
    show_kind: bool,
    /// A column with all labels
    #[arg(long)]
    show_labels: bool,
    /// A column for each of these labels
    #[arg(short = 'L', long, value_delimiter = ',')]
    label_columns: Vec<String>,
    /// Rows only
    #[arg(long)]
    no_headers: bool,
    /// No error where a named object does not exist
    #[arg(long)]
    ignore_not_found: bool,
    /// Accepted and without meaning here: all objects come at once
    #[arg(long)]
    chunk_size: Option<i64>,
    /// Show also who manages which fields
    #[arg(long)]
    show_managed_fields: bool,
}

/// Objects of one kind, to be shown as one table.
pub(super) struct Group {
    pub kind: Kind,
    pub objects: Vec<Rc<Object>>,
}

impl Get {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let format = Format::parse(&self.output, session.files)?;
        if format == Format::Name && self.show_labels {
            return Err(Failure::error(
                "--show-labels option cannot be used with name printer",
            ));
        }
        let (named, mut failures) = self.named(session)?;
        let filter = self.filter(session, &named)?;
        if self.watch || self.watch_only {
            return self.watch(session, &named, filter, &format);
        }
        let (mut groups, missing) = self.find(session, &named, &filter);
        failures.extend(missing);
        match &format {
            Format::Table { wide } => {
                if let Some(by) = &self.sort_by {
                    let path = sorting::path(by)?;
                    for group in &mut groups {
                        // kubectl shows none of them where none has the field.
                        if sorting::sort(&mut group.objects, &path).is_err() {
                            group.objects.clear();
                        }
                    }
                }
                self.tables(session, &groups, *wide, failures.is_empty());
            }
            _ => self.plain(session, &named, groups, &format)?,
        }
        Failure::all(failures)
    }

    /// Prints objects as they are, and not as a table.
    fn plain(
        &self,
        session: &mut Session<'_>,
        named: &Named,
        groups: Vec<Group>,
        format: &Format,
    ) -> Result<(), Failure> {
        let of_group = |group: Group| {
            let kind = group.kind;
            group.objects.into_iter().map(move |object| (kind, object))
        };
        let found: Vec<(Kind, Rc<Object>)> = groups.into_iter().flat_map(of_group).collect();
        let kinds: HashMap<String, Kind> = found
            .iter()
            .map(|(kind, object)| (object.uid().to_owned(), *kind))
            .collect();
        let mut objects: Vec<_> = found.into_iter().map(|(_, object)| object).collect();
        if let Some(by) = &self.sort_by {
            let sorted = sorting::sort(&mut objects, &sorting::path(by)?);
            sorted.map_err(|()| sorting::nothing(by))?;
        }
        if *format == Format::Name {
            for object in &objects {
                if let Some(kind) = kinds.get(object.uid()) {
                    session.say(title(*kind, object.name()));
                }
            }
            return Ok(());
        }
        // One object that was asked for by name is shown bare; everything else is a list.
        let shown = match (named, objects.as_slice()) {
            (Named::Objects(asked), [object]) if asked.len() == 1 => Object::clone(object),
            (Named::Objects(asked), []) if asked.len() == 1 => return Ok(()),
            _ => list(objects.iter().map(|object| &**object)),
        };
        let shown = format.shown(&shown, self.show_managed_fields);
        let text = format.show(&shown, !self.no_headers)?;
        session.print(&text);
        Ok(())
    }

    /// What was asked for, and what of the files is nothing that could be.
    fn named(&self, session: &mut Session<'_>) -> Result<(Named, Vec<Failure>), Failure> {
        if self.filename.is_empty() {
            if self.resources.is_empty() {
                session.say(
                    "You must specify the type of resource to get. Use \"kubectl api-resources\" for a complete list of \
                     supported resources.\n",
                );
                return Err(Failure::error(
                    "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of that \
                     resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples",
                ));
            }
            let named = resources::named_in(session.world.store(), &self.resources)?;
            if matches!(named, Named::Objects(_)) && self.all_namespaces {
                return Err(Failure::error(
                    "a resource cannot be retrieved by name across all namespaces",
                ));
            }
            return Ok((named, Vec::new()));
        }
        let Manifest {
            documents,
            failures,
        } = manifest::read(&self.filename, session.files, session.world.store())?;
        let object = |it: &manifest::Document| (it.kind, it.object.name().to_owned());
        let objects = documents.iter().map(object).collect();
        Ok((Named::Objects(objects), failures))
    }

    fn filter(&self, session: &Session<'_>, named: &Named) -> Result<Filter, Failure> {
        let fields = FieldSelector::parse(self.field_selector.as_deref())?;
        if let Named::Kinds(kinds) = named {
            let labels = self.selector.as_deref().unwrap_or("");
            kinds
                .iter()
                .try_for_each(|kind| fields.check(*kind, labels))?;
        }
        Ok(Filter {
            namespace: (!self.all_namespaces).then(|| session.namespace().to_owned()),
            labels: Labels::parse(self.selector.as_deref())?,
            fields,
        })
    }

    /// What was asked for, and what was not found of it.
    fn find(
        &self,
        session: &Session<'_>,
        named: &Named,
        filter: &Filter,
    ) -> (Vec<Group>, Vec<Failure>) {
        let store = session.world.store();
        let mut groups: Vec<Group> = Vec::new();
        let mut failures = Vec::new();
        match named {
            Named::Kinds(kinds) => {
                groups.extend(kinds.iter().map(|&kind| Group {
                    kind,
                    objects: filter.list(store, kind),
                }));
            }
            Named::Objects(objects) => {
                for (kind, name) in objects {
                    match session.require(*kind, name) {
                        Ok(object) => match groups.last_mut() {
                            Some(group) if group.kind == *kind => group.objects.push(object),
                            _ => groups.push(Group {
                                kind: *kind,
                                objects: vec![object],
                            }),
                        },
                        Err(_) if self.ignore_not_found => {}
                        Err(failure) => failures.push(failure),
                    }
                }
            }
        }
        (groups, failures)
    }

    fn tables(&self, session: &mut Session<'_>, groups: &[Group], wide: bool, complete: bool) {
        let now = session.world.now();
        let with_kind = self.show_kind || groups.iter().any(|g| g.kind != groups[0].kind);
        let full: Vec<_> = groups.iter().filter(|g| !g.objects.is_empty()).collect();
        if full.is_empty() && complete && !self.ignore_not_found {
            let namespaced = groups.iter().all(|g| g.kind.is_namespaced());
            session.say(if self.all_namespaces || !namespaced {
                "No resources found".to_owned()
            } else {
                format!("No resources found in {} namespace.", session.namespace())
            });
        }
        for (index, group) in full.iter().enumerate() {
            if index > 0 && !self.no_headers {
                session.say("");
            }
            let header = (!self.no_headers).then(|| self.titles(group.kind, wide));
            let body = group.objects.iter().map(|object| {
                let mut cells = columns::cells(group.kind, object, now, wide);
                if with_kind {
                    cells[0].insert_str(0, &format!("{}/", group.kind.qualified()));
                }
                self.dress(group.kind, object, cells)
            });
            let rows: Vec<_> = header.into_iter().chain(body).collect();
            session.print(&table::rows(&rows));
        }
    }

    fn titles(&self, kind: Kind, wide: bool) -> Vec<String> {
        let mut titles = columns::titles(kind, wide);
        if self.all_namespaces && kind.is_namespaced() {
            titles.insert(0, "NAMESPACE".into());
        }
        for label in &self.label_columns {
            let last = label.rsplit('/').next().unwrap_or(label);
            titles.push(last.to_uppercase());
        }
        if self.show_labels {
            titles.push("LABELS".into());
        }
        titles
    }

    /// Adds the cells that were asked for beside the kind's own.
    fn dress(&self, kind: Kind, object: &Object, mut cells: Vec<String>) -> Vec<String> {
        if self.all_namespaces && kind.is_namespaced() {
            cells.insert(0, object.namespace().into());
        }
        let labels = object.pointer("/metadata/labels");
        for label in &self.label_columns {
            let value = labels.and_then(|l| l.get(label)).and_then(Value::as_str);
            cells.push(value.unwrap_or("").into());
        }
        if self.show_labels {
            cells.push(columns::pairs(labels));
        }
        cells
    }

    fn watch(
        &self,
        session: &mut Session<'_>,
        named: &Named,
        mut filter: Filter,
        format: &Format,
    ) -> Result<(), Failure> {
        let kind = match named {
            Named::Kinds(kinds) if kinds.len() == 1 => kinds[0],
            Named::Objects(objects) if objects.len() == 1 => {
                let (kind, name) = &objects[0];
                session.require(*kind, name)?;
                filter.fields = FieldSelector::parse(Some(&format!("metadata.name={name}")))?;
                *kind
            }
            _ => {
                return Err(Failure::error(
                    "you may only specify a single resource type",
                ));
            }
        };
        let Format::Table { wide } = *format else {
            return self.watch_plain(session, kind, &filter, format);
        };
        let cells = |object: &Object, at| {
            let mut cells = columns::cells(kind, object, at, wide);
            if self.show_kind {
                cells[0].insert_str(0, &format!("{}/", kind.qualified()));
            }
            self.dress(kind, object, cells)
        };
        let now = session.world.now();
        let mut rows = Growing::default();
        // The header comes with the first rows, so that it is as wide as they are.
        let mut next: Vec<_> = (!self.no_headers)
            .then(|| self.titles(kind, wide))
            .into_iter()
            .collect();
        let mut here = filter.list(session.world.store(), kind);
        if self.watch_only {
            here.clear();
        }
        if !here.is_empty() {
            next.extend(here.iter().map(|object| cells(object, now)));
            session.print(&rows.rows(std::mem::take(&mut next)));
        }
        for change in watch::until_settled(session.world) {
            if change.key.kind == kind && filter.matches(&change.key, &change.object) {
                next.push(cells(&change.object, change.at));
                session.print(&rows.rows(std::mem::take(&mut next)));
            }
        }
        Ok(())
    }

    /// Prints each object as it is, and again when it changes.
    fn watch_plain(
        &self,
        session: &mut Session<'_>,
        kind: Kind,
        filter: &Filter,
        format: &Format,
    ) -> Result<(), Failure> {
        let mut first = true;
        let mut tell = |session: &mut Session<'_>, object: &Object| -> Result<(), Failure> {
            if *format == Format::Name {
                session.say(title(kind, object.name()));
                return Ok(());
            }
            if !first && *format == Format::Yaml {
                session.say("---");
            }
            let object = format.shown(object, self.show_managed_fields);
            let text = format.show(&object, first && !self.no_headers)?;
            first = false;
            session.print(&text);
            Ok(())
        };
        if !self.watch_only {
            for object in filter.list(session.world.store(), kind) {
                tell(session, &object)?;
            }
        }
        for change in watch::until_settled(session.world) {
            if change.key.kind == kind && filter.matches(&change.key, &change.object) {
                tell(session, &change.object)?;
            }
        }
        Ok(())
    }
}

/// A list object, as kubectl makes it of several objects.
pub(super) fn list<'o>(objects: impl Iterator<Item = &'o Object>) -> Value {
    let items: Vec<&Object> = objects.collect();
    json!({"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}})
}
