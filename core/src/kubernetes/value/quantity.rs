//! Quantities, such as `1Gi`, as whole numbers.

use core::cmp::Ordering;
use core::fmt;
use std::string::{String, ToString};

use serde_json::Value;

/// The suffixes with their factors in units of 10⁻⁹, smallest first.
const DECIMAL: [(&str, u128); 10] = [
    ("n", 1),
    ("u", 1_000),
    ("m", 1_000_000),
    ("", 1_000_000_000),
    ("k", 1_000_000_000_000),
    ("M", 1_000_000_000_000_000),
    ("G", 1_000_000_000_000_000_000),
    ("T", 1_000_000_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000_000_000),
    ("E", 1_000_000_000_000_000_000_000_000_000),
];
const BINARY: [(&str, u128); 6] = [
    ("Ki", 1_000_000_000 << 10),
    ("Mi", 1_000_000_000 << 20),
    ("Gi", 1_000_000_000 << 30),
    ("Ti", 1_000_000_000 << 40),
    ("Pi", 1_000_000_000 << 50),
    ("Ei", 1_000_000_000 << 60),
];
const UNIT: u128 = 1_000_000_000;
const MILLI: u128 = UNIT / 1000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Decimal,
    Binary,
    Exponent,
}

/// An amount in units of 10⁻⁹ and the family of its suffix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Quantity {
    negative: bool,
    nano: u128,
    format: Format,
    /// The text as it was written, if the API server keeps it.
    kept: Option<String>,
}

impl Quantity {
    /// The amount that a field holds.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => read(text.trim()),
            Value::Number(number) => read(&number.to_string()),
            _ => None,
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        read(text)
    }

    pub(crate) const fn is_zero(&self) -> bool {
        self.nano == 0
    }

    pub(crate) const fn is_negative(&self) -> bool {
        self.negative && self.nano > 0
    }

    pub(crate) const fn is_positive(&self) -> bool {
        !self.negative && self.nano > 0
    }

    /// Whether it is a whole number of units once it is rounded up to thousandths.
    pub(crate) const fn is_whole(&self) -> bool {
        self.nano.div_ceil(MILLI).is_multiple_of(1000)
    }

    /// Whether the amount, rounded up to whole units, is a multiple of another amount of whole units.
    pub(crate) fn is_multiple_of(&self, other: &Self) -> bool {
        let (amount, part) = (self.nano.div_ceil(UNIT), other.nano / UNIT);
        other.nano.is_multiple_of(UNIT) && amount.checked_rem(part) == Some(0)
    }

    /// The same amount in whole thousandths, rounded away from zero.
    pub(crate) fn in_thousandths(self) -> Self {
        if self.nano.is_multiple_of(MILLI) {
            return self;
        }
        Self {
            nano: self.nano.div_ceil(MILLI) * MILLI,
            kept: None,
            ..self
        }
    }

    /// Its sign and its value. They do not depend on how it was written.
    pub(crate) fn worth(&self) -> (bool, u128) {
        (self.is_negative(), self.nano)
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, false) => self.nano.cmp(&other.nano),
            (true, true) => other.nano.cmp(&self.nano),
            (one, another) => another.cmp(&one),
        }
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn read(text: &str) -> Option<Quantity> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let (number, suffix) = rest.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() + fraction.len() == 0 || fraction.contains('.') {
        return None;
    }
    let table = |suffixes: &[(&str, u128)]| {
        suffixes
            .iter()
            .find(|(name, _)| *name == suffix)
            .map(|&(_, factor)| factor)
    };
    let exponent = suffix
        .strip_prefix(['e', 'E'])
        .and_then(|exponent| exponent.parse::<i32>().ok());
    let (format, factor, shift) = if let Some(factor) = table(&BINARY) {
        (Format::Binary, factor, 0)
    } else if let Some(factor) = table(&DECIMAL) {
        (Format::Decimal, factor, 0)
    } else {
        (Format::Exponent, UNIT, exponent?)
    };
    let fraction_digits = fraction;
    // Digits that are worth less than 10⁻⁹ of a unit round the amount up, unless they are zero.
    let fraction = fraction.trim_end_matches('0');
    let shift = shift - i32::try_from(fraction.len()).ok()?;
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let mantissa: u128 = if digits.is_empty() {
        0
    } else {
        digits.parse().ok()?
    };
    let scaled = mantissa.checked_mul(factor)?;
    let power = 10u128.checked_pow(shift.unsigned_abs());
    let nano = if shift < 0 {
        scaled.div_ceil(power.unwrap_or(u128::MAX))
    } else if scaled == 0 {
        0
    } else {
        scaled.checked_mul(power?)?
    };
    // An amount with a suffix of two letters is cut at this limit.
    let nano = match format {
        Format::Binary => nano.min(LARGEST),
        _ => nano,
    };
    let kept = keeps_spelling(whole, fraction_digits, format, suffix).then(|| text.to_string());
    Some(Quantity {
        negative,
        nano,
        format,
        kept,
    })
}

const LARGEST: u128 = i64::MAX as u128 * UNIT;

