//! What the fuzz targets share: objects that are near to real ones, and a controller's turn with outcomes from the bytes.

pub mod object;
pub mod turn;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use statefulset::{PolicySource, Profile, Version};

/// The time at which all of it happens: 2027-01-15.
pub const NOW: i64 = 1_800_000_000_000;

/// One of the ways in which sets may be decided.
pub fn profile(bytes: &mut Unstructured) -> Result<Profile> {
    let profile = match bytes.int_in_range(0..=4)? {
        0 => Profile::STANDALONE,
        1 => Profile::UPSTREAM,
        2 => Profile::KRUISE,
        3 => Profile {
            policies: PolicySource::Annotations,
            ..Profile::STANDALONE
        },
        _ => Profile::upstream(*bytes.choose(&Version::ALL)?),
    };
    Ok(profile)
}
