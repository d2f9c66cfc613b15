//! The nodes, as the facts tier plans from them. One list serves all sets.

use std::boxed::Box;
use std::vec::Vec;

use super::store::{News, Shelf};
use crate::kubernetes::object::facts::NodeFacts;
use crate::kubernetes::object::version::Uid;
use crate::kubernetes::value::key::Key;
use crate::node::{Node, NodeState};

/// The nodes by name. A node's place is its index in the list.
#[derive(Default, Debug)]
pub(crate) struct Nodes {
    names: Vec<Box<str>>,
    facts: Vec<NodeFacts>,
    list: Vec<Node>,
}

impl Nodes {
    /// What plans refer to.
    pub(crate) fn list(&self) -> &[Node] {
        &self.list
    }

    /// The index of a node.
    pub(crate) fn place(&self, name: &str) -> Option<u32> {
        let place = self.find(name).ok()?;
        u32::try_from(place).ok()
    }

    /// The name of the node with this index.
    pub(crate) fn name(&self, index: u32) -> Option<&str> {
        self.names.get(index as usize).map(|name| &**name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&NodeFacts> {
        Some(&self.facts[self.find(name).ok()?])
    }

    /// Their facts, in the order of the list.
    pub(crate) fn facts(&self) -> &[NodeFacts] {
        &self.facts
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.names.binary_search_by(|known| (**known).cmp(name))
    }

    /// Stores a node, unless it is older than what is known.
    pub(crate) fn put(&mut self, name: &str, new: NodeFacts, listing: bool) -> News {
        let news = News::of(self.get(name), &new, listing);
        if news == News::Old {
            return news;
        }
        let place = self.find(name);
        let place = place.unwrap_or_else(|place| {
            self.names.insert(place, name.into());
            self.facts.insert(place, new.clone());
            self.list.insert(place, record(&new));
            place
        });
        self.set(place, new);
        news
    }

    /// The node is gone for good: somebody took it away.
    pub(crate) fn bury(&mut self, name: &str) {
        if let Ok(place) = self.find(name) {
            let gone = NodeFacts {
                state: NodeState::Gone,
                ..self.facts[place].clone()
            };
            self.set(place, gone);
        }
    }

    fn set(&mut self, place: usize, facts: NodeFacts) {
        self.list[place] = record(&facts);
        self.facts[place] = facts;
    }
}

const fn record(facts: &NodeFacts) -> Node {
    Node {
        state: facts.state,
        cordoned: facts.cordoned,
        draining: facts.draining,
        since: facts.since,
    }
}

impl Shelf for Nodes {
    fn keys(&self) -> Vec<Key> {
        self.names
            .iter()
            .map(|name| Key::new("", &**name))
            .collect()
    }

    fn uid(&self, _: &str, name: &str) -> Option<&Uid> {
        self.get(name).map(|node| &node.version.uid)
    }

    fn drop(&mut self, _: &str, name: &str) -> bool {
        let Ok(place) = self.find(name) else {
            return false;
        };
        self.names.remove(place);
        self.facts.remove(place);
        self.list.remove(place);
        true
    }
}
