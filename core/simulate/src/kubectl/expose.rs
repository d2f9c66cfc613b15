//! `expose`: a service for pods, or beside another service.

use std::rc::Rc;

use clap::Args;
use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::outcome::Outcome;
use super::session::Session;
use super::target::Wanted;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Create a service for a pod, or another one for the pods of a service
#[derive(Debug, Args)]
pub(super) struct Expose {
    /// pod NAME or svc NAME
    resources: Vec<String>,
    /// The objects in a file or folder
    #[arg(short, long)]
    filename: Vec<String>,
    /// The service's name, where it is not that of what is exposed
    #[arg(long)]
    name: Option<String>,
    /// The service's port; those of what is exposed where it is not given
    #[arg(long)]
    port: Option<String>,
    /// The port of the pods; the same where it is not given
    #[arg(long)]
    target_port: Option<String>,
    /// TCP, UDP or SCTP
    #[arg(long)]
    protocol: Option<String>,
    /// ClusterIP, NodePort, LoadBalancer or ExternalName
    #[arg(long = "type")]
    how: Option<String>,
    /// The service's address; None for one without
    #[arg(long)]
    cluster_ip: Option<String>,
    /// None or ClientIP
    #[arg(long)]
    session_affinity: Option<String>,
    /// The service's labels; those of what is exposed where they are not given
    #[arg(short, long)]
    labels: Option<String>,
    /// Which pods it is for: KEY=VALUE,…
    #[arg(long)]
    selector: Option<String>,
    #[command(flatten)]
    outcome: Outcome,
}

impl Expose {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut printer = self.outcome.printer(session)?;
        let (targets, mut failures) = Wanted {
            words: &self.resources,
            files: &self.filename,
            ..Wanted::default()
        }
        .find(session)?;
        for target in targets {
            let namespace = session.namespace().to_owned();
            let exposed = self
                .service(target.key.kind, &target.object)
                .and_then(|it| {
                    session.write(printer.dry_run, Rc::new(it), |store, it| {
                        store.create(Kind::Service, &namespace, it)
                    })
                });
            match exposed {
                Ok(service) => printer.tell(session, Kind::Service, &service, "exposed")?,
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }

    fn service(&self, kind: Kind, object: &Object) -> Result<Object, Failure> {
        let selector = match kind {
            Kind::Pod => object.pointer("/metadata/labels"),
            Kind::Service => object.pointer("/spec/selector"),
            _ => {
                let title = format!("{}.{}", kind.name(), kind.group());
                let title = title.trim_end_matches('.');
                return Err(Failure::error(format!("cannot expose a {title}")));
            }
        };
        let selector = match (&self.selector, selector) {
            (Some(text), _) => pairs(text)?,
            (None, Some(found)) => found.clone(),
            (None, None) => {
                let why = if kind == Kind::Pod {
                    "the pod has no labels and cannot be exposed"
                } else {
                    "the service has no pod selector set"
                };
                return Err(Failure::error(format!(
                    "couldn't retrieve selectors via --selector flag or introspection: {why}"
                )));
            }
        };
        let labels = match &self.labels {
            Some(text) => pairs(text)?,
            None => object
                .pointer("/metadata/labels")
                .cloned()
                .unwrap_or(json!({})),
        };
        let ports = self.ports(kind, object)?;
        let mut service = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": self.name.as_deref().unwrap_or_else(|| object.name())},
            "spec": {"selector": selector},
            "status": {"loadBalancer": {}},
        });
        for (pointer, value) in [
            ("/metadata/labels", labels),
            ("/spec/ports", Value::Array(ports)),
            ("/spec/type", json!(self.how)),
            ("/spec/clusterIP", json!(self.cluster_ip)),
            ("/spec/sessionAffinity", json!(self.session_affinity)),
        ] {
            let is_empty = match &value {
                Value::Null => true,
                Value::Array(list) => list.is_empty(),
                Value::Object(map) => map.is_empty(),
                _ => false,
            };
            if !is_empty {
                service.put(pointer, value);
            }
        }
        Ok(service)
    }

    fn ports(&self, kind: Kind, object: &Object) -> Result<Vec<Value>, Failure> {
        let found: Vec<(i64, String)> = if kind == Kind::Pod {
            let containers = object.list("/spec/containers").iter();
            let ports = containers.flat_map(|it| it.list("/ports"));
            let port = |it: &Value| Some((it.int("/containerPort")?, protocol(it)));
            ports.filter_map(port).collect()
        } else {
            let ports = object.list("/spec/ports").iter();
            let port = |it: &Value| Some((it.int("/port")?, protocol(it)));
            ports.filter_map(port).collect()
        };
        let wanted: Vec<i64> = match &self.port {
            None => found.iter().map(|(port, _)| *port).collect(),
            Some(text) => {
                let ports = text.split(',').map(|it| it.trim().parse());
                let ports: Result<_, _> = ports.collect();
                ports.map_err(|_| {
                    Failure::error(format!("invalid port \"{text}\": expected a number"))
                })?
            }
        };
        if wanted.is_empty() && self.cluster_ip.as_deref() != Some("None") {
            return Err(Failure::error(
                "couldn't find port via --port flag or introspection",
            ));
        }
        let port = |(at, port): (usize, &i64)| {
            let own = found.iter().find(|(it, _)| it == port);
            let protocol = self
                .protocol
                .clone()
                .or_else(|| own.map(|(_, it)| it.clone()));
            let target = match self.target_port.as_deref() {
                None => json!(port),
                Some(text) => text.parse::<i64>().map_or(json!(text), Value::from),
            };
            let mut entry = json!({
                "port": port,
                "protocol": protocol.unwrap_or_else(|| "TCP".into()),
                "targetPort": target,
            });
            if wanted.len() > 1 {
                entry["name"] = json!(format!("port-{}", at + 1));
            }
            entry
        };
        Ok(wanted.iter().enumerate().map(port).collect())
    }
}

fn protocol(port: &Value) -> String {
    match port.text("/protocol") {
        "" => "TCP",
        protocol => protocol,
    }
    .to_owned()
}

/// `a=b,c=d` as an object.
fn pairs(text: &str) -> Result<Value, Failure> {
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            Failure::error(format!("invalid argument \"{pair}\": expected KEY=VALUE"))
        })?;
        Ok((key.to_owned(), json!(value)))
    };
    let pairs: Result<Map<_, _>, Failure> = text.split(',').map(pair).collect();
    pairs.map(Value::Object)
}
