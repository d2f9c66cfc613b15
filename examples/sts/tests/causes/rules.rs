//! The set's own rules, its nodes, and its end.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set, with_spec};

fn good() -> String {
    set(3, &container("nginx:1.27", ""))
}

#[test]
fn a_partition() {
    let patch =
        r#"patch sts web -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'"#;
    let story =
        format!("apply -f good.yaml\nsettle\n{patch}\nset image sts/web main=nginx:1.28\nsettle");
    Case::new(CauseName::Partition, story.leak())
        .file("good.yaml", good())
        .verdict("up-to-date")
        .run();
}

#[test]
fn on_delete() {
    let spec = "  updateStrategy: {type: OnDelete}\n";
    Case::new(
        CauseName::OnDelete,
        "apply -f set.yaml\nsettle\nset image sts/web main=nginx:1.28\nsettle",
    )
    .file("set.yaml", with_spec(1, spec, &container("nginx:1.27", "")))
    .verdict("up-to-date")
    .run();
}

#[test]
fn a_name_that_another_pod_has() {
    let squatter = "apiVersion: v1\nkind: Pod\nmetadata: {name: web-1, labels: {app: other}}\nspec:\n  containers: [{name: main, image: nginx}]\n";
    let case = || {
        Case::new(
            CauseName::NameSquatter,
            "apply -f pod.yaml\nsettle\napply -f good.yaml\nadvance 20m",
        )
        .file("good.yaml", good())
        .file("pod.yaml", squatter.into())
    };
    case().run();
    case().cure(1).run();
}

#[test]
fn a_pod_that_a_finalizer_holds() {
    let patch =
        r#"patch pod web-2 --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story =
        format!("apply -f good.yaml\nsettle\n{patch}\ndelete pod web-2 --wait=false\nadvance 20m");
    Case::new(CauseName::PodFinalizer, story.leak())
        .file("good.yaml", good())
        .cure(1)
        .run();
}

#[test]
fn a_node_that_is_silent() {
    let story = "apply -f good.yaml\nsettle\nfail node node-2 power\nadvance 30m";
    let case = || Case::new(CauseName::UnreachableNode, story).file("good.yaml", good());
    case().cure(1).after("advance 2m").run();
    case()
        .person("restore node node-2")
        .after("advance 2m")
        .run();
}

#[test]
fn a_cordoned_node_is_a_remark() {
    Case::new(
        CauseName::CordonedNode,
        "apply -f good.yaml\nsettle\ncordon node-1\nadvance 20m",
    )
    .file("good.yaml", good())
    .verdict("up-to-date")
    .run();
}

#[test]
fn a_budget_that_allows_nothing_is_a_remark() {
    let budget = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: web}\nspec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}\n";
    Case::new(
        CauseName::BlockedDrain,
        "apply -f good.yaml -f budget.yaml\nsettle\ncordon node-1\nadvance 20m",
    )
    .file("good.yaml", good())
    .file("budget.yaml", budget.into())
    .verdict("up-to-date")
    .cure(1)
    .run();
}

#[test]
fn no_node_fits() {
    let selector = "      nodeSelector: {disk: fast}\n";
    Case::new(CauseName::NoNodeFits, "apply -f set.yaml\nadvance 20m")
        .file(
            "set.yaml",
            set(1, &format!("{selector}{}", container("nginx:1.27", ""))),
        )
        .run();
    Case::new(
        CauseName::NoNodeFits,
        "cordon node-1 node-2 node-3\napply -f good.yaml\nadvance 20m",
    )
    .file("good.yaml", good())
    .run();
}

/// A set of so many pods that asks for this, in YAML with an indent of six.
fn asking(replicas: u32, what: &str) -> String {
    set(replicas, &format!("{what}{}", container("nginx:1.27", "")))
}

#[test]
fn a_zone_that_takes_no_pods() {
    let spread = "      topologySpreadConstraints:\n      - maxSkew: 1\n        topologyKey: topology.kubernetes.io/zone\n        \
                  whenUnsatisfiable: DoNotSchedule\n        labelSelector: {matchLabels: {app: web}}\n";
    let story = "label no node-1 topology.kubernetes.io/zone=a\nlabel no node-2 topology.kubernetes.io/zone=b\n\
                 label no node-3 topology.kubernetes.io/zone=c\ncordon node-3\napply -f set.yaml\nadvance 20m";
    Case::new(CauseName::NoNodeFits, story)
        .file("set.yaml", asking(3, spread))
        .run();
    let story = "apply -f set.yaml\nadvance 20m";
    let person = "label no node-1 topology.kubernetes.io/zone=a\nlabel no node-2 topology.kubernetes.io/zone=b";
    Case::new(CauseName::NoNodeFits, story)
        .file("set.yaml", asking(2, spread))
        .person(person)
        .run();
}

#[test]
fn one_pod_more_than_nodes_for_it() {
    let alone = "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [\n        \
                 {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}]}}\n";
    let story = "cordon node-3\napply -f set.yaml\nadvance 20m";
    Case::new(CauseName::NoNodeFits, story)
        .file("set.yaml", asking(3, alone))
        .run();
}

#[test]
fn a_pod_that_must_be_beside_another() {
    let beside = "      affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [\n        \
                  {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: cache}}}]}}\n";
    let cache = "apiVersion: v1\nkind: Pod\nmetadata: {name: cache, labels: {app: cache}}\nspec: {containers: [{name: c, image: \"c:1\"}]}\n";
    Case::new(CauseName::NoNodeFits, "apply -f set.yaml\nadvance 20m")
        .file("set.yaml", asking(1, beside))
        .file("cache.yaml", cache.into())
        .person("apply -f cache.yaml")
        .run();
}

