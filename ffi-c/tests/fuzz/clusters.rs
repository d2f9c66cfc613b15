//! Clusters: random calls in a random order, with JSON from bad hands.

use core::ffi::c_void;
use core::mem::size_of;
use core::ptr::{null, null_mut};

use statefulset_c::*;

use crate::dice::Dice;
use crate::guarded::{Guarded, bytes_of};
use crate::json;
use crate::verdict::{Out, Report, Tally};

/// So many calls in a round.
const CALLS: usize = 60;

/// Memory for all arguments.
pub(crate) struct Clusters {
    json: Guarded,
    word: Guarded,
    profile: Guarded,
    handle: Guarded,
    out: Out,
    report: Report,
}

impl Clusters {
    pub(crate) fn new() -> Self {
        Self {
            json: Guarded::new(1 << 16),
            word: Guarded::new(4096),
            profile: Guarded::new(4096),
            handle: Guarded::new(4096),
            out: Out::new(1 << 16),
            report: Report::new(),
        }
    }

    fn make(&mut self, dice: &mut Dice, tally: &mut Tally) -> sts_cluster {
        let profile = if dice.one_in(2) {
            sts_profile_upstream()
        } else {
            sts_profile_standalone()
        };
        let mut profile = bytes_of(&[profile]);
        if dice.one_in(4) {
            dice.spoil(&mut profile);
        }
        let profile = self.profile.lay::<sts_profile>(&profile);
        let handle = self.handle.blank::<sts_cluster>(size_of::<sts_cluster>());
        // SAFETY: laid just now.
        let made = self
            .report
            .take(tally, |it| unsafe { sts_cluster_new(profile, handle, it) });
        if made.code != STS_CODE_OK || dice.one_in(50) {
            return sts_cluster { id: dice.odd() };
        }
        // SAFETY: written just now.
        unsafe { handle.read() }
    }

    pub(crate) fn round(&mut self, dice: &mut Dice) -> Tally {
        let mut tally = Tally::default();
        let cluster = self.make(dice, &mut tally);
        let mut plan = sts_plan_id::default();
        if !dice.one_in(4) {
            for kind in STS_KIND_STATEFUL_SET..=STS_KIND_SERVICE {
                let report = &mut self.report;
                // SAFETY: the report is taken care of.
                report.take(&mut tally, |it| unsafe {
                    sts_cluster_begin_list(cluster, kind, it)
                });
                let version = text(&mut self.word, b"5");
                // SAFETY: laid just now.
                report.take(&mut tally, |it| unsafe {
                    sts_cluster_end_list(cluster, kind, version, it)
                });
            }
        }
        for _ in 0..CALLS {
            self.call(cluster, &mut plan, dice, &mut tally);
        }
        sts_cluster_free(cluster);
        tally
    }

