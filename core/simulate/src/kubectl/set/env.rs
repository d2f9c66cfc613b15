//! `set env`: variables in the environment of containers.

use clap::Args;
use serde_json::{Value, json};

use super::{Change, Labelled, Objects, containers, pod_spec, split};
use crate::kubectl::failure::Failure;
use crate::kubectl::resources;
use crate::kubectl::session::Session;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Set (NAME=VALUE), remove (NAME-) or list variables of containers
#[derive(Debug, Args)]
pub(in crate::kubectl) struct Env {
    /// KIND/NAME or KIND NAME, then NAME=VALUE or NAME-
    arguments: Vec<String>,
    /// NAME=VALUE; may be given several times
    #[arg(short = 'e', long = "env", value_name = "NAME=VALUE")]
    more: Vec<String>,
    /// Only containers with names like this; * stands for anything
    #[arg(short, long, default_value = "*")]
    containers: String,
    /// Variables for the keys of this configmap or secret: configmap/NAME
    #[arg(long)]
    from: Option<String>,
    /// Only these of its keys
    #[arg(long, value_delimiter = ',')]
    keys: Vec<String>,
    /// Before each name
    #[arg(long, default_value = "", hide_default_value = true)]
    prefix: String,
    /// Whether a variable that is there may get another value
    #[arg(long, num_args = 0..=1, require_equals = true, default_value_t = true, default_missing_value = "true",
          action = clap::ArgAction::Set)]
    overwrite: bool,
    /// List what there is
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    objects: Objects,
    #[command(flatten)]
    labelled: Labelled,
}

