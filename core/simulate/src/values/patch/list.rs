//! Lists that are merged: item by item, by their key, or as a set of plain values.

use std::mem::discriminant;

use serde_json::Value;

use super::strategic::{DIRECTIVE, Over, key_of, merge, unknown_directive, without_directives};
use crate::values::schema::{Merge, Type};

/// How a list is merged.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    item: &'static Type,
    pub(super) key: Option<&'static str>,
    /// Whether its items are merged at all; else the newer list takes the older one's place.
    merges: bool,
}

/// Takes plain values out of a list.
pub(super) fn delete(list: &mut Vec<Value>, gone: &[Value]) -> Result<(), String> {
    if !list.is_empty() || !gone.is_empty() {
        alike([list.as_slice(), gone])?;
    }
    list.retain(|item| !gone.contains(item));
    Ok(())
}

impl Rules {
    /// The rules of a list that is merged.
    pub(super) fn of(kind: &'static Type) -> Option<Self> {
        let Type::List(item, how) = kind else {
            return None;
        };
        let rules = Self {
            item,
            key: key_of(*how),
            merges: *how != Merge::Atomic,
        };
        rules.merges.then_some(rules)
    }

    /// The rules of the field of this name, if it may be a list.
    pub(super) fn of_list(kind: &Type, field: &str) -> Option<Self> {
        match kind.known_field(field)? {
            Type::List(item, how) => Some(Self {
                item,
                key: key_of(*how),
                merges: *how != Merge::Atomic,
            }),
            Type::Any => Some(Self {
                item: &Type::Any,
                key: None,
                merges: false,
            }),
            _ => None,
        }
    }

