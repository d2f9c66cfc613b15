//! Objects one by one and as lists, removals, time that passes, and a controller's turns between them.
#![no_main]

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use statefulset::kubernetes::{Cluster, Evidence, Key, Kind};
use statefulset_fuzz::{NOW, object, profile, turn};

fuzz_target!(|bytes: &[u8]| {
    // Bytes that come to their end end the story.
    let _ = story(&mut Unstructured::new(bytes));
});

fn story(bytes: &mut Unstructured) -> Result<()> {
    let mut cluster = Cluster::new(profile(bytes)?);
    let mut now = NOW;
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    let set = object::set(bytes)?;
    let _ = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
    let web = Key::new("default", "web");
    while !bytes.is_empty() {
        match bytes.int_in_range(0..=15)? {
            0 => cluster.begin_list(*bytes.choose(&Kind::ALL)?),
            1..=3 => cluster.end_list(*bytes.choose(&Kind::ALL)?, "150"),
            4 => cluster.bookmark(*bytes.choose(&Kind::ALL)?, bytes.arbitrary::<&str>()?),
            5 => {
                let name = format!("web-{}", bytes.int_in_range(0..=4)?);
                cluster.remove(*bytes.choose(&Kind::ALL)?, "default", &name, "");
            }
            6 => now = now.saturating_add(*bytes.choose(&[0, 1, 30_000, 600_000, i64::MAX])?),
            7..=9 => turn::all_due(&mut cluster, now, bytes)?,
            10 => turn::ask(&cluster, &web, &Evidence::new(), now, bytes)?,
            _ => {
                let (kind, object) = object::draw(bytes)?;
                let _ = cluster.apply(kind, object.to_string().as_bytes());
            }
        }
    }
    for kind in Kind::ALL {
        cluster.end_list(kind, "200");
    }
    turn::all_due(&mut cluster, now, bytes)?;
    turn::ask(&cluster, &web, &Evidence::new(), now, bytes)
}
