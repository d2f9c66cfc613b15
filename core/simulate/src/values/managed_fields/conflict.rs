//! Fields that an applier wants to change and that others manage, in the API server's words.

use std::collections::BTreeMap;

use super::element::Element;
use super::entry::{Identity, Operation};
use super::set::FieldSet;

/// Fields in conflict, by their managers.
#[derive(Clone, Default, Debug)]
pub(super) struct Conflicts(pub(super) BTreeMap<Identity, FieldSet>);

impl Conflicts {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The conflicts about other fields than these.
    pub(super) fn without(&self, allowed: &FieldSet) -> Self {
        let left = self.0.iter().filter_map(|(identity, fields)| {
            let left = fields.difference(allowed);
            (!left.is_empty()).then(|| (identity.clone(), left))
        });
        Self(left.collect())
    }

    pub(super) fn message(&self) -> String {
        let path = |path: &Vec<Element>| path.iter().map(Element::to_string).collect::<String>();
        let mut all: Vec<_> = self
            .0
            .iter()
            .map(|(id, fields)| (id, fields.paths()))
            .collect();
        all.sort_by_key(|(identity, _)| identity.text());
        let count: usize = all.iter().map(|(_, paths)| paths.len()).sum();
        if let ([(identity, paths)], 1) = (all.as_slice(), count) {
            let paths: String = paths.iter().map(path).collect();
            let who = shown(identity);
            return format!("Apply failed with 1 conflict: conflict with {who}: {paths}");
        }
        let mut lines = Vec::new();
        for (identity, paths) in &all {
            lines.push(format!("conflicts with {}:", shown(identity)));
            lines.extend(paths.iter().map(|it| format!("- {}", path(it))));
        }
        format!("Apply failed with {count} conflicts: {}", lines.join("\n"))
    }
}

fn shown(identity: &Identity) -> String {
    let Identity {
        operation,
        manager,
        version,
        subresource,
    } = identity;
    let part = match subresource.as_str() {
        "" => String::new(),
        part => format!(" with subresource {part:?}"),
    };
    let by = match (operation, version) {
        (Operation::Update, Some(version)) => format!(" using {version}"),
        _ => String::new(),
    };
    format!("{manager:?}{part}{by}")
}
