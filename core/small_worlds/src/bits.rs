//! A state as a few machine words: millions of them have to fit into memory.

/// How many words a world takes.
pub(crate) const WORDS: usize = 2;

/// A packed world.
pub(crate) type Packed = [u64; WORDS];

/// Puts small numbers side by side, lowest bits first.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    words: Packed,
    at: usize,
}

impl Writer {
    /// Adds a number that is below 2 to the power of `width`.
    #[inline]
    pub(crate) fn put(&mut self, value: u8, width: usize) {
        debug_assert!(u32::from(value) < 1 << width, "{value} in {width} bits");
        let (word, shift) = (self.at / 64, self.at % 64);
        self.words[word] |= u64::from(value) << shift;
        if shift + width > 64 {
            self.words[word + 1] |= u64::from(value) >> (64 - shift);
        }
        self.at += width;
    }

    #[inline]
    pub(crate) fn flag(&mut self, value: bool) {
        self.put(u8::from(value), 1);
    }

    pub(crate) const fn words(self) -> Packed {
        self.words
    }
}

/// Takes them out again, in the same order.
#[derive(Debug)]
pub(crate) struct Reader<'w> {
    words: &'w [u64],
    at: usize,
}

impl<'w> Reader<'w> {
    pub(crate) const fn of(words: &'w [u64]) -> Self {
        Self { words, at: 0 }
    }

    #[inline]
    pub(crate) fn take(&mut self, width: usize) -> u8 {
        let (word, shift) = (self.at / 64, self.at % 64);
        let mut value = self.words[word] >> shift;
        if shift + width > 64 {
            value |= self.words[word + 1] << (64 - shift);
        }
        self.at += width;
        u8::try_from(value & ((1 << width) - 1)).unwrap_or(u8::MAX)
    }

    #[inline]
    pub(crate) fn flag(&mut self) -> bool {
        self.take(1) == 1
    }
}
