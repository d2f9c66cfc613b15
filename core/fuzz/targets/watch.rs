//! Lines of a watch as they come from the network, with a controller's turns between them. A line that is no watch event is
//! refused, and all else goes on.
#![no_main]

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Evidence, Key, Kind};
use statefulset_fuzz::{NOW, turn};

fuzz_target!(|bytes: &[u8]| {
    let mut cluster = Cluster::new(Profile::STANDALONE);
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    for line in bytes.split(|byte| *byte == b'\n') {
        let _ = cluster.watch(line);
        // What comes back from the API server is drawn from the same bytes.
        let _ = turn::all_due(&mut cluster, NOW, &mut Unstructured::new(line));
    }
    let web = Key::new("default", "web");
    let _ = turn::ask(
        &cluster,
        &web,
        &Evidence::new(),
        NOW,
        &mut Unstructured::new(bytes),
    );
});
