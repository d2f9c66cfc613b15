//! `cordon` and `uncordon`: whether a node takes new pods.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::session::Session;
use crate::kind::Kind;
use crate::object::Fields;

/// Let a node take no new pods
#[derive(Debug, Args)]
pub(super) struct Cordon {
    /// Names of nodes
    #[arg(required = true)]
    nodes: Vec<String>,
}

/// Let a node take new pods again
#[derive(Debug, Args)]
pub(super) struct Uncordon {
    /// Names of nodes
    #[arg(required = true)]
    nodes: Vec<String>,
}

impl Cordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        mark(session, &self.nodes, true)
    }
}

impl Uncordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        mark(session, &self.nodes, false)
    }
}

fn mark(session: &mut Session<'_>, nodes: &[String], closed: bool) -> Result<(), Failure> {
    for node in nodes {
        let node = node.strip_prefix("node/").unwrap_or(node);
        let changed = session.edit(Kind::Node, node, |object| {
            if closed {
                object.put("/spec/unschedulable", json!(true));
            } else {
                object.take_away("/spec/unschedulable");
            }
            Ok(())
        })?;
        let already = if changed { "" } else { "already " };
        let verb = if closed { "cordoned" } else { "uncordoned" };
        session.say(format!("node/{node} {already}{verb}"));
    }
    Ok(())
}
