//! Which room may import which.

use crate::paths;

/// Rooms in their order.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// The path of the module that has them.
    pub(crate) module: Vec<String>,
    /// From the lowest to the highest; those of one rank do not import each other.
    pub(crate) order: &'a [&'a [&'a str]],
}

impl Place<'_> {
    fn rank(&self, room: &str) -> Option<usize> {
        self.order.iter().position(|rank| rank.contains(&room))
    }

    /// What is wrong with the order itself, where these rooms are there.
    pub(crate) fn unplaced(&self, there: &[String]) -> Vec<String> {
        let unknown = there.iter().filter(|room| self.rank(room).is_none());
        let unknown =
            unknown.map(|room| format!("the room `{room}` is there and has no place in the order"));
        let known = self.order.iter().copied().flatten();
        let missing = known.filter(|room| !there.iter().any(|it| it == *room));
        let missing = missing
            .map(|room| format!("the room `{room}` has a place in the order and is not there"));
        unknown.chain(missing).collect()
    }

    /// What is wrong with the imports of a file. `within` is the path of its module below the one that has the rooms.
    pub(crate) fn upward(&self, file: &str, within: &[String], text: &str) -> Vec<String> {
        let module = [&self.module, within].concat();
        let found = match paths::of(text, &module) {
            Ok(found) => found,
            Err(why) => return vec![format!("{file}: {why}")],
        };
        let wrong = found.iter().filter_map(|it| {
            // What is outside of the module is not its order's business.
            let inside = it.path.strip_prefix(self.module.as_slice())?;
            let why = self.judge(&within[0], inside.first().map(String::as_str))?;
            Some(format!(
                "{file}:{}: `{}`: {why}",
                it.line,
                it.path.join("::")
            ))
        });
        wrong.collect()
    }

    /// Why a file of the room `from` may not import from `to`, if it may not.
    fn judge(&self, from: &str, to: Option<&str>) -> Option<String> {
        let Some(to) = to else {
            return Some("a room is imported by its name".to_owned());
        };
        if to == from {
            return None;
        }
        match (self.rank(from), self.rank(to)) {
            (_, None) => Some(format!(
                "`{to}` is no room, and a name is imported from the room that defines it"
            )),
            (Some(from), Some(to)) if to < from => None,
            _ => Some(format!("`{to}` does not stand below `{from}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    const ORDER: &[&[&str]] = &[&["values"], &["disk", "network"], &["world"]];

    fn upward(module: &str, within: &[&str], text: &str) -> Vec<String> {
        let module = module.split("::").filter(|it| !it.is_empty());
        let place = Place {
            module: module.map(str::to_owned).collect(),
            order: ORDER,
        };
        let within: Vec<_> = within.iter().map(ToString::to_string).collect();
        place.upward("f.rs", &within, text)
    }

    #[test]
    fn what_stands_below_may_be_imported() {
        let text =
            "use crate::values::Key;\nuse super::Half;\nuse std::fmt;\nuse crate::disk::Whole;\n";
        assert_eq!(upward("", &["disk", "half"], text), [""; 0]);
        assert_eq!(
            upward("", &["world"], "use crate::{disk, network};"),
            [""; 0]
        );
    }

    #[test]
    fn what_stands_beside_or_above_may_not() {
        let text =
            "use crate::values::Key;\n\nuse crate::network::Name;\nfn f() { crate::world::g() }\n";
        let wrong = [
            "f.rs:3: `network::Name`: `network` does not stand below `disk`",
            "f.rs:4: `world::g`: `world` does not stand below `disk`",
        ];
        assert_eq!(upward("", &["disk"], text), wrong);
    }

    #[test]
    fn names_that_are_handed_on_do_not_hide_where_they_are_from() {
        let text = "use crate::World;\nuse super::*;\n";
        let why = "is no room, and a name is imported from the room that defines it";
        let wrong = [
            format!("f.rs:1: `World`: `World` {why}"),
            format!("f.rs:2: `*`: `*` {why}"),
        ];
        assert_eq!(upward("", &["disk"], text), wrong);
    }

    #[test]
    fn rooms_of_a_module_are_not_those_of_the_crate() {
        let text = "use crate::world::A;\nuse crate::parts::values::B;\nuse super::super::world::C;\nuse crate::parts;\n";
        let wrong = [
            "f.rs:3: `parts::world::C`: `world` does not stand below `disk`",
            "f.rs:4: `parts`: a room is imported by its name",
        ];
        assert_eq!(upward("parts", &["disk", "half"], text), wrong);
    }

    #[test]
    fn every_room_has_a_place_and_every_place_a_room() {
        let place = Place {
            module: Vec::new(),
            order: ORDER,
        };
        let there = ["attic", "disk", "network", "values"].map(str::to_owned);
        let wrong = [
            "the room `attic` is there and has no place in the order",
            "the room `world` has a place in the order and is not there",
        ];
        assert_eq!(place.unplaced(&there), wrong);
    }
}