    fn call(
        &mut self,
        cluster: sts_cluster,
        plan: &mut sts_plan_id,
        dice: &mut Dice,
        tally: &mut Tally,
    ) {
        let kind = if dice.one_in(60) {
            dice.small(20)
        } else if dice.one_in(2) {
            [
                STS_KIND_STATEFUL_SET,
                STS_KIND_POD,
                STS_KIND_CONTROLLER_REVISION,
            ][dice.below(3)]
        } else {
            STS_KIND_STATEFUL_SET + dice.small(9)
        };
        let what = dice.below(17);
        let value = match what {
            5..=7 => json::event(kind, dice),
            8 => (0..dice.below(6))
                .map(|_| json::object(kind, dice))
                .collect(),
            9..=12 => json::outcomes(dice),
            16 => json::evidence(dice),
            _ => json::object(kind, dice),
        };
        let json = json::spoilt(value, dice);
        let json = text(&mut self.json, &json);
        let mut word = match what {
            0 | 1 => json::pod_name(dice),
            2 => dice.below(2000).to_string(),
            _ => json::set_name(dice),
        };
        if what != 2 && !dice.one_in(20) {
            word.insert_str(0, "default/");
        }
        let mut word = word.into_bytes();
        if dice.one_in(10) {
            dice.spoil(&mut word);
        }
        let word = text(&mut self.word, &word);
        let now = if dice.one_in(10) {
            dice.odd_signed()
        } else {
            1_800_000_000_000
        };
        let cap = if dice.one_in(4) {
            dice.below(300)
        } else {
            1 << 16
        };
        if dice.one_in(30) {
            *plan = sts_plan_id {
                view: dice.odd(),
                now_ms: dice.odd_signed(),
            };
        }
        let id = *plan;
        let nothing = sts_text {
            data: null(),
            size: 0,
        };
        let Self {
            out,
            report,
            json: sealed,
            ..
        } = self;
        sealed.seal();
        // SAFETY (of all calls below): texts and buffers are as long as they say, and a handle may be any number.
        let mut tell = |tally: &mut Tally, call: &dyn Fn(*mut sts_report) -> sts_code| {
            report.take(tally, call)
        };
        match what {
            // SAFETY: see above.
            0 => drop(tell(tally, &|it| unsafe {
                sts_cluster_remove(cluster, kind, word, nothing, it)
            })),
            // SAFETY: see above.
            1 => drop(tell(tally, &|it| unsafe {
                sts_cluster_remove(cluster, kind, word, word, it)
            })),
            // SAFETY: see above.
            2 => drop(tell(tally, &|it| unsafe {
                sts_cluster_bookmark(cluster, kind, word, it)
            })),
            // SAFETY: see above.
            3 => drop(tell(tally, &|it| unsafe {
                sts_cluster_begin_list(cluster, kind, it)
            })),
            // SAFETY: see above.
            4 => drop(tell(tally, &|it| unsafe {
                sts_cluster_end_list(cluster, kind, word, it)
            })),
            // SAFETY: see above.
            5..=7 => drop(tell(tally, &|it| unsafe {
                sts_cluster_watch(cluster, json, it)
            })),
            8 => {
                let profile = self.profile.lay(&bytes_of(&[sts_profile_upstream()]));
                let kinds = if dice.one_in(20) {
                    dice.small(u32::MAX)
                } else {
                    0x3fe
                };
                out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe {
                        sts_reconcile(profile, word, kinds, json, now, out, cap, it)
                    })
                });
            }
            9 => {
                let index = dice.odd() % 8;
                // SAFETY: see above.
                tell(tally, &|it| unsafe {
                    sts_cluster_may_try(cluster, word, id, index, json, it)
                });
                let mut answers = dice.word();
                let user = (&raw mut answers).cast();
                // SAFETY: see above.
                tell(tally, &|it| unsafe {
                    sts_cluster_carry_out(cluster, word, now, Some(send), Some(record), user, it)
                });
                // SAFETY: see above; there is no room to write to.
                tell(tally, &|it| unsafe {
                    sts_requests(json, null_mut(), 0, it)
                });
                // SAFETY: as above.
                tell(tally, &|it| unsafe { sts_events(json, null_mut(), 0, it) });
                // SAFETY: as above.
                let tail = unsafe { sts_tail(json) };
                assert!(tail.size <= json.size);
                out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe { sts_plain_text(json, out, cap, it) })
                });
                // SAFETY: see above.
                let word =
                    unsafe { sts_outcome_of_response(dice.small(64), dice.small(700), json) };
                assert!(word <= STS_OUTCOME_FAILED);
            }
            10 | 11 => {
                out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe {
                        sts_cluster_finish(cluster, word, id, json, now, out, cap, it)
                    })
                });
            }
            // SAFETY: see above.
            12 => drop(tell(tally, &|it| unsafe {
                sts_cluster_settle(cluster, word, id, json, now, it)
            })),
            13 => {
                let which = dice.below(9);
                let (from, to) = (any_version(dice), any_version(dice));
                let profile = self.profile.lay(&bytes_of(&[sts_profile_upstream()]));
                let (_, said) = out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe {
                        match which {
                            0 => sts_cluster_due(cluster, now, out, cap, it),
                            6 => sts_cluster_take_due(cluster, now, out, cap, it),
                            1 => sts_causes(out, cap, it),
                            2 => sts_cluster_awaited(cluster, out, cap, it),
                            3 => sts_normalize(profile, json, out, cap, it),
                            4 => sts_validate(profile, json, out, cap, it),
                            5 => sts_validate_update(profile, json, json, out, cap, it),
                            7 => sts_cluster_upgrade(cluster, word, from, to, now, out, cap, it),
                            8 => {
                                sts_cluster_upgrade_text(cluster, word, from, to, now, out, cap, it)
                            }
                            _ => sts_cluster_explain(cluster, word, now, out, cap, it),
                        }
                    })
                });
                let first = said.as_deref().and_then(|sets| sets.lines().next());
                if let (0, Some(set)) = (which, first) {
                    // What is due can be planned, or whoever asks what is due would never come to an end.
                    let set = sts_text {
                        data: set.as_ptr().cast(),
                        size: set.len(),
                    };
                    // SAFETY: see above; there is no room to write to.
                    let asked = tell(tally, &|it| unsafe {
                        sts_cluster_plan(cluster, set, now, null_mut(), 0, it)
                    });
                    assert_eq!(asked.code, STS_CODE_CAPACITY);
                }
            }
            14 => {
                let (report, text) = out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe {
                        sts_cluster_plan(cluster, word, now, out, cap, it)
                    })
                });
                if let Some(text) = text {
                    *plan = report.plan;
                    let parsed: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                    let requests = parsed["requests"].as_array().map_or(0, Vec::len);
                    assert_eq!(requests as u64, report.action_count);
                    let answer = sts_text {
                        data: text.as_ptr().cast(),
                        size: text.len(),
                    };
                    // SAFETY: see above; there is no room to write to.
                    let apart = tell(tally, &|it| unsafe {
                        sts_requests(answer, null_mut(), 0, it)
                    });
                    assert_eq!(apart.action_count, requests as u64);
                    let full = requests > 0;
                    assert_eq!(apart.code == STS_CODE_CAPACITY, full, "{text}");
                }
            }
            16 => {
                let as_text = dice.one_in(2);
                let patience = dice.odd_signed();
                let (_, said) = out.take(cap, |out| {
                    // SAFETY: see above.
                    tell(tally, &|it| unsafe {
                        if as_text {
                            sts_cluster_diagnose_text(
                                cluster, word, json, now, patience, out, cap, it,
                            )
                        } else {
                            sts_cluster_diagnose(cluster, word, json, now, patience, out, cap, it)
                        }
                    })
                });
                if let (false, Some(text)) = (as_text, said) {
                    let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                    assert_eq!(found["now"], now);
                }
            }
            // SAFETY: see above.
            _ => drop(tell(tally, &|it| unsafe {
                sts_cluster_apply(cluster, kind, json, it)
            })),
        }
        self.json.unseal();
    }
}

