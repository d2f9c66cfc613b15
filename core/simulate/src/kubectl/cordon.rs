//! `cordon` and `uncordon`: whether a node takes new pods.

use clap::Args;
use serde_json::json;
use statefulset::kubernetes::DRAINING;

use super::failure::Failure;
use super::outcome::DryRun;
use super::selector::Labels;
use super::session::Session;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Let a node take no new pods
#[derive(Debug, Args)]
pub(super) struct Cordon {
    #[command(flatten)]
    nodes: Nodes,
}

/// Let a node take new pods again, and keep those that it has
#[derive(Debug, Args)]
pub(super) struct Uncordon {
    #[command(flatten)]
    nodes: Nodes,
}

/// Which nodes, and whether anything is written.
#[derive(Debug, Args)]
struct Nodes {
    /// Names of nodes
    names: Vec<String>,
    /// Nodes with these labels
    #[arg(short = 'l', long)]
    selector: Option<String>,
    /// client: nothing is sent; server: the API server keeps nothing
    #[arg(long, num_args = 0..=1, require_equals = true, default_value = "none", default_missing_value = "client")]
    dry_run: String,
}

impl Nodes {
    /// Does `one` for each node.
    fn each(
        &self,
        session: &mut Session<'_>,
        what: &str,
        one: impl Fn(&mut Session<'_>, &str, DryRun) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let dry_run = DryRun::parse(&self.dry_run)?;
        if self.selector.is_none() && self.names.is_empty() {
            return Err(Failure::error(format!(
                "USAGE: {what} NODE [flags]\nSee 'kubectl {what} -h' for help and examples"
            )));
        }
        let names = match &self.selector {
            Some(_) if !self.names.is_empty() => {
                return Err(Failure::error(
                    "cannot specify both a node name and a --selector option",
                ));
            }
            Some(labels) => {
                let labels = Labels::parse(Some(labels))?;
                let nodes = session.world.store().list(Kind::Node, None);
                let fitting = nodes.filter(|node| labels.matches(node));
                fitting.map(|node| node.name().to_owned()).collect()
            }
            None => self.names.clone(),
        };
        // None is touched where one is not there.
        for name in &names {
            session.require(Kind::Node, node_name(name))?;
        }
        names
            .iter()
            .try_for_each(|name| one(session, node_name(name), dry_run))
    }
}

impl Cordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.nodes.each(session, "cordon", close)
    }
}

impl Uncordon {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        self.nodes
            .each(session, "uncordon", |session, node, dry_run| {
                let (_, changed) = session.rewrite(Kind::Node, "", node, dry_run, |object| {
                    object.take_away("/spec/unschedulable");
                    object.take_away(&mark());
                    Ok(())
                })?;
                say(session, node, "uncordoned", changed, dry_run);
                Ok(())
            })
    }
}

/// Cordons a node, and says so.
pub(super) fn close(session: &mut Session<'_>, node: &str, dry_run: DryRun) -> Result<(), Failure> {
    let (_, changed) = session.rewrite(Kind::Node, "", node, dry_run, |object| {
        object.put("/spec/unschedulable", json!(true));
        Ok(())
    })?;
    say(session, node, "cordoned", changed, dry_run);
    Ok(())
}

fn say(session: &mut Session<'_>, node: &str, done: &str, changed: bool, dry_run: DryRun) {
    let already = if changed { "" } else { "already " };
    // Of what needs no change kubectl does not say that it was a dry run.
    let note = if changed { dry_run.note() } else { "" };
    session.say(format!("node/{node} {already}{done}{note}"));
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
