//! Manifests as people publish them, from the first pod to the last one: `examples/charts`.
//!
//! Each file is applied, and its sets are started, updated, scaled out and in, drained and deleted. What has to hold after each
//! step is the same for all of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use statefulset_simulate::kubectl::Kubectl;
use statefulset_simulate::{Fields, Kind, Object, Options, Profile, World};

const NODES: usize = 9;
const LEAST: usize = 25;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/charts")
}

fn charts() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("examples/charts");
    let mut charts: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it == "yaml" || it == "json")
        })
        .collect();
    charts.sort();
    charts
}

/// A cluster in which one chart lives.
struct Stage<'a> {
    chart: &'a str,
    profile: &'static str,
    world: World,
    /// What was printed, for whoever reads a failure.
    told: String,
}

impl<'a> Stage<'a> {
    fn new(chart: &'a str, profile: &'static str) -> Self {
        let options = Options {
            nodes: (1..=NODES).map(|i| format!("node-{i}")).collect(),
            profile: match profile {
                "upstream" => Profile::UPSTREAM,
                _ => Profile::STANDALONE,
            },
            ..Options::default()
        };
        let mut stage = Self {
            chart,
            profile,
            world: World::new(options),
            told: String::new(),
        };
        for i in 1..=NODES {
            let zone = ["a", "b", "c"][i % 3];
            stage.run(&format!(
                "label node node-{i} topology.kubernetes.io/zone={zone}"
            ));
        }
        stage
    }

    /// Runs a command. Gives what it has printed, and whether it has failed.
    fn tried(&mut self, line: &str) -> (String, bool) {
        let mut files = |path: &str| {
            fs::read_to_string(folder().join(path)).map_err(|error| io::Error::from(error.kind()))
        };
        let output = Kubectl::new(&mut files).run(&mut self.world, line);
        for part in ["$ ", line, "\n", &output.text] {
            self.told.push_str(part);
        }
        (output.text, output.failed)
    }

    fn run(&mut self, line: &str) -> String {
        let (text, failed) = self.tried(line);
        self.must(!failed, &format!("`{line}` succeeds"));
        text
    }

    #[track_caller]
    fn must(&self, holds: bool, what: &str) {
        assert!(
            holds,
            "{} ({}): expected that {what}\n{}",
            self.chart, self.profile, self.told
        );
    }

    fn sets(&self) -> Vec<Object> {
        let sets = self.world.store().list(Kind::StatefulSet, None);
        sets.map(|set| Object::clone(set)).collect()
    }

    fn pods_of(&self, set: &Object) -> Vec<Object> {
        let pods = self.world.store().list(Kind::Pod, Some(set.namespace()));
        let own = pods.filter(|pod| {
            let owner = pod.controller();
            owner.is_some_and(|owner| owner.text("/uid") == set.uid())
        });
        own.map(|pod| Object::clone(pod)).collect()
    }

    /// Every set has as many pods as it asks for, by name, each of them ready, with a claim for each template.
    #[track_caller]
    fn all_are_ready(&self, when: &str) {
        for set in self.sets() {
            let (name, wanted) = (set.name(), set.int("/spec/replicas").unwrap_or(1));
            let names: Vec<String> = self
                .pods_of(&set)
                .iter()
                .map(|pod| pod.name().to_owned())
                .collect();
            let expected: Vec<String> = (0..wanted).map(|i| format!("{name}-{i}")).collect();
            self.must(
                names == expected,
                &format!("{when} {name} has the pods {expected:?} and not {names:?}"),
            );
            let ready = set.int("/status/readyReplicas").unwrap_or(0);
            self.must(
                ready == wanted,
                &format!("{when} {wanted} pods of {name} are ready and not {ready}"),
            );
            let available = set.int("/status/availableReplicas").unwrap_or(0);
            self.must(
                available == wanted,
                &format!("{when} {wanted} pods of {name} are available and not {available}"),
            );
            for template in set.list("/spec/volumeClaimTemplates") {
                for pod in &names {
                    let claim = format!("{}-{pod}", template.name());
                    let kind = Kind::PersistentVolumeClaim;
                    let claim = self.world.store().get(kind, set.namespace(), &claim);
                    let bound = claim.is_some_and(|claim| claim.text("/status/phase") == "Bound");
                    self.must(bound, &format!("{when} each claim of {pod} is bound"));
                }
            }
        }
    }

    /// Applies the file. A custom resource beside its definition is taken the second time.
    fn begin(&mut self) {
        let line = format!("apply -f {}", self.chart);
        let (text, failed) = self.tried(&line);
        if failed {
            self.must(
                text.contains("ensure CRDs are installed first"),
                "all of the file is taken",
            );
            self.run(&line);
        }
        let generations = |chart: &Self| -> Vec<Option<i64>> {
            let sets = chart.sets();
            sets.iter()
                .map(|it| it.int("/metadata/generation"))
                .collect()
        };
        let before = generations(self);
        // kubectl says `configured` where it sends a list that the API server had completed.
        let again = self.run(&line);
        let settled = again.lines().all(|it| {
            it.ends_with(" unchanged") || it.ends_with(" configured") || it.starts_with("Warning: ")
        });
        self.must(
            settled && generations(self) == before,
            "the same file changes nothing when it is applied again",
        );
        self.must(!self.sets().is_empty(), "there is a set");
        self.run("settle");
        self.all_are_ready("after the start");
    }

