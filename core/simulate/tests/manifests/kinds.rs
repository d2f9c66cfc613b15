//! Kinds of all sorts: those that act on pods, those at rest, and custom ones.

use crate::{printed, set};

#[test]
fn a_kind_at_rest_is_stored_and_told_of_once() {
    let file = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  selector: {matchLabels: {a: b}}\n  \
                template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: 'c:1'}]}\n";
    let story = "apply -f a.yaml\napply -f a.yaml\nget deploy\nlabel deploy web x=y\n\
                 patch deployment web -p '{\"spec\":{\"replicas\":3}}'\nget deployments.apps -L x\ndelete deploy web\nget deploy";
    let expected = "\
$ apply -f a.yaml
warning: deployments.apps/web: stored; the simulator does not act on it
deployment.apps/web created
$ apply -f a.yaml
deployment.apps/web unchanged
$ get deploy
NAME   READY   UP-TO-DATE   AVAILABLE   AGE
web    0/2     0            0           0s
$ label deploy web x=y
deployment.apps/web labeled
$ patch deployment web -p '{\"spec\":{\"replicas\":3}}'
deployment.apps/web patched
$ get deployments.apps -L x
NAME   READY   UP-TO-DATE   AVAILABLE   AGE   X
web    0/3     0            0           0s    y
$ delete deploy web
deployment.apps \"web\" deleted from default namespace
$ get deploy
No resources found in default namespace.
";
    assert_eq!(printed(file, story), expected);
}

#[test]
fn an_autoscaler_says_that_nothing_is_scaled() {
    let file = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: db}\nspec:\n  maxReplicas: 5\n  \
                scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}\n";
    let out = printed(file, "apply -f a.yaml\nget hpa");
    let expected = "\
warning: horizontalpodautoscalers.autoscaling/db: stored; the simulator does not scale by it
horizontalpodautoscaler.autoscaling/db created
$ get hpa
NAME   REFERENCE        TARGETS   MINPODS   MAXPODS   REPLICAS   AGE
db     StatefulSet/db   <none>    <unset>   5         0          0s
";
    assert!(out.ends_with(expected), "{out}");
}

const WIDGETS: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wg]}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object}}
    additionalPrinterColumns:
    - {name: Size, type: integer, jsonPath: .spec.size}
    - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
";
const WIDGET: &str =
    "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3}\n";

#[test]
fn custom_resources_work_once_their_definition_is_there() {
    let file = format!("{WIDGETS}---\n{WIDGET}");
    // As with kubectl: when the file is read, there is no such kind yet.
    let story = "! apply -f a.yaml\nwait --for=condition=Established crd/widgets.example.com\napply -f a.yaml\nadvance 1m\nget wg\n\
                 get widgets.example.com/w -o name\ndelete crd widgets.example.com\n! get widgets";
    let expected = "\
$ ! apply -f a.yaml
warning: spec.versions[0].schema: stored; the simulator does not act on it
customresourcedefinition.apiextensions.k8s.io/widgets.example.com created
error: resource mapping not found for name: \"w\" namespace: \"\" from \"a.yaml\": no matches for kind \"Widget\" in version \
                    \"example.com/v1\"
ensure CRDs are installed first
$ wait --for=condition=Established crd/widgets.example.com
customresourcedefinition.apiextensions.k8s.io/widgets.example.com condition met
$ apply -f a.yaml
customresourcedefinition.apiextensions.k8s.io/widgets.example.com unchanged
warning: widgets.example.com/w: stored; the simulator does not act on it
widget.example.com/w created
$ advance 1m
$ get wg
NAME   SIZE   AGE
w      3      60s
$ get widgets.example.com/w -o name
widget.example.com/w
$ delete crd widgets.example.com
customresourcedefinition.apiextensions.k8s.io \"widgets.example.com\" deleted
$ ! get widgets
error: the server doesn't have a resource type \"widgets\"
";
    assert_eq!(printed(&file, story), expected.replace("$ ! ", "$ "));
}

#[test]
fn a_definition_without_a_matching_name_is_refused() {
    let file = WIDGETS.replace("name: widgets.example.com", "name: widgets");
    let out = printed(&file, "! apply -f a.yaml");
    let expected =
        "metadata.name: Invalid value: \"widgets\": must be spec.names.plural+\".\"+spec.group\n";
    assert!(out.ends_with(expected), "{out}");
}

#[test]
fn limit_ranges_fill_in_and_refuse() {
    let range = |limits: &str| {
        format!(
            "apiVersion: v1\nkind: LimitRange\nmetadata: {{name: r}}\nspec: {{limits: [{limits}]}}\n---\n"
        )
    };
    let defaults = range("{type: Container, default: {cpu: 500m}, defaultRequest: {memory: 64Mi}}");
    let story = "apply -f a.yaml\nsettle\nget po db-0 -o jsonpath={.spec.containers[0].resources}\nget po db-0 -o \
                 jsonpath={.status.qosClass}";
    let out = printed(&(defaults + &set("db", "", "[]")), story);
    assert!(
        out.contains(
            "{\"limits\":{\"cpu\":\"500m\"},\"requests\":{\"cpu\":\"500m\",\"memory\":\"64Mi\"}}"
        ),
        "{out}"
    );
    assert!(out.ends_with("Burstable\n"), "{out}");
    let most = range("{type: Container, max: {cpu: 1}}");
    let file = most + &set("db", "resources: {limits: {cpu: 2}}", "[]");
    let out = printed(&file, "apply -f a.yaml\nsettle\nget events");
    let expected =
        "pods \"db-0\" is forbidden: maximum cpu usage per Container is 1, but limit is 2";
    assert!(out.contains(expected), "{out}");
    let storage = range("{type: PersistentVolumeClaim, max: {storage: 1Gi}}")
        + "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: \
           {storage: 2Gi}}}\n";
    let out = printed(&storage, "! apply -f a.yaml");
    let expected = "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi\n";
    assert!(out.ends_with(expected), "{out}");
}

