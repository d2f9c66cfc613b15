//! The small worlds that are explored.

mod choices;
mod cluster;
mod in_place;
mod questions;
mod rollouts;
mod tempo;

use statefulset::{Limit, Management};

use crate::configuration::{Configuration, Way};

const BOTH: [Management; 2] = [Management::OrderedReady, Management::Parallel];

const ROLLING: Way = Way::Rolling(None);

const WAYS: [Way; 4] = [Way::Blockless, ROLLING, Way::OnDelete, Way::Recreate];

const TWO: Way = Way::Rolling(Some(Limit::Count(2)));

/// All configurations. With `size` 1 they take one or two minutes of one processor; each number above that adds a
/// change to what may be asked for.
pub fn all(size: u8) -> Vec<Configuration> {
    let mut list = List {
        size: size.max(1),
        all: Vec::new(),
    };
    list.strategies();
    list.budgets();
    list.versions();
    list.broken();
    list.repairs();
    list.paces();
    list.deadlines();
    list.exclusions();
    list.ranks();
    list.pauses();
    list.limits();
    list.groups();
    list.storage();
    list.ends();
    list.nodes();
    list.drains();
    list.slow();
    list.questions();
    list.changes_in_place();
    list.together();
    list.all
}

struct List {
    size: u8,
    all: Vec<Configuration>,
}
impl List {
    fn add(
        &mut self,
        name: &str,
        management: Management,
        way: Way,
        change: impl FnOnce(&mut Configuration),
    ) {
        let mut c = Configuration::new(name, management, way);
        // What must not matter differs from one configuration to the next.
        c.backwards = self.all.len() % 2 == 1;
        c.start = [0, 0, 7][self.all.len() % 3];
        change(&mut c);
        c.profile.recreate |= way == Way::Recreate;
        c.changes = (c.changes + self.size).min(7);
        self.all.push(c);
    }
}
