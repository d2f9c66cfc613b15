//! Who manages what: the entries of `metadata.managedFields`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::set::FieldSet;
use crate::values::object::{Fields, Object};

/// So many managers of updates are kept apart. The oldest of more are kept as one.
const MOST_UPDATERS: usize = 10;
/// What they are called then.
const ANCIENT: &str = "ancient-changes";

pub(super) const PLACE: &str = "/metadata/managedFields";

/// How a manager writes. In the order of entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Operation {
    /// By server-side apply.
    Apply,
    /// By any other request.
    Update,
}

/// What tells a manager apart from others. An applier is the same in each version of a kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Identity {
    pub(super) operation: Operation,
    pub(super) manager: String,
    /// Of an updater.
    pub(super) version: Option<String>,
    pub(super) subresource: String,
}

/// What a manager has.
#[derive(Clone, Debug)]
pub(super) struct Managed {
    pub(super) fields: FieldSet,
    pub(super) version: String,
    /// When its fields last changed; none of one that has only repeated what others say.
    pub(super) time: Option<String>,
}

/// All managers of an object.
#[derive(Clone, Default, Debug)]
pub(super) struct Managers(pub(super) BTreeMap<Identity, Managed>);

/// What an object says of its managers.
pub(super) enum Said {
    /// These they are.
    Managers(Managers),
    /// Nothing, or nothing that can be read.
    Nothing,
    /// Nobody is to manage it any more.
    Reset,
}

impl Operation {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Apply => "Apply",
            Self::Update => "Update",
        }
    }
}

impl Identity {
    pub(super) fn applier(manager: &str, subresource: &str) -> Self {
        Self {
            operation: Operation::Apply,
            manager: named(manager),
            version: None,
            subresource: subresource.to_owned(),
        }
    }

    pub(super) fn updater(manager: &str, version: &str, subresource: &str) -> Self {
        Self {
            operation: Operation::Update,
            manager: named(manager),
            version: Some(version.to_owned()),
            subresource: subresource.to_owned(),
        }
    }

    /// The text by which the API server sorts managers whose fields are in conflict.
    pub(super) fn text(&self) -> String {
        let mut fields = vec![
            ("manager", self.manager.as_str()),
            ("operation", self.operation.name()),
        ];
        fields.extend(self.version.as_deref().map(|it| ("apiVersion", it)));
        if !self.subresource.is_empty() {
            fields.push(("subresource", &self.subresource));
        }
        let fields = fields.iter();
        let fields: Vec<String> = fields
            .map(|(name, it)| format!("\"{name}\":{}", json!(it)))
            .collect();
        format!("{{{}}}", fields.join(","))
    }
}

fn named(manager: &str) -> String {
    let name = if manager.is_empty() {
        "unknown"
    } else {
        manager
    };
    name.to_owned()
}

impl Managers {
    /// The managers of an object.
    pub(super) fn of(object: &Object) -> Said {
        let Some(entries) = object.pointer(PLACE).filter(|it| !it.is_null()) else {
            return Said::Nothing;
        };
        match entries.as_array().map(Vec::as_slice) {
            Some([]) => return Said::Reset,
            Some([only]) if only.as_object().is_some_and(Map::is_empty) => return Said::Reset,
            _ => {}
        }
        let read = entries.as_array().and_then(|all| {
            let all = all.iter().map(read_entry);
            all.collect::<Option<BTreeMap<_, _>>>()
        });
        read.map_or(Said::Nothing, |read| Said::Managers(Self(read)))
    }

    /// The same, where no difference is made of what is not said and what is to be forgotten.
    pub(super) fn known(object: &Object) -> Self {
        match Self::of(object) {
            Said::Managers(managers) => managers,
            Said::Nothing | Said::Reset => Self::default(),
        }
    }

    /// Writes them into an object, or takes away what it says where there are none.
    pub(super) fn put_into(&self, object: &mut Object) {
        object.take_away(PLACE);
        if let Some(entries) = self.written() {
            object.put(PLACE, entries);
        }
    }

