//! Time, as an argument and never as a clock.

/// Milliseconds since the Unix epoch, or a length of time in milliseconds.
///
/// A plain integer, because it crosses the C boundary, can be zero in tests and can be printed.
/// Any value is accepted, and sums saturate.
pub type Millis = i64;
