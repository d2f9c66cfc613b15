//! The states that have been seen, each once: packed words in one list, and a table of their numbers.

use crate::bits::WORDS;

/// The number of a state.
pub(crate) type Number = u32;

const EMPTY: Number = Number::MAX;

/// All states so far, in the order in which they were found.
#[derive(Debug)]
pub(crate) struct States {
    /// Words of one state.
    width: usize,
    words: Vec<u64>,
    table: Vec<Number>,
    mask: usize,
    count: usize,
}

impl States {
    /// None so far. A state has so many words.
    pub(crate) fn of_width(width: usize) -> Self {
        let size = 1 << 12;
        Self {
            width,
            words: Vec::new(),
            table: vec![EMPTY; size],
            mask: size - 1,
            count: 0,
        }
    }

    /// How many words a state has: a world, and, where plans are slow, what is in hand.
    pub(crate) const fn width(slow: bool) -> usize {
        if slow { 2 * WORDS + 1 } else { WORDS }
    }

    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    /// The words of a state.
    pub(crate) fn get(&self, number: Number) -> &[u64] {
        let from = number as usize * self.width;
        &self.words[from..from + self.width]
    }

    /// The number of this state, and whether it is new. `None` where it would be new and there is no room.
    pub(crate) fn insert(&mut self, state: &[u64], room: bool) -> Option<(Number, bool)> {
        let mut at = hash(state) & self.mask;
        loop {
            let number = self.table[at];
            if number == EMPTY {
                break;
            }
            if self.get(number) == state {
                return Some((number, false));
            }
            at = (at + 1) & self.mask;
        }
        if !room {
            return None;
        }
        let number = Number::try_from(self.count).ok().filter(|&n| n != EMPTY)?;
        self.table[at] = number;
        self.words.extend_from_slice(state);
        self.count += 1;
        if self.count * 2 > self.table.len() {
            self.grow();
        }
        Some((number, true))
    }

    fn grow(&mut self) {
        self.mask = self.table.len() * 2 - 1;
        self.table = vec![EMPTY; self.mask + 1];
        for number in (0..).take(self.count) {
            let mut at = hash(self.get(number)) & self.mask;
            while self.table[at] != EMPTY {
                at = (at + 1) & self.mask;
            }
            self.table[at] = number;
        }
    }
}

/// Mixes all bits of all words into the lowest ones.
#[expect(clippy::cast_possible_truncation, reason = "the lowest bits are meant")]
fn hash(state: &[u64]) -> usize {
    let mut mixed = 0x9e37_79b9_7f4a_7c15_u64;
    for &word in state {
        mixed = (mixed ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^= mixed >> 32;
    }
    (mixed ^ mixed >> 29) as usize
}