#[test]
fn runtime_classes_count_their_overhead_and_choose_nodes() {
    let pods = |class: &str| {
        let file = set("db", "resources: {requests: {cpu: 7}}", "[]");
        file.replace(
            "spec:\n      containers",
            &format!("spec:\n      runtimeClassName: {class}\n      containers"),
        )
    };
    let class = "apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: kata}\nhandler: kata\noverhead: {podFixed: {cpu: 2}}\n---\n";
    let out = printed(
        &(class.to_owned() + &pods("kata")),
        "apply -f a.yaml\nsettle\nget po\nget events",
    );
    assert!(out.contains("db-0   0/1     Pending"), "{out}");
    assert!(out.contains("3 Insufficient cpu"), "{out}");
    let out = printed(&pods("kata"), "apply -f a.yaml\nsettle\nget events");
    let expected = "pods \"db-0\" is forbidden: pod rejected: RuntimeClass \"kata\" not found";
    assert!(out.contains(expected), "{out}");
    let placed = class.replace(
        "overhead: {podFixed: {cpu: 2}}",
        "scheduling: {nodeSelector: {runtime: kata}}",
    );
    let out = printed(
        &(placed + &pods("kata")),
        "label node node-2 runtime=kata\napply -f a.yaml\nsettle\nget po -o wide",
    );
    assert!(out.contains("node-2"), "{out}");
}

#[test]
fn a_class_may_be_everybodys() {
    let class = "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: usual}\nvalue: 7\nglobalDefault: true\npreemptionPolicy: Never\n---\n";
    let story = "apply -f a.yaml\nsettle\nget po db-0 -o jsonpath='{.spec.priorityClassName} {.spec.priority} {.spec.preemptionPolicy}'";
    let out = printed(&(class.to_owned() + &set("db", "", "[]")), story);
    assert!(out.ends_with("usual 7 Never\n"), "{out}");
}

#[test]
fn what_is_immutable_stays() {
    let file =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\nimmutable: true\ndata: {a: b}\n";
    let out = printed(
        file,
        "apply -f a.yaml\n! patch cm c -p '{\"data\":{\"a\":\"c\"}}'",
    );
    let expected = "The ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when `immutable` is set\n";
    assert!(out.ends_with(expected), "{out}");
}

#[test]
fn webhooks_look_at_labels() {
    let hook = |selector: &str| {
        format!(
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {{name: h}}\nwebhooks:\n- name: \
             h.example.com\n  {selector}\n  clientConfig: {{url: 'https://h'}}\n  sideEffects: None\n  admissionReviewVersions: [v1]\n  \
             rules: [{{apiGroups: [''], apiVersions: [v1], resources: [pods], operations: [CREATE]}}]\n---\n"
        )
    };
    let ready = |selector: &str| {
        let out = printed(
            &(hook(selector) + &set("db", "", "[]")),
            "apply -f a.yaml\nsettle\nget sts",
        );
        out.contains("db     1/1")
    };
    assert!(!ready("objectSelector: {matchLabels: {app: db}}"));
    assert!(ready("objectSelector: {matchLabels: {app: other}}"));
    assert!(!ready(
        "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}"
    ));
    assert!(ready("namespaceSelector: {matchLabels: {team: a}}"));
}

#[test]
fn what_nothing_acts_on_is_read_all_the_same() {
    let refused = |file: &str| printed(file, "! apply -f a.yaml");
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: [{apiGroups: [''], resource: [pods]}]\n";
    let expected = "Role in version \"v1\" cannot be handled as a Role: strict decoding error: unknown field \"rules[0].resource\"\n";
    assert!(refused(role).ends_with(expected), "{}", refused(role));
    let policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}, policyTypes: Ingress}\n";
    let expected = "json: cannot unmarshal string into Go struct field NetworkPolicySpec.spec.policyTypes of type []v1.PolicyType\n";
    assert!(refused(policy).ends_with(expected), "{}", refused(policy));
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {template: {spec: {containers: [{name: c, image: c}]}}}\n";
    let expected = "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"\n";
    assert!(refused(job).ends_with(expected), "{}", refused(job));
}

#[test]
fn a_custom_kind_may_be_the_clusters_and_has_no_strategic_patch() {
    let file = WIDGETS.replace("scope: Namespaced", "scope: Cluster") + "---\n" + WIDGET;
    let story = "! apply -f a.yaml\napply -f a.yaml\nget widget -A\n! patch widget w -p '{\"spec\":{\"size\":4}}'\n\
                 patch widget w --type merge -p '{\"spec\":{\"size\":4}}'\nget widget w -o jsonpath={.spec.size}";
    let out = printed(&file, story);
    assert!(
        out.contains("NAME   SIZE   AGE\nw      3      0s\n"),
        "{out}"
    );
    assert!(out.contains("Error from server (UnsupportedMediaType): the body of the request was in an unknown format"), "{out}");
    assert!(
        out.ends_with("widget.example.com/w patched\n$ get widget w -o jsonpath={.spec.size}\n4\n"),
        "{out}"
    );
}
