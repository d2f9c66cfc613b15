//! `apply --server-side`, and who manages which fields of an object.

use serde_json::{Value, json};
use statefulset_simulate::kubectl::{Kubectl, Output};
use statefulset_simulate::{Options, World};

const SET: &str = "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: 'web:1', ports: [{containerPort: 80}]}
";

const CONTROLLER: &str = "kube-controller-manager Update";
const CONTROLLER_STATUS: &str = "kube-controller-manager Update status";

/// A cluster, and files by their names.
struct Cluster {
    world: World,
    files: Vec<(&'static str, String)>,
}

impl Cluster {
    fn new() -> Self {
        let mut cluster = Self {
            world: World::new(Options::default()),
            files: Vec::new(),
        };
        cluster.write("web.yaml", SET);
        cluster
    }

    fn write(&mut self, name: &'static str, text: impl Into<String>) {
        self.files.insert(0, (name, text.into()));
    }

    fn run(&mut self, line: &str) -> Output {
        let mut read = |path: &str| {
            let found = self.files.iter().find(|(name, _)| *name == path);
            found.map_or(Err(std::io::ErrorKind::NotFound.into()), |(_, text)| {
                Ok(text.clone())
            })
        };
        Kubectl::new(&mut read).run(&mut self.world, line)
    }

    fn done(&mut self, line: &str) -> String {
        let output = self.run(line);
        assert!(!output.failed, "{line}: {}", output.text);
        output.text
    }

    fn refused(&mut self, line: &str) -> String {
        let output = self.run(line);
        assert!(output.failed, "{line}: {}", output.text);
        output.text
    }

    fn object(&mut self, what: &str) -> Value {
        let text = self.done(&format!("get {what} -o json --show-managed-fields"));
        serde_json::from_str(&text).unwrap()
    }

    /// Who manages an object: manager, operation and subresource.
    fn managers(&mut self, what: &str) -> Vec<String> {
        let entries = self.object(what)["metadata"]["managedFields"].clone();
        let entries = entries.as_array().cloned().unwrap_or_default();
        let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or("").to_owned();
        let parts = ["manager", "operation", "subresource"];
        entries
            .iter()
            .map(|entry| {
                parts
                    .map(|part| text(entry, part))
                    .join(" ")
                    .trim()
                    .to_owned()
            })
            .collect()
    }

    /// The fields of one manager.
    fn fields(&mut self, what: &str, manager: &str) -> Value {
        let entries = self.object(what)["metadata"]["managedFields"].clone();
        let entries = entries.as_array().cloned().unwrap_or_default();
        let found = entries
            .into_iter()
            .find(|entry| entry["manager"] == manager);
        found.map_or(Value::Null, |entry| entry["fieldsV1"].clone())
    }
}

#[test]
fn an_applier_manages_what_its_file_says() {
    let mut cluster = Cluster::new();
    let said = cluster.done("apply --server-side -f web.yaml");
    assert_eq!(said, "statefulset.apps/web serverside-applied\n");
    let container = "k:{\"name\":\"web\"}";
    let port = "k:{\"containerPort\":80,\"protocol\":\"TCP\"}";
    let expected = json!({
        "f:metadata": {"f:labels": {"f:app": {}}},
        "f:spec": {
            "f:replicas": {},
            "f:selector": {},
            "f:serviceName": {},
            "f:template": {
                "f:metadata": {"f:labels": {"f:app": {}}},
                "f:spec": {"f:containers": {container: {
                    ".": {},
                    "f:image": {},
                    "f:name": {},
                    "f:ports": {port: {".": {}, "f:containerPort": {}}},
                }}},
            },
        },
    });
    assert_eq!(cluster.fields("sts web", "kubectl"), expected);
    // The defaults are nobody's; the status and a finalizer are the controller's.
    cluster.done("settle");
    assert_eq!(
        cluster.managers("sts web"),
        ["kubectl Apply", CONTROLLER, CONTROLLER_STATUS]
    );
    let entries = cluster.object("sts web")["metadata"]["managedFields"].clone();
    assert_eq!(entries[2]["fieldsV1"]["f:status"]["f:replicas"], json!({}));
    assert_eq!(entries[2]["time"], "2026-01-01T00:00:04Z");
    let yaml = cluster.done("get sts web -o yaml");
    assert!(!yaml.contains("managedFields"), "{yaml}");
}

#[test]
fn a_file_that_changes_nothing_writes_nothing() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    cluster.done("settle");
    let before = cluster.object("sts web");
    cluster.done("advance 1m");
    cluster.done("apply --server-side -f web.yaml");
    assert_eq!(cluster.object("sts web"), before);
}

