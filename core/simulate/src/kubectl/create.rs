//! `create`: objects from files, and small ones from what is typed.

use std::rc::Rc;

use clap::{Args, Subcommand};

use super::apply::{Source, annotated};
use super::failure::Failure;
use super::outcome::{Outcome, Printer};
use super::session::Session;
use super::warning;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

mod class;
mod entries;
mod limits;
mod named;
mod service;

/// Create objects from files, or a small one; an error where they exist
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Create {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    how: How,
    #[command(subcommand)]
    small: Option<Small>,
}

/// How an object is created, and what is said of that.
#[derive(Debug, Args)]
struct How {
    /// Note what was said, as apply does
    #[arg(long)]
    save_config: bool,
    #[command(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Subcommand)]
enum Small {
    /// A Secret: generic NAME --from-literal=KEY=VALUE…
    #[command(subcommand)]
    Secret(Secret),
    #[command(visible_alias = "cm")]
    Configmap(entries::ConfigMap),
    #[command(visible_alias = "sa")]
    Serviceaccount(named::Account),
    #[command(visible_alias = "pc")]
    Priorityclass(class::Class),
    #[command(visible_alias = "resourcequota")]
    Quota(limits::Quota),
    #[command(visible_alias = "pdb")]
    Poddisruptionbudget(limits::Budget),
    #[command(visible_alias = "ns")]
    Namespace(named::Namespace),
    /// A service: clusterip NAME --tcp=PORT[:TARGET]…
    #[command(subcommand, visible_alias = "svc")]
    Service(service::Service),
}

#[derive(Debug, Subcommand)]
enum Secret {
    Generic(entries::Secret),
}

impl Create {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if let Some(small) = &self.small {
            return small.run(session);
        }
        let mut printer = self.how.outcome.printer(session)?;
        self.source
            .each(session, Some("create"), |session, document, namespace| {
                let (kind, object) = (document.kind, document.object.clone());
                let created = self
                    .how
                    .create(session, &mut printer, kind, namespace, object);
                created.map_err(|it| it.when(format!("error when creating \"{}\"", document.path)))
            })
    }
}

impl How {
    fn create(
        &self,
        session: &mut Session<'_>,
        printer: &mut Printer,
        kind: Kind,
        namespace: &str,
        mut object: Object,
    ) -> Result<(), Failure> {
        let within = kind.is_namespaced().then_some(namespace);
        if self.save_config {
            object = annotated(&object, within);
        }
        let asked = object.clone();
        let created = session.write(printer.dry_run, Rc::new(object), |store, object| {
            store.create(kind, namespace, object)
        })?;
        warning::tell(session, kind, &asked, None, &created);
        printer.tell(session, kind, &created, "created")
    }
}

impl Small {
    fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let (how, kind, mut object) = match self {
            Self::Secret(Secret::Generic(it)) => (&it.how, Kind::Secret, it.object(session)?),
            Self::Configmap(it) => (&it.how, Kind::ConfigMap, it.object(session)?),
            Self::Serviceaccount(it) => (&it.how, Kind::ServiceAccount, it.object()?),
            Self::Priorityclass(it) => (&it.how, Kind::PriorityClass, it.object()?),
            Self::Quota(it) => (&it.how, Kind::ResourceQuota, it.object()?),
            Self::Poddisruptionbudget(it) => (&it.how, Kind::PodDisruptionBudget, it.object()?),
            Self::Namespace(it) => (&it.how, Kind::Namespace, it.object()?),
            Self::Service(service::Service::Clusterip(it)) => {
                (&it.how, Kind::Service, it.object()?)
            }
        };
        object.put("/apiVersion", kind.api_version().into());
        object.put("/kind", kind.name().into());
        if let (true, Some(asked)) = (kind.is_namespaced(), &session.asked) {
            object.put("/metadata/namespace", asked.as_str().into());
        }
        let mut printer = how.outcome.printer(session)?;
        let namespace = if kind.is_namespaced() {
            session.namespace().to_owned()
        } else {
            String::new()
        };
        let created = how.create(session, &mut printer, kind, &namespace, object);
        let doing = match self {
            Self::Namespace(_) => return created,
            Self::Secret(_) => "secret",
            Self::Configmap(_) => "configmap:",
            Self::Serviceaccount(_) => "serviceaccount:",
            Self::Priorityclass(_) => "priorityclass:",
            Self::Quota(_) => "quota:",
            Self::Poddisruptionbudget(_) => "poddisruptionbudgets:",
            Self::Service(_) => "ClusterIP service:",
        };
        created.map_err(|failure| match failure {
            Failure::Refused(error, _) => {
                Failure::error(format!("failed to create {doing} {}", error.message))
            }
            other => other,
        })
    }
}

/// The one name that was typed.
fn name<'n>(names: &'n [String], command: &str) -> Result<&'n str, Failure> {
    match names {
        [name] => Ok(name),
        _ => Err(Failure::error(format!(
            "exactly one NAME is required, got {}\nSee 'kubectl create {command} -h' for help and examples",
            names.len()
        ))),
    }
}
