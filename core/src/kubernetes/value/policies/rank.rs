//! The rank of a pod, as its labels say it (rules Y-3 and Y-5).

use std::boxed::Box;
use std::vec::Vec;

use crate::kubernetes::value::labels::{LabelsOf, Selector};

/// The label in which a pod says its rank: a number from 0 to 4294967295. The lowest is replaced first.
pub const RANK_LABEL: &str = "statefulset.dev/rank";

/// What gives the pods of a set their ranks.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) enum RankBy {
    /// Their label [`RANK_LABEL`].
    #[default]
    Label,
    /// The sum of the weights of the selectors that select them, the largest first.
    Weights(Vec<(u32, Selector)>),
    /// The first of these labels that they have, and the number at its end, the largest first.
    Keys(Vec<Box<str>>),
}

/// The numbers that fit beside the place of a key.
const NUMBERS: u32 = 1 << 24;

impl RankBy {
    /// The rank of a pod with these labels. A label [`RANK_LABEL`] that cannot be understood puts it last.
    pub(crate) fn rank(&self, labels: LabelsOf<'_>) -> u32 {
        match self {
            Self::Label => {
                let label = labels.get(RANK_LABEL);
                label.and_then(|it| it.parse().ok()).unwrap_or(u32::MAX)
            }
            Self::Weights(weights) => {
                let selected = weights.iter().filter(|(_, it)| it.matches(labels));
                u32::MAX - selected.fold(0, |sum: u32, (weight, _)| sum.saturating_add(*weight))
            }
            Self::Keys(keys) => {
                let mut places = (1u32..).zip(keys);
                let found = places.find_map(|(place, key)| Some((place, labels.get(key)?)));
                // One without any of them comes first: that is what OpenKruise 1.8.0 does, whatever its documentation says.
                found.map_or(0, |(place, value)| {
                    let behind = NUMBERS - 1 - last_number(&value).min(NUMBERS - 1);
                    place.saturating_mul(NUMBERS).saturating_add(behind)
                })
            }
        }
    }
}

/// The number at the end of a text, as in `db-10`; 0 if there is none.
fn last_number(text: &str) -> u32 {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    text[text.len() - digits..].parse().unwrap_or(0)
}
