//! Spans of time: as they are typed, as they are said, and as kubectl shows ages.

use jiff::SignedDuration;
use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use statefulset::Millis;

/// The milliseconds of `30s`, `5m`, `1h30m`, `500ms`.
pub(crate) fn parse(text: &str) -> Result<Millis, String> {
    let refused = || format!("invalid duration \"{text}\": expected one such as 30s, 5m or 1h30m");
    if text == "0" {
        return Ok(0);
    }
    let duration: SignedDuration = text.parse().map_err(|_| refused())?;
    let millis = Millis::try_from(duration.as_millis()).map_err(|_| refused())?;
    if millis < 0 {
        Err(refused())
    } else {
        Ok(millis)
    }
}

/// All of it: `1h30m`, `12s`, `1s500ms`.
pub fn exact(millis: Millis) -> String {
    SpanPrinter::new()
        .designator(Designator::Compact)
        .spacing(Spacing::None)
        .duration_to_string(&SignedDuration::from_millis(millis))
}

/// As kubectl shows an age: at most two units, the second only while it still matters.
pub(crate) fn age(millis: Millis) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const YEAR: i64 = 365 * DAY;
    // Cut towards zero, so that a clock a little ahead is not yet invalid.
    let seconds = millis / 1000;
    let two = |unit: i64, name: char, small: i64, small_name: char| {
        let rest = seconds % unit / small;
        if rest == 0 {
            format!("{}{name}", seconds / unit)
        } else {
            format!("{}{name}{rest}{small_name}", seconds / unit)
        }
    };
    match seconds {
        i64::MIN..=-2 => "<invalid>".into(),
        -1 => "0s".into(),
        s if s < 2 * MINUTE => format!("{s}s"),
        s if s < 10 * MINUTE => two(MINUTE, 'm', 1, 's'),
        s if s < 3 * HOUR => format!("{}m", s / MINUTE),
        s if s < 8 * HOUR => two(HOUR, 'h', MINUTE, 'm'),
        s if s < 2 * DAY => format!("{}h", s / HOUR),
        s if s < 8 * DAY => two(DAY, 'd', HOUR, 'h'),
        s if s < 2 * YEAR => format!("{}d", s / DAY),
        s if s < 8 * YEAR => two(YEAR, 'y', DAY, 'd'),
        s => format!("{}y", s / YEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::{age, exact, parse};

    #[test]
    fn durations_are_read() {
        let read = ["30s", "5m", "1h30m", "500ms", "0"].map(|t| parse(t).unwrap());
        assert_eq!(read, [30_000, 300_000, 5_400_000, 500, 0]);
        for text in ["", "5", "-5s", "soon"] {
            let message = parse(text).unwrap_err();
            let begin = format!("invalid duration \"{text}\": expected");
            assert!(message.starts_with(&begin), "{message}");
        }
    }

    #[test]
    fn durations_are_said() {
        let said = [12_000, 5_400_000, 3_600_000, 1_500, 0].map(exact);
        assert_eq!(said, ["12s", "1h30m", "1h", "1s500ms", "0s"]);
    }

    #[test]
    fn ages_are_kubectls() {
        let cases = [
            (-2, "<invalid>"),
            (-1, "0s"),
            (0, "0s"),
            (119, "119s"),
            (120, "2m"),
            (125, "2m5s"),
            (599, "9m59s"),
            (600, "10m"),
            (10_799, "179m"),
            (10_800, "3h"),
            (10_860, "3h1m"),
            (28_800, "8h"),
            (172_799, "47h"),
            (172_800, "2d"),
            (176_400, "2d1h"),
            (691_200, "8d"),
            (63_072_000, "2y"),
            (63_158_400, "2y1d"),
            (252_288_000, "8y"),
        ];
        for (seconds, shown) in cases {
            assert_eq!(age(seconds * 1000), shown, "{seconds} s");
        }
    }
}
