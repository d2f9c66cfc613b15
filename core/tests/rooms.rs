//! The rooms of the kubernetes tier import downward only.

/// From the ground up. A room may import what stands before it, and nothing of its own rank.
const RANKS: &[&[&str]] = &[
    &["value"],
    &["schema"],
    &["defaults", "validation"],
    &["object"],
    &["view"],
    &["turn"],
    &["diagnosis", "upgrade"],
    &["cluster"],
    &["wire"],
];

#[test]
fn the_rooms_of_the_kubernetes_tier_import_downward_only() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    statefulset_rooms::check(source, "kubernetes", RANKS);
}
