//! What `kubectl apply` makes of three versions of an object.

use serde_json::{Map, Value};

use super::bad_request;
use super::difference::{Half, between};
use super::strategic::{Over, merge};
use crate::values::error::ApiError;
use crate::values::kind::Kind;
use crate::values::schema;

/// The live object after `kubectl apply`: what `modified` says is set, what `last_applied` said and `modified` no longer
/// says is taken away, and what others have put there stays.
///
/// kubectl compares the three and sends a strategic merge patch, so this does the same.
pub fn three_way(
    kind: Kind,
    last_applied: &Value,
    modified: &Value,
    live: &Value,
) -> Result<Value, ApiError> {
    let fields = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let result = merged(kind, &fields(last_applied), &fields(modified), fields(live));
    result.map(Value::Object).map_err(bad_request)
}

fn merged(
    kind: Kind,
    last: &Map<String, Value>,
    modified: &Map<String, Value>,
    mut live: Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let kind = schema::of(kind);
    let changes = between(kind, &live, modified, Half::Changes)?;
    let mut patch = between(kind, last, modified, Half::Deletions)?;
    merge(kind, &mut patch, changes, Over::Patch)?;
    merge(kind, &mut live, patch, Over::Object)?;
    Ok(live)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn applied(kind: Kind, last: &Value, modified: &Value, live: &Value) -> Value {
        three_way(kind, last, modified, live).expect("it makes sense")
    }

    #[test]
    fn what_the_manifest_no_longer_says_goes_and_what_others_said_stays() {
        let last = json!({"metadata": {"labels": {"a": "1", "b": "2"}}, "spec": {"replicas": 3, "minReadySeconds": 5}});
        let modified = json!({"metadata": {"labels": {"a": "3"}}, "spec": {"replicas": 4}});
        let live = json!({
            "metadata": {"labels": {"a": "1", "b": "2", "by-hand": "x"}, "uid": "u"},
            "spec": {"replicas": 9, "minReadySeconds": 5, "serviceName": "kept"},
            "status": {"replicas": 9},
        });
        assert_eq!(
            applied(Kind::StatefulSet, &last, &modified, &live),
            json!({
                "metadata": {"labels": {"a": "3", "by-hand": "x"}, "uid": "u"},
                "spec": {"replicas": 4, "serviceName": "kept"},
                "status": {"replicas": 9},
            })
        );
    }

    #[test]
    fn a_field_that_was_scaled_by_hand_and_is_not_in_the_manifest_stays() {
        let manifest = json!({"spec": {"serviceName": "s"}});
        let live = json!({"spec": {"serviceName": "s", "replicas": 5}});
        assert_eq!(
            applied(Kind::StatefulSet, &manifest, &manifest, &live),
            live
        );
    }

    #[test]
    fn containers_are_merged_by_name_in_the_manifests_order() {
        let of =
            |containers: Value| json!({"spec": {"template": {"spec": {"containers": containers}}}});
        let last = of(json!([{"name": "a", "image": "1", "tty": true}, {"name": "gone"}]));
        let modified = of(json!([{"name": "new"}, {"name": "a", "image": "2"}]));
        let live = of(json!([
            {"name": "a", "image": "1", "tty": true, "imagePullPolicy": "Always"},
            {"name": "injected"},
            {"name": "gone"},
        ]));
        assert_eq!(
            applied(Kind::StatefulSet, &last, &modified, &live),
            // What others have added comes first where nothing that stood before it is left.
            of(json!([
                {"name": "injected"},
                {"name": "new"},
                {"name": "a", "image": "2", "imagePullPolicy": "Always"},
            ]))
        );
    }

    #[test]
    fn a_port_for_tcp_and_for_udp_can_be_kept_but_not_lose_one_or_gain_one() {
        let of = |ports: Value| json!({"spec": {"ports": ports}});
        let tcp = json!({"port": 53, "protocol": "TCP", "name": "a"});
        let udp = json!({"port": 53, "protocol": "UDP", "name": "b"});
        let both = of(json!([tcp, udp]));
        assert_eq!(applied(Kind::Service, &both, &both, &both), both);
        let one = of(json!([tcp]));
        // To kubectl the two are one item.
        assert_eq!(applied(Kind::Service, &both, &one, &both), of(json!([])));
        assert_eq!(applied(Kind::Service, &one, &both, &one), one);
    }

    #[test]
    fn a_volume_changes_its_source_whole() {
        let of = |volume: Value| json!({"spec": {"volumes": [volume]}});
        let defaulted = of(json!({"name": "v", "emptyDir": {}}));
        let plain = of(json!({"name": "v"}));
        // The API server fills the source in again.
        assert_eq!(applied(Kind::Pod, &plain, &plain, &defaulted), plain);
        let changed = of(json!({"name": "v", "hostPath": {"path": "/d"}}));
        assert_eq!(applied(Kind::Pod, &plain, &changed, &defaulted), changed);
    }

    #[test]
    fn null_takes_away_and_finalizers_are_a_set() {
        let last = json!({"metadata": {"finalizers": ["a", "b"]}});
        let modified = json!({"metadata": {"finalizers": ["b", "c"]}, "spec": {"nodeName": null}});
        let live =
            json!({"metadata": {"finalizers": ["other", "a", "b"]}, "spec": {"nodeName": "n"}});
        assert_eq!(
            applied(Kind::Pod, &last, &modified, &live),
            json!({"metadata": {"finalizers": ["other", "b", "c"]}, "spec": {}})
        );
    }
}
