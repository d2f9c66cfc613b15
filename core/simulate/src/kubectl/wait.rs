//! `wait`: lets time pass until a condition holds.

use clap::Args;
use serde_json::Value;
use statefulset::Millis;

use super::failure::Failure;
use super::jsonpath::{self, Path};
use super::resources::{self, Filter, Named};
use super::selector::{FieldSelector, Labels};
use super::session::{Session, title};
use crate::values::duration;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Let time pass until a condition holds
#[derive(Debug, Args)]
pub(super) struct Wait {
    /// KIND/NAME…, KIND NAME…, or KINDS with -l or --all
    resources: Vec<String>,
    /// condition=TYPE[=STATUS], jsonpath={.path}[=VALUE], create or delete
    #[arg(long = "for", value_name = "CONDITION")]
    condition: Option<String>,
    /// How long to wait for each object; 0 looks once
    #[arg(long, default_value = "30s", value_parser = duration::parse)]
    timeout: Millis,
    /// Objects with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// All objects of these kinds in the namespace
    #[arg(long)]
    all: bool,
}

/// What is waited for.
#[derive(Clone, PartialEq, Debug)]
enum Condition {
    Create,
    Delete,
    Status(String, String),
    Path(Path, Option<String>),
}

impl Condition {
    fn parse(text: &str) -> Result<Self, Failure> {
        if let Some(condition) = text.strip_prefix("condition=") {
            let (kind, status) = condition.split_once('=').unwrap_or((condition, "True"));
            return Ok(Self::Status(kind.into(), status.into()));
        }
        if let Some(path) = text.strip_prefix("jsonpath=") {
            // The path may itself hold an equals sign, inside its braces.
            let (path, value) = match path.rfind('}') {
                Some(end) => (&path[..=end], path[end + 1..].strip_prefix('=')),
                None => path
                    .split_once('=')
                    .map_or((path, None), |(p, v)| (p, Some(v))),
            };
            let path = Path::parse(path).map_err(Failure::error)?;
            return Ok(Self::Path(path, value.map(str::to_owned)));
        }
        match text {
            "create" => Ok(Self::Create),
            "delete" => Ok(Self::Delete),
            _ => Err(Failure::error(format!(
                "unrecognized condition: \"{text}\""
            ))),
        }
    }

    /// Whether it holds of an object with this identity, as it is now.
    fn holds(&self, uid: Option<&str>, object: Option<&Object>) -> bool {
        match (self, object) {
            (Self::Delete, object) => object.is_none_or(|object| Some(object.uid()) != uid),
            (_, None) => false,
            (Self::Create, Some(_)) => true,
            (Self::Status(kind, status), Some(object)) => {
                let conditions = object.list("/status/conditions").iter();
                let mut of_kind = conditions.filter(|c| c.text("/type").eq_ignore_ascii_case(kind));
                of_kind.any(|c| c.text("/status").eq_ignore_ascii_case(status))
            }
            (Self::Path(path, None), Some(object)) => !path.find(object).is_empty(),
            (Self::Path(path, Some(value)), Some(object)) => {
                let is = |found: &&Value| jsonpath::show(found) == *value;
                path.find(object).iter().any(is)
            }
        }
    }
}

impl Wait {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let Some(condition) = &self.condition else {
            return Err(Failure::error("unrecognized condition: []"));
        };
        let condition = Condition::parse(condition)?;
        let mut failures = Vec::new();
        for (kind, name) in self.objects(session, &condition)? {
            let namespace = session.namespace().to_owned();
            let found = session.world.store().get(kind, &namespace, &name);
            let uid = found.map(|object| object.uid().to_owned());
            match (&condition, &uid) {
                (Condition::Create, _) | (_, Some(_)) => {}
                (Condition::Delete, None) => continue,
                (_, None) => {
                    failures.extend(session.require(kind, &name).err());
                    continue;
                }
            }
            let on = format!(" on {}/{name}", kind.plural());
            let done = session.wait(Some(self.timeout), &on, |world| {
                let object = world.store().get(kind, &namespace, &name);
                condition.holds(uid.as_deref(), object.map(|o| &**o))
            });
            match done {
                Ok(()) => session.say(format!("{} condition met", title(kind, &name))),
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }

    fn objects(
        &self,
        session: &Session<'_>,
        condition: &Condition,
    ) -> Result<Vec<(Kind, String)>, Failure> {
        let kinds = match resources::named_in(session.world.store(), &self.resources)? {
            Named::Objects(objects) => return Ok(objects),
            Named::Kinds(kinds) => kinds,
        };
        if !self.all && self.selector.is_none() {
            return resources::objects_in(session.world.store(), &self.resources);
        }
        let filter = Filter {
            namespace: Some(session.namespace().to_owned()),
            labels: Labels::parse(self.selector.as_deref())?,
            fields: FieldSelector::default(),
        };
        let store = session.world.store();
        let found = kinds.into_iter().flat_map(|kind| {
            let objects = filter.list(store, kind);
            objects
                .into_iter()
                .map(move |o| (kind, o.name().to_owned()))
        });
        let found: Vec<_> = found.collect();
        if found.is_empty() && *condition != Condition::Delete {
            return Err(Failure::error("no matching resources found"));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Condition;

    #[test]
    fn conditions_hold() {
        let pod = json!({
            "metadata": {"uid": "a"},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
        });
        for (text, expected) in [
            ("condition=Ready", true),
            ("condition=ready=false", false),
            ("jsonpath={.status.phase}=Running", true),
            (
                r#"jsonpath={.status.conditions[?(@.type=="Ready")].status}=True"#,
                true,
            ),
            ("jsonpath=.status.phase=Pending", false),
            ("jsonpath={.status.podIP}", false),
            ("delete", false),
            ("create", true),
        ] {
            let condition = Condition::parse(text).unwrap();
            assert_eq!(condition.holds(Some("a"), Some(&pod)), expected, "{text}");
        }
        let delete = Condition::parse("delete").unwrap();
        assert!(delete.holds(Some("a"), None));
        assert!(delete.holds(Some("old"), Some(&pod)));
        assert!(Condition::parse("ready").is_err());
    }
}
