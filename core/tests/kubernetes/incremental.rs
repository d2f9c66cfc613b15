//! What is kept up to date event by event is what a cluster that is shown everything at once sees.

use std::collections::{BTreeMap, BTreeSet};

use quickcheck::QuickCheck;
use serde_json::{Value, json};
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Key, Kind};

use crate::world::{NOW, claim, owner, pod, web_with_claims};

/// One event: of what kind, about which object, and what is new about it. Small numbers, taken modulo what there is.
type Step = (u8, u8, u32);

const SETS: [&str; 2] = ["web", "web-foo"];
const PODS: [&str; 12] = [
    "web-0",
    "web-1",
    "web-2",
    "web-3",
    "web-10",
    "web-01",
    "web-00",
    "web-99999999999",
    "web-foo-0",
    "web-foo-1",
    "web",
    "other-0",
];
const CLAIMS: [&str; 9] = [
    "www-web-0",
    "www-web-1",
    "www-web-2",
    "www-web-10",
    "www-web-01",
    "log-web-0",
    "log-web-1",
    "www-web-foo-0",
    "www-web-foo-1",
];
const NODES: [&str; 3] = ["node-1", "node-2", "node-3"];
const NAMES: [&str; 3] = ["a", "b", "c"];

/// Takes one of several choices out of a number.
struct Dice(u32);

impl Dice {
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let count = u32::try_from(of.len()).expect("a short list");
        let face = self.0 % count;
        self.0 = (self.0 / count).wrapping_mul(2_654_435_761) ^ self.0.rotate_left(7);
        &of[face as usize]
    }

    fn is(&mut self, one_in: u32) -> bool {
        let faces: Vec<u32> = (0..one_in).collect();
        *self.one(&faces) == 0
    }
}

/// A cluster that sees events as they come, and what there is after them.
struct Model {
    profile: Profile,
    cluster: Cluster,
    objects: BTreeMap<(Kind, String), Value>,
    listed: BTreeSet<Kind>,
    version: u64,
}

impl Model {
    /// A cluster with a set and its revision, in which all kinds have been listed or only what every plan needs.
    fn new(profile: Profile, all: bool) -> Self {
        let mut model = Self {
            profile,
            cluster: Cluster::new(profile),
            objects: BTreeMap::new(),
            listed: BTreeSet::new(),
            version: 100,
        };
        let needed = [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision];
        for kind in Kind::ALL {
            if all || needed.contains(&kind) {
                model.list(kind, None);
            }
        }
        model.see(Kind::StatefulSet, "web", web_with_claims());
        model.write_revision("web");
        model
    }

