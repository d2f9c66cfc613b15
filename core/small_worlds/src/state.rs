//! A state: a world, and the plan that is being carried out in it, if there is one.

use crate::bits::WORDS;
use crate::configuration::Configuration;
use crate::turn::InHand;
use crate::world::World;

/// The most words that a state has.
pub(crate) const MOST: usize = 2 * WORDS + 1;

/// A world, and perhaps a plan in hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) hand: Option<InHand>,
}

impl State {
    /// A state in which no plan is being carried out; its revisions are named by what they are.
    pub(crate) fn resting(world: &World, c: &Configuration) -> Self {
        Self {
            world: world.canonical(c),
            hand: None,
        }
    }

    /// The first `width` of these words are the state.
    pub(crate) fn pack(&self) -> [u64; MOST] {
        let mut words = [0; MOST];
        words[..WORDS].copy_from_slice(&self.world.pack());
        if let Some(hand) = &self.hand {
            words[WORDS..2 * WORDS].copy_from_slice(&hand.seen.pack());
            words[2 * WORDS] = 1
                | u64::from(hand.count) << 1
                | u64::from(hand.moves) << 9
                | u64::from(hand.outcomes) << 32;
        }
        words
    }

    #[expect(clippy::cast_possible_truncation, reason = "that is how it was packed")]
    pub(crate) fn unpack(words: &[u64]) -> Self {
        let hand = words.get(2 * WORDS).filter(|&&word| word & 1 == 1);
        Self {
            world: World::unpack(&words[..WORDS]),
            hand: hand.map(|&word| InHand {
                seen: World::unpack(&words[WORDS..2 * WORDS]),
                count: (word >> 1) as u8,
                moves: (word >> 9) as u8,
                outcomes: (word >> 32) as u32,
            }),
        }
    }
}
