//! Randomness from a seed (splitmix64), or from given bytes as long as there are any.

pub(crate) struct Dice {
    state: u64,
    given: std::vec::IntoIter<u8>,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            given: Vec::new().into_iter(),
        }
    }

    /// Two bytes make a throw, so that a small change of the bytes changes little (`core/fuzz`).
    #[allow(dead_code, reason = "the seeded test does not call it")]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self {
            given: Vec::from(bytes).into_iter(),
            ..Self::new(1)
        }
    }

    pub(crate) fn word(&mut self) -> u64 {
        if let (Some(low), high) = (self.given.next(), self.given.next()) {
            return u64::from(u16::from_le_bytes([low, high.unwrap_or(0)]));
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n.max(1)).expect("sizes fit");
        usize::try_from(self.word() % n).expect("sizes fit")
    }

    /// A number below `n`.
    pub(crate) fn small(&mut self, n: u32) -> u32 {
        u32::try_from(self.word() % u64::from(n.max(1))).expect("it is below a u32")
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.word().to_le_bytes()[0]
    }

    /// A word as people who look for trouble choose it.
    pub(crate) fn odd(&mut self) -> u64 {
        match self.below(8) {
            0 => 0,
            1 => u64::MAX,
            2 => 1 << self.below(64),
            3 => u64::from(u32::MAX),
            4 => i64::MAX.unsigned_abs(),
            5 => i64::MIN.unsigned_abs(),
            6 => self.word() % 8,
            _ => self.word(),
        }
    }

    /// The same with a sign.
    pub(crate) fn odd_signed(&mut self) -> i64 {
        i64::from_ne_bytes(self.odd().to_ne_bytes())
    }

    /// Spoils some bytes: none of them in most cases.
    pub(crate) fn spoil(&mut self, bytes: &mut [u8]) {
        if bytes.is_empty() || !self.one_in(3) {
            return;
        }
        if self.one_in(8) {
            bytes.fill_with(|| self.byte());
            return;
        }
        for _ in 0..=self.below(3) {
            let width = [1, 4, 8][self.below(3)];
            let at = self.below(bytes.len()) / width * width;
            let odd = self.odd().to_le_bytes();
            for (to, from) in bytes[at..].iter_mut().zip(&odd[..width]) {
                *to = *from;
            }
        }
    }
}