#[test]
fn a_conflict_is_refused_unless_it_is_forced() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    cluster.write("three.yaml", SET.replace("replicas: 2", "replicas: 3"));
    let said = cluster.refused("apply --server-side --field-manager=me -f three.yaml");
    let expected = "error: Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas\nPlease review the fields \
                    above--they currently have other managers. Here\n";
    assert!(said.starts_with(expected), "{said}");
    let said = cluster.refused("diff --server-side --field-manager=me -f three.yaml");
    let expected = "Error from server (Conflict): Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas\n";
    assert_eq!(said, expected);
    cluster.done("apply --server-side --field-manager=me --force-conflicts -f three.yaml");
    assert_eq!(cluster.object("sts web")["spec"]["replicas"], 3);
    let fields = cluster.fields("sts web", "kubectl");
    assert_eq!(fields["f:spec"].get("f:replicas"), None);
    // The image is of both, so either may leave it out.
    assert_eq!(fields["f:spec"]["f:serviceName"], json!({}));
}

#[test]
fn what_a_file_does_not_say_any_more_goes_unless_another_manages_it() {
    let mut cluster = Cluster::new();
    let labels = |labels: &str| {
        format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: m, labels: {labels}}}\ndata: {{a: x}}\n"
        )
    };
    cluster.write("m.yaml", labels("{a: '1', b: '2', c: '3'}"));
    cluster.done("apply --server-side -f m.yaml");
    cluster.write("other.yaml", labels("{b: '2'}"));
    cluster.done("apply --server-side --field-manager=me -f other.yaml");
    cluster.write("m.yaml", labels("{c: '3'}"));
    cluster.done("apply --server-side -f m.yaml");
    let map = cluster.object("cm m");
    assert_eq!(map["metadata"]["labels"], json!({"b": "2", "c": "3"}));
}

#[test]
fn other_requests_take_fields_over() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    cluster.done("scale sts web --replicas=5");
    let said = cluster.refused("apply --server-side -f web.yaml");
    let expected = "error: Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using apps/v1: \
                    .spec.replicas\n";
    assert!(said.starts_with(expected), "{said}");
    cluster.done("label sts web app=other --overwrite");
    cluster.done("set image sts/web web=web:2");
    let said = cluster.refused("apply --server-side -f web.yaml");
    let expected = "error: Apply failed with 3 conflicts: conflicts with \"kubectl\" with subresource \"scale\" using apps/v1:\n\
                    - .spec.replicas\nconflicts with \"kubectl-label\" using apps/v1:\n- .metadata.labels.app\n\
                    conflicts with \"kubectl-set\" using apps/v1:\n\
                    - .spec.template.spec.containers[name=\"web\"].image\n";
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn who_has_applied_by_the_client_becomes_an_applier() {
    let mut cluster = Cluster::new();
    cluster.done("apply -f web.yaml");
    cluster.done("settle");
    assert_eq!(
        cluster.managers("sts web"),
        [
            CONTROLLER,
            "kubectl-client-side-apply Update",
            CONTROLLER_STATUS
        ]
    );
    // It takes over what it has applied by the client, even where that is different now, and what is gone from the file goes.
    let file = SET.replace("replicas: 2", "replicas: 3");
    cluster.write(
        "web.yaml",
        file.replace(", labels: {app: web}}\nspec", "}\nspec"),
    );
    let said = cluster.done("apply --server-side -f web.yaml");
    assert_eq!(said, "statefulset.apps/web serverside-applied\n");
    let set = cluster.object("sts web");
    assert_eq!(set["spec"]["replicas"], 3);
    assert_eq!(set["metadata"].get("labels"), None);
    let last = &set["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"];
    assert!(last.as_str().unwrap().contains("\"replicas\":3"), "{last}");
    let managers = cluster.managers("sts web");
    assert_eq!(
        managers,
        [
            "kubectl-last-applied Apply",
            "kubectl Apply",
            CONTROLLER,
            CONTROLLER_STATUS
        ]
    );
}