#[test]
fn a_pod_larger_than_any_node() {
    let large = "        resources: {requests: {cpu: 9}}\n";
    let small = "        resources: {requests: {cpu: 2}}\n";
    Case::new(CauseName::NoNodeFits, "apply -f set.yaml\nadvance 20m")
        .file("set.yaml", set(1, &container("nginx:1.27", large)))
        .file("small.yaml", set(1, &container("nginx:1.27", small)))
        .person("apply -f small.yaml\ndelete pod web-0")
        .run();
}

#[test]
fn a_scheduling_gate() {
    let gate = "      schedulingGates: [{name: example.com/quota}]\n";
    Case::new(CauseName::SchedulingGate, "apply -f set.yaml\nadvance 20m")
        .file(
            "set.yaml",
            set(1, &format!("{gate}{}", container("nginx:1.27", ""))),
        )
        .cure(1)
        .run();
}

#[test]
fn a_set_that_is_deleted_in_the_foreground() {
    let patch =
        r#"patch pod web-0 --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story = format!(
        "apply -f good.yaml\nsettle\n{patch}\ndelete sts web --cascade=foreground --wait=false\nadvance 20m"
    );
    Case::new(CauseName::ForegroundDeletion, story.leak())
        .file("good.yaml", good())
        .cure(1)
        .end("gone")
        .run();
}

#[test]
fn a_service_that_does_not_exist_is_a_remark() {
    let bare = good().replace(
        "kind: Service\nmetadata: {name: web}",
        "kind: Service\nmetadata: {name: other}",
    );
    Case::new(CauseName::ServiceMissing, "apply -f set.yaml\nsettle")
        .file("set.yaml", bare)
        .file("good.yaml", good())
        .verdict("up-to-date")
        .person("apply -f good.yaml")
        .run();
}

#[test]
fn pods_that_answer_to_the_old_service_are_a_remark() {
    let renamed = good()
        .replace(
            "name: web}\nspec: {clusterIP",
            "name: other}\nspec: {clusterIP",
        )
        .replace("serviceName: web", "serviceName: other");
    Case::new(CauseName::ServiceRenamed, "apply -f good.yaml\nsettle\ndelete sts web --cascade=orphan\napply -f renamed.yaml\nsettle")
        .file("good.yaml", good())
        .file("renamed.yaml", renamed)
        .verdict("up-to-date")
        .run();
}

#[test]
fn a_pod_below_the_partition_that_is_not_available() {
    let spec = "  podManagementPolicy: Parallel\n  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}\n";
    let probe = "        readinessProbe: {httpGet: {path: /, port: 80}}\n";
    let story = "apply -f set.yaml\nsettle\nfail probe web-0\nadvance 1m\nset image sts/web main=nginx:1.28\nadvance 20m";
    Case::new(CauseName::UnavailableBelowPartition, story)
        .file(
            "set.yaml",
            with_spec(3, spec, &container("nginx:1.27", probe)),
        )
        .cure(1)
        .person("mend probe web-0")
        .after("advance 2m")
        .run();
}

#[test]
fn two_sets_with_one_selector_is_a_remark() {
    let other = good()
        .replace("name: web}", "name: xyz}")
        .replace("serviceName: web", "serviceName: xyz");
    let own = other.replace("app: web", "app: xyz");
    Case::new(
        CauseName::SharedSelector,
        "apply -f good.yaml -f other.yaml\nsettle",
    )
    .file("good.yaml", good())
    .file("other.yaml", other)
    .file("own.yaml", own)
    .verdict("up-to-date")
    .person("delete sts xyz\ndelete svc xyz\napply -f own.yaml")
    .run();
}

#[test]
fn a_pod_that_does_not_say_since_when_it_is_ready() {
    let patch = r#"patch pod web-1 --subresource=status -p '{"status":{"conditions":[{"type":"Ready","lastTransitionTime":null}]}}'"#;
    let story = format!("apply -f set.yaml\nadvance 1m\n{patch}\nadvance 20m");
    let spec = "  minReadySeconds: 1\n";
    Case::new(CauseName::ReadySinceMissing, story.leak())
        .file("set.yaml", with_spec(3, spec, &container("nginx:1.27", "")))
        .cure(1)
        .run();
}

#[test]
fn a_strategy_that_the_controller_does_not_know() {
    let spec = "  updateStrategy: {type: Recreate}\n";
    let story = "option gate StatefulSetRecreateStrategy\napply -f set.yaml\nadvance 20m";
    Case::new(CauseName::UnknownStrategy, story)
        .file("set.yaml", with_spec(3, spec, &container("nginx:1.27", "")))
        .run();
}

#[test]
fn pods_that_have_to_be_ready_for_a_while() {
    let spec = "  minReadySeconds: 600\n";
    Case::new(
        CauseName::MinReadySeconds,
        "advance 115m\napply -f set.yaml\nadvance 4m",
    )
    .file("set.yaml", with_spec(2, spec, &container("nginx:1.27", "")))
    .verdict("in-progress")
    .passes()
    .after("advance 20m")
    .run();
}

#[test]
fn a_pod_that_takes_its_time_to_end() {
    let slow = "        command: [sh, -c, sleep 86400]\n";
    let grace = "      terminationGracePeriodSeconds: 600\n";
    Case::new(
        CauseName::GracePeriod,
        "apply -f set.yaml\nadvance 118m\ndelete pod web-1 --wait=false\nadvance 1m",
    )
    .file(
        "set.yaml",
        set(3, &format!("{grace}{}", container("nginx:1.27", slow))),
    )
    .verdict("in-progress")
    .passes()
    .after("advance 10m")
    .run();
}
