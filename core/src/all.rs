//! The list of an enum's values, for tables and for tests that walk all of them.

/// Gives an enum its `ALL`. A value that is left out of the list fails to compile here, inside the crate, where a `match`
/// without a wildcard is possible.
macro_rules! all {
    ($(#[$note:meta])* $name:ident {
        $($value:ident $(($($index:tt)*))? $({$($field:tt)*})?),+ $(,)?
    }) => {
        impl $name {
            $(#[$note])*
            /// The list grows when the enum does.
            pub const ALL: [Self; [$(stringify!($value)),+].len()] =
                [$(Self::$value $(($($index)*))? $({$($field)*})?),+];
        }

        const _: fn(&$name) = |value| match value {
            $($name::$value { .. } => ()),+
        };
    };
}
pub(crate) use all;
