//! Quantities, such as `1Gi`, in whole numbers.

use std::format;
use std::string::{String, ToString};

/// Suffixes with their factor in units of 10⁻⁹, smallest first.
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Decimal,
    Binary,
    Exponent,
}

/// An amount in units of 10⁻⁹ and the family of its suffix.
#[derive(Clone, Copy)]
struct Quantity {
    negative: bool,
    nano: u128,
    format: Format,
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
    // More digits than these mean nothing in 10⁻⁹ of a unit; what they would add rounds the amount up.
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
    Some(Quantity {
        negative,
        nano,
        format,
    })
}

/// The amount in whole units, rounded up. `None` where the text is no quantity, is negative or does not fit.
pub fn parse(text: &str) -> Option<u64> {
    parts(text, UNIT)
}

/// The amount in thousandths, rounded up. `None` where the text is no quantity, is negative or does not fit.
pub fn parse_milli(text: &str) -> Option<u64> {
    parts(text, UNIT / 1000)
}

/// How often `part`, in billionths, is in the amount.
fn parts(text: &str, part: u128) -> Option<u64> {
    let quantity = read(text)?;
    if quantity.negative && quantity.nano > 0 {
        return None;
    }
    u64::try_from(quantity.nano.div_ceil(part)).ok()
}

/// Whether the text is a quantity above zero; `None` where it is none.
pub fn is_positive(text: &str) -> Option<bool> {
    read(text).map(|quantity| !quantity.negative && quantity.nano > 0)
}

/// The text that the API server writes for the same amount: the largest suffix of the family that leaves a whole
/// number. `None` where the text is no quantity.
pub fn canonical(text: &str) -> Option<String> {
    let Quantity {
        negative,
        nano,
        format,
    } = read(text)?;
    if nano == 0 {
        return Some("0".to_string());
    }
    let sign = if negative { "-" } else { "" };
    let largest = |suffixes: &[(&'static str, u128)]| {
        let fits = |&&(_, factor): &&(&str, u128)| nano % factor == 0;
        suffixes.iter().rev().find(fits).copied()
    };
    let binary = match format {
        Format::Binary if nano >= BINARY[0].1 => largest(&BINARY),
        _ => None,
    };
    let (suffix, factor) = binary.or_else(|| largest(&DECIMAL)).unwrap_or(DECIMAL[0]);
    let power = (-9..)
        .step_by(3)
        .zip(DECIMAL)
        .find(|&(_, (name, _))| name == suffix);
    let suffix = match power {
        Some((power, _)) if format == Format::Exponent && power != 0 => format!("e{power}"),
        _ => suffix.to_string(),
    };
    Some(format!("{sign}{}{suffix}", nano / factor))
}

/// So many bytes, as people write them: with a binary suffix where that leaves a whole number.
pub fn of_bytes(bytes: u64) -> String {
    let text = if bytes % 1024 == 0 {
        format!("{}Ki", bytes / 1024)
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
            ("99Ei", None),
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
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(canonical("one"), None);
        let bytes = [0, 5, 1000, 1024, 1 << 30, 3 << 29];
        let told = bytes.map(of_bytes);
        assert_eq!(told, ["0", "5", "1k", "1Ki", "1Gi", "1536Mi"]);
    }
}
