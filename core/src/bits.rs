//! Sets of things that have names, one bit for each.

/// What every such set can do. The type has one `u8`, and a constant `ALL`. What stands before its name is documentation of
/// `from_bits`.
macro_rules! bits {
    ($(#[$example:meta])* $set:ident) => {
        impl $set {
            /// These and those.
            #[must_use]
            pub const fn with(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Whether all of `other` are among these. The empty set is among any.
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any of `other` is among these.
            pub const fn overlaps(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// One bit for each, in the order of the constants.
            pub const fn bits(self) -> u8 {
                self.0
            }

            /// From such bits; `None` if one of them has no meaning.
            $(#[$example])*
            pub const fn from_bits(bits: u8) -> Option<Self> {
                if bits & !Self::ALL.0 == 0 {
                    Some(Self(bits))
                } else {
                    None
                }
            }
        }
    };
}

pub(crate) use bits;
