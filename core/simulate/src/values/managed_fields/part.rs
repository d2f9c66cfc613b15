//! What a value at some place of an object consists of for those who own it.

use serde_json::Value;

use super::element::{Element, Plain};
use crate::values::kind::Kind;
use crate::values::schema::{self, Owned, Type};

/// A place in the objects of a kind: what may stand there, and in which field of which type.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(super) shape: &'static Type,
    holder: &'static str,
    field: &'static str,
}

/// What a value consists of.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// One thing.
    Whole,
    /// Fields or entries.
    Fields,
    /// Items of a list.
    Items(Items),
}

/// How the items of a list are told apart.
#[derive(Clone, Copy)]
pub(super) struct Items {
    pub(super) place: Place,
    /// None of a set of plain values.
    pub(super) keys: Option<&'static [&'static str]>,
}

impl Place {
    /// The whole object.
    pub(crate) fn of(kind: Kind) -> Self {
        Self::nameless(schema::of(kind))
    }

    const fn nameless(shape: &'static Type) -> Self {
        Self {
            shape,
            holder: "",
            field: "",
        }
    }

    /// What is here. Where the type does not say it, the value does: objects are then taken apart, and lists are not.
    pub(super) fn part(self, value: &Value) -> Part {
        if matches!(self.shape, Type::Any) {
            return match value {
                Value::Object(_) => Part::Fields,
                _ => Part::Whole,
            };
        }
        let keys = match schema::owned(self.shape, self.holder, self.field) {
            Owned::Whole => return Part::Whole,
            Owned::Fields => return Part::Fields,
            Owned::Items(keys) => Some(keys),
            Owned::Set => None,
        };
        let place = self.item();
        Part::Items(Items { place, keys })
    }

    /// The items of a list that is here.
    pub(super) const fn item(self) -> Self {
        match self.shape {
            Type::List(item, _) => Self::nameless(item),
            _ => Self::nameless(&Type::Any),
        }
    }

    /// The field of this name; none where the type has no such field.
    pub(super) fn known(self, name: &str) -> Option<Self> {
        match self.shape {
            Type::Struct(fields) | Type::Whole(fields) | Type::Open(fields) => {
                let is_open = matches!(self.shape, Type::Open(_));
                match fields.held_as(name) {
                    Some((holder, field, shape)) => Some(Self {
                        shape,
                        holder,
                        field,
                    }),
                    None => is_open.then(|| Self::nameless(&Type::Any)),
                }
            }
            Type::Pairs | Type::Bytes => Some(Self::nameless(&Type::Text)),
            Type::Quantities => Some(Self::nameless(&Type::Quantity)),
            Type::Any => Some(Self::nameless(&Type::Any)),
            _ => None,
        }
    }

    /// The field or entry of this name.
    pub(super) fn inside(self, name: &str) -> Self {
        self.known(name).unwrap_or(Self::nameless(&Type::Any))
    }

    /// Whether this is a type of its own that has this field.
    pub(super) fn names_of_struct(self, field: &str) -> bool {
        matches!(self.shape, Type::Struct(_)) && self.known(field).is_some()
    }

    /// What an element leads to, if it leads anywhere.
    pub(super) fn at(self, element: &Element) -> Option<Self> {
        match element {
            Element::Field(name) => self.known(name),
            Element::Key(_) => Some(self.item()),
            Element::Value(_) | Element::Index(_) => None,
        }
    }

    /// Whether the type names this field. Entries of maps have no name in it.
    pub(super) fn names(self, field: &str) -> bool {
        match self.shape {
            Type::Struct(_) | Type::Whole(_) | Type::Open(_) => self.known(field).is_some(),
            Type::Any => true,
            _ => false,
        }
    }
}

impl Items {
    /// What tells an item apart from others; none where the item has nothing of it.
    pub(super) fn element(self, item: &Value) -> Option<Element> {
        let Some(keys) = self.keys else {
            return Plain::of(item)
                .filter(|it| *it != Plain::Null)
                .map(Element::Value);
        };
        let fields = item.as_object()?;
        let mut key = Vec::new();
        for name in keys {
            let usual = || schema::usual_key(self.place.shape, name);
            if let Some(value) = fields.get(*name).cloned().or_else(usual) {
                key.push(((*name).to_owned(), Plain::of(&value)?));
            }
        }
        (!key.is_empty()).then_some(Element::Key(key))
    }

    /// All items with what tells them apart.
    pub(super) fn elements(self, list: Option<&Value>) -> impl Iterator<Item = (Element, &Value)> {
        let items = list
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let keyed = items.iter();
        keyed.filter_map(move |item| Some((self.element(item)?, item)))
    }
}

/// Whether there is nothing in a value that could be taken apart.
pub(super) fn is_empty(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(fields)) => fields.is_empty(),
        _ => true,
    }
}
