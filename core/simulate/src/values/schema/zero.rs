//! Fields that an API server has in every object, even where nothing is in them.
//!
//! They come with the object around them: nobody adds them, and nobody takes them away. The simulator stores objects as they
//! were written, without them.

mod table;

use serde_json::{Value, json};

use super::Type;
use table::{NEVER_ABSENT, OPTIONAL};

/// The fields of a type that are never absent, with what is in them where nothing is.
pub(crate) fn never_absent(
    holder: &'static str,
) -> impl Iterator<Item = (&'static str, fn(&Type) -> Value)> {
    let optional = of(OPTIONAL, holder);
    of(NEVER_ABSENT, holder)
        .split_whitespace()
        .map(move |field| {
            let is_optional = optional.split_whitespace().any(|it| it == field);
            let value: fn(&Type) -> Value = if is_optional {
                |_| Value::Null
            } else {
                nothing
            };
            (field, value)
        })
}

fn of(table: &'static [(&str, &str)], holder: &str) -> &'static str {
    let place = table.binary_search_by(|(name, _)| (*name).cmp(holder));
    place.map_or("", |place| table[place].1)
}

/// A value of a type with nothing in it.
fn nothing(shape: &Type) -> Value {
    match shape {
        Type::Text | Type::Named(_) => json!(""),
        Type::Bool => json!(false),
        Type::Int32 | Type::Int64 | Type::IntOrText => json!(0),
        Type::Quantity => json!("0"),
        Type::Struct(_) | Type::Whole(_) | Type::Open(_) | Type::Any => json!({}),
        Type::Time | Type::Pairs | Type::Bytes | Type::Quantities | Type::List(..) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_tables_are_in_order() {
        for table in [NEVER_ABSENT, OPTIONAL] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        assert!(never_absent("Nothing").next().is_none());
        let fields: Vec<_> = never_absent("StatefulSetSpec")
            .map(|(field, value)| (field, value(&Type::Text)))
            .collect();
        let none = || json!("");
        let expected = [
            ("selector", Value::Null),
            ("serviceName", none()),
            ("template", none()),
            ("updateStrategy", none()),
        ];
        assert_eq!(fields, expected);
    }
}
