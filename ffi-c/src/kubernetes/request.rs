//! Requests and events as records, without JSON.

use core::mem::size_of;
use core::ptr::null;

use serde::Deserialize;
use serde_json::value::RawValue;
use statefulset::kubernetes::{Event, EventType, Request};

use crate::execution::{STS_PLACE_MAY_BE_INVALID, sts_place};
use crate::reason;
use crate::text::sts_text;
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

pub(crate) const NO_TEXT: sts_text = sts_text {
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
pub(crate) fn inside(value: &RawValue) -> sts_text {
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
pub(crate) fn conditions(body: &str) -> [sts_text; 2] {
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
