//! `cordon` and `uncordon`: whether a node takes new pods.

use clap::Args;
use serde_json::json;
use statefulset::kubernetes::DRAINING;

use super::failure::Failure;
use super::session::Session;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Let a node take no new pods
#[derive(Debug, Args)]
pub(super) struct Cordon {
    /// Names of nodes
    #[arg(required = true)]
    nodes: Vec<String>,
}

/// Let a node take new pods again, and keep those that it has
#[derive(Debug, Args)]
pub(super) struct Uncordon {
    /// Names of nodes
    #[arg(required = true)]
    nodes: Vec<String>,
}

impl Cordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.nodes.iter().try_for_each(|node| close(session, node))
    }
}

impl Uncordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        for node in &self.nodes {
            let node = node_name(node);
            let changed = session.edit(Kind::Node, node, |object| {
                object.take_away("/spec/unschedulable");
                object.take_away(&mark());
                Ok(())
            })?;
            let already = if changed { "" } else { "already " };
            session.say(format!("node/{node} {already}uncordoned"));
        }
        Ok(())
    }
}

/// Cordons a node, and says so.
pub(super) fn close(session: &mut Session<'_>, node: &str) -> Result<(), Failure> {
    let node = node_name(node);
    let changed = session.edit(Kind::Node, node, |object| {
        object.put("/spec/unschedulable", json!(true));
        Ok(())
    })?;
    let already = if changed { "" } else { "already " };
    session.say(format!("node/{node} {already}cordoned"));
    Ok(())
}

/// Tells a library that evicts pods itself that this node is to be emptied, until it is uncordoned.
pub(super) fn mark_as_draining(session: &mut Session<'_>, node: &str) -> Result<(), Failure> {
    session.edit(Kind::Node, node, |object| {
        object.put(&mark(), json!("true"));
        Ok(())
    })?;
    Ok(())
}

/// The name in `node-1` or `node/node-1`.
pub(super) fn node_name(word: &str) -> &str {
    ["node/", "nodes/", "no/"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .unwrap_or(word)
}

/// Where the mark is in a node.
fn mark() -> String {
    format!("/metadata/annotations/{}", DRAINING.replace('/', "~1"))
}
