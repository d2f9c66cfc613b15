//! The columns of an event.

use statefulset::Millis;

use super::{Column, column, since, wide};
use crate::values::object::{Fields, Object};

pub(super) const EVENT: &[Column] = &[
    column("LAST SEEN", last),
    column("TYPE", |o, _| o.text("/type").into()),
    column("REASON", |o, _| o.text("/reason").into()),
    column("OBJECT", |o, _| {
        let kind = o.text("/involvedObject/kind").to_lowercase();
        match o.text("/involvedObject/name") {
            "" => kind,
            name => format!("{kind}/{name}"),
        }
    }),
    wide("SUBOBJECT", |o, _| {
        o.text("/involvedObject/fieldPath").into()
    }),
    wide("SOURCE", |o, _| source(o)),
    column("MESSAGE", |o, _| o.text("/message").trim().into()),
    wide("FIRST SEEN", first),
    wide("COUNT", |o, _| count(o).to_string()),
    wide("NAME", |o, _| o.name().into()),
];

fn first(event: &Object, now: Millis) -> String {
    let (time, newer) = ("/firstTimestamp", "/eventTime");
    since(
        event,
        if event.text(time).is_empty() {
            newer
        } else {
            time
        },
        now,
    )
}

fn last(event: &Object, now: Millis) -> String {
    if is_series(event) {
        since(event, "/series/lastObservedTime", now)
    } else if event.text("/lastTimestamp").is_empty() {
        first(event, now)
    } else {
        since(event, "/lastTimestamp", now)
    }
}

/// An event that tells of one moment may have no count.
fn count(event: &Object) -> i64 {
    if is_series(event) {
        return event.int("/series/count").unwrap_or(0);
    }
    event.int("/count").filter(|&count| count != 0).unwrap_or(1)
}

fn is_series(event: &Object) -> bool {
    event.pointer("/series").is_some_and(|it| !it.is_null())
}

/// Who reports it, and from where.
fn source(event: &Object) -> String {
    let or = |old: &str, new: &str| match event.text(old) {
        "" => event.text(new).to_owned(),
        old => old.to_owned(),
    };
    let component = or("/source/component", "/reportingComponent");
    match or("/source/host", "/reportingInstance").as_str() {
        "" => component,
        instance => format!("{component}, {instance}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::cells;
    use crate::values::kind::Kind;

    #[test]
    fn newer_events_have_a_series_and_another_reporter() {
        let event = json!({
            "metadata": {"name": "e"}, "count": 3, "involvedObject": {"kind": "Pod", "name": "p"},
            "eventTime": "1970-01-01T00:00:00.000000Z", "series": {"lastObservedTime": "1970-01-01T00:00:05.000000Z", "count": 7},
            "reportingComponent": "kubelet", "reportingInstance": "n",
        });
        let shown = cells(Kind::Event, &event, 10_000, true);
        let expected = ["5s", "", "", "pod/p", "", "kubelet, n", "", "10s", "7", "e"];
        assert_eq!(shown, expected);
    }
}
