//! `kubectl sts explain` asks kubectl, for which a script stands here.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::{EVERYTHING, dump, text};

/// A folder with a script `kubectl` in it, which goes with it.
pub(crate) struct Fake(PathBuf);

impl Fake {
    /// The script sees its arguments; `$here` is its folder, and all calls but those for the version are in the file `calls`.
    /// The version is what the file `version` says, if there is one.
    pub(crate) fn new(name: &str, script: &str) -> Self {
        let folder = env::temp_dir().join(format!("sts-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("kubectl");
        let here = folder.display();
        let script = format!(
            "#!/bin/sh\nhere='{here}'\n[ \"$1\" = version ] && exec cat \"$here/version\"\necho \"$*\" >> \"$here/calls\"\n{script}"
        );
        fs::write(&file, script).expect("a script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it can be run");
        Self(folder)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        // The script never sees half of it.
        let new = self.0.join(format!("{name}.new"));
        fs::write(&new, text).expect("a file");
        fs::rename(new, self.0.join(name)).expect("a name");
    }

    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.0.join("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }

    /// The tool as kubectl's plugin, which finds this kubectl.
    pub(crate) fn plugin(&self, arguments: &[&str]) -> Command {
        let path = env::var("PATH").unwrap_or_default();
        let mut tool = Command::new(env!("CARGO_BIN_EXE_kubectl-sts"));
        tool.arg("explain")
            .args(["--now=2026-01-01T01:00:00Z"])
            .args(arguments)
            .env("PATH", format!("{}:{path}", self.0.display()))
            .stdin(Stdio::null());
        tool
    }

    fn explain(&self, arguments: &[&str]) -> Output {
        self.plugin(arguments).output().expect("the tool starts")
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const STORY: &str = "apply -f ../manifests/sample.yaml\nsettle";
const ALL: &str = "get sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,volumeattachments,ns,events,quota -o json \
                   --show-managed-fields";

/// A kubectl that may not give these kinds.
fn forbids(name: &str, kinds: &[&str]) -> Fake {
    let says = |kind: &&str| {
        format!(
            "case \",$2,\" in *,{kind},*) echo 'Error from server (Forbidden): {kind} is forbidden' >&2; exit 1;; esac\n"
        )
    };
    let script: String = kinds.iter().map(says).collect();
    let fake = Fake::new(
        name,
        &format!("{script}cat \"$here/$2\" 2>/dev/null || echo '{{\"kind\":\"List\"}}'\n"),
    );
    for kind in ["sts", "po", "pvc", "controllerrevisions", "no", "svc"] {
        fake.write(kind, &dump(STORY, &format!("get {kind} -A -o json")));
    }
    fake
}

#[test]
fn it_asks_once_for_everything() {
    let fake = Fake::new("once", "cat \"$here/answer\"\n");
    fake.write("answer", &dump(STORY, EVERYTHING));
    let output = fake.explain(&[]);
    assert_eq!(text(&output.stderr), "");
    let said = "default/sample-statefulset: up to date: 3 of 3 ready\n";
    assert_eq!(text(&output.stdout), said);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fake.calls(), [ALL]);
}

#[test]
fn it_asks_which_kubernetes_runs_the_sets() {
    let roll = "apply -f ../manifests/sample-two-at-once.yaml\nsettle\nbreak image nginx:1.14\n\
        set image sts/sample-statefulset nginx-container=nginx:1.14\nadvance 20m";
    let fake = Fake::new("version", "cat \"$here/answer\"\n");
    fake.write(
        "answer",
        &dump(&format!("option kubernetes 1.33\n{roll}"), EVERYTHING),
    );
    let explain = |version: &str| {
        fake.write(
            "version",
            &format!("{{\"serverVersion\": {{\"gitVersion\": \"{version}\"}}}}"),
        );
        let output = fake.explain(&[]);
        (
            text(&output.stdout).to_owned(),
            text(&output.stderr).to_owned(),
        )
    };
    let (told, remarks) = explain("v1.33.5-gke.100");
    assert!(!told.contains("not-acted-on"), "{told}");
    assert_eq!(remarks, "");
    let (told, _) = explain("v1.37.2");
    assert!(told.contains("not-acted-on"), "{told}");
    let (_, remarks) = explain("v1.99.0");
    assert_eq!(
        remarks,
        "sts: the cluster runs Kubernetes v1.99.0, which is not known here, so the answer follows 1.37\n"
    );
}

#[test]
fn kubectls_own_flags_are_handed_on() {
    let fake = Fake::new("flags", "cat \"$here/answer\"\n");
    fake.write("answer", &dump(STORY, EVERYTHING));
    fake.explain(&["-n", "default", "--context=blue", "--kubeconfig", "/k"]);
    fake.explain(&["-A"]);
    let calls = [
        format!("{ALL} --namespace default --context blue --kubeconfig /k"),
        format!("{ALL} --all-namespaces"),
    ];
    assert_eq!(fake.calls(), calls);
    // A file has neither a context nor a configuration.
    let output = fake.explain(&["--context=blue", "dump.json"]);
    assert!(text(&output.stderr).contains("cannot be used with"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_kind_that_may_not_be_read_costs_only_itself() {
    let fake = forbids("forbidden", &["no", "controllerrevisions", "events"]);
    let output = fake.explain(&[]);
    assert_eq!(
        text(&output.stderr),
        "sts: kubectl get no failed, so it is not known whether nodes are ready, cordoned or gone: Error from server \
         (Forbidden): no is forbidden\n\
         sts: kubectl get controllerrevisions failed, so it is not known what older revisions contain; which revision a pod has \
         is taken from its label and from the status of its set: Error from server (Forbidden): controllerrevisions is \
         forbidden\n\
         sts: kubectl get events failed, so it is not known what the cluster has reported about pods and sets: Error from server \
         (Forbidden): events is forbidden\n"
    );
    let said = text(&output.stdout);
    assert!(
        said.starts_with("default/sample-statefulset: up to date: 3 of 3 ready\n"),
        "{said}"
    );
    assert!(
        said.ends_with("not known, because the input has none of them: nodes\n"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn without_sets_or_pods_there_is_no_answer() {
    for (kind, calls) in [("sts", 2), ("po", 3)] {
        let fake = forbids(&format!("needed-{kind}"), &[kind]);
        let output = fake.explain(&["-A"]);
        let said = text(&output.stderr);
        assert!(
            said.starts_with(&format!("sts: kubectl get {kind} failed")),
            "{said}"
        );
        assert!(
            said.ends_with("; one namespace is asked for with --namespace\n"),
            "{said}"
        );
        assert_eq!(text(&output.stdout), "");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(fake.calls().len(), calls);
    }
}

#[test]
fn a_namespace_without_sets_has_a_hint() {
    let fake = Fake::new("empty", "echo '{\"kind\":\"List\",\"items\":[]}'\n");
    let hint =
        "sts: kubectl was asked for the namespace of its context; --all-namespaces asks for all\n";
    for (flags, said) in [(&[][..], hint), (&["-A"], "")] {
        let output = fake.explain(flags);
        assert_eq!(text(&output.stderr), said);
        assert!(text(&output.stdout).ends_with("there is no StatefulSet in the input\n"));
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn without_kubectl_it_says_what_to_pipe() {
    let fake = Fake::new("none", "");
    let output = fake.plugin(&[]).env("PATH", "/nowhere").output();
    let output = output.expect("the tool starts");
    let said = text(&output.stderr);
    assert!(
        said.starts_with("sts: no input, and kubectl cannot be asked"),
        "{said}"
    );
    assert!(said.ends_with("-o json | sts explain\n"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}
