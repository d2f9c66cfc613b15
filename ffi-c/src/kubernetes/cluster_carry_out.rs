//! A whole round with a function of the caller's, which sends one request after the other.

use core::ffi::c_void;
use core::mem::size_of;

use statefulset::kubernetes::{Key, Outcome, Request};

use super::cluster::sts_cluster;
use super::request::{sts_event, sts_request};
use super::turn::no_such_set;
use crate::code::{STS_CODE_BAD_POINTER, sts_code};
use crate::execution::STS_PLACE_MAY_BE_INVALID;
use crate::fail;
use crate::guard::guard;
use crate::outcome::{
    self, STS_OUTCOME_ALREADY_EXISTS, STS_OUTCOME_DONE, STS_OUTCOME_FAILED, STS_OUTCOME_HELD_BACK,
    STS_OUTCOME_NOT_FOUND, STS_OUTCOME_NOT_TRIED,
};
use crate::report::sts_report;
use crate::text::sts_text;

/// How a request went. Either `http` and `text` are the API server's answer, or `http` is 0 and `outcome` says it. All
/// zeros mean that the request was not sent.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_response {
    /// The API server's status code, such as 201; or 0.
    pub http: u32,
    /// STS_OUTCOME_*, where `http` is 0.
    pub outcome: u32,
    /// The body of the answer. Where `http` is 0: the object's resourceVersion after DONE, and what went wrong after
    /// FAILED. You own it.
    pub text: sts_text,
    /// 0.
    pub reserved: [u64; 2],
}

const _: () = assert!(size_of::<sts_response>() == 24 + size_of::<sts_text>());

/// Your function that sends one request and writes to `response` how it went. `response` is all zeros before. `request`
/// and its texts are valid only during the call. The text of the response must stay valid until `send` is called again
/// or sts_cluster_carry_out() returns. The function may call the library, for this cluster, too. It may not leave by an
/// exception or by longjmp.
pub type sts_send = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        request: *const sts_request,
        response: *mut sts_response,
    ),
>;

/// Your function that records one event about the set. The event is valid only during the call. Its texts have no
/// escapes.
pub type sts_record = Option<unsafe extern "C" fn(user: *mut c_void, event: *const sts_event)>;

impl sts_response {
    const BLANK: Self = Self {
        http: 0,
        outcome: STS_OUTCOME_NOT_TRIED,
        text: sts_text {
            data: core::ptr::null(),
            size: 0,
        },
        reserved: [0; 2],
    };

    /// # Safety
    /// `text` is NULL or good for its bytes.
    unsafe fn read(self) -> Outcome {
        // SAFETY: by the contract of this function.
        let Ok(text) = (unsafe { self.text.bytes("text") }) else {
            return Outcome::Failed("the text of the response cannot be read".to_owned());
        };
        if self.http != 0 {
            return Outcome::of_response(u16::try_from(self.http).unwrap_or(u16::MAX), text);
        }
        let text = String::from_utf8_lossy(text).into_owned();
        match self.outcome {
            STS_OUTCOME_DONE => Outcome::Done {
                resource_version: text,
            },
            STS_OUTCOME_NOT_FOUND => Outcome::NotFound,
            STS_OUTCOME_ALREADY_EXISTS => Outcome::AlreadyExists,
            STS_OUTCOME_NOT_TRIED | STS_OUTCOME_HELD_BACK => Outcome::NotTried,
            _ => Outcome::Failed(text),
        }
    }
}

/// Does one round for the set `set`, "namespace/name", without any JSON: it is sts_cluster_plan(), sts_cluster_finish()
/// and sts_cluster_settle() in one call. It makes the plan, and calls `send` for each request that may be sent, one
/// after the other. It tells the cluster how they went. It calls `record` for each event. It calls `send` for what is
/// left to do, such as the status, and tells the cluster how that went.
///
/// The report has `plan`, `action_count`, MORE and `next_wake_ms` of the plan, and `next`. If a request was not sent,
/// the set stays due. `user` is passed to both functions as it is. `record` may be NULL, `send` may not.
///
/// The cluster is free while `send` and `record` run: they and other threads may feed it. Plan for a set in one thread
/// at a time. NO_SUCH_SET if there is no such set, or if it cannot be read; then nothing was sent. NO_SUCH_CLUSTER also
/// if the cluster was freed in the meantime.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_cluster_carry_out(
    cluster: sts_cluster,
    set: sts_text,
    now_ms: i64,
    send: sts_send,
    record: sts_record,
    user: *mut c_void,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        let send = send.ok_or_else(|| fail::argument(STS_CODE_BAD_POINTER, "send", "is NULL"))?;
        // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
        let set = Key::from(unsafe { set.read("set")? });
        let ask = |request: &Request| {
            let record = sts_request::of(request);
            let mut response = sts_response::BLANK;
            // SAFETY: what the header asks of the caller: a function of this kind, which leaves a text that is NULL or
            // good for its bytes.
            unsafe {
                send(user, &raw const record, &raw mut response);
                response.read()
            }
        };
        let plan = cluster.with(|cluster| {
            let plan = cluster.plan(&set, now_ms);
            plan.map_err(|error| no_such_set(&error))
        })?;
        let outcomes = plan.carry_out(ask);
        let tail = cluster.with(|cluster| Ok(cluster.finish(&set, plan.id, &outcomes, now_ms)))?;
        for event in &tail.events {
            let event = sts_event::of(event);
            if let Some(record) = record {
                // SAFETY: what the header asks of the caller: a function of this kind.
                unsafe { record(user, &raw const event) };
            }
        }
        let outcomes = tail.carry_out(ask);
        cluster.with(|cluster| {
            cluster.settle(&set, plan.id, &outcomes, now_ms);
            Ok(())
        })?;
        report.plan = plan.id.into();
        report.action_count = plan.requests.len() as u64;
        report.wake(plan.next_wake, plan.more);
        report.next = outcome::next(tail.next);
        Ok(())
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// The outcome of a request as one of STS_OUTCOME_*, for sts_may_start(). `flags` are those of its place. `http` and
/// `body` are the API server's answer. A refusal that is a success for this request gives DONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_outcome_of_response(flags: u32, http: u32, body: sts_text) -> u32 {
    let response = sts_response {
        http: http.max(1),
        text: body,
        ..sts_response::BLANK
    };
    // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
    number(flags, &unsafe { response.read() })
}

/// The outcome of a request with these STS_PLACE_*.
const fn number(flags: u32, outcome: &Outcome) -> u32 {
    match outcome {
        Outcome::Done { .. } => STS_OUTCOME_DONE,
        Outcome::NotFound => STS_OUTCOME_NOT_FOUND,
        Outcome::AlreadyExists => STS_OUTCOME_ALREADY_EXISTS,
        Outcome::Invalid(_) if flags & STS_PLACE_MAY_BE_INVALID != 0 => STS_OUTCOME_DONE,
        Outcome::NotTried => STS_OUTCOME_NOT_TRIED,
        // What is none of the successes above is a failure, also what a later library may call by a name of its own.
        _ => STS_OUTCOME_FAILED,
    }
}