impl Env {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let is_change = |word: &str| word.contains('=') || word.ends_with('-');
        let (words, changes) = split(&self.arguments, is_change);
        let (mut wanted, removed) = self.variables(changes)?;
        if let Some(from) = &self.from {
            wanted.extend(self.taken(session, from)?);
        }
        for variable in &mut wanted {
            let name = format!("{}{}", self.prefix, variable.text("/name"));
            variable.put("/name", json!(name));
        }
        if self.list {
            return self.list(session, words, &wanted, &removed);
        }
        let change = Change {
            done: "env updated",
            failed: "failed to patch env update to pod template:",
            always: false,
        };
        self.objects.change(
            session,
            words,
            Some(&self.labelled),
            &change,
            |session, kind, object, spec| {
                let name = object.name().to_owned();
                let title = format!("{}/{name}", kind.plural());
                let found = containers(object, spec, &self.containers);
                if found.is_empty() {
                    session.say(format!(
                        "Warning: {}/{name} does not have any containers matching \"{}\"",
                        kind.name(),
                        self.containers
                    ));
                }
                for container in found {
                    self.change(&title, container, &wanted, &removed)?;
                }
                Ok(())
            },
        )
    }

    /// What is to be set and what is to be removed.
    fn variables(&self, changes: &[String]) -> Result<(Vec<Value>, Vec<String>), Failure> {
        let (mut wanted, mut removed) = (Vec::new(), Vec::new());
        for change in self.more.iter().chain(changes) {
            if let Some((name, value)) = change.split_once('=') {
                let mut variable = json!({"name": name});
                if !value.is_empty() {
                    variable["value"] = json!(value);
                }
                wanted.push(variable);
            } else if let Some(name) = change.strip_suffix('-').filter(|name| !name.is_empty()) {
                removed.push(name.to_owned());
            } else {
                return Err(Failure::error(format!(
                    "environment variables must be of the form key=value and must not be empty: {change}"
                )));
            }
        }
        let both = |variable: &Value| removed.iter().any(|it| it == variable.text("/name"));
        if wanted.iter().any(both) {
            return Err(Failure::error(
                "can not both modify and remove the same environment variable in the same command",
            ));
        }
        Ok((wanted, removed))
    }

    /// A variable for each key of a configmap or secret.
    fn taken(&self, session: &mut Session<'_>, from: &str) -> Result<Vec<Value>, Failure> {
        let mut variables = Vec::new();
        for (kind, name) in resources::objects_in(session.world.store(), &[from.to_owned()])? {
            let reference = match kind {
                Kind::ConfigMap => "configMapKeyRef",
                Kind::Secret => "secretKeyRef",
                _ => {
                    let text = "unsupported resource specified in --from";
                    return Err(Failure::error(text));
                }
            };
            let source = session.require(kind, &name)?;
            let keys = source.pointer("/data").and_then(Value::as_object);
            for key in keys.into_iter().flat_map(serde_json::Map::keys) {
                if !self.keys.is_empty() && !self.keys.contains(key) {
                    continue;
                }
                let plain = |c: char| {
                    if c.is_ascii_alphanumeric() {
                        c.to_ascii_uppercase()
                    } else {
                        '_'
                    }
                };
                let variable: String = key.chars().map(plain).collect();
                if variable != *key {
                    session.say(format!("Warning: key {key} transferred to {variable}"));
                }
                variables.push(
                    json!({"name": variable, "valueFrom": {reference: {"name": name, "key": key}}}),
                );
            }
        }
        Ok(variables)
    }

    /// `title` is the object's, for what is said where nothing may be changed.
    fn change(
        &self,
        title: &str,
        container: &mut Value,
        wanted: &[Value],
        removed: &[String],
    ) -> Result<(), Failure> {
        let old = container.list("/env").to_vec();
        let name = |variable: &Value| variable.text("/name").to_owned();
        if !self.overwrite {
            for variable in wanted {
                let there = old.iter().find(|it| name(it) == name(variable));
                if let Some(there) = there.filter(|it| it.pointer("/value").is_some()) {
                    return Err(Failure::error(format!(
                        "{title} '{}' already has a value ({}), and --overwrite is false",
                        name(there),
                        there.text("/value")
                    )));
                }
            }
        }
        let new = |known: &Value| wanted.iter().find(|it| name(it) == name(known)).cloned();
        let kept = old.into_iter().filter(|it| !removed.contains(&name(it)));
        let mut variables: Vec<Value> = kept.map(|it| new(&it).unwrap_or(it)).collect();
        for variable in wanted {
            if variables.iter().all(|it| name(it) != name(variable)) {
                variables.push(variable.clone());
            }
        }
        if variables.is_empty() {
            container.take_away("/env");
        } else {
            container.put("/env", Value::Array(variables));
        }
        Ok(())
    }

    /// Prints the variables, as they would be after the change.
    fn list(
        &self,
        session: &mut Session<'_>,
        words: &[String],
        wanted: &[Value],
        removed: &[String],
    ) -> Result<(), Failure> {
        let (targets, failures) = self.objects.find(session, words, Some(&self.labelled))?;
        for target in targets {
            let kind = target.key.kind;
            let mut object = Object::clone(&target.object);
            let spec = pod_spec(kind, &object)?;
            for container in containers(&mut object, spec, &self.containers) {
                self.change("", container, wanted, removed)?;
                session.say(format!(
                    "# {} {}, container {}",
                    kind.name(),
                    target.key.name,
                    container.text("/name")
                ));
                for variable in container.list("/env") {
                    session.say(shown(variable));
                }
            }
        }
        Failure::all(failures)
    }
}

/// `A=b`, or where its value comes from.
fn shown(variable: &Value) -> String {
    let name = variable.text("/name");
    let from = |field: &str| variable.pointer(&format!("/valueFrom/{field}"));
    let source = if let Some(it) = from("configMapKeyRef") {
        format!("configmap {}, key {}", it.text("/name"), it.text("/key"))
    } else if let Some(it) = from("secretKeyRef") {
        format!("secret {}, key {}", it.text("/name"), it.text("/key"))
    } else if let Some(it) = from("fieldRef") {
        format!("field path {}", it.text("/fieldPath"))
    } else if let Some(it) = from("resourceFieldRef") {
        format!("resource field {}", it.text("/resource"))
    } else {
        return format!("{name}={}", variable.text("/value"));
    };
    format!("# {name} from {source}")
}
