//! Never two live processes of one identity, whatever the API says, save where somebody forced it by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::step::Step;
use super::witness::Breach;
use crate::world::World;

#[derive(Debug, Default)]
pub(super) struct Identity {
    /// Uids of pods that somebody has declared dead.
    declared_dead: BTreeSet<String>,
}

impl Identity {
    pub(super) fn foresee(&mut self, world: &World, step: &Step) {
        let declared = world.processes().filter(|process| match step {
            Step::ForcePod(pod) => process.pod == pod,
            Step::DeleteNode(node, _) => process.node == node,
            _ => false,
        });
        self.declared_dead
            .extend(declared.map(|process| process.uid.to_owned()));
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
