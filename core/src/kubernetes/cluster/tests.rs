//! What is kept up to date event by event is what a cluster that is shown everything at once sees.

mod behind;
mod objects;

use std::collections::{BTreeMap, BTreeSet};
use std::println;
use std::string::{String, ToString};
use std::{format, vec};

use quickcheck::{Gen, QuickCheck};
use serde_json::Value;

use super::*;
use crate::kubernetes::turn::request::Outcome;
use objects::{
    CLAIMS, Dice, NAMES, NODES, PODS, SETS, budget, class, node, set, some_claim, some_pod, volume,
    web,
};

const NOW: Millis = 1_800_000_000_000;

/// One event: of what kind, about which object, and what is new about it. Small numbers, taken modulo what there is.
type Step = (u8, u8, u32);

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
        model.see(Kind::StatefulSet, "web", web());
        model.write_revision("web");
        model
    }

    fn step(&mut self, (what, which, how): Step) {
        let pick = |names: &[&'static str]| names[usize::from(which) % names.len()];
        let dice = &mut Dice(how);
        match what % 16 {
            0 | 14 => self.see(Kind::StatefulSet, pick(&SETS), set(pick(&SETS), dice)),
            1..=4 => self.see(
                Kind::Pod,
                pick(&PODS),
                some_pod(pick(&PODS), &self.revisions(), dice),
            ),
            5 | 6 => {
                let kind = Kind::PersistentVolumeClaim;
                self.see(kind, pick(&CLAIMS), some_claim(pick(&CLAIMS), dice));
            }
            7 => self.see(Kind::Node, pick(&NODES), node(dice)),
            8 => self.see(Kind::PodDisruptionBudget, pick(&NAMES), budget(dice)),
            11 => self.see(Kind::StorageClass, "slow", class(dice)),
            12 => self.see(Kind::PersistentVolume, pick(&NAMES), volume(dice)),
            9 => self.write_revision(pick(&SETS)),
            10 | 15 => {
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

    /// Names of revisions, and two that are none.
    fn revisions(&self) -> Vec<String> {
        let objects = self.objects.keys();
        let revisions = objects.filter(|(kind, _)| *kind == Kind::ControllerRevision);
        let names = revisions.map(|(_, name)| name.clone());
        names.chain(["web-old".into(), String::new()]).collect()
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

/// The whole answer about a set, but for the number of the view that it was made from; what would follow if all its
/// requests failed; and the lists behind it, most of which have no say in most plans.
fn answer(cluster: &mut Cluster, set: &str) -> String {
    let key = Key::new("default", set);
    let (plan, explanation) = match (cluster.plan(&key, NOW), cluster.explain(&key, NOW)) {
        (Ok(plan), Ok(explanation)) => (plan, explanation),
        (Err(error), Err(_)) => return error.to_string(),
        other => panic!("a plan without an explanation, or the other way round: {other:?}"),
    };
    let failed = vec![Outcome::Failed("no".into()); plan.requests.len()];
    let tail = cluster.finish(&key, plan.id, &failed, NOW);
    let roster = cluster.objects.roster(&key).expect("a known set");
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:?} {}\n{explanation}\n{tail:#?}\n{:#?}\n{:#?}\n{:?}",
        plan.requests,
        plan.waits,
        plan.plan,
        plan.next_wake,
        plan.more,
        roster.pods(),
        roster.claims(),
        roster.revisions(),
    )
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
            let mut afresh = model.afresh();
            for set in SETS {
                let (kept, new) = (answer(&mut model.cluster, set), answer(&mut afresh, set));
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
    let cases = number("CASES").unwrap_or(150);
    let dice = Gen::from_size_and_seed(60, number("SEED").unwrap_or(1));
    QuickCheck::new()
        .rng(dice)
        .tests(cases)
        .quickcheck(property);
}