#[test]
fn of_what_a_controller_has_made_nobody_knows_who_wrote_it() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    cluster.done("settle");
    assert!(cluster.managers("pod web-0").is_empty());
    cluster.write(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web-0, labels: {mine: 'yes'}}\n",
    );
    let said = cluster.done("apply --server-side -f pod.yaml");
    let expected = "warning: pods/web-0: the simulator has not kept who wrote it before, so \"before-first-apply\" manages what was there\n\
                    pod/web-0 serverside-applied\n";
    assert_eq!(said, expected);
    let managers = cluster.managers("pod web-0");
    assert_eq!(managers, ["kubectl Apply", "before-first-apply Update"]);
    cluster.done("delete pod web-0");
    cluster.done("settle");
    assert!(cluster.managers("pod web-0").is_empty());
}

#[test]
fn nonsense_is_refused_in_the_servers_words() {
    let mut cluster = Cluster::new();
    cluster.write("bad.yaml", SET.replace("replicas: 2", "replica: 2"));
    assert_eq!(
        cluster.refused("apply --server-side -f bad.yaml"),
        "Error from server: failed to create typed patch object (default/web; apps/v1, Kind=StatefulSet): .spec.replica: \
         field not declared in schema\n"
    );
    cluster.write("bad.yaml", SET.replace("replicas: 2", "replicas: two"));
    assert_eq!(
        cluster.refused("apply --server-side -f bad.yaml"),
        "Error from server: failed to create typed patch object (default/web; apps/v1, Kind=StatefulSet): .spec.replicas: \
         expected numeric (int or float), got string\n"
    );
    cluster.write("bad.yaml", SET.replace("replicas: 2", "replicas: -2"));
    let said = cluster.refused("apply --server-side -f bad.yaml");
    assert!(
        said.starts_with("The StatefulSet \"web\" is invalid: "),
        "{said}"
    );
    for (line, why) in [
        (
            "apply --force-conflicts -f web.yaml",
            "error: --force-conflicts only works with --server-side\n",
        ),
        (
            "apply --server-side --dry-run=client -f web.yaml",
            "error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)\n",
        ),
    ] {
        assert_eq!(cluster.refused(line), why);
    }
}

#[test]
fn a_dry_run_and_a_difference_change_nothing() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    cluster.write("three.yaml", SET.replace("replicas: 2", "replicas: 3"));
    let before = cluster.object("sts web");
    let said = cluster.done("apply --server-side --dry-run=server -f three.yaml");
    assert_eq!(
        said,
        "statefulset.apps/web serverside-applied (server dry run)\n"
    );
    let said = cluster.refused("diff --server-side -f three.yaml");
    assert!(
        said.contains("\n-  replicas: 2\n+  replicas: 3\n"),
        "{said}"
    );
    assert!(!said.contains("managedFields"), "{said}");
    assert_eq!(cluster.object("sts web"), before);
}

#[test]
fn managers_are_forgotten_where_somebody_asks_for_it() {
    let mut cluster = Cluster::new();
    cluster.done("apply --server-side -f web.yaml");
    let patch = "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]";
    cluster.done(&format!("patch sts web --type=json -p '{patch}'"));
    assert!(cluster.managers("sts web").is_empty());
}
