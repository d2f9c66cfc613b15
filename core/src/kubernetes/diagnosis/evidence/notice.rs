//! An event that the cluster has recorded, of either version of the API.

use std::string::String;

use serde_json::Value;

use super::field::{number, text, time};
use crate::kubernetes::diagnosis::line;
use crate::time::Millis;

/// An event about an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::kubernetes::diagnosis) struct Notice {
    pub(in crate::kubernetes::diagnosis) reason: String,
    /// On one line.
    pub(in crate::kubernetes::diagnosis) message: String,
    /// The uid of the object that it is about; empty if it does not say so.
    pub(in crate::kubernetes::diagnosis) uid: String,
    /// How often it was seen.
    pub(in crate::kubernetes::diagnosis) count: i64,
    pub(in crate::kubernetes::diagnosis) first: Option<Millis>,
    pub(in crate::kubernetes::diagnosis) last: Option<Millis>,
}

impl Notice {
    pub(super) fn read(json: &[u8]) -> Option<Self> {
        let event: Value = serde_json::from_slice(json).ok()?;
        let one_of = |pointers: &[&str]| -> String {
            let texts = pointers.iter().map(|pointer| text(&event, pointer));
            texts
                .into_iter()
                .find(|it| !it.is_empty())
                .unwrap_or_default()
                .into()
        };
        let time_of = |pointers: &[&str]| pointers.iter().find_map(|it| time(&event, it));
        let counts = ["/series/count", "/count", "/deprecatedCount"];
        let first = time_of(&[
            "/firstTimestamp",
            "/deprecatedFirstTimestamp",
            "/eventTime",
            "/metadata/creationTimestamp",
        ]);
        let last = time_of(&[
            "/series/lastObservedTime",
            "/lastTimestamp",
            "/deprecatedLastTimestamp",
        ]);
        let message = one_of(&["/message", "/note"]);
        Some(Self {
            reason: one_of(&["/reason"]),
            message: line::short(&message),
            uid: one_of(&["/involvedObject/uid", "/regarding/uid"]),
            count: counts
                .iter()
                .find_map(|it| number(&event, it))
                .unwrap_or(1)
                .max(1),
            first,
            last: last.or(first),
        })
    }
}
