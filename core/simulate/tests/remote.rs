//! What a program is told that is the controller.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use serde_json::{Value, json};
use statefulset_simulate::{DeleteOptions, Kind, Options, Program, World};

/// Writes down what it is told, and never has anything to do.
#[derive(Clone, Default)]
struct Scribe {
    told: Rc<RefCell<Vec<Value>>>,
    answers: VecDeque<String>,
    starts: Rc<RefCell<u32>>,
}

impl Program for Scribe {
    fn tell(&mut self, line: &str) -> Result<(), String> {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if line["type"] == "TIME" {
            self.answers.push_back(r#"{"idle":{}}"#.into());
        }
        self.told.borrow_mut().push(line);
        Ok(())
    }

    fn hear(&mut self) -> Result<String, String> {
        self.answers.pop_front().ok_or("nothing to say".into())
    }

    fn restart(&mut self) -> Result<(), String> {
        *self.starts.borrow_mut() += 1;
        Ok(())
    }
}

impl Scribe {
    /// What it has been told since the last time, in short: type, kind, name.
    fn take(&self) -> Vec<String> {
        let told = std::mem::take(&mut *self.told.borrow_mut());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let short = |line: &Value| {
            let object = &line["object"];
            let (kind, name) = (text(&object["kind"]), text(&object["metadata"]["name"]));
            [text(&line["type"]), kind, name]
                .join(" ")
                .trim()
                .to_owned()
        };
        told.iter().map(short).collect()
    }
}

fn world(scribe: &Scribe) -> World {
    let mut world = World::new(Options {
        nodes: vec!["a".into()],
        provisioner: false,
        ..Options::default()
    });
    world.quiesce();
    world.hand_over(scribe.clone());
    world
}

fn create_claim(world: &mut World, name: &str) {
    let claim = json!({
        "metadata": {"name": name},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
        },
    });
    let kind = Kind::PersistentVolumeClaim;
    world
        .store_mut()
        .create(kind, "default", claim)
        .expect("a claim");
}

#[test]
fn first_the_time_then_all_kinds_then_the_time_again() {
    let scribe = Scribe::default();
    let mut world = world(&scribe);
    world.quiesce();
    let told = scribe.take();
    assert_eq!(told.first().map(String::as_str), Some("TIME"));
    assert_eq!(told.last().map(String::as_str), Some("TIME"));
    assert!(told.contains(&"ADDED Node a".to_owned()), "{told:?}");
    let closed = told.iter().filter(|line| line.starts_with("BOOKMARK"));
    assert_eq!(closed.count(), 9, "{told:?}");
    world.quiesce();
    assert_eq!(scribe.take(), [""; 0], "nothing new, nothing told");
}

#[test]
fn what_went_away_while_nobody_told_of_it_is_told_with_the_next_list() {
    let scribe = Scribe::default();
    let mut world = world(&scribe);
    create_claim(&mut world, "data");
    world.quiesce();
    let kind = Kind::PersistentVolumeClaim;
    world.faults_mut().watch(kind).drop = 10;
    let gone = world
        .store_mut()
        .delete(kind, "default", "data", &DeleteOptions::default());
    gone.expect("it is there");
    world.advance(1000);
    let of_claims = |told: Vec<String>| -> Vec<String> {
        let claims = told.into_iter().filter(|line| line.contains("Claim"));
        claims.collect()
    };
    let before = of_claims(scribe.take());
    assert!(
        !before.iter().any(|line| line.starts_with("DELETED")),
        "{before:?}"
    );
    world.advance(10_000);
    let after = of_claims(scribe.take());
    let expected = [
        "DELETED PersistentVolumeClaim data",
        "BOOKMARK PersistentVolumeClaim",
    ];
    assert_eq!(after, expected);
}

#[test]
fn who_dies_is_shown_everything_again() {
    let scribe = Scribe::default();
    let mut world = world(&scribe);
    world.quiesce();
    scribe.take();
    world.crash_controller();
    world.quiesce();
    assert_eq!(*scribe.starts.borrow(), 1);
    assert!(scribe.take().contains(&"ADDED Node a".to_owned()));
}
