//! A pace and a deadline, whose times are kept in the set's status (rules M-5 to M-8, Y-11).

use super::*;
use crate::world::done;

/// A rollout of a set that asks for something, as the cluster shows it.
struct Rollout {
    world: World,
    set: Value,
    /// The name of the new revision.
    update: String,
}

impl Rollout {
    fn new(policies: &Value) -> Self {
        let mut set = asking(policies);
        let (mut world, before) = World::with_profile(ANNOTATED, &set);
        for ordinal in 0..3 {
            world.see(Kind::Pod, &pod(&format!("web-{ordinal}"), &before));
        }
        set["spec"]["template"]["spec"]["containers"][0]["image"] = "nginx:1.13".into();
        set["status"] = json!({"currentRevision": before});
        world.renew(&mut set);
        let update = world.introduce(&set);
        Self { world, set, update }
    }

    /// The pods that go at a moment. All is done, and the cluster shows the status that follows.
    fn pass(&mut self, now: i64) -> Vec<String> {
        let plan = self.world.cluster.plan(&key(), now).unwrap();
        let outcomes = vec![done(); plan.requests.len()];
        let tail = self.world.cluster.finish(&key(), plan.id, &outcomes, now);
        for request in &tail.requests {
            for (field, value) in body(request)["status"].as_object().unwrap() {
                self.set["status"][field] = value.clone();
            }
        }
        let status = self.set["status"].as_object_mut().unwrap();
        status.retain(|_, it| !it.is_null());
        self.world.renew(&mut self.set);
        self.world.see(Kind::StatefulSet, &self.set);
        let lines = plan.requests.iter().map(line);
        let gone = lines.filter_map(|it| it.strip_prefix("DELETE pods/").map(Into::into));
        gone.collect()
    }

    /// The pod with this name at the new revision.
    fn renew(&mut self, name: &str, ready: bool) {
        let mut pod = pod(name, &self.update);
        pod["metadata"]["uid"] = format!("new-{name}").into();
        pod["metadata"]["resourceVersion"] = Value::Null;
        if !ready {
            pod["status"] = json!({"phase": "Pending"});
        }
        self.world.see(Kind::Pod, &pod);
    }

    /// Reason and time of a condition of the set.
    fn condition(&self, name: &str) -> Option<(&str, &str)> {
        let mut conditions = self.set["status"]["conditions"].as_array()?.iter();
        let found = conditions.find(|it| it["type"] == name)?;
        let text = |field: &str| found[field].as_str();
        text("reason").zip(text("lastTransitionTime"))
    }

    fn told(&self, name: CauseName, now: i64) -> (String, Vec<String>) {
        let cluster = &self.world.cluster;
        let found = cluster
            .diagnose(&key(), &Evidence::new(), now, PATIENCE)
            .unwrap();
        let mut causes = found.causes.iter();
        let cause = causes
            .find(|it| it.name == name)
            .unwrap_or_else(|| panic!("{found}"));
        let commands = cause.cures.iter().flat_map(|it| it.commands.clone());
        (cause.text.clone(), commands.collect())
    }
}

#[test]
fn a_pace_is_kept_across_a_restart_of_the_controller() {
    let mut rollout = Rollout::new(&json!({"paceSeconds": 60}));
    // Half a second is rounded up, so that the minute is never shorter.
    assert_eq!(rollout.pass(NOW + 500), ["web-2"]);
    assert_eq!(
        rollout.condition("statefulset.dev/Disrupted"),
        Some(("PodTakenAway", "2027-01-15T08:00:01Z"))
    );
    rollout.renew("web-2", true);
    assert_eq!(rollout.pass(NOW + 60_999), [""; 0]);
    let (text, commands) = rollout.told(CauseName::Pace, NOW + 31_000);
    assert_eq!(
        text,
        "web-0, web-1: another pod was taken away less than 60 s ago (paceSeconds); 30 s more to go"
    );
    assert_eq!(commands.len(), 1);
    let plan = rollout.world.cluster.plan(&key(), NOW + 31_000).unwrap();
    assert_eq!(plan.next_wake, Some(NOW + 61_000));
    assert_eq!(rollout.pass(NOW + 61_000), ["web-1"]);
    // Without the policy the time goes.
    ask(&mut rollout.set, &json!({}));
    rollout.world.renew(&mut rollout.set);
    rollout.world.see(Kind::StatefulSet, &rollout.set);
    rollout.renew("web-1", true);
    assert_eq!(rollout.pass(NOW + 61_000), ["web-0"]);
    assert_eq!(rollout.condition("statefulset.dev/Disrupted"), None);
}

