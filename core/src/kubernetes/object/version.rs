//! Identities and versions of objects, in as few bytes as may be: they are kept for every pod.

use std::boxed::Box;
use std::fmt;

use serde::{Serialize, Serializer};

use super::fields::Meta;

/// Identity and version of an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Version {
    pub(crate) uid: Uid,
    /// It is sent back in preconditions.
    pub(crate) resource: ResourceVersion,
}

impl Version {
    pub(crate) fn of(meta: &Meta<'_>) -> Self {
        Self {
            uid: Uid::from(meta.uid()),
            resource: ResourceVersion::from(meta.resource_version()),
        }
    }
}

/// An object's uid. Opaque, but nearly always a UUID.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Uid {
    Uuid([u8; 16]),
    Text(Box<str>),
}

/// Where the dashes of a UUID stand.
const DASHES: [usize; 4] = [8, 13, 18, 23];

impl From<&str> for Uid {
    fn from(text: &str) -> Self {
        uuid(text.as_bytes()).map_or_else(|| Self::Text(text.into()), Self::Uuid)
    }
}

/// The bytes of a UUID in its one canonical spelling: any other must come out as it came in.
fn uuid(text: &[u8]) -> Option<[u8; 16]> {
    if text.len() != 36 || DASHES.iter().any(|&place| text[place] != b'-') {
        return None;
    }
    let mut bytes = [0; 16];
    let digits = text.iter().enumerate();
    let digits = digits.filter(|(place, _)| !DASHES.contains(place));
    for (place, (_, &digit)) in digits.enumerate() {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        bytes[place / 2] = bytes[place / 2] << 4 | value;
    }
    Some(bytes)
}

impl Uid {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uuid(bytes) => {
                for (place, byte) in bytes.iter().enumerate() {
                    if matches!(place, 4 | 6 | 8 | 10) {
                        f.write_str("-")?;
                    }
                    write!(f, "{byte:02x}")?;
                }
                Ok(())
            }
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Uid {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

/// An object's resourceVersion. Nearly always a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ResourceVersion {
    Number(u64),
    Text(Box<str>),
}

impl From<&str> for ResourceVersion {
    fn from(text: &str) -> Self {
        let spelled = text == "0" || text.starts_with(|c: char| ('1'..='9').contains(&c));
        match text.parse() {
            Ok(number) if spelled => Self::Number(number),
            _ => Self::Text(text.into()),
        }
    }
}

impl ResourceVersion {
    /// It as a number. One that is none is as good as any other.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

impl fmt::Display for ResourceVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for ResourceVersion {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn uids_and_versions_come_out_as_they_came_in() {
        for (text, short) in [
            ("0d5c8e9a-52c1-4d36-8d3a-2f6f0b7a9d11", true),
            ("0D5C8E9A-52C1-4D36-8D3A-2F6F0B7A9D11", false),
            ("0d5c8e9a052c104d3608d3a02f6f0b7a9d11", false),
            ("0d5c8e9a-52c1-4d36-8d3a-2f6f0b7a9d1g", false),
            ("é5c8e9a-52c1-4d36-8d3a-2f6f0b7a9d11", false),
            ("set-1", false),
            ("", false),
        ] {
            let uid = Uid::from(text);
            assert_eq!(uid.to_string(), text);
            assert_eq!(matches!(uid, Uid::Uuid(_)), short, "{text}");
        }
        for (text, number) in [
            ("0", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("007", Some(7)),
            ("+7", Some(7)),
            ("7a", None),
            ("", None),
        ] {
            let version = ResourceVersion::from(text);
            assert_eq!((&*version.to_string(), version.number()), (text, number));
        }
        assert_eq!(size_of::<Version>(), 40);
    }
}
