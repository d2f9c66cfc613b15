//! Taking apart the JSON that the library writes, without a JSON library.

use core::ffi::c_char;

use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::EventType;

use super::request::{
    NO_TEXT, STS_EVENT_NORMAL, STS_EVENT_WARNING, conditions, inside, slice, sts_event, sts_request,
};
use crate::code::{STS_CODE_BAD_JSON, STS_CODE_CAPACITY, sts_code};
use crate::execution::{
    STS_PLACE_DUTY, STS_PLACE_IN_TURN, STS_PLACE_MAY_BE_GONE, STS_PLACE_MAY_BE_INVALID, sts_place,
};
use crate::fail::{self, Fail};
use crate::guard::guard;
use crate::pointer::Buffer;
use crate::reason;
use crate::report::{STS_LIST_OUT, sts_report};
use crate::text::{TextBuffer, sts_text};

/// An answer of the library, as far as it is read here.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default)]
    requests: Vec<RequestForm<'a>>,
    #[serde(borrow, default)]
    events: Vec<EventForm<'a>>,
    #[serde(borrow)]
    tail: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestForm<'a> {
    stage: u32,
    chain: u32,
    step: u8,
    duty: bool,
    #[serde(default)]
    in_turn: bool,
    reason: Option<String>,
    #[serde(borrow)]
    method: &'a RawValue,
    #[serde(borrow)]
    path: &'a RawValue,
    #[serde(borrow)]
    content_type: &'a RawValue,
    #[serde(default)]
    tolerates: Vec<String>,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Deserialize)]
struct EventForm<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    reason: &'a RawValue,
    #[serde(borrow)]
    message: &'a RawValue,
}

impl RequestForm<'_> {
    fn record(&self) -> sts_request {
        let flag = |is: bool, flag: u32| if is { flag } else { 0 };
        let tolerates = |word: &str| self.tolerates.iter().any(|it| it == word);
        let named = |name: &String| statefulset::Reason::ALL.iter().find(|it| it.slug() == name);
        let reason = self.reason.as_ref().and_then(named);
        let body = self.body.get();
        let [uid, resource_version] = conditions(body);
        sts_request {
            place: sts_place {
                stage: self.stage,
                chain: self.chain,
                step: self.step.into(),
                flags: flag(self.duty, STS_PLACE_DUTY)
                    | flag(self.in_turn, STS_PLACE_IN_TURN)
                    | flag(tolerates("not-found"), STS_PLACE_MAY_BE_GONE)
                    | flag(tolerates("invalid"), STS_PLACE_MAY_BE_INVALID),
            },
            reason: reason.map_or(0, |reason| reason::number(*reason)),
            reserved32: 0,
            method: inside(self.method),
            path: inside(self.path),
            content_type: inside(self.content_type),
            body: slice(body),
            uid,
            resource_version,
            reserved: [0; 2],
        }
    }
}

impl EventForm<'_> {
    fn record(&self) -> sts_event {
        sts_event {
            kind: if self.kind == EventType::Normal.name() {
                STS_EVENT_NORMAL
            } else {
                STS_EVENT_WARNING
            },
            reserved32: 0,
            reason: inside(self.reason),
            message: inside(self.message),
            reserved: [0; 2],
        }
    }
}

fn read(answer: &str) -> Result<Answer<'_>, Fail> {
    let answer = serde_json::from_str(answer);
    answer.map_err(|error| Fail::of_argument(STS_CODE_BAD_JSON, "answer", error.to_string()))
}

/// Writes records, or says how many there are.
fn fill<T: Copy>(mut out: Buffer<T>, records: &[T], report: &mut sts_report) -> Result<(), Fail> {
    report.action_count = records.len() as u64;
    if records.len() > out.room() {
        let message = format!(
            "there are {}, out has room for {}",
            records.len(),
            out.room()
        );
        return Err(Fail::of_nothing(STS_CODE_CAPACITY, message));
    }
    out.fill(records.iter().copied());
    Ok(())
}

/// Splits the JSON that sts_cluster_plan(), sts_cluster_finish() or sts_reconcile() wrote: writes one record for each
/// request to `out`, in their order. Of the JSON of sts_reconcile() these are the requests to send first; those of its
/// part "tail" are in the text that sts_tail() gives. The report has `action_count`, the number of requests. CAPACITY if
/// there are more than `cap`.
///
/// The texts of the records point into `answer`, and are valid as long as it is. A text is what stands between the
/// quotes there, and the body is what stands between its braces. If a text has an escape (\), sts_plain_text() removes
/// it; no API server accepts a name that has one. BAD_JSON if the library did not write `answer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_requests(
    answer: sts_text,
    out: *mut sts_request,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their content.
        let (answer, out) =
            unsafe { (answer.read("answer")?, Buffer::new(STS_LIST_OUT, out, cap)?) };
        let answer = read(answer)?;
        let records: Vec<_> = answer.requests.iter().map(RequestForm::record).collect();
        fill(out, &records, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// Splits the JSON that sts_cluster_finish() wrote: writes one record for each event, as sts_requests() does for
/// requests. Messages may have escapes. sts_plain_text() removes them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_events(
    answer: sts_text,
    out: *mut sts_event,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their content.
        let (answer, out) =
            unsafe { (answer.read("answer")?, Buffer::new(STS_LIST_OUT, out, cap)?) };
        let answer = read(answer)?;
        let records: Vec<_> = answer.events.iter().map(EventForm::record).collect();
        fill(out, &records, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}

/// The part "tail" of the JSON that sts_reconcile() wrote: what is left to do once every request has succeeded.
/// sts_requests() and sts_events() split it. It is valid as long as `answer` is. It is empty if `answer` has no such
/// part.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_tail(answer: sts_text) -> sts_text {
    // SAFETY: what the header asks of the caller: the text is NULL or good for its bytes.
    let answer = unsafe { answer.read("answer") }.and_then(read);
    let tail = answer.ok().and_then(|answer| answer.tail);
    tail.map_or(NO_TEXT, |tail| slice(tail.get()))
}

/// Writes to `out` the text that `quoted`, the inside of a JSON string, stands for, without its escapes. It is never
/// longer than `quoted`. BAD_JSON if `quoted` cannot stand between quotes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sts_plain_text(
    quoted: sts_text,
    out: *mut c_char,
    cap: usize,
    report: *mut sts_report,
) -> sts_code {
    let call = |report: &mut sts_report| {
        // SAFETY: what the header asks of the caller: text and buffer are NULL or good for their bytes.
        let (quoted, mut out) = unsafe { (quoted.read("quoted")?, TextBuffer::new(out, cap)?) };
        let text: String = serde_json::from_str(&format!("\"{quoted}\"")).map_err(|error| {
            fail::argument(STS_CODE_BAD_JSON, "quoted", &format!("is no text: {error}"))
        })?;
        out.say(&text, report)
    };
    // SAFETY: what the header asks of the caller: `report` is NULL or good for one report.
    unsafe { guard(report, call) }
}
