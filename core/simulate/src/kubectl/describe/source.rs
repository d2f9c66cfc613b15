//! Where a volume comes from: what pods and volumes say of it.

use serde_json::Value;

use super::page::Page;
use super::value;
use crate::kubectl::jsonpath::show;
use crate::values::object::Fields;

mod known;

use known::Shown::{self, Flag, Joined, List, Map, Number, Or, Secret, Text};
use known::{OF_VOLUMES, SOURCES, Source};

/// The source of a pod's volume; false if it is none of these.
pub(super) fn of_pod(page: &mut Page, volume: &Value) -> bool {
    tell(page, volume, SOURCES, false)
}

/// The source of a volume of the cluster; false if it has none that is known.
pub(super) fn of_volume(page: &mut Page, spec: &Value) -> bool {
    tell(page, spec, OF_VOLUMES, true) || tell(page, spec, SOURCES, true)
}

fn tell(page: &mut Page, holder: &Value, sources: &[Source], of_volume: bool) -> bool {
    let found = sources
        .iter()
        .find_map(|source| Some((source, holder.get(source.0)?)));
    let Some(((field, kind, fields), source)) = found else {
        return false;
    };
    page.field(2, "Type", kind);
    for (title, at, how) in *fields {
        let shown = shown(source, &format!("/{at}"), *how, of_volume);
        page.line(2, &format!("{title}\t{shown}"));
    }
    if *field == "csi" {
        attributes(page, source);
    }
    true
}

fn shown(source: &Value, at: &str, how: Shown, of_volume: bool) -> String {
    let found = source.pointer(at);
    match how {
        Text => source.text(at).to_owned(),
        Or(other) => found.map_or_else(|| other.to_owned(), show),
        Number => source.int(at).unwrap_or(0).to_string(),
        Flag => source.flag(at).to_string(),
        List => value::list(source.list(at)),
        Joined => value::texts(source.list(at)).join(", "),
        Map => value::any(found.unwrap_or(&Value::Object(serde_json::Map::new()))),
        Secret => match found {
            None => "nil".into(),
            Some(secret) if of_volume => {
                let (name, namespace) = (secret.text("/name"), secret.text("/namespace"));
                format!("&SecretReference{{Name:{name},Namespace:{namespace},}}")
            }
            Some(secret) => format!("&LocalObjectReference{{Name:{},}}", secret.text("/name")),
        },
    }
}

/// What a driver has to know: one under the other, not longer than a line.
fn attributes(page: &mut Page, source: &Value) {
    const LONGEST: usize = 140;
    let pairs = source
        .pointer("/volumeAttributes")
        .and_then(Value::as_object);
    let lines = pairs.into_iter().flatten().map(|(name, it)| {
        let pair = format!("{name}={}", it.as_str().unwrap_or(""));
        format!("    {}", value::shortened(&pair, LONGEST))
    });
    page.fields(2, "VolumeAttributes", &lines.collect::<Vec<_>>());
}