    fn step(&mut self, (what, which, how): Step) {
        let pick = |names: &[&'static str]| names[usize::from(which) % names.len()];
        let dice = &mut Dice(how);
        match what % 12 {
            0 => self.see(Kind::StatefulSet, pick(&SETS), set(pick(&SETS), dice)),
            1..=4 => self.see(Kind::Pod, pick(&PODS), some_pod(pick(&PODS), dice)),
            5 | 6 => {
                let kind = Kind::PersistentVolumeClaim;
                self.see(kind, pick(&CLAIMS), some_claim(pick(&CLAIMS), dice));
            }
            7 => self.see(Kind::Node, pick(&NODES), node(dice)),
            8 => match how % 7 {
                0..=2 => self.see(Kind::PodDisruptionBudget, pick(&NAMES), budget(dice)),
                3 => self.see(Kind::StorageClass, "slow", class(dice)),
                _ => self.see(Kind::PersistentVolume, pick(&NAMES), volume(dice)),
            },
            9 => self.write_revision(pick(&SETS)),
            10 => {
                let known: Vec<_> = self.objects.keys().cloned().collect();
                if let Some((kind, name)) = known.get(how as usize % known.len().max(1)) {
                    self.lose(*kind, name);
                }
            }
            _ => {
                let kind = *dice.one(&Kind::ALL);
                let objects = self.objects.keys().filter(|(other, _)| *other == kind);
                let names: Vec<_> = objects.map(|(_, name)| name.clone()).collect();
                // A node that a list does not show is not known to be dead, which is another story.
                let hide = kind != Kind::Node && !names.is_empty() && dice.is(2);
                let hidden = hide.then(|| dice.one(&names).clone());
                self.list(kind, hidden);
            }
        }
    }

    fn see(&mut self, kind: Kind, name: &str, mut object: Value) {
        self.version += 1;
        object["metadata"]["name"] = name.into();
        object["metadata"]["resourceVersion"] = self.version.to_string().into();
        // An object that cannot be read is a part of the picture.
        let _ = self.cluster.apply(kind, object.to_string().as_bytes());
        self.objects.insert((kind, name.into()), object);
    }

    fn lose(&mut self, kind: Kind, name: &str) {
        self.cluster.remove(kind, "default", name, "");
        if kind == Kind::Node {
            let node = self.objects.get_mut(&(kind, name.into()));
            node.expect("a known node")["gone"] = true.into();
        } else {
            self.objects.remove(&(kind, name.into()));
        }
    }

    /// Shows everything of a kind, but for one that is gone.
    fn list(&mut self, kind: Kind, hidden: Option<String>) {
        if let Some(name) = hidden {
            self.objects.remove(&(kind, name));
        }
        self.listed.insert(kind);
        list(&mut self.cluster, kind, &self.objects);
    }

    /// Makes the revision that a set asks for.
    fn write_revision(&mut self, set: &str) {
        let Ok(requests) = self.cluster.plan(&Key::new("default", set), NOW) else {
            return;
        };
        let mut requests = requests.requests.iter();
        let made = requests.find(|it| it.path.ends_with("/controllerrevisions"));
        if let Some(request) = made {
            let mut object: Value = serde_json::from_slice(&request.body).expect("JSON");
            let name = object["metadata"]["name"].take();
            object["metadata"]["uid"] = name.clone();
            let name = name.as_str().expect("a name");
            self.see(Kind::ControllerRevision, name, object);
        }
    }

    /// A cluster that sees all this for the first time.
    fn afresh(&self) -> Cluster {
        let mut cluster = Cluster::new(self.profile);
        for kind in Kind::ALL {
            if self.listed.contains(&kind) {
                list(&mut cluster, kind, &self.objects);
            } else {
                show(&mut cluster, kind, &self.objects);
            }
        }
        cluster
    }
}

fn list(cluster: &mut Cluster, kind: Kind, objects: &BTreeMap<(Kind, String), Value>) {
    cluster.begin_list(kind);
    show(cluster, kind, objects);
    cluster.end_list(kind, "1");
    bury(cluster, kind, objects);
}

fn show(cluster: &mut Cluster, kind: Kind, objects: &BTreeMap<(Kind, String), Value>) {
    for ((_, _), object) in objects.iter().filter(|((other, _), _)| *other == kind) {
        let _ = cluster.apply(kind, object.to_string().as_bytes());
    }
    bury(cluster, kind, objects);
}

fn bury(cluster: &mut Cluster, kind: Kind, objects: &BTreeMap<(Kind, String), Value>) {
    for ((_, name), object) in objects.iter().filter(|((other, _), _)| *other == kind) {
        if object["gone"] == true {
            cluster.remove(kind, "", name, "");
        }
    }
}

fn set(name: &str, dice: &mut Dice) -> Value {
    let mut set = web_with_claims();
    let meta = &mut set["metadata"];
    meta["uid"] = dice
        .one(&["set-1", "set-1", "set-1", "set-2"])
        .to_string()
        .into();
    if dice.is(8) {
        meta["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
        meta["finalizers"] = dice.one(&[json!([]), json!(["orphan"])]).clone();
    }
    let spec = &mut set["spec"];
    spec["replicas"] = (*dice.one(&[3, 3, 0, 1, 11])).into();
    spec["podManagementPolicy"] = (*dice.one(&["OrderedReady", "Parallel"])).into();
    spec["template"]["spec"]["priority"] = (*dice.one(&[0, 0, 1, 2])).into();
    if dice.is(3) {
        let mut second = spec["volumeClaimTemplates"][0].clone();
        second["metadata"]["name"] = "log".into();
        let templates = spec["volumeClaimTemplates"].as_array_mut().expect("a list");
        let place = *dice.one(&[0, 1]);
        templates.insert(place, second);
    }
    if dice.is(6) {
        spec["selector"] =
            json!({"matchLabels": {"statefulset.kubernetes.io/pod-name": format!("{name}-1")}});
    }
    if dice.is(20) {
        spec["replicas"] = "many".into();
    }
    set
}

fn some_pod(name: &str, dice: &mut Dice) -> Value {
    let revision = *dice.one(&["web-1", "web-1", "web-2", "web-3", ""]);
    let mut pod = pod(if name.contains('-') { name } else { "web-0" }, revision);
    let meta = &mut pod["metadata"];
    meta["uid"] = format!("uid-of-{name}-{}", dice.one(&[1, 1, 2])).into();
    if dice.is(6) {
        meta["labels"]["app"] = "no".into();
    }
    if dice.is(6) {
        meta["labels"]["statefulset.kubernetes.io/pod-name"] = "web-1".into();
    }
    let owner = match dice.one(&[0, 0, 0, 1, 2, 3, 4]) {
        0 => owner("StatefulSet", "web", "set-1"),
        1 => owner("StatefulSet", "web-foo", "set-1"),
        2 => owner("StatefulSet", "web", "set-2"),
        3 => owner("ReplicaSet", "web", "rs-1"),
        _ => Value::Null,
    };
    meta["ownerReferences"] = if owner.is_null() {
        owner
    } else {
        json!([owner])
    };
    if dice.is(6) {
        meta["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
    }
    let claim = format!("www-{}", dice.one(&[name, name, name, "web-0"]));
    pod["spec"]["volumes"] =
        json!([{"name": "www", "persistentVolumeClaim": {"claimName": claim}}]);
    pod["spec"]["nodeName"] = (*dice.one(&["", "node-1", "node-2", "node-9"])).into();
    pod["status"]["phase"] = (*dice.one(&["Running", "Running", "Pending", "Failed"])).into();
    pod["status"]["conditions"][0]["status"] = (*dice.one(&["True", "True", "False"])).into();
    if dice.is(20) {
        pod["status"]["phase"] = "Dreaming".into();
    }
    pod
}

fn some_claim(name: &str, dice: &mut Dice) -> Value {
    let mut claim = claim(0);
    claim["metadata"]["uid"] = format!("claim-{name}-{}", dice.one(&[1, 1, 2])).into();
    claim["metadata"]["ownerReferences"] = match dice.one(&[0, 0, 1, 2, 3]) {
        0 => Value::Null,
        1 => json!([owner("StatefulSet", "web", "set-1")]),
        2 => json!([owner("Pod", "web-1", "uid-of-web-1-1")]),
        _ => json!([owner("Backup", "nightly", "backup-1")]),
    };
    let spec = &mut claim["spec"];
    spec["storageClassName"] = (*dice.one(&["standard", "slow"])).into();
    if dice.is(4) {
        spec["volumeName"] = (*dice.one(&["a", "b", "nowhere"])).into();
    }
    claim["status"]["phase"] = (*dice.one(&["Bound", "Pending", "Lost"])).into();
    if dice.is(3) {
        let node = *dice.one(&NODES);
        claim["metadata"]["annotations"] = json!({"volume.kubernetes.io/selected-node": node});
    }
    if dice.is(6) {
        claim["metadata"]["deletionTimestamp"] = "2026-11-21T07:37:00Z".into();
    }
    if dice.is(20) {
        claim["spec"]["resources"]["requests"]["storage"] = "much".into();
    }
    claim
}

fn node(dice: &mut Dice) -> Value {
    json!({
        "metadata": {
            "uid": "node",
            "labels": {"zone": dice.one(&["x", "y"])},
            "annotations": {"statefulset.dev/draining": dice.one(&["true", "false", "false"])},
        },
        "spec": {"unschedulable": dice.is(3)},
        "status": {"conditions": [{
            "type": "Ready",
            "status": dice.one(&["True", "True", "Unknown", "False"]),
            "lastTransitionTime": "2026-11-21T07:37:00Z",
        }]},
    })
}

fn budget(dice: &mut Dice) -> Value {
    json!({
        "metadata": {"namespace": "default", "uid": "budget"},
        "spec": {"selector": {"matchLabels": dice.one(&[
            json!({"app": "web"}),
            json!({"app": "no"}),
            json!({"apps.kubernetes.io/pod-index": "1"}),
        ])}},
        "status": {"disruptionsAllowed": dice.one(&[0, 1]), "currentHealthy": 2, "desiredHealthy": 2},
    })
}

fn class(dice: &mut Dice) -> Value {
    json!({
        "metadata": {"uid": "class"},
        "volumeBindingMode": dice.one(&["Immediate", "WaitForFirstConsumer"]),
    })
}

fn volume(dice: &mut Dice) -> Value {
    let claim = *dice.one(&CLAIMS);
    let zone = json!([{"key": "zone", "operator": "In", "values": [dice.one(&["x", "y", "z"])]}]);
    json!({
        "metadata": {"uid": "volume"},
        "spec": {
            "capacity": {"storage": dice.one(&["1Gi", "2Gi", "1Mi"])},
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": dice.one(&["standard", "slow"]),
            "claimRef": dice.one(&[
                Value::Null,
                Value::Null,
                json!({"namespace": "default", "name": claim}),
                json!({"namespace": "default", "name": claim, "uid": format!("claim-{claim}-1")}),
                json!({"namespace": "other", "name": claim}),
            ]),
            "nodeAffinity": dice.one(&[
                Value::Null,
                json!({"required": {"nodeSelectorTerms": [{"matchExpressions": zone}]}}),
            ]),
        },
        "status": {"phase": dice.one(&["Available", "Available", "Bound", "Released"])},
    })
}

/// The whole answer about a set, but for the number of the view that it was made from.
fn answer(cluster: &Cluster, set: &str) -> String {
    let key = Key::new("default", set);
    match (cluster.plan(&key, NOW), cluster.explain(&key, NOW)) {
        (Ok(plan), Ok(explanation)) => format!(
            "{:#?}\n{:#?}\n{:#?}\n{:?} {}\n{explanation}",
            plan.requests, plan.waits, plan.plan, plan.next_wake, plan.more
        ),
        (Err(error), Err(_)) => error.to_string(),
        other => panic!("a plan without an explanation, or the other way round: {other:?}"),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what quickcheck hands over")]
fn agrees(standalone: bool, look: u8, steps: Vec<Step>) -> bool {
    let profiles = [Profile::UPSTREAM, Profile::STANDALONE];
    let mut model = Model::new(profiles[usize::from(standalone)], look >= 64);
    for (place, &step) in steps.iter().enumerate() {
        model.step(step);
        // Looking now and then makes some changes come together and others alone.
        let last = place + 1 == steps.len();
        if last || (place + usize::from(look)) % (usize::from(look) % 4 + 1) == 0 {
            let afresh = model.afresh();
            for set in SETS {
                let (kept, new) = (answer(&model.cluster, set), answer(&afresh, set));
                if kept != new {
                    println!(
                        "after {:?}\n--- kept\n{kept}\n--- afresh\n{new}",
                        &steps[..=place]
                    );
                    return false;
                }
            }
        }
    }
    true
}

#[test]
fn what_is_kept_up_to_date_is_what_would_be_made_afresh() {
    let property: fn(bool, u8, Vec<Step>) -> bool = agrees;
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let cases = number("CASES").unwrap_or(100);
    let r#gen = quickcheck::Gen::from_size_and_seed(40, number("SEED").unwrap_or(1));
    QuickCheck::new()
        .rng(r#gen)
        .tests(cases)
        .quickcheck(property);
}