#[test]
fn a_rollout_that_stands_still_is_halted_and_says_where_to_go_back_to() {
    let mut rollout = Rollout::new(&json!({"deadline": {"afterSeconds": 60, "then": "Suggest"}}));
    assert_eq!(rollout.pass(NOW), ["web-2"]);
    let progressing = |rollout: &Rollout| {
        let found = rollout.condition("Progressing");
        found.map(|(reason, time)| (reason.to_string(), time.to_string()))
    };
    let since = |reason: &str, time: &str| Some((reason.to_string(), time.to_string()));
    assert_eq!(
        progressing(&rollout),
        since("RolloutInProgress", "2027-01-15T08:00:00Z")
    );
    rollout.renew("web-2", false);
    rollout.pass(NOW + 10_000);
    assert_eq!(
        rollout.condition("statefulset.dev/Waiting"),
        Some(("PodNotAvailable", "2027-01-15T08:00:10Z"))
    );
    // Nothing new is written until the time is over.
    let before = rollout.set["status"].clone();
    rollout.pass(NOW + 69_000);
    assert_eq!(rollout.set["status"], before);
    rollout.pass(NOW + 70_000);
    assert_eq!(
        progressing(&rollout),
        since("ProgressDeadlineExceeded", "2027-01-15T08:01:10Z")
    );
    let (text, commands) = rollout.told(CauseName::Overdue, NOW + 130_000);
    assert!(
        text.starts_with("no pod has become available for 2 min, and the deadline is 60 s, so the rollout is held until one does"),
        "{text}"
    );
    assert_eq!(
        commands,
        ["kubectl rollout undo statefulset/web -n default --to-revision=1"]
    );
    // The pod starts after all: the rollout goes on, and the time is counted anew.
    rollout.renew("web-2", true);
    assert_eq!(rollout.pass(NOW + 500_000), ["web-1"]);
    assert_eq!(
        progressing(&rollout),
        since("RolloutInProgress", "2027-01-15T08:08:20Z")
    );
    assert_eq!(rollout.condition("statefulset.dev/Waiting"), None);
}

/// What others wrote stays, before Kubernetes 1.37 as little as ever, and what the policies need stays with every version.
#[test]
fn conditions_of_others_and_of_earlier_versions() {
    for (version, others) in [("1.37", true), ("1.33", false)] {
        let profile = Profile {
            policies: PolicySource::Annotations,
            ..Profile::upstream(version.parse().unwrap())
        };
        let mut set = asking(&json!({"deadline": {"afterSeconds": 60}}));
        let time = "2026-01-01T00:00:00Z";
        let other = json!({"type": "Mine", "status": "True", "reason": "Mine", "message": "", "lastTransitionTime": time});
        set["status"] = json!({"conditions": [other]});
        let (mut world, _) = World::with_profile(profile, &set);
        let plan = world.plan();
        let tail = world.finish(&plan, &done());
        let written = body(&tail.requests[0])["status"]["conditions"].clone();
        let types: Vec<&str> = written
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["type"].as_str().unwrap())
            .collect();
        let own = ["Progressing", "statefulset.dev/Waiting"];
        let expected: Vec<&str> = others.then_some("Mine").into_iter().chain(own).collect();
        assert_eq!(types, expected, "{version}");
    }
}
