//! Translations of the planner's values, which know all of them.

/// What a translation answers for a value that came with a later planner than it was written for. The call then gives
/// STS_CODE_INTERNAL; [`total`] sees to it that no library is built that way.
#[cold]
pub(crate) const fn unknown() -> ! {
    panic!("a value of the planner has no number in the C API")
}

/// Walks all values while the crate is compiled: one that a translation does not know fails to compile. The planner's
/// enums may grow, so that a `match` on them needs a wildcard, and a wildcard would hide what was forgotten.
macro_rules! total {
    ($translate:path, $name:ident) => {
        const _: () = {
            let mut i = 0;
            while i < $name::ALL.len() {
                let _ = $translate($name::ALL[i]);
                i += 1;
            }
        };
    };
}
pub(crate) use total;
