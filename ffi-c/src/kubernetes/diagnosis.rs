//! Diagnosis: how a set stands, why, and what ends that.

use core::ffi::c_char;

use serde::Serialize;
use statefulset::Millis;
use statefulset::kubernetes::{CauseName, Diagnosis, Evidence, Key, PATIENCE, Weight};

use super::cluster::{bad_json, sts_cluster};
use super::turn::{json, no_such_set};
use crate::code::{STS_CODE_NEGATIVE, sts_code};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::report::sts_report;
use crate::text::{TextBuffer, sts_text};

fn patience(ms: i64) -> Result<Millis, Fail> {
    match ms {
        0 => Ok(PATIENCE),
        1.. => Ok(ms),
        _ => {
            let problem = "must not be negative";
            Err(fail::argument(STS_CODE_NEGATIVE, "patience_ms", problem))
        }
    }
}

/// Diagnoses a set, and writes what `say` makes of that.
///
/// # Safety
/// The texts and the buffer are NULL or good for their bytes; `report` is NULL, misaligned or good for one report.
unsafe fn diagnose(
    cluster: sts_cluster,
    (set, evidence): (sts_text, sts_text),
    (now_ms, patience_ms): (i64, i64),
    (out, cap): (*mut c_char, usize),
    report: *mut sts_report,
    say: impl FnOnce(&Diagnosis) -> Result<String, Fail>,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: by the contract of this function.
        let (set, json, mut out) = unsafe {
            (
                set.read("set")?,
                evidence.bytes("evidence")?,
                TextBuffer::new(out, cap)?,
            )
        };
        let patience = patience(patience_ms)?;
        let mut evidence = Evidence::new();
        if !json.is_empty() {
            let added = evidence.add(json);
            added.map_err(|error| bad_json("evidence", &error, report))?;
        }
        cluster.look(|cluster| {
            let diagnosis = cluster.diagnose(&Key::from(set), &evidence, now_ms, patience);
            let diagnosis = diagnosis.map_err(|error| no_such_set(&error))?;
            out.say(&say(&diagnosis)?, report)
        })
    };
    // SAFETY: by the contract of this function.
    unsafe { guard(report, call) }
}

/// A diagnosis, and the same as text.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    diagnosis: &'a Diagnosis,
    text: String,
}

