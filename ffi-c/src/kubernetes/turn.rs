//! A round for one set: due, planned, finished, settled.

use core::ffi::c_char;
use std::fmt::Write;

use serde::Serialize;
use statefulset::kubernetes::wire::outcomes;
use statefulset::kubernetes::{self, Due, Key, PlanId, WireError};

use super::cluster::{bad_json, profile, sts_cluster};
use super::kind;
use crate::code::{STS_CODE_INTERNAL, STS_CODE_NO_SUCH_SET, sts_code};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::outcome;
use crate::profile::sts_profile;
use crate::report::{
    STS_REPORT_AWAITED, STS_REPORT_MAY_TRY, STS_REPORT_RETRYING, sts_plan_id, sts_report,
};
use crate::text::{TextBuffer, sts_text};

pub(crate) fn json(answer: &impl Serialize) -> Result<String, Fail> {
    serde_json::to_string(answer).map_err(|error| {
        let problem = format!("cannot be written: {error}");
        fail::argument(STS_CODE_INTERNAL, "out", &problem)
    })
}

pub(crate) fn no_such_set(error: &kubernetes::ObjectError) -> Fail {
    Fail::of_argument(STS_CODE_NO_SUCH_SET, "set", error.to_string())
}

impl From<sts_plan_id> for PlanId {
    fn from(id: sts_plan_id) -> Self {
        Self {
            view: id.view,
            now: id.now_ms,
        }
    }
}

impl From<PlanId> for sts_plan_id {
    fn from(id: PlanId) -> Self {
        Self {
            view: id.view,
            now_ms: id.now,
        }
    }
}

fn tell_due(due: &Due, out: &mut TextBuffer, report: &mut sts_report) -> Result<(), Fail> {
    let mut text = String::new();
    for set in &due.sets {
        // Writing to a string has no way to fail.
        let _ = writeln!(text, "{set}");
    }
    out.say(&text, report)?;
    report.action_count = due.sets.len() as u64;
    report.wake(due.next, false);
    if due.retrying {
        report.flags |= STS_REPORT_RETRYING;
    }
    if !due.awaited.is_empty() {
        report.flags |= STS_REPORT_AWAITED;
    }
    Ok(())
}

