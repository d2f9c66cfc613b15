//! Names of numbers, pods and claims.

use core::ffi::{CStr, c_char};
use core::mem::size_of;

use statefulset_c::*;

use crate::dice::Dice;
use crate::guarded::{Guarded, UNTOUCHED};
use crate::verdict::{Out, Report, Tally};

/// Memory for all arguments.
pub(crate) struct Names {
    texts: [Guarded; 2],
    parts: Guarded,
    out: Out,
    report: Report,
}

const NAMERS: [extern "C" fn(u32) -> *const c_char; 7] = [
    sts_code_name,
    sts_action_name,
    sts_reason_name,
    sts_gate_name,
    sts_outcome_name,
    sts_next_name,
    sts_kind_name,
];

const WORDS: [&[u8]; 8] = [
    b"web-1",
    b"web",
    b"www-web-0",
    b"-",
    b"web-99999999999",
    b"www-web-00",
    "wé-1".as_bytes(),
    b"",
];

fn word(place: &mut Guarded, dice: &mut Dice) -> sts_text {
    let mut word = WORDS[dice.below(WORDS.len())].to_vec();
    dice.spoil(&mut word);
    sts_text {
        data: place.lay(&word),
        size: word.len(),
    }
}

impl Names {
    pub(crate) fn new() -> Self {
        Self {
            texts: core::array::from_fn(|_| Guarded::new(4096)),
            parts: Guarded::new(4096),
            out: Out::new(4096),
            report: Report::new(),
        }
    }

    pub(crate) fn round(&mut self, dice: &mut Dice) -> Tally {
        let mut tally = Tally::default();
        let number = u32::try_from(dice.odd() & u64::from(u32::MAX)).expect("masked");
        for namer in NAMERS {
            // SAFETY: names are static text.
            let name = unsafe { CStr::from_ptr(namer(number)) };
            assert!(!name.is_empty());
            tally.calls += 1;
        }
        let Self {
            texts: [first, second],
            parts,
            out,
            report,
        } = self;
        let (a, b) = (word(first, dice), word(second, dice));
        first.seal();
        second.seal();
        let cap = dice.below(24);
        // SAFETY (of all calls below): texts and buffers are as long as they say.
        let (_, name) = out.take(cap, |out| {
            // SAFETY: see above.
            report.take(&mut tally, |it| unsafe {
                sts_pod_name(a, number, out, cap, it)
            })
        });
        let size = size_of::<sts_name_parts>();
        if let Some(name) = name {
            let place = parts.blank::<sts_name_parts>(size);
            let text = sts_text {
                data: name.as_ptr().cast(),
                size: name.len(),
            };
            // SAFETY: see above.
            let said = report.take(&mut tally, |it| unsafe {
                sts_pod_name_parts(text, place, it)
            });
            assert_eq!(said.code, STS_CODE_OK, "{name}");
            // SAFETY: written just now.
            let parts = unsafe { place.read() };
            let expected = if number > STS_MAX_ORDINAL {
                STS_NO_ORDINAL
            } else {
                number
            };
            assert_eq!(
                (parts.size, parts.ordinal),
                (a.size as u64, expected),
                "{name}"
            );
        }
        out.take(cap, |out| {
            // SAFETY: see above.
            report.take(&mut tally, |it| unsafe {
                sts_claim_name(a, b, number, out, cap, it)
            })
        });
        for of_claim in [false, true] {
            let place = parts.blank::<sts_name_parts>(size);
            // SAFETY: see above.
            let said = report.take(&mut tally, |it| unsafe {
                if of_claim {
                    sts_claim_name_parts(a, b, place, it)
                } else {
                    sts_pod_name_parts(a, place, it)
                }
            });
            if said.code == STS_CODE_OK {
                // SAFETY: written just now.
                assert!(unsafe { place.read() }.size <= a.size as u64);
            } else {
                assert!(parts.tail(size).iter().all(|&byte| byte == UNTOUCHED));
            }
        }
        first.unseal();
        second.unseal();
        tally
    }
}
