//! Never two live processes of one identity, whatever the API says, save where somebody forced it by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::breach::Breach;
use super::step::Step;
use crate::values::kind::Kind;
use crate::values::object::Fields;
use crate::world::World;

#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Uids of pods that somebody has declared dead.
    declared_dead: BTreeSet<String>,
}

impl Identity {
    pub(super) fn foresee(&mut self, world: &World, step: &Step) {
        let is_declared = |pod: &str, node: &str| match step {
            Step::ForcePod(dead) => pod == dead,
            Step::DeleteNode(dead, _) => node == dead,
            _ => false,
        };
        let running = world.processes();
        let running = running.filter(|process| is_declared(process.pod, process.node));
        // A kubelet that nobody can tell anything may yet start what it was given.
        let given = world.store().list(Kind::Pod, Some("default"));
        let given = given.filter(|pod| is_declared(pod.name(), pod.text("/spec/nodeName")));
        let uids = running.map(|process| process.uid);
        let uids = uids.chain(given.map(|pod| pod.uid()));
        self.declared_dead.extend(uids.map(str::to_owned));
    }

    pub(super) fn look(&self, world: &World) -> Result<(), Breach> {
        let mut alive = BTreeMap::new();
        for process in world.processes() {
            if self.declared_dead.contains(process.uid) {
                continue;
            }
            let identity = (process.namespace, process.pod, process.container);
            if let Some(other) = alive.insert(identity, process) {
                let how = format!(
                    "{} runs twice: {} on {} and {} on {}",
                    process.pod, other.uid, other.node, process.uid, process.node
                );
                return Err(Breach::of("one process of each identity", how));
            }
        }
        Ok(())
    }
}
