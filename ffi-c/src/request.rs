//! The parts of requests and events, for those who do not want to read JSON.

use core::ffi::c_char;
use core::mem::size_of;
use core::ptr::null;

use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::{Event, EventType, Request};

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
use crate::total::{total, unknown};

/// One request to the API server, ready to be sent. Its texts have no NUL at their end. The call that gives the record
/// says how long they are valid.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_request {
    /// Its place in the order.
    pub place: sts_place,
    /// STS_REASON_*: why the planner decided this; 0 for a request that is not the planner's decision, such as the
    /// status.
    pub reason: u32,
    /// 0.
    pub reserved32: u32,
    /// POST, PUT, PATCH or DELETE.
    pub method: sts_text,
    /// The path, such as /api/v1/namespaces/default/pods/web-0.
    pub path: sts_text,
    /// The value of the header Content-Type.
    pub content_type: sts_text,
    /// The body. Send it byte by byte as it is. The preconditions are in it.
    pub body: sts_text,
    /// The uid that the object must have, or empty. It is in the body already; this field only shows it.
    pub uid: sts_text,
    /// The resourceVersion that the object must have, or empty.
    pub resource_version: sts_text,
    /// 0.
    pub reserved: [u64; 2],
}

/// The event is of the type Normal.
pub const STS_EVENT_NORMAL: u32 = 1;
/// It is of the type Warning.
pub const STS_EVENT_WARNING: u32 = 2;

/// An event about the set, for you to record.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct sts_event {
    /// STS_EVENT_*: its type.
    pub kind: u32,
    /// 0.
    pub reserved32: u32,
    /// The reason, such as SuccessfulCreate.
    pub reason: sts_text,
    /// The message, for people.
    pub message: sts_text,
    /// 0.
    pub reserved: [u64; 2],
}

const _: () = assert!(
    size_of::<sts_request>() == 40 + 6 * size_of::<sts_text>()
        && size_of::<sts_event>() == 24 + 2 * size_of::<sts_text>()
);

const NO_TEXT: sts_text = sts_text {
    data: null(),
    size: 0,
};

pub(crate) fn slice(text: &str) -> sts_text {
    sts_text {
        data: text.as_ptr().cast(),
        size: text.len(),
    }
}

/// A JSON string between its quotes; a value that is no string has no text.
fn inside(value: &RawValue) -> sts_text {
    let text = value.get().strip_prefix('"');
    let text = text.and_then(|text| text.strip_suffix('"'));
    text.map_or(NO_TEXT, slice)
}

/// What a body says of the object that it is about: a patch in its metadata, a deletion in its options, an eviction in the
/// options within it.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Conditions<'a> {
    #[serde(borrow)]
    metadata: Option<Condition<'a>>,
    #[serde(borrow)]
    preconditions: Option<Condition<'a>>,
    #[serde(borrow)]
    delete_options: Option<Options<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Options<'a> {
    #[serde(borrow)]
    preconditions: Option<Condition<'a>>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "camelCase", default)]
struct Condition<'a> {
    #[serde(borrow)]
    uid: Option<&'a RawValue>,
    #[serde(borrow)]
    resource_version: Option<&'a RawValue>,
}

/// Uid and resourceVersion.
fn conditions(body: &str) -> [sts_text; 2] {
    let Conditions {
        metadata,
        preconditions,
        delete_options,
    } = serde_json::from_str(body).unwrap_or_default();
    let options = delete_options.and_then(|options| options.preconditions);
    let condition = preconditions.or(options).or(metadata).unwrap_or_default();
    [condition.uid, condition.resource_version].map(|text| text.map_or(NO_TEXT, inside))
}

impl sts_request {
    /// The record of a request, whose texts it shows.
    pub(crate) fn of(request: &Request) -> Self {
        let mut place = sts_place::from(request.place());
        if request.may_be_refused() {
            place.flags |= STS_PLACE_MAY_BE_INVALID;
        }
        let body = core::str::from_utf8(&request.body).unwrap_or_default();
        let [uid, resource_version] = conditions(body);
        Self {
            place,
            reason: request.reason.map_or(0, reason::number),
            reserved32: 0,
            method: slice(request.method.name()),
            path: slice(&request.path),
            content_type: slice(request.content_type),
            body: slice(body),
            uid,
            resource_version,
            reserved: [0; 2],
        }
    }
}

const fn event_type(kind: EventType) -> u32 {
    match kind {
        EventType::Normal => STS_EVENT_NORMAL,
        EventType::Warning => STS_EVENT_WARNING,
        _ => unknown(),
    }
}

total!(event_type, EventType);

impl sts_event {
    /// The record of an event, whose texts it shows.
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            kind: event_type(event.kind),
            reserved32: 0,
            reason: slice(event.reason),
            message: slice(&event.message),
            reserved: [0; 2],
        }
    }
}

/// An answer of the library, as far as it is read here.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default)]
    requests: Vec<RequestForm<'a>>,
    #[serde(borrow, default)]
    events: Vec<EventForm<'a>>,
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
/// request to `out`, in their order. The report has `action_count`, the number of requests. CAPACITY if there are more
/// than `cap`.
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
