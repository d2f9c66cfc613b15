//! Stories from end to end: words in, text out.

use std::io;

use statefulset_simulate::story::{self, Settings};

const WEB: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: ClusterIP, clusterIP: None, ports: [{port: 80}], selector: {app: web}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, labels: {app: web}}
spec:
  serviceName: web
  replicas: 2
  podManagementPolicy: OrderedReady
  revisionHistoryLimit: 10
  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0, maxUnavailable: 1}}
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      restartPolicy: Always
      terminationGracePeriodSeconds: 30
      containers: [{name: nginx, image: nginx:1.12}]
";

/// Five sets whose pods demand more of three nodes than that they are there.
const DEMANDS: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: anti}
spec:
  serviceName: x
  replicas: 4
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: anti}}
  template:
    metadata: {labels: {app: anti}}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: anti}}}
      containers: [{name: c, image: 'c:1'}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: port}
spec:
  serviceName: x
  replicas: 4
  podManagementPolicy: Parallel
  selector: {matchLabels: {app: port}}
  template:
    metadata: {labels: {app: port}}
    spec:
      containers: [{name: c, image: 'c:1', ports: [{containerPort: 9100, hostPort: 9100}]}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: big}
spec:
  serviceName: x
  selector: {matchLabels: {app: big}}
  template:
    metadata: {labels: {app: big}}
    spec:
      containers: [{name: c, image: 'c:1', resources: {requests: {cpu: 64, memory: 512Gi}}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: spread}
spec:
  serviceName: x
  selector: {matchLabels: {app: spread}}
  template:
    metadata: {labels: {app: spread}}
    spec:
      topologySpreadConstraints:
      - maxSkew: 1
        topologyKey: topology.kubernetes.io/zone
        whenUnsatisfiable: DoNotSchedule
        labelSelector: {matchLabels: {app: spread}}
      containers: [{name: c, image: 'c:1'}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: near}
spec:
  serviceName: x
  selector: {matchLabels: {app: near}}
  template:
    metadata: {labels: {app: near}}
    spec:
      affinity:
        podAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: nobody}}}
      containers: [{name: c, image: 'c:1'}]
";

