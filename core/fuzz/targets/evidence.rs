//! What `explain` is given: lists of objects of any kind beside a set and its pods.
#![no_main]

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Evidence, Key, Kind, reconcile};
use statefulset_fuzz::{NOW, object, turn};

/// So many bytes draw the set and its pods. The lists come after them.
const DRAWN: usize = 256;

fuzz_target!(|bytes: &[u8]| {
    let (start, rest) = bytes.split_at(bytes.len().min(DRAWN));
    let mut draws = Unstructured::new(start);
    let mut cluster = Cluster::new(Profile::UPSTREAM);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    if let Ok(set) = object::set(&mut draws) {
        let _ = cluster.apply(Kind::StatefulSet, set.to_string().as_bytes());
    }
    while let Ok((kind, object)) = object::draw(&mut draws) {
        let _ = cluster.apply(kind, object.to_string().as_bytes());
        if draws.is_empty() {
            break;
        }
    }
    for kind in Kind::ALL {
        cluster.end_list(kind, "200");
    }
    let mut evidence = Evidence::new();
    let _ = evidence.add(rest);
    evidence.complete("Secret");
    let web = Key::new("default", "web");
    let _ = turn::ask(&cluster, &web, &evidence, NOW, &mut draws);
    let _ = reconcile(Profile::UPSTREAM, &web, &[Kind::Pod], rest, NOW);
});
