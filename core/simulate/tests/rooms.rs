//! The folders of this crate import downward only, so that their names say what depends on what.

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

#[test]
fn rooms_import_downward_only() {
    let order: &[&[&str]] = &[
        &["values"],
        &["admission"],
        &["store"],
        &["components"],
        &["controller"],
        &["timeline"],
        &["world"],
        &["kubectl"],
        &["story", "worlds", "judged"],
    ];
    statefulset_rooms::check(SRC, "", order);
}

#[test]
fn components_know_next_to_nothing_of_each_other() {
    let order: &[&[&str]] = &[
        &["timers", "component", "recorder"],
        &[
            "storage",
            "protection",
            "namespaces",
            "definitions",
            "ephemeral",
            "quotas",
            "network",
            "gc",
            "nodes",
            "budgets",
        ],
        &["scheduler", "kubelet"],
    ];
    statefulset_rooms::check(SRC, "components", order);
}
