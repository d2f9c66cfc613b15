//! What `sts explain` says of an input that does not have everything.

use crate::{EVERYTHING, dump, sts, text};

const NOW: &str = "--now=2026-01-01T01:00:00Z";
const NO_REVISIONS: &str = "sts: the input has no controllerrevisions, so it is not known what older revisions contain; which \
                            revision a pod has is taken from its label and from the status of its set\n";

/// A rollout that stays in the middle, because of an image that cannot be had.
const HALFWAY: &str = "apply -f ../manifests/sample.yaml\nsettle\nbreak image nginx:1.99\n\
                       set image sts/sample-statefulset nginx-container=nginx:1.99\nadvance 2m";

#[test]
fn without_revisions_the_same_is_said_of_a_set() {
    for story in [HALFWAY, "apply -f ../manifests/sample.yaml\nsettle"] {
        let whole = sts(&["explain", NOW], &dump(story, EVERYTHING));
        let less = EVERYTHING.replace(",controllerrevisions", "");
        let less = sts(&["explain", NOW], &dump(story, &less));
        assert_eq!(text(&whole.stderr), "");
        assert_eq!(text(&less.stderr), NO_REVISIONS);
        assert_eq!(text(&less.stdout), text(&whole.stdout));
        assert_eq!(less.status.code(), whole.status.code());
    }
}

#[test]
fn sets_and_pods_are_enough_for_an_answer() {
    let output = sts(&["explain", NOW], &dump(HALFWAY, "get sts,po -A -o json"));
    let said = text(&output.stdout);
    let first =
        "default/sample-statefulset: stuck for 59 min: 2 of 3 ready, 1 at sample-statefulset-";
    assert!(said.starts_with(first), "{said}");
    assert!(said.contains(
        "container nginx-container of sample-statefulset-2 cannot be pulled: ImagePullBackOff"
    ));
    assert_eq!(text(&output.stderr), NO_REVISIONS);
    assert_eq!(output.status.code(), Some(1));
}

/// The status still names the revision of the template before.
#[test]
fn a_status_that_is_older_than_the_set_is_not_believed() {
    let dump = dump(
        "apply -f ../manifests/sample.yaml\nsettle",
        "get sts,po -A -o json",
    );
    let changed = dump
        .replacen("\"generation\": 1", "\"generation\": 2", 1)
        .replacen("\"image\": \"nginx:1.12\"", "\"image\": \"nginx:1.13\"", 1);
    assert_ne!(changed, dump);
    let output = sts(&["explain", NOW, "--kinds=pvc"], &changed);
    let said = text(&output.stdout);
    assert!(
        said.contains(
            "the controller has not seen the set as it is now (generation 2, it has seen 1)"
        ),
        "{said}"
    );
}

#[test]
fn without_pods_nothing_is_said() {
    let sets = dump(
        "apply -f ../manifests/sample.yaml\nsettle",
        "get sts -A -o json",
    );
    let output = sts(&["explain"], &sets);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        text(&output.stderr),
        "sts: the input has no pods, and without them nothing can be said of a set; this asks for all that matters: kubectl get \
         sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,volumeattachments,ns,events,quota -A -o json; if there are no pods, say so: --kinds pods\n"
    );
    let kinds = ["--kinds", "po,pvc,controllerrevisions"];
    let output = sts(
        &["explain", "--now=2026-01-01T00:00:30Z", kinds[0], kinds[1]],
        &sets,
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.contains("now    sample-statefulset-0: create the pod"),
        "{said}"
    );
    assert!(said.contains(
        "not known, because the input has none of them: persistentvolumes, storageclasses, nodes"
    ));
    // What has been due for that long is done by nobody.
    let output = sts(&["explain", NOW, kinds[0], kinds[1]], &sets);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    let cause = "  cause  not-acted-on: sample-statefulset-0: to create the pod is due";
    assert!(said.contains(cause), "{said}");
}

#[test]
fn a_set_that_is_not_there_is_said_to_be_missing() {
    let dump = dump("apply -f ../manifests/sample.yaml\nsettle", EVERYTHING);
    for (flags, asked) in [
        (&["--set=web"][..], " web"),
        (&["--namespace=shop"], " in namespace shop"),
        (
            &["-n", "shop", "--set", "sample-statefulset"],
            " sample-statefulset in namespace shop",
        ),
    ] {
        let output = sts(&[&["explain"], flags].concat(), &dump);
        assert_eq!(
            text(&output.stderr),
            format!("sts: the input has no StatefulSet{asked}\n")
        );
        assert_eq!(output.status.code(), Some(2));
    }
    let output = sts(
        &["explain", "-n=default", "--set=sample-statefulset"],
        &dump,
    );
    assert_eq!(output.status.code(), Some(0));
}

/// The first claim of a set is refused, or nobody makes it: then there is none to be printed.
#[test]
fn where_no_pod_uses_a_claim_there_are_none() {
    let sets = dump(
        "apply -f ../manifests/sample.yaml\nsettle",
        "get sts -A -o json",
    );
    let flags = ["explain", NOW, "--kinds=po,controllerrevisions"];
    let output = sts(&flags, &sets);
    let remark = "sts: the input has no claims, and no pod of it uses one, so it is taken that there are none\n";
    assert_eq!(text(&output.stderr), remark);
    let said = text(&output.stdout);
    assert!(
        said.contains("cause  not-acted-on: sample-statefulset-0"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
    // A pod that uses one shows that the input does not have all of them.
    let pods = dump(
        "apply -f ../manifests/sample.yaml\nsettle\nfault forbid create po\nscale sts sample-statefulset --replicas=4\nadvance 1m",
        "get sts,po -A -o json",
    );
    let output = sts(&["explain", NOW], &pods);
    assert_eq!(text(&output.stderr), NO_REVISIONS);
    let said = text(&output.stdout);
    let unknown =
        "the claims are not known: no complete list of the kind PersistentVolumeClaim was given";
    assert!(said.contains(unknown), "{said}");
}