/// Reads every byte that a text has.
fn touch(text: sts_text) {
    // SAFETY: what the library promises.
    let bytes = unsafe { core::slice::from_raw_parts(text.data.cast::<u8>(), text.size) };
    assert!(core::str::from_utf8(bytes).is_ok());
}

/// Answers anything.
unsafe extern "C" fn send(
    user: *mut c_void,
    request: *const sts_request,
    response: *mut sts_response,
) {
    // SAFETY: what `change` hands out, and what the library promises.
    let (answers, request, response) =
        unsafe { (&mut *user.cast::<u64>(), &*request, &mut *response) };
    for text in [
        request.method,
        request.path,
        request.content_type,
        request.body,
    ] {
        touch(text);
    }
    *answers = answers
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    let http =
        [0, 0, 200, 201, 404, 409, 422, 500][usize::try_from(*answers >> 61).expect("three bits")];
    (response.http, response.outcome) =
        (http, u32::try_from(*answers >> 50).expect("few bits") % 9);
}

unsafe extern "C" fn record(_: *mut c_void, event: *const sts_event) {
    // SAFETY: what the library promises.
    let event = unsafe { &*event };
    touch(event.reason);
    touch(event.message);
}

fn text(place: &mut Guarded, bytes: &[u8]) -> sts_text {
    sts_text {
        data: place.lay(bytes),
        size: bytes.len(),
    }
}

/// A version of Kubernetes, or a number that may be none.
fn any_version(dice: &mut Dice) -> u32 {
    const KNOWN: [u32; 7] = [
        STS_KUBERNETES_LATEST,
        STS_KUBERNETES_1_28_0,
        STS_KUBERNETES_1_33,
        STS_KUBERNETES_1_34_0,
        STS_KUBERNETES_1_35_0,
        STS_KUBERNETES_1_37,
        STS_KUBERNETES_1_38,
    ];
    match dice.below(8) {
        0 => dice.small(20_000),
        _ => KNOWN[dice.below(KNOWN.len())],
    }
}
