//! `create service`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{How, name};
use crate::kubectl::failure::Failure;
use crate::values::object::{Fields, Object};

#[derive(Debug, Subcommand)]
pub(super) enum Service {
    Clusterip(ClusterIp),
}

/// A service for the pods with the label app=NAME
#[derive(Debug, Args)]
pub(super) struct ClusterIp {
    /// Its name
    name: Vec<String>,
    /// PORT or PORT:TARGET; may be given several times
    #[arg(long, value_delimiter = ',')]
    tcp: Vec<String>,
    /// Its address; None for a headless one
    #[arg(long)]
    clusterip: Option<String>,
    #[command(flatten)]
    pub(super) how: How,
}

impl ClusterIp {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let name = name(&self.name, "service clusterip")?;
        let headless = self.clusterip.as_deref() == Some("None");
        if self.tcp.is_empty() && !headless {
            return Err(Failure::error(
                "at least one tcp port specifier must be provided",
            ));
        }
        if headless && !self.tcp.is_empty() {
            return Err(Failure::error("can not map ports with clusterip=None"));
        }
        let mut service = json!({
            "metadata": {"name": name, "labels": {"app": name}},
            "spec": {"selector": {"app": name}, "type": "ClusterIP"},
            "status": {"loadBalancer": {}},
        });
        if let Some(address) = &self.clusterip {
            service.put("/spec/clusterIP", json!(address));
        }
        let ports: Result<Vec<_>, _> = self.tcp.iter().map(|text| port(text)).collect();
        let ports = ports?;
        if !ports.is_empty() {
            service.put("/spec/ports", Value::Array(ports));
        }
        Ok(service)
    }
}

/// `80` or `80:8080`
fn port(text: &str) -> Result<Value, Failure> {
    let (port, target) = text.split_once(':').unwrap_or((text, text));
    let number: u16 = port.parse().map_err(|_| {
        Failure::error(format!(
            "invalid port \"{text}\": expected PORT or PORT:TARGET"
        ))
    })?;
    let target = target.parse::<u16>().map_or(json!(target), Value::from);
    let name = text.replace(':', "-");
    Ok(json!({"name": name, "port": number, "protocol": "TCP", "targetPort": target}))
}
