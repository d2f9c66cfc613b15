//! Moments as the API writes them.

use jiff::Timestamp;
use statefulset::Millis;

/// `2026-01-01T00:00:00Z`; whole seconds, as the API server stores them.
pub(crate) fn rfc3339(at: Millis) -> String {
    Timestamp::from_second(at.div_euclid(1000)).map_or_else(|_| String::new(), |t| t.to_string())
}

/// The moment that `text` names.
pub(crate) fn parse(text: &str) -> Option<Millis> {
    text.parse::<Timestamp>()
        .ok()
        .map(Timestamp::as_millisecond)
}
