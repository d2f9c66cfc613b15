//! `drain`: a node is cordoned, and its pods are asked to go elsewhere.

use clap::Args;
use statefulset::Millis;

use super::cordon;
use super::failure::Failure;
use super::outcome::DryRun;
use super::session::Session;
use crate::values::duration;
use crate::values::kind::Kind;
use crate::values::object::Fields;

mod eviction;
mod selection;

use eviction::Evictions;
use selection::Selection;

/// Cordon a node, evict its pods, and wait until they are gone
///
/// Pods of StatefulSets are evicted by the planner where the profile says so (standalone): the node is marked until it is
/// uncordoned, so the planner goes on where this command has run out of time. Such pods keep their own grace period.
#[derive(Debug, Args)]
pub(super) struct Drain {
    /// Names of nodes
    #[arg(required = true)]
    nodes: Vec<String>,
    /// Leave pods of DaemonSets where they are
    #[arg(long)]
    ignore_daemonsets: bool,
    /// Evict pods with emptyDir volumes too; what is in these is lost
    #[arg(long)]
    delete_emptydir_data: bool,
    /// Evict pods without a controller too; nobody makes them again
    #[arg(long)]
    force: bool,
    /// How long to try; 0 is as long as it takes
    #[arg(long, default_value = "0", value_parser = duration::parse)]
    timeout: Millis,
    /// Seconds a pod has for its shutdown; negative is the pod's own
    #[arg(long, allow_negative_numbers = true, default_value_t = -1)]
    grace_period: i64,
}

impl Drain {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let nodes: Vec<_> = self.nodes.iter().map(|n| cordon::node_name(n)).collect();
        for node in &nodes {
            session.require(Kind::Node, node)?;
        }
        for node in &nodes {
            cordon::close(session, node, DryRun::None)?;
        }
        let mut pending = Vec::new();
        for node in nodes {
            match self.empty(session, node) {
                Ok(()) => session.say(format!("node/{node} drained")),
                Err(faults) => {
                    let fault = several(&faults);
                    session.say(format!(
                        "error: unable to drain node \"{node}\" due to error: {fault}, continuing command..."
                    ));
                    pending.push((node, fault));
                }
            }
        }
        if pending.is_empty() {
            return Ok(());
        }
        session.say("There are pending nodes to be drained:");
        for (node, _) in &pending {
            session.say(format!(" {node}"));
        }
        for (_, fault) in pending {
            session.say(fault);
        }
        Err(Failure::Said)
    }

    /// Gives what is in the way.
    fn empty(&self, session: &mut Session<'_>, node: &str) -> Result<(), Vec<String>> {
        let selection = self.select(session, node);
        if !selection.faults.is_empty() {
            return Err(selection.faults);
        }
        if !selection.warnings.is_empty() {
            session.say(format!("Warning: {}", selection.warnings.join("; ")));
        }
        if session.world.options().profile.drain_nodes {
            let marked = cordon::mark_as_draining(session, node);
            marked.map_err(|failure| vec![failure.to_string()])?;
        }
        let faults = Evictions::new(
            session.world,
            &selection.pods,
            self.timeout,
            self.grace_period,
        )
        .run(session);
        if faults.is_empty() {
            return Ok(());
        }
        let left = self.select(session, node).pods;
        if !left.is_empty() {
            let fault = several(&faults);
            session.say(format!(
                "There are pending pods in node \"{node}\" when an error occurred: {fault}"
            ));
            for pod in left {
                session.say(format!("pod/{}", pod.name()));
            }
        }
        Err(faults)
    }

    fn select(&self, session: &Session<'_>, node: &str) -> Selection {
        let store = session.world.store();
        Selection::of(store, node, |pod| self.verdict(pod))
    }
}

/// One fault as it is, several in brackets.
fn several(faults: &[String]) -> String {
    match faults {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}