    pub(super) const fn item(self) -> &'static Type {
        self.item
    }

    /// Lays one list over another.
    pub(super) fn merge(
        self,
        list: Vec<Value>,
        patch: Vec<Value>,
        over: Over,
    ) -> Result<Vec<Value>, String> {
        if list.is_empty() && patch.is_empty() {
            return Ok(list);
        }
        if !alike([&list, &patch])?.is_object() {
            let mut merged = Vec::new();
            for item in list.iter().chain(&patch) {
                if !merged.contains(item) {
                    merged.push(item.clone());
                }
            }
            return self.in_order(merged, &patch, &list);
        }
        let key = self.require_key()?;
        let (list, patch) = directed(list, patch, key)?;
        let mut merged = list.clone();
        for wanted in &patch {
            let name = self.name(wanted)?;
            let place = merged.iter().position(|have| have.get(key) == Some(name));
            match (place.map(|place| &mut merged[place]), wanted) {
                (Some(Value::Object(have)), Value::Object(wanted)) => {
                    merge(self.item, have, wanted.clone(), over)?;
                }
                _ => merged.push(wanted.clone()),
            }
        }
        // What is new has its place in the patch.
        self.in_order(merged, &patch, &list)
    }

    /// A list with its patch, in an order that was asked for.
    pub(super) fn ordered(
        self,
        live: Option<Vec<Value>>,
        wanted: Option<Vec<Value>>,
        order: &[Value],
        over: Over,
    ) -> Result<Vec<Value>, String> {
        let mut before = live.clone().unwrap_or_default();
        let mut of_both = before.clone();
        of_both.extend(wanted.iter().flatten().cloned());
        let merged = match (live, wanted) {
            (Some(live), None) => live,
            (None, Some(wanted)) => wanted.into_iter().filter_map(without_directives).collect(),
            (Some(live), Some(wanted)) if self.merges => {
                if let Some(key) = self.key {
                    write_in_place(&mut before, &wanted, key);
                }
                self.merge(live, wanted, over)?
            }
            (_, wanted) => wanted.unwrap_or_default(),
        };
        alike([&of_both])?;
        self.in_order(merged, order, &before)
    }

    /// Whether the items of a patch come in the order that the patch asks for.
    pub(super) fn check_order(self, patch: &[Value], order: &[Value]) -> Result<(), String> {
        if patch.is_empty() || order.is_empty() {
            return Ok(());
        }
        // Items with a directive have no place, unless the order has been gone through before: then there is none for them.
        let is = |item: &Value, directive: &str| {
            let has = item.get(DIRECTIVE).filter(|_| self.key.is_some());
            has.is_some_and(|it| directive.is_empty() || it == directive)
        };
        let mut order_left = order.iter().peekable();
        for item in patch.iter().filter(|item| !is(item, "delete")) {
            if order_left.peek().is_some() && is(item, "") {
                continue;
            }
            loop {
                let Some(next) = order_left.next() else {
                    return Err(format!("{item} is not where the order of the list says"));
                };
                if self.name(next)? == self.name(item)? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The items that `order` names as it names them; the others stay where `before` has them among those.
    pub(super) fn in_order(
        self,
        list: Vec<Value>,
        order: &[Value],
        before: &[Value],
    ) -> Result<Vec<Value>, String> {
        let order = self.names(order)?;
        let before = self.names(before)?;
        let (mut asked, mut others) = (Vec::new(), Vec::new());
        for item in list {
            let name = self.name(&item)?;
            if order.contains(&name) {
                asked.push(item);
            } else {
                others.push(item);
            }
        }
        self.sort(&mut asked, &order)?;
        self.sort(&mut others, &before)?;
        let mut all = Vec::new();
        let mut others = others.into_iter().peekable();
        for item in asked {
            let place = before.iter().position(|it| Ok(*it) == self.name(&item));
            while let Some(other) = others.next_if(|other| {
                let other = before.iter().position(|it| Ok(*it) == self.name(other));
                other.zip(place).is_some_and(|(other, place)| other < place)
            }) {
                all.push(other);
            }
            all.push(item);
        }
        all.extend(others);
        Ok(all)
    }

    /// Sorts items as `order` names them; those that are to be deleted come last.
    pub(super) fn sort(self, list: &mut Vec<Value>, order: &[&Value]) -> Result<(), String> {
        self.names(list)?;
        let (deleted, mut rest): (Vec<_>, Vec<_>) =
            std::mem::take(list).into_iter().partition(|item| {
                self.key.is_some() && item.get(DIRECTIVE).is_some_and(|it| it == "delete")
            });
        // An item that the order does not name moves before all that stand before it, as in Kubernetes' library.
        for last in 1..rest.len() {
            for place in (1..=last).rev() {
                let at = |place: usize| {
                    let item: &Value = &rest[place];
                    order.iter().position(|it| Ok(*it) == self.name(item))
                };
                let before = at(place).zip(at(place - 1));
                if before.is_some_and(|(this, other)| this >= other) {
                    break;
                }
                rest.swap(place, place - 1);
            }
        }
        list.extend(rest);
        list.extend(deleted);
        Ok(())
    }

    pub(super) fn require_key(self) -> Result<&'static str, String> {
        let why = "objects in a list of plain values cannot be told apart";
        self.key.ok_or_else(|| why.to_owned())
    }

    /// What tells an item from the others.
    pub(super) fn name(self, item: &Value) -> Result<&Value, String> {
        match self.key {
            None => Ok(item),
            Some(key) => item
                .get(key)
                .ok_or_else(|| format!("{item} does not contain declared merge key: {key}")),
        }
    }

    fn names(self, list: &[Value]) -> Result<Vec<&Value>, String> {
        list.iter().map(|item| self.name(item)).collect()
    }
}

/// Makes of an older list what Kubernetes' library takes for it once it has merged a patch: it deletes and appends in place,
/// in as many items as the older list has, and looks at their order after that.
fn write_in_place(list: &mut [Value], patch: &[Value], key: &str) {
    let mut end = list.len();
    let is = |item: &Value, directive| item.get(DIRECTIVE).is_some_and(|it| it == directive);
    for item in patch.iter().filter(|item| is(item, "delete")) {
        while let Some(place) = list[..end]
            .iter()
            .position(|it| it.get(key) == item.get(key))
        {
            list[place..end].rotate_left(1);
            end -= 1;
            // The last item has moved, and is still where it was.
            if end > 0 {
                list[end] = list[end - 1].clone();
            }
        }
    }
    if patch.iter().any(|item| is(item, "replace")) {
        return;
    }
    for item in patch.iter().filter(|item| item.get(DIRECTIVE).is_none()) {
        let is_there = list[..end].iter().any(|it| it.get(key) == item.get(key));
        if !is_there && end < list.len() {
            list[end] = item.clone();
            end += 1;
        }
    }
}

/// Does what items with a directive say, and leaves them out of the patch.
fn directed(
    mut list: Vec<Value>,
    patch: Vec<Value>,
    key: &str,
) -> Result<(Vec<Value>, Vec<Value>), String> {
    let mut rest = Vec::new();
    let mut replaces = false;
    for item in patch {
        let Some(directive) = item.get(DIRECTIVE) else {
            rest.push(item);
            continue;
        };
        match directive.as_str() {
            Some("replace") => replaces = true,
            Some("delete") => {
                let name = item
                    .get(key)
                    .ok_or_else(|| format!("{item} does not contain declared merge key: {key}"))?;
                list.retain(|have| have.get(key) != Some(name));
            }
            _ => return Err(unknown_directive(directive)),
        }
    }
    if replaces {
        return Ok((rest, Vec::new()));
    }
    Ok((list, rest))
}

/// One item of lists whose items are all of one kind, and no lists.
pub(super) fn alike<const N: usize>(lists: [&[Value]; N]) -> Result<&Value, String> {
    let mut items = lists.into_iter().flatten();
    let first = items
        .next()
        .ok_or("no elements in any of the given lists")?;
    if first.is_array() {
        return Err("lists of lists are not supported".to_owned());
    }
    match items.find(|item| discriminant(*item) != discriminant(first)) {
        Some(other) => Err(format!(
            "list element types are not identical: {first} and {other}"
        )),
        None => Ok(first),
    }
}
