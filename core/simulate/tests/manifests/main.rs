//! Files as people have them, from the file to the pods.

mod decoding;
mod files;
mod kinds;
mod storage;
mod warnings;

use std::io;

use statefulset_simulate::story::{self, Settings};

/// What a story prints whose file `a.yaml` has this text. It must come to its end.
pub(crate) fn printed(file: &str, story: &str) -> String {
    let mut out = String::new();
    let mut read = |path: &str| match path {
        "a.yaml" => Ok(file.to_owned()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let settings = Settings {
        profile: Some(statefulset_simulate::Profile::UPSTREAM),
        ..Settings::default()
    };
    let ended = story::run(story, "test.story", &settings, &mut read, &mut out);
    assert_eq!(ended.map_err(|error| error.to_string()), Ok(()), "{out}");
    out
}

/// A set of one pod, with these lines at its container and these volumes.
pub(crate) fn set(name: &str, container: &str, volumes: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: {name}}}\nspec:\n  serviceName: x\n  \
         selector: {{matchLabels: {{app: {name}}}}}\n  template:\n    metadata: {{labels: {{app: {name}}}}}\n    \
         spec:\n      containers: [{{name: c, image: 'c:1', {container}}}]\n      volumes: {volumes}\n---\n"
    )
}
