//! Events: what a component tells about an object, counted where it repeats itself.

use serde_json::json;

use crate::store::Store;
use crate::values::instant;
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Records an event about an object. The same thing told again by the same source raises the first event's count.
pub(crate) fn record(
    store: &mut Store,
    source: &str,
    about: &Object,
    kind: Kind,
    normal: bool,
    reason: &str,
    message: &str,
) {
    let now = instant::rfc3339(store.now());
    let namespace = match about.namespace() {
        "" => "default",
        namespace => namespace,
    };
    let mut number = fingerprint(&[source, about.uid(), reason, message]);
    loop {
        // The number is made of what is told, so that a repetition finds its event without a search.
        let name = format!("{}.{number:016x}", about.name());
        let Some(event) = store.get(Kind::Event, namespace, &name) else {
            let event = json!({
                "metadata": {"name": name},
                "involvedObject": {
                    "apiVersion": kind.api_version(),
                    "kind": kind.name(),
                    "name": about.name(),
                    "namespace": about.namespace(),
                    "resourceVersion": about.text("/metadata/resourceVersion"),
                    "uid": about.uid(),
                },
                "reason": reason,
                "message": message,
                "type": if normal { "Normal" } else { "Warning" },
                "source": {"component": source},
                "reportingComponent": source,
                "reportingInstance": "",
                "count": 1,
                "firstTimestamp": now,
                "lastTimestamp": now,
            });
            // Nothing in it can be refused: the name is free, and events are not validated.
            let _created = store.create(Kind::Event, namespace, event);
            return;
        };
        if event.text("/source/component") == source
            && event.text("/involvedObject/uid") == about.uid()
            && event.text("/reason") == reason
            && event.text("/message") == message
        {
            store.edit(Kind::Event, namespace, &name, |event| {
                event.put("/count", json!(event.int("/count").unwrap_or(0) + 1));
                event.put("/lastTimestamp", json!(now));
            });
            return;
        }
        number = number.wrapping_add(1);
    }
}

/// FNV-1a over the parts.
fn fingerprint(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_is_counted_and_what_differs_is_told_apart() {
        let mut store = Store::new(1_767_225_600_000, 1);
        let set = json!({"metadata": {"name": "web", "namespace": "default", "uid": "u-1"}});
        let tell = |store: &mut Store, normal, reason: &str, message: &str| {
            record(
                store,
                "statefulset-controller",
                &set,
                Kind::StatefulSet,
                normal,
                reason,
                message,
            );
        };
        tell(&mut store, true, "SuccessfulCreate", "Create Pod web-0");
        tell(&mut store, true, "SuccessfulCreate", "Create Pod web-1");
        store.set_now(1_767_225_605_000);
        tell(&mut store, true, "SuccessfulCreate", "Create Pod web-0");
        tell(&mut store, false, "FailedCreate", "Create Pod web-0");

        let mut told: Vec<String> = store
            .list(Kind::Event, None)
            .map(|e| {
                assert!(e.name().starts_with("web.") && e.name().len() == 4 + 16);
                format!(
                    "{} {} {} x{} {} {} by {}/{} about {}/{} {}",
                    e.text("/type"),
                    e.text("/reason"),
                    e.text("/message"),
                    e.int("/count").unwrap(),
                    e.text("/firstTimestamp"),
                    e.text("/lastTimestamp"),
                    e.text("/source/component"),
                    e.text("/reportingComponent"),
                    e.text("/involvedObject/kind"),
                    e.text("/involvedObject/name"),
                    e.text("/involvedObject/uid"),
                )
            })
            .collect();
        told.sort();
        let tail = "by statefulset-controller/statefulset-controller about StatefulSet/web u-1";
        assert_eq!(
            told,
            [
                format!(
                    "Normal SuccessfulCreate Create Pod web-0 x2 2026-01-01T00:00:00Z 2026-01-01T00:00:05Z {tail}"
                ),
                format!(
                    "Normal SuccessfulCreate Create Pod web-1 x1 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z {tail}"
                ),
                format!(
                    "Warning FailedCreate Create Pod web-0 x1 2026-01-01T00:00:05Z 2026-01-01T00:00:05Z {tail}"
                ),
            ]
        );
    }
}