/// Whether the API server takes a text for canonical and writes it as it is. It looks only at how the text is written,
/// and is sometimes wrong: `+1Gi` stays as it is.
fn keeps_spelling(whole: &str, fraction: &str, format: Format, suffix: &str) -> bool {
    let digits = [whole, fraction].concat();
    let Ok(value) = digits.parse::<i64>() else {
        return false;
    };
    if format == Format::Binary {
        let power = BINARY.iter().position(|(name, _)| *name == suffix);
        let power = 10 * (power.unwrap_or(0) + 1);
        return fraction.is_empty()
            && whole.len() + power * 3 / 10 < 15
            && value & 7 != 0
            && u32::try_from(power)
                .ok()
                .and_then(|power| value.checked_shl(power))
                .is_some_and(|it| it >> power == value);
    }
    let scale = if format == Format::Exponent {
        suffix[1..].parse().unwrap_or(0)
    } else {
        let place = DECIMAL.iter().position(|(name, _)| *name == suffix);
        3 * i32::try_from(place.unwrap_or(3)).unwrap_or(3) - 9
    };
    let scale = scale - i32::try_from(fraction.len()).unwrap_or(i32::MAX);
    digits.len() <= 18
        && scale >= -9
        && scale % 3 == 0
        && !digits.ends_with("000")
        && !digits.starts_with('0')
}

/// The amount in whole units, rounded up. `None` if the text is no quantity, if it is negative, or if it does not fit.
pub fn parse(text: &str) -> Option<u64> {
    parts(text, UNIT)
}

/// The amount in thousandths, rounded up. `None` if the text is no quantity, if it is negative, or if it does not fit.
pub fn parse_milli(text: &str) -> Option<u64> {
    parts(text, MILLI)
}

/// The amount in units of `part` billionths, rounded up.
fn parts(text: &str, part: u128) -> Option<u64> {
    let quantity = read(text).filter(|it| !it.is_negative())?;
    u64::try_from(quantity.nano.div_ceil(part)).ok()
}

/// Whether the text is a quantity above zero. `None` if it is no quantity.
pub fn is_positive(text: &str) -> Option<bool> {
    read(text).map(|quantity| quantity.is_positive())
}

/// The text that the API server writes for the same amount. `None` if the text is no quantity.
pub fn canonical(text: &str) -> Option<String> {
    read(text).map(|quantity| quantity.to_string())
}

/// Writes the amount as the API server does: with the largest suffix of the family that leaves a whole number.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kept) = &self.kept {
            return f.write_str(kept);
        }
        let nano = self.nano;
        if nano == 0 {
            return f.write_str("0");
        }
        let largest = |suffixes: &[(&'static str, u128)]| {
            let fits = |&&(_, factor): &&(&str, u128)| nano.is_multiple_of(factor);
            suffixes.iter().rev().find(fits).copied()
        };
        let binary = match self.format {
            Format::Binary if nano >= BINARY[0].1 => largest(&BINARY),
            _ => None,
        };
        let whole =
            (self.format == Format::Binary && nano >= BINARY[0].1 && nano.is_multiple_of(UNIT))
                .then_some(("", UNIT));
        let suffix = binary.or(whole).or_else(|| largest(&DECIMAL));
        let (suffix, factor) = suffix.unwrap_or(DECIMAL[0]);
        let power = (-9..)
            .step_by(3)
            .zip(DECIMAL)
            .find(|&(_, (name, _))| name == suffix);
        let sign = if self.negative { "-" } else { "" };
        let amount = nano / factor;
        match power {
            Some((power, _)) if self.format == Format::Exponent && power != 0 => {
                write!(f, "{sign}{amount}e{power}")
            }
            _ => write!(f, "{sign}{amount}{suffix}"),
        }
    }
}

/// A number of bytes, as people write it: with a binary suffix if that leaves a whole number.
pub fn of_bytes(bytes: u64) -> String {
    let text = if bytes.is_multiple_of(1024) {
        std::format!("{}Ki", bytes / 1024)
    } else {
        bytes.to_string()
    };
    canonical(&text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_become_whole_numbers() {
        for (text, expected) in [
            ("1Gi", Some(1 << 30)),
            ("1G", Some(1_000_000_000)),
            ("1.5Ki", Some(1536)),
            ("0.5", Some(1)),
            ("100m", Some(1)),
            ("1e3", Some(1000)),
            ("12E2", Some(1200)),
            ("1E", Some(1_000_000_000_000_000_000)),
            ("5", Some(5)),
            (".5Gi", Some(1 << 29)),
            ("0", Some(0)),
            ("1n", Some(1)),
            ("-1", None),
            ("", None),
            ("Gi", None),
            ("1.2.3", None),
            ("1GiB", None),
            ("1 Gi", None),
            ("99Ei", Some(i64::MAX as u64)),
            ("1e99999999999", None),
            ("1e-99", Some(1)),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn quantities_are_written_as_the_api_server_writes_them() {
        for (text, expected) in [
            ("1024Mi", "1Gi"),
            ("1000m", "1"),
            ("1.5", "1500m"),
            ("0.5Gi", "512Mi"),
            ("1500Mi", "1500Mi"),
            ("1000Ki", "1000Ki"),
            ("2000", "2k"),
            ("1e3", "1e3"),
            ("0Gi", "0"),
            ("100m", "100m"),
            ("0.1", "100m"),
            ("1E3", "1E3"),
            ("+5", "+5"),
            ("05", "5"),
            ("+1Gi", "+1Gi"),
            ("+1024Mi", "1Gi"),
            ("99Ei", "9223372036854775807"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(canonical("one"), None);
        let bytes = [0, 5, 1000, 1024, 1 << 30, 3 << 29];
        let told = bytes.map(of_bytes);
        assert_eq!(told, ["0", "5", "1k", "1Ki", "1Gi", "1536Mi"]);
    }
}
