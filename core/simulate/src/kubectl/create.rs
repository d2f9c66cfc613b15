//! `create`: objects from files, and small ones from what is typed.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::apply::{each, while_doing};
use super::failure::Failure;
use super::session::{Session, title};
use super::warning;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Create objects from files, or a secret, configmap, serviceaccount, priorityclass, quota or namespace; an error where they exist
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Create {
    /// A file or a folder; may be given several times
    #[arg(short, long)]
    filename: Vec<String>,
    #[command(subcommand)]
    small: Option<Small>,
}

#[derive(Debug, Subcommand)]
enum Small {
    /// A Secret: generic NAME --from-literal=KEY=VALUE…
    #[command(subcommand)]
    Secret(Secret),
    /// A ConfigMap
    #[command(visible_alias = "cm")]
    Configmap(Entries),
    /// A service account
    #[command(visible_alias = "sa")]
    Serviceaccount(Named),
    /// A priority class
    #[command(visible_alias = "pc")]
    Priorityclass(Class),
    /// A quota
    #[command(visible_alias = "resourcequota")]
    Quota(Quota),
    /// A namespace
    #[command(visible_alias = "ns")]
    Namespace(Named),
}

#[derive(Debug, Subcommand)]
enum Secret {
    /// One with any content
    Generic(Entries),
}

#[derive(Debug, Args)]
struct Named {
    /// Its name
    name: String,
}

#[derive(Debug, Args)]
struct Class {
    /// Its name
    name: String,
    /// Its priority
    #[arg(long, default_value_t = 0)]
    value: i32,
}

#[derive(Debug, Args)]
struct Quota {
    /// Its name
    name: String,
    /// RESOURCE=AMOUNT,…
    #[arg(long, value_delimiter = ',')]
    hard: Vec<String>,
}

#[derive(Debug, Args)]
struct Entries {
    /// Its name
    name: String,
    /// KEY=VALUE; may be given several times
    #[arg(long)]
    from_literal: Vec<String>,
}

impl Create {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match &self.small {
            Some(small) => small.run(session),
            None => each(&self.filename, session, |session, document, namespace| {
                let object = document.object.clone();
                let store = session.world.store_mut();
                let created = store.create(document.kind, namespace, object);
                let created = created.map_err(|e| while_doing("creating", &document.path, e))?;
                warning::tell(session, document.kind, &document.object, None, &created);
                session.say(format!("{} created", title(document.kind, created.name())));
                Ok(())
            }),
        }
    }
}

impl Small {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (kind, object) = match self {
            Self::Secret(Secret::Generic(entries)) => {
                (Kind::Secret, entries.object("/stringData")?)
            }
            Self::Configmap(entries) => (Kind::ConfigMap, entries.object("/data")?),
            Self::Serviceaccount(it) => (Kind::ServiceAccount, named(&it.name)),
            Self::Priorityclass(it) => {
                let mut class = named(&it.name);
                class.put("/value", json!(it.value));
                (Kind::PriorityClass, class)
            }
            Self::Quota(it) => (
                Kind::ResourceQuota,
                object(&it.name, "/spec/hard", &it.hard)?,
            ),
            Self::Namespace(it) => (Kind::Namespace, named(&it.name)),
        };
        let namespace = if kind.is_namespaced() {
            session.namespace().to_owned()
        } else {
            String::new()
        };
        let store = session.world.store_mut();
        let created = store.create(kind, &namespace, object)?;
        session.say(format!("{} created", title(kind, created.name())));
        Ok(())
    }
}

impl Entries {
    fn object(&self, field: &str) -> Result<Object, Failure> {
        object(&self.name, field, &self.from_literal)
    }
}

/// An object with these pairs in a field.
fn object(name: &str, field: &str, pairs: &[String]) -> Result<Object, Failure> {
    let mut entries = json!({});
    for pair in pairs {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            Failure::error(format!("invalid literal source {pair}, expected key=value"))
        })?;
        entries[key] = json!(value);
    }
    let mut object = named(name);
    object.put(field, entries);
    Ok(object)
}

fn named(name: &str) -> Value {
    json!({"metadata": {"name": name}})
}
