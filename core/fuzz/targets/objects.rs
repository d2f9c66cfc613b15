//! Objects one by one and as lists, removals, time that passes, and a controller's turns between them.
#![no_main]

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use statefulset::kubernetes::{Cluster, Evidence, Key, Kind, SetResource};
use statefulset_fuzz::place::{Absent, is_in};
use statefulset_fuzz::shown::Shown;
use statefulset_fuzz::{NOW, object, profile, set, turn};

fuzz_target!(|bytes: &[u8]| {
    // Bytes that come to their end end the story.
    let _ = story(&mut Unstructured::new(bytes));
});

fn story(bytes: &mut Unstructured) -> Result<()> {
    let profile = profile(bytes)?;
    let mut cluster = if bytes.ratio(1, 4)? {
        let planned = SetResource::new("example.com/v1", "PlannedSet", "plannedsets");
        Cluster::of(profile, planned.expect("a resource"))
    } else {
        Cluster::new(profile)
    };
    let mut shown = Shown::default();
    let mut now = NOW;
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    show(
        &mut cluster,
        &mut shown,
        Kind::StatefulSet,
        &set::draw(bytes)?,
    );
    let web = Key::new("default", "web");
    while !bytes.is_empty() {
        match bytes.int_in_range(0..=15)? {
            0 => cluster.begin_list(*bytes.choose(&Kind::ALL)?),
            1 => cluster.end_list(*bytes.choose(&Kind::ALL)?, "150"),
            2 | 3 => {
                for kind in Kind::ALL {
                    cluster.end_list(kind, "150");
                }
            }
            4 => cluster.bookmark(*bytes.choose(&Kind::ALL)?, bytes.arbitrary::<&str>()?),
            5 => {
                let name = format!("web-{}", bytes.int_in_range(0..=4)?);
                cluster.remove(*bytes.choose(&Kind::ALL)?, "default", &name, "");
            }
            6 => now = now.saturating_add(*bytes.choose(&[0, 1, 30_000, 600_000, i64::MAX])?),
            7..=9 => turn::all_due(&mut cluster, &shown, now, bytes)?,
            10 => drop(turn::ask(&cluster, &web, &Evidence::new(), now, bytes)?),
            _ => {
                let (kind, object) = object::draw(bytes)?;
                show(&mut cluster, &mut shown, kind, &object);
            }
        }
    }
    for kind in Kind::ALL {
        cluster.end_list(kind, "200");
    }
    turn::all_due(&mut cluster, &shown, now, bytes)?;
    let _ = turn::ask(&cluster, &web, &Evidence::new(), now, bytes)?;
    Ok(())
}

fn show(cluster: &mut Cluster, shown: &mut Shown, kind: Kind, object: &Value) {
    shown.note(kind, object);
    if let Err(error) = cluster.apply(kind, object.to_string().as_bytes()) {
        assert!(
            is_in(object, &error.path, Absent::Last),
            "{error}, in {object}"
        );
    }
}
