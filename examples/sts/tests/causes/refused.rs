//! What the API server refuses each time.

use statefulset::kubernetes::CauseName;

use crate::Case;
use crate::manifest::{container, set};

fn good() -> String {
    set(2, &container("nginx:1.27", ""))
}

#[test]
fn a_permission_that_the_controller_lacks() {
    let story = "fault forbid create pods\napply -f good.yaml\nadvance 30m";
    Case::new(CauseName::NotPermitted, story)
        .file("good.yaml", good())
        .person("fault none")
        .after("advance 20m")
        .run();
}

#[test]
fn a_service_account_that_does_not_exist() {
    let account = "      serviceAccountName: web\n";
    let manifest = set(2, &format!("{account}{}", container("nginx:1.27", "")));
    Case::new(
        CauseName::ServiceAccountMissing,
        "apply -f set.yaml\nadvance 30m",
    )
    .file("set.yaml", manifest)
    .after("advance 20m")
    .run();
}

#[test]
fn a_namespace_that_is_being_deleted() {
    let patch = r#"patch pod web-1 -n shop --type=merge -p '{"metadata":{"finalizers":["example.com/backup"]}}'"#;
    let story = format!(
        "create namespace shop\napply -n shop -f good.yaml\nsettle\n{patch}\ndelete namespace shop --wait=false\nadvance 20m"
    );
    let release = r#"patch pod web-1 -n shop --type=merge -p '{"metadata":{"finalizers":null}}'"#;
    Case::new(CauseName::NamespaceTerminating, story.leak())
        .file("good.yaml", good())
        .person(
            format!("{release}\nsettle\ncreate namespace shop\napply -n shop -f good.yaml").leak(),
        )
        .run();
}