/// Writes a diagnosis of the set `set`, "namespace/name", for people: how it stands, why, and what ends that. It is
/// JSON:
///
///     {"namespace":"default","name":"web","verdict":"stuck","since":…,"atGoal":false,"wanted":3,"ready":1,"updated":1,
///      "currentRevision":"web-6f9c","updateRevision":"web-6f9c",
///      "actions":[{"first":2,"last":2,"action":"create-pod","reason":"scale-out","text":"…","fate":"refused"}],
///      "waits":[{"first":0,"last":1,"action":"wait","reason":"health","gates":["pod-not-ready"],"since":…,"until":…,
///                "text":"…","fate":"open"}],
///      "causes":[{"name":"image-not-pulled","weight":"hindrance","object":{"kind":"Pod","name":"web-0"},
///                 "first":0,"last":0,"since":…,"text":"…",
///                 "evidence":[{"object":{"kind":"Pod","name":"web-0"},"field":"event Failed","text":"…"}],
///                 "cures":[{"text":"…","warning":"…","commands":["kubectl …","kubectl …"]}]}],
///      "more":false,"now":…,"text":"…"}
///
/// `verdict` is "up-to-date" (there is nothing to do and nothing to wait for), "in-progress", or "stuck" (the set stays
/// as it is until somebody acts). `since` is the moment from which it has stood so; it is left out if that cannot be
/// told. `atGoal` says that there is nothing to do and nothing to wait for. `wanted` is the desired number of pods.
/// `ready` is how many pods are ready. `updated` is how many have `updateRevision`, the revision of the set's template;
/// `currentRevision` is the one that was last rolled out in full. `more` says that there is more to do than one plan
/// may hold. `now` is `now_ms`. `text` is what sts_cluster_diagnose_text() writes. Moments are milliseconds since the
/// Unix epoch.
///
/// `actions` are what would be done now, in order, and `waits` what pods wait for, by ordinal. An entry is about the
/// ordinals from `first` to `last`; both are left out if it is about the set itself. `action` and `reason` are names as
/// sts_action_name() and sts_reason_name() give them. `gates` are all conditions that are not met, by their names
/// (sts_gate_name()); it is left out if there are none. `since` is the moment from which it has waited, and `until` the
/// moment at which time alone ends the wait. Each is left out if it is not known. `text` is the same in words. `fate`
/// is "open" (nothing speaks against it; waits have this, too), "refused" (the API server refuses it each time, and a
/// cause says why) or "unreached" (something before it is refused).
///
/// `causes` say why the set is not as it is wanted, hindrances first. `name` is one of those that sts_causes() writes.
/// `weight` is "hindrance" (it keeps the set from what is wanted; if it lasts, the set is stuck), "choice" (somebody
/// wants it so, such as a partition) or "remark" (it is worth knowing, and holds nothing back). `object` is the object
/// to look at. It is in the namespace of the set if its kind has namespaces. `first` and `last` are as above. `since`
/// is the moment from which it has been so, if it may end by itself; it is left out if it may not, or if that moment is
/// not known. `text` says what is wrong. `evidence` says where that stands, and is left out if it is empty: an object,
/// a field of it ("event" and the event's reason for an event), and the text that stands there.
///
/// `cures` are the ways to end a cause. If there are several, a person has to decide between them. `text` says what to
/// do. `warning` is to be read before: it says what may be lost, or what must be certain. It is left out if there is
/// nothing of this kind. `commands` are to be run in order, as they are; they are left out if there are none.
///
/// `evidence` is JSON: an object as the API server shows it, a list ({"items":[…]}), or an array of such. Events, pods,
/// claims, nodes, Services, Secrets, quotas and more are looked at, and other objects are passed over. Events say the
/// most. Objects say their kind. The items of a list such as {"kind":"SecretList"} need not, and it says that there are
/// no others. The cluster does not keep the evidence, and no decision depends on it. An empty text stands for none.
///
/// What lasts for longer than `patience_ms` milliseconds counts as stuck. 0 stands for 10 minutes.
///
/// BAD_JSON for evidence that cannot be read, NEGATIVE if `patience_ms` is below 0, NO_SUCH_SET if there is no such
/// set, or if it cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_diagnose(
    cluster: sts_cluster,
    set: sts_text,
    evidence: sts_text,
    now_ms: i64,
    patience_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let say = |diagnosis: &Diagnosis| {
        let text = diagnosis.to_string();
        json(&Told { diagnosis, text })
    };
    let (texts, times) = ((set, evidence), (now_ms, patience_ms));
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { diagnose(cluster, texts, times, (out, cap), report, say) }
}

/// Writes the diagnosis of sts_cluster_diagnose() as text of several lines, without a newline at its end: first how the
/// set stands, then each cause with its evidence and what ends it, then what is done and what is waited for. The text
/// is for people, and later versions may word it differently. Arguments and codes are those of sts_cluster_diagnose().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_diagnose_text(
    cluster: sts_cluster,
    set: sts_text,
    evidence: sts_text,
    now_ms: i64,
    patience_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let say = |diagnosis: &Diagnosis| Ok(diagnosis.to_string());
    let (texts, times) = ((set, evidence), (now_ms, patience_ms));
    // SAFETY: what the header asks of the caller, handed on.
    unsafe { diagnose(cluster, texts, times, (out, cap), report, say) }
}

/// A cause as such.
#[derive(Serialize)]
struct Known {
    name: CauseName,
    weight: Weight,
    meaning: &'static str,
}

impl From<CauseName> for Known {
    fn from(name: CauseName) -> Self {
        Self {
            name,
            weight: name.weight(),
            meaning: name.meaning(),
        }
    }
}

/// Writes all causes that a diagnosis may name, as a JSON array:
///
///     [{"name":"image-not-pulled","weight":"hindrance","meaning":"The image of a container cannot be pulled."},…]
///
/// `weight` is the usual one, and a diagnosis may give a cause another weight. `meaning` is one sentence. Names are
/// never renamed or reused. A later version may have more of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_causes(
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: the buffer is NULL or good for its bytes.
        let mut out = unsafe { TextBuffer::new(out, cap)? };
        out.say(&json(&CauseName::ALL.map(Known::from).as_slice())?, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
