//! What the fuzz targets share: objects that are near to real ones, a controller's turn with outcomes from the bytes, and
//! what must hold of an answer.

pub mod mutate;
pub mod object;
pub mod place;
pub mod set;
pub mod shown;
pub mod turn;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use statefulset::{PolicySource, Profile, Version};

/// The time at which all of it happens: 2027-01-15.
pub const NOW: i64 = 1_800_000_000_000;

/// One of the ways in which sets may be decided.
pub fn profile(bytes: &mut Unstructured) -> Result<Profile> {
    let profile = match bytes.int_in_range(0..=6)? {
        0 => Profile::STANDALONE,
        1 => Profile::UPSTREAM,
        2 => Profile::KRUISE,
        3 => Profile::PINGCAP,
        4 => Profile::ZONES,
        5 => Profile {
            policies: PolicySource::Annotations,
            ..Profile::STANDALONE
        },
        _ => Profile::upstream(*bytes.choose(&Version::ALL)?),
    };
    Ok(profile)
}
