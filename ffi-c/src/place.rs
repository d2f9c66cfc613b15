//! A record of the input, and how its fields are read: each rule about numbers, flags and reserved words is here.

use alloc::format;

use crate::code::{STS_CODE_RESERVED, STS_CODE_TOO_LARGE, STS_CODE_UNKNOWN_NUMBER, sts_code};
use crate::fail::Fail;
use crate::report::{STS_LIST_ARGUMENT, list_name};

/// Which record is being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) list: u32,
    pub(crate) index: usize,
}

// The words of failures are put together far from the loops over records, which stay short that way.
impl Place {
    #[cold]
    #[inline(never)]
    pub(crate) fn fail(self, code: sts_code, field: &'static str, problem: &str) -> Fail {
        let (list, index) = (list_name(self.list), self.index);
        let message = if self.list == STS_LIST_ARGUMENT {
            format!("{field}: {problem}")
        } else {
            format!("{list}[{index}].{field}: {problem}")
        };
        Fail::new(code, self.list, index, field, message)
    }

    #[cold]
    #[inline(never)]
    fn unknown_bits(self, field: &'static str, bits: u32) -> Fail {
        let problem = format!("has unknown bits 0x{bits:x}");
        self.fail(STS_CODE_UNKNOWN_NUMBER, field, &problem)
    }

    #[cold]
    #[inline(never)]
    fn unknown_number(self, field: &'static str, number: u32) -> Fail {
        let problem = format!("{number} has no meaning here");
        self.fail(STS_CODE_UNKNOWN_NUMBER, field, &problem)
    }

    /// Every bit of `flags` must be among `known`.
    pub(crate) fn flags(self, field: &'static str, flags: u32, known: u32) -> Result<(), Fail> {
        if flags & !known == 0 {
            return Ok(());
        }
        Err(self.unknown_bits(field, flags & !known))
    }

    /// A number that `meaning` translates.
    pub(crate) fn number<T>(
        self,
        field: &'static str,
        number: u32,
        meaning: impl Fn(u32) -> Option<T>,
    ) -> Result<T, Fail> {
        meaning(number).ok_or_else(|| self.unknown_number(field, number))
    }

    /// A number that has to fit into a smaller one.
    pub(crate) fn narrow<T: TryFrom<u32>>(
        self,
        field: &'static str,
        number: u32,
        max: u32,
    ) -> Result<T, Fail> {
        T::try_from(number)
            .map_err(|_| self.fail(STS_CODE_TOO_LARGE, field, &format!("must be at most {max}")))
    }

    /// A field that is there where `bit` is set, and 0 where it is not: a forgotten flag is an error, not a loss.
    pub(crate) fn optional<T: Default + PartialEq>(
        self,
        field: &'static str,
        present: bool,
        value: T,
    ) -> Result<Option<T>, Fail> {
        if present {
            Ok(Some(value))
        } else if value == T::default() {
            Ok(None)
        } else {
            Err(self.fail(STS_CODE_RESERVED, field, "must be 0 without its flag"))
        }
    }

    /// A field without a meaning yet.
    pub(crate) fn reserved<T: Copy + Default + PartialEq>(
        self,
        field: &'static str,
        value: T,
    ) -> Result<(), Fail> {
        if value == T::default() {
            Ok(())
        } else {
            Err(self.fail(STS_CODE_RESERVED, field, "must be 0"))
        }
    }
}
