//! Lines of a watch as they come from the network, with a controller's turns between them. A line that is no watch event is
//! refused, and all else goes on.
#![no_main]

use libfuzzer_sys::arbitrary::Unstructured;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use serde_json::Value;
use statefulset::Profile;
use statefulset::kubernetes::wire::outcomes;
use statefulset::kubernetes::{Cluster, Evidence, Key, Kind, Outcome, WireError};
use statefulset_fuzz::place::{Absent, is_in};
use statefulset_fuzz::shown::Shown;
use statefulset_fuzz::{NOW, mutate, turn};

fuzz_mutator!(|data: &mut [u8], size: usize, room: usize, seed: u32| {
    mutate::documents(data, size, room, seed, 0, "\n")
});

fuzz_target!(|bytes: &[u8]| {
    let mut cluster = Cluster::new(Profile::STANDALONE);
    let mut shown = Shown::default();
    for kind in Kind::ALL {
        cluster.begin_list(kind);
    }
    for line in bytes.split(|byte| *byte == b'\n') {
        let taken = cluster.watch(line);
        if let Ok(event) = serde_json::from_slice::<Value>(line) {
            judge(&event, taken);
            let object = &event["object"];
            let kind = object["kind"].as_str().and_then(Kind::from_name);
            if let Some(kind) = kind {
                shown.note(kind, object);
            }
        }
        // A server's answers are JSON of the same kind.
        let _ = outcomes(line);
        let _ = Outcome::of_response(409, line);
        // What comes back from the API server is drawn from the same bytes.
        let _ = turn::all_due(&mut cluster, &shown, NOW, &mut Unstructured::new(line));
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

/// What an error names is in the line.
fn judge(event: &Value, taken: Result<(), WireError>) {
    let (at, path) = match &taken {
        Ok(()) => return,
        Err(WireError::Object(error)) => (&event["object"], &error.path),
        Err(WireError::Form { path, .. }) => (event, path),
        Err(_) => panic!("an error of a kind that is not known here"),
    };
    assert!(is_in(at, path, Absent::Last), "{taken:?}, in {event}");
}