    /// Sets another image in each set, and follows until all pods have it that shall have it.
    fn update(&mut self) {
        for set in self.sets() {
            let (name, namespace) = (set.name(), set.namespace());
            let container = set.text("/spec/template/spec/containers/0/name");
            let image = "example.com/next:2";
            self.run(&format!(
                "set image -n {namespace} sts/{name} {container}={image}"
            ));
            if set.text("/spec/updateStrategy/type") == "OnDelete" {
                self.run("settle");
                let all = self.pods_of(&set);
                let old = all
                    .iter()
                    .all(|pod| pod.text("/spec/containers/0/image") != image);
                self.must(old, "nobody replaces the pods of a set with OnDelete");
                for pod in &all {
                    self.run(&format!("delete pod -n {namespace} {}", pod.name()));
                }
                self.run("settle");
            } else {
                self.run(&format!(
                    "rollout status -n {namespace} sts/{name} --timeout 2h"
                ));
                self.run("settle");
            }
        }
        self.all_are_ready("after the update");
        for set in self.sets() {
            let partition = set
                .int("/spec/updateStrategy/rollingUpdate/partition")
                .unwrap_or(0);
            let revision = set.text("/status/updateRevision");
            self.must(
                partition > 0 || set.text("/status/currentRevision") == revision,
                "the update is complete",
            );
            for (ordinal, pod) in (0..).zip(self.pods_of(&set)) {
                let has = pod.text("/metadata/labels/controller-revision-hash");
                let replaced = has == revision;
                let what = format!("{} has the right revision and not {has}", pod.name());
                self.must(replaced == (ordinal >= partition), &what);
            }
        }
    }

    fn scale(&mut self) {
        for by in [1, -1] {
            for set in self.sets() {
                let wanted = set.int("/spec/replicas").unwrap_or(1) + by;
                let (name, namespace) = (set.name(), set.namespace());
                self.run(&format!(
                    "scale -n {namespace} sts/{name} --replicas {wanted}"
                ));
            }
            self.run("settle");
            let when = if by > 0 {
                "after scaling out"
            } else {
                "after scaling in"
            };
            self.all_are_ready(when);
        }
        for set in self.sets().iter().filter(|set| {
            set.text("/spec/persistentVolumeClaimRetentionPolicy/whenScaled") == "Delete"
        }) {
            let last = format!("-{}-{}", set.name(), set.int("/spec/replicas").unwrap_or(1));
            let mut claims = self
                .world
                .store()
                .list(Kind::PersistentVolumeClaim, Some(set.namespace()));
            let gone = !claims.any(|claim| claim.name().ends_with(&last));
            self.must(gone, "the claims of the pods that went are gone");
        }
    }

    /// Empties the node of the first pod. What can run elsewhere does.
    fn drain(&mut self) {
        let first = self.sets().first().cloned().unwrap_or_default();
        let pods = self.pods_of(&first);
        let node = pods
            .first()
            .map_or("", |pod| pod.text("/spec/nodeName"))
            .to_owned();
        self.run(&format!(
            "drain {node} --ignore-daemonsets --delete-emptydir-data --timeout 1h"
        ));
        self.run("settle");
        let all = self.world.store().list(Kind::Pod, None);
        let left = all.filter(|pod| pod.text("/spec/nodeName") == node).count();
        self.must(left == 0, "no pod is left on the drained node");
        self.all_are_ready("after the drain");
        self.run(&format!("uncordon {node}"));
    }

    fn end(&mut self) {
        let claims = |stage: &Self| {
            stage
                .world
                .store()
                .list(Kind::PersistentVolumeClaim, None)
                .count()
        };
        let had_claims = claims(self) > 0;
        let whole_namespaces = self.sets().iter().any(|set| set.namespace() != "default");
        let all_deleted = self.sets().iter().all(|set| {
            set.text("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted") == "Delete"
        });
        let uses_claims = self
            .sets()
            .iter()
            .any(|set| !set.list("/spec/volumeClaimTemplates").is_empty());
        self.run(&format!("delete -f {}", self.chart));
        self.run("settle");
        self.must(self.sets().is_empty(), "no set is left");
        let pods = self.world.store().list(Kind::Pod, None).count();
        self.must(pods == 0, "no pod is left");
        if had_claims && uses_claims && !whole_namespaces {
            let kept = claims(self) > 0;
            self.must(
                kept != all_deleted,
                "claims stay unless the set says otherwise",
            );
        }
        if whole_namespaces {
            self.must(
                claims(self) == 0,
                "no claim is left in a namespace that is gone",
            );
        }
    }
}

fn whole_life(chart: &str, profile: &'static str) {
    let mut stage = Stage::new(chart, profile);
    stage.begin();
    stage.update();
    stage.scale();
    stage.drain();
    stage.end();
}

#[test]
fn every_chart_lives_and_dies() {
    let charts = charts();
    assert!(charts.len() >= LEAST, "{} charts", charts.len());
    let mut failed = Vec::new();
    for path in &charts {
        let chart = path.file_name().expect("a name").to_string_lossy();
        for profile in ["standalone", "upstream"] {
            // One that fails keeps no other from being tried.
            if std::panic::catch_unwind(|| whole_life(&chart, profile)).is_err() {
                failed.push(format!("{chart} ({profile})"));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "these charts failed: {}",
        failed.join(", ")
    );
    println!(
        "{} charts, each from the first pod to the last one",
        charts.len()
    );
}