fn read(path: &str) -> io::Result<String> {
    match path {
        "demands.yaml" => Ok(DEMANDS.into()),
        "web.yaml" | "web/set.yaml" => Ok(WEB.into()),
        "web" => Err(io::ErrorKind::IsADirectory.into()),
        "web/" => Ok("README.md\nset.yaml".into()),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

/// What a story prints, and how it ends.
fn told(text: &str) -> (String, Result<(), String>) {
    let mut out = String::new();
    let settings = Settings::default();
    let ended = story::run(text, "test.story", &settings, &mut read, &mut out);
    (out, ended.map_err(|error| error.to_string()))
}

/// What a story that comes to its end prints.
fn printed(text: &str) -> String {
    let (out, ended) = told(text);
    assert_eq!(ended, Ok(()), "{out}");
    out
}

#[test]
fn what_a_pod_demands_of_its_node_is_kept() {
    let out = printed("apply -f demands.yaml\nsettle\nget sts --no-headers\nget events");
    let ready = [
        ("anti", "3/4"),
        ("big", "0/1"),
        ("near", "0/1"),
        ("port", "3/4"),
        ("spread", "0/1"),
    ];
    for (name, ready) in ready {
        let row = |line: &&str| line.split_whitespace().take(2).eq([name, ready]);
        assert_eq!(out.lines().filter(row).count(), 1, "{name} {ready}:\n{out}");
    }
    for (pod, why) in [
        ("anti-3", "3 node(s) didn't match pod anti-affinity rules."),
        (
            "port-3",
            "3 node(s) didn't have free ports for the requested pod ports.",
        ),
        ("big-0", "3 Insufficient cpu, 3 Insufficient memory."),
        (
            "spread-0",
            "3 node(s) didn't match pod topology spread constraints (missing required label).",
        ),
        ("near-0", "3 node(s) didn't match pod affinity rules."),
    ] {
        let told = |line: &str| {
            line.contains("FailedScheduling")
                && line.contains(&format!("/{pod} "))
                && line.contains(&format!("0/3 nodes are available: {why}"))
        };
        assert!(out.lines().any(told), "{pod}:\n{out}");
    }
}

#[test]
fn a_set_lives_and_dies() {
    let text = "\
# A life.
apply -f web.yaml
settle
get sts,po,svc -l app=web
delete pod web-1
settle
get po
rollout status sts/web
delete sts web
get po
";
    let expected = "\
# A life.
$ apply -f web.yaml
service/web created
statefulset.apps/web created
$ settle
settled after 4s
$ get sts,po,svc -l app=web
NAME                   READY   AGE
statefulset.apps/web   2/2     4s

NAME        READY   STATUS    RESTARTS   AGE
pod/web-0   1/1     Running   0          4s
pod/web-1   1/1     Running   0          2s
$ delete pod web-1
pod \"web-1\" deleted from default namespace
$ settle
settled after 2s
$ get po
NAME    READY   STATUS    RESTARTS   AGE
web-0   1/1     Running   0          7s
web-1   1/1     Running   0          2s
$ rollout status sts/web
partitioned roll out complete: 2 new pods have been updated...
$ delete sts web
statefulset.apps \"web\" deleted from default namespace
$ get po
No resources found in default namespace.
";
    assert_eq!(printed(text), expected);
}

#[test]
fn a_rollout_goes_forth_and_back() {
    let text = "\
apply -f web.yaml
settle
set image sts/web nginx=nginx:1.13
rollout status sts/web
rollout history sts/web
rollout undo sts/web --to-revision=1
rollout status sts/web
get po -o custom-columns=NAME:.metadata.name,IMAGE:.spec.containers[0].image
! rollout undo sts/web --to-revision=9
! rollout pause sts/web
";
    let told = printed(text);
    assert!(told.contains(
        "Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...\n"
    ));
    assert!(told.contains("REVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n"));
    assert!(told.contains("statefulset.apps/web rolled back\n"));
    assert!(told.contains("NAME    IMAGE\nweb-0   nginx:1.12\nweb-1   nginx:1.12\n"));
    let end = "\
Consider using 'kubectl apply' with your previous configuration file instead.
error: unable to find specified revision 9 in history
$ rollout pause sts/web
error: statefulsets.apps \"web\" pausing is not supported
";
    assert!(told.ends_with(end), "{told}");
}

#[test]
fn a_watch_shows_every_change() {
    let told = printed("apply -f web\nget po -w\n");
    let rows: Vec<_> = told.lines().skip(4).collect();
    assert!(rows[0].starts_with("NAME    READY   STATUS"), "{told}");
    assert_eq!(
        rows.last(),
        Some(&"web-1   1/1     Running             0          2s")
    );
    let first = rows.iter().position(|row| row.starts_with("web-1"));
    let ready = rows.iter().position(|row| row.starts_with("web-0   1/1"));
    assert!(ready < first, "web-1 came before web-0 was ready: {told}");
}

#[test]
fn what_goes_wrong_names_the_line() {
    let (out, ended) = told("\n# Nothing there.\nget pod web-0\n");
    let expected = "\n# Nothing there.\n$ get pod web-0\nError from server (NotFound): pods \"web-0\" not found\n";
    assert_eq!(out, expected);
    assert_eq!(
        ended,
        Err("test.story:3: expected `get pod web-0` to succeed".into())
    );
    let (_, ended) = told("! get po\n");
    assert_eq!(ended, Err("test.story:1: expected `get po` to fail".into()));
    let (out, _) = told("apply -f other.yaml\n");
    assert!(out.ends_with("error: the path \"other.yaml\" does not exist\n"));
    let (_, ended) = told("option colour blue\n");
    assert!(ended.is_err_and(|e| e.starts_with("test.story:1: expected `option nodes NAME…`")));
}

#[test]
fn the_same_story_is_told_the_same_way_twice() {
    let text = "apply -f web.yaml\nget po -w\ndelete pod web-0 --wait=false\nsettle\nget po -o json\nevents\n";
    assert_eq!(printed(text), printed(text));
}
