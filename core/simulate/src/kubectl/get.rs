//! `get`: objects as tables, as JSON or YAML, by name, or through a template.

use std::rc::Rc;

use clap::Args;
use serde_json::{Value, json};

use super::failure::Failure;
use super::format::Format;
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::Session;
use super::table::{self, Growing};
use super::{columns, watch};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Show objects; with -w also how they change until the cluster settles
#[derive(Debug, Args)]
pub(super) struct Get {
    /// KIND[,KIND] [NAME…] or KIND/NAME…
    resources: Vec<String>,
    /// wide, json, yaml, name, custom-columns=TITLE:PATH,… or jsonpath=TEMPLATE
    #[arg(short, long, default_value = "")]
    output: String,
    /// Only objects with these labels: a=b,c!=d,e in (f,g),!h
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// Only objects with these fields: metadata.name=web-0,status.phase!=Running
    #[arg(long)]
    field_selector: Option<String>,
    /// Go on until the cluster settles, with a line for each change
    #[arg(short, long)]
    watch: bool,
    /// All namespaces
    #[arg(short = 'A', long)]
    all_namespaces: bool,
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
}

/// Objects of one kind, to be shown as one table.
pub(super) struct Group {
    pub kind: Kind,
    pub objects: Vec<Rc<Object>>,
}

impl Get {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let format = Format::parse(&self.output)?;
        let named = resources::named_in(session.world.store(), &self.resources)?;
        let filter = self.filter(session)?;
        if self.watch {
            return self.watch(session, &named, filter, &format);
        }
        let (groups, failures) = self.find(session, &named, &filter);
        let objects: Vec<_> = groups.iter().flat_map(|g| &g.objects).collect();
        match &format {
            Format::Table { wide } => self.tables(session, &groups, *wide, failures.is_empty()),
            Format::Name => {
                for group in &groups {
                    for object in &group.objects {
                        session.say(format!("{}/{}", group.kind.qualified(), object.name()));
                    }
                }
            }
            _ => {
                // One object that was asked for by name is shown bare; everything else is a list.
                let shown = match (&named, objects.as_slice()) {
                    (Named::Objects(asked), [object]) if asked.len() == 1 => Object::clone(object),
                    (Named::Objects(asked), []) if asked.len() == 1 => {
                        return Failure::all(failures);
                    }
                    _ => list(&objects),
                };
                session.print(&format.show(&shown)?);
            }
        }
        Failure::all(failures)
    }

    fn filter(&self, session: &Session<'_>) -> Result<Filter, Failure> {
        Ok(Filter {
            namespace: (!self.all_namespaces).then(|| session.namespace().to_owned()),
            labels: Labels::parse(self.selector.as_deref())?,
            fields: FieldSelector::parse(self.field_selector.as_deref())?,
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
        let with_kind = groups.iter().any(|g| g.kind != groups[0].kind);
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
            if index > 0 {
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
        let Format::Table { wide } = *format else {
            return Err(Failure::error(
                "-w prints tables only: expected no -o but wide",
            ));
        };
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
        let cells = |object: &Object, at| {
            let cells = columns::cells(kind, object, at, wide);
            self.dress(kind, object, cells)
        };
        let now = session.world.now();
        let mut rows = Growing::default();
        // The header comes with the first rows, so that it is as wide as they are.
        let mut next: Vec<_> = (!self.no_headers)
            .then(|| self.titles(kind, wide))
            .into_iter()
            .collect();
        let here = filter.list(session.world.store(), kind);
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
}

/// A list object, as kubectl makes it of several objects.
fn list(objects: &[&Rc<Object>]) -> Value {
    let items: Vec<&Object> = objects.iter().map(|o| &***o).collect();
    json!({"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}})
}