    fn written(&self) -> Option<Value> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort_by_key(|(identity, it)| {
            let Identity {
                operation,
                manager,
                subresource,
                ..
            } = identity;
            (*operation, &it.time, manager, &it.version, subresource)
        });
        let entries: Vec<_> = all
            .into_iter()
            .map(|(id, it)| written_entry(id, it))
            .collect();
        (!entries.is_empty()).then(|| entries.into())
    }

    /// The oldest updaters become one where there are too many, those of each version for themselves.
    pub(super) fn cap(&mut self) {
        let updaters = self
            .0
            .iter()
            .filter(|(id, _)| id.operation == Operation::Update);
        let mut updaters: Vec<(Option<String>, String, Identity)> = updaters
            .map(|(id, it)| (it.time.clone(), id.text(), id.clone()))
            .collect();
        updaters.sort();
        let mut left = updaters.len();
        let mut first: BTreeMap<String, Identity> = BTreeMap::new();
        for (time, _, id) in updaters {
            if left <= MOST_UPDATERS {
                return;
            }
            let Some(version) = self.0.get(&id).map(|it| it.version.clone()) else {
                continue;
            };
            let bucket = Identity::updater(ANCIENT, &version, "");
            let Some(oldest) = first.get(&version) else {
                first.insert(version, id);
                continue;
            };
            if !self.0.contains_key(&bucket)
                && let Some(of_oldest) = self.0.remove(oldest)
            {
                self.0.insert(bucket.clone(), of_oldest);
            }
            if let Some(gone) = self.0.remove(&id) {
                let all = self.0.entry(bucket).or_insert_with(|| gone.clone());
                all.fields.add(&gone.fields);
                all.time = time;
            }
            left -= 1;
        }
    }
}

/// Takes away what an object says of its managers.
pub(crate) fn forget(object: &mut Object) {
    object.take_away(PLACE);
}

/// Puts what one object says of its managers into another.
pub(crate) fn move_to(from: &mut Object, to: &mut Object) {
    forget(to);
    if let Some(entries) = from.take_away(PLACE) {
        to.put(PLACE, entries);
    }
}

/// Whether somebody manages an object.
pub(crate) fn is_managed(object: &Object) -> bool {
    !object.list(PLACE).is_empty()
}

fn read_entry(entry: &Value) -> Option<(Identity, Managed)> {
    let operation = match entry.text("/operation") {
        "Apply" => Operation::Apply,
        "Update" => Operation::Update,
        _ => return None,
    };
    let version = entry.text("/apiVersion");
    if version.is_empty() || entry.text("/fieldsType") != "FieldsV1" {
        return None;
    }
    let fields = match entry.pointer("/fieldsV1") {
        None | Some(Value::Null) => FieldSet::default(),
        Some(written) => FieldSet::read(written)?,
    };
    let time = entry.text("/time");
    let (manager, subresource) = (entry.text("/manager"), entry.text("/subresource"));
    let identity = Identity {
        operation,
        manager: manager.to_owned(),
        version: (operation == Operation::Update).then(|| version.to_owned()),
        subresource: subresource.to_owned(),
    };
    let managed = Managed {
        fields,
        version: version.to_owned(),
        time: (!time.is_empty()).then(|| time.to_owned()),
    };
    Some((identity, managed))
}

fn written_entry(identity: &Identity, managed: &Managed) -> Value {
    let mut entry = json!({
        "manager": identity.manager,
        "operation": identity.operation.name(),
        "apiVersion": managed.version,
        "fieldsType": "FieldsV1",
        "fieldsV1": managed.fields.written(),
    });
    if let Some(time) = &managed.time {
        entry["time"] = json!(time);
    }
    if !identity.subresource.is_empty() {
        entry["subresource"] = json!(identity.subresource);
    }
    entry
}