/// Writes the sets to look at now: "namespace/name" of each set that is due, in order of their names. Each name ends
/// with a newline, "\n". A set stays due until sts_cluster_finish(). The call takes time for each set that is due, and
/// none for the others.
///
/// The report has `action_count`, the number of sets that are due. `next_wake_ms`, if present, is the moment at which
/// the next set becomes due if nothing happens before. RETRYING says that this is only another attempt after a failure.
/// AWAITED says that sets wait to see something of the cluster; sts_cluster_awaited() says what.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_due(
    cluster: sts_cluster,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: the buffer is NULL or good for its bytes.
        let mut out = unsafe { TextBuffer::new(out, cap)? };
        cluster.look(|cluster| tell_due(&cluster.due(now_ms), &mut out, report))
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes the sets that are due, like sts_cluster_due(), and takes them out of the queue. This is for programs with
/// several workers. Each set is given out once. After its sts_cluster_finish() it is given out again if something has
/// happened to it since its plan, if its time has come, or if it failed. A set that is never finished is not given out
/// again, but sts_cluster_due() still names it. To give a set back, call sts_cluster_finish() with a plan of zeros.
/// After CAPACITY nothing has been taken.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_take_due(
    cluster: sts_cluster,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: the buffer is NULL or good for its bytes.
        let mut out = unsafe { TextBuffer::new(out, cap)? };
        cluster.with(|cluster| {
            tell_due(&cluster.untaken_due(now_ms), &mut out, report)?;
            cluster.take_due(now_ms);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes what sets wait to see before anything is decided for them. Many sets may wait for the same, so the answer is
/// short: for each kind of object the list that is missing, or the oldest write, each with one set that waits for it;
/// and one deletion. It is a JSON array:
///
///     [{"set":"default/web","kind":"Pod","name":"web-1","unseen":"write","version":812,"seen":805,"since":…,
///       "text":"waiting to see our own write: pod web-1 was created at resource version 812, the pod watch is at 805"},
///      {"set":"default/web","kind":"Pod","name":"web-2","unseen":"deletion","seen":805,"since":…,"text":"…"},
///      {"set":"default/db","kind":"PersistentVolumeClaim","unseen":"list","since":…,"text":"…"}]
///
/// "list" is a kind that was never listed completely: call sts_cluster_begin_list(), apply its objects, and call
/// sts_cluster_end_list(). "write" is a write of your own that no watch has shown yet, and "deletion" is such a
/// deletion. These usually come within a moment. If one has been missing for 30 seconds or more, the watch of that kind
/// may have ended without notice: list the kind again. `since` is milliseconds since the Unix epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_awaited(
    cluster: sts_cluster,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: the buffer is NULL or good for its bytes.
        let mut out = unsafe { TextBuffer::new(out, cap)? };
        cluster.look(|cluster| out.say(&json(&cluster.awaited())?, report))
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes what to do now for the set `set`, "namespace/name": requests and waits, as JSON. The report has
/// `action_count`, the number of requests, `plan`, MORE and `next_wake_ms`. The call changes nothing. Asking twice
/// gives the same.
///
///     {"id":"7.1800000000000",
///      "requests":[{"stage":4,"chain":0,"step":2,"duty":false,"reason":"scale-out","method":"POST",
///                   "path":"/api/v1/namespaces/default/pods","contentType":"application/json",
///                   "tolerates":["not-found"],"body":{…}}],
///      "waits":[{"ordinal":1,"through":2,"reason":"scale-out","gates":["order"],
///                "on":{"kind":"Pod","name":"web-0"},"since":…,"until":…}],
///      "nextWake":…,"more":false}
///
/// Fields without a value are left out. Times are milliseconds since the Unix epoch. `on` is the object that is waited
/// for. If it has "unseen", the set waits to see something: "list", "write" with "version" and "seen", or "deletion"
/// with "seen" (see sts_cluster_awaited()).
///
/// Stages run one after the other. Inside a stage each chain goes by step. Different chains may run at the same time,
/// and so may requests of one step. A request with "inTurn":true waits for everything that stands before it in its
/// chain, also in its own step. If a request with "duty":true fails, only its own chain stops. `tolerates` names
/// outcomes other than "done" that are a success for the request. sts_cluster_may_try() says which requests to skip
/// after a failure. sts_may_start() says what may start, for programs that send several requests at a time.
/// sts_requests() splits this JSON into records.
///
/// Send `body` as it is: parsing and writing it again may change numbers in it. NO_SUCH_SET if there is no such set, or
/// if it cannot be read. Such a set is never due.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_plan(
    cluster: sts_cluster,
    set: sts_text,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their bytes.
        let (set, mut out) = unsafe { (set.read("set")?, TextBuffer::new(out, cap)?) };
        cluster.look(|cluster| {
            let requests = cluster.plan(&Key::from(set), now_ms);
            let requests = requests.map_err(|error| no_such_set(&error))?;
            out.say(&json(&requests)?, report)?;
            report.action_count = requests.requests.len() as u64;
            report.plan = requests.id.into();
            report.wake(requests.next_wake, requests.more);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes the plan for the set `set`, "namespace/name", in sentences, one line for each action and each wait.
/// NO_SUCH_SET if there is no such set, or if it cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_explain(
    cluster: sts_cluster,
    set: sts_text,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their bytes.
        let (set, mut out) = unsafe { (set.read("set")?, TextBuffer::new(out, cap)?) };
        cluster.look(|cluster| {
            let told = cluster.explain(&Key::from(set), now_ms);
            out.say(&told.map_err(|error| no_such_set(&error))?, report)
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Says whether request number `index` of the plan `plan` may be sent, given the outcomes of the requests before it. If
/// so, MAY_TRY is set in the report's flags. A request that may not be sent has the outcome {"status":"not-tried"}.
/// After sts_cluster_finish() the call says the same of the requests that this gave.
///
/// `outcomes` is as for sts_cluster_finish(). The answer is no if the index is out of range, if an outcome before it is
/// missing, and if `plan` is not the last one made for the set. BAD_JSON for outcomes that cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_may_try(
    cluster: sts_cluster,
    set: sts_text,
    plan: sts_plan_id,
    index: u64,
    outcomes: sts_text,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each text is NULL or good for its bytes.
        let (set, outcomes) = unsafe { (set.read("set")?, outcomes.bytes("outcomes")?) };
        let outcomes = self::outcomes(outcomes).map_err(|e| bad_json("outcomes", &e, report))?;
        cluster.look(|cluster| {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            if cluster.may_try(&Key::from(set), plan.into(), index, &outcomes) {
                report.flags |= STS_REPORT_MAY_TRY;
            }
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Tells the cluster how the requests of the plan `plan` of the set `set` went. Writes what is left to do as JSON, and
/// `next` to the report:
///
///     {"requests":[{"stage":0,"chain":0,"step":0,"duty":true,"method":"PATCH","path":"…","contentType":"…","body":{…}}],
///      "events":[{"type":"Normal","reason":"SuccessfulCreate","message":"…"}],
///      "next":"rest"}
///
/// `outcomes` is a JSON array with one entry for each request. An entry is a word, or the API server's answer:
///
///     [{"status":"done","resourceVersion":"17"}, {"status":"not-found"}, {"status":"already-exists"},
///      {"status":"conflict"}, {"status":"invalid","message":"…"}, {"status":"failed","message":"…"},
///      {"status":"not-tried"},
///      {"http":409,"body":{…}}]
///
/// Outcomes that are missing at the end count as not tried. Send the requests of the answer one by one. Stop at the
/// first that fails, unless it has "duty":true. Record the events about the set as they are. `next` says when the set
/// is looked at again; sts_cluster_due() knows it, too. If `plan` is not the last one made for the set, the answer is
/// empty and the set is looked at again. BAD_JSON for outcomes that cannot be read. After CAPACITY nothing has changed:
/// call again with enough room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_finish(
    cluster: sts_cluster,
    set: sts_text,
    plan: sts_plan_id,
    outcomes: sts_text,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: texts and buffer are NULL or good for their bytes.
        let (set, outcomes, mut out) = unsafe {
            (
                set.read("set")?,
                outcomes.bytes("outcomes")?,
                TextBuffer::new(out, cap)?,
            )
        };
        let outcomes = self::outcomes(outcomes).map_err(|e| bad_json("outcomes", &e, report))?;
        let (set, plan) = (Key::from(set), plan.into());
        cluster.with(|cluster| {
            let tail = cluster.conclude(&set, plan, &outcomes, now_ms);
            let text = json(&tail)?;
            out.measure(&text, report)?;
            cluster.finish(&set, plan, &outcomes, now_ms);
            report.next = outcome::next(tail.next);
            out.write(&text);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Tells the cluster how the requests that sts_cluster_finish() gave went. The next plan then waits until the watch has
/// shown the new status, and a failed request is tried again. You may leave this call out and rely on the watch of the
/// set. `outcomes` is as for sts_cluster_finish(). If `plan` is not the last one that was finished for the set, nothing
/// happens. BAD_JSON for outcomes that cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_settle(
    cluster: sts_cluster,
    set: sts_text,
    plan: sts_plan_id,
    outcomes: sts_text,
    now_ms: i64,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: each text is NULL or good for its bytes.
        let (set, outcomes) = unsafe { (set.read("set")?, outcomes.bytes("outcomes")?) };
        let outcomes = self::outcomes(outcomes).map_err(|e| bad_json("outcomes", &e, report))?;
        cluster.with(|cluster| {
            cluster.settle(&Key::from(set), plan.into(), &outcomes, now_ms);
            Ok(())
        })
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Writes what to do now for the set `set`, without a cluster: objects in, requests out, nothing kept. It is for
/// programs that look only once in a while. The JSON is that of sts_cluster_plan() without "id". It has "tail", the
/// JSON of sts_cluster_finish() for the case that every request succeeds; if one fails, look again instead. It has
/// "errors", an array of texts about objects that cannot be read, if there are any. sts_requests() and sts_tail() split
/// this JSON. The report has `action_count`, MORE, `next_wake_ms`, and `next` for the case that every request succeeds.
///
/// `objects` is JSON: an object, a list as an API server or kubectl gives it ({"items":[…]}), or an array of such. Bit
/// k of `kinds` says that it has all objects of the kind k (STS_KIND_*). Kinds without their bit are unknown. Nothing
/// is decided without STATEFUL_SET, POD and CONTROLLER_REVISION. Objects of kinds without a number are ignored.
/// UNKNOWN_NUMBER and RESERVED for `profile` and `kinds`, BAD_JSON for `objects` as a whole, NO_SUCH_SET if the set is
/// not among them or cannot be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_reconcile(
    profile: *const sts_profile,
    set: sts_text,
    kinds: u32,
    objects: sts_text,
    now_ms: i64,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: pointer, texts and buffer are NULL or good for their bytes.
        let (profile, set, objects, mut out) = unsafe {
            (
                self::profile(profile)?,
                set.read("set")?,
                objects.bytes("objects")?,
                TextBuffer::new(out, cap)?,
            )
        };
        let kinds = kind::read_set(kinds)?;
        let set = Key::from(set);
        let answer = kubernetes::reconcile(profile, &set, &kinds, objects, now_ms);
        let answer = answer.map_err(|error| match error {
            WireError::Object(error) => no_such_set(&error),
            form => bad_json("objects", &form, report),
        })?;
        out.say(&json(&answer)?, report)?;
        report.action_count = answer.requests.requests.len() as u64;
        report.wake(answer.requests.next_wake, answer.requests.more);
        report.next = outcome::next(answer.tail.next);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
