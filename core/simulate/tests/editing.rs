//! `edit`, with somebody at the editor.

use std::io;

use statefulset_simulate::kubectl::{Files, Kubectl};
use statefulset_simulate::{Options, World};

const MAP: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data: {a: b}
";

/// Somebody who answers each time that the editor opens, and remembers what was to be seen.
struct Person {
    answers: Vec<fn(&str) -> String>,
    seen: Vec<String>,
}

impl Files for Person {
    fn read(&mut self, _: &str) -> io::Result<String> {
        Ok(MAP.into())
    }

    fn edit(&mut self, _: &str, text: &str) -> io::Result<String> {
        self.seen.push(text.to_owned());
        let answer = self.answers.get(self.seen.len() - 1);
        answer.map_or(Err(io::ErrorKind::BrokenPipe.into()), |it| Ok(it(text)))
    }
}

/// What `edit` prints, what the object then holds, and what was to be seen in the editor.
fn edited(answers: &[fn(&str) -> String]) -> (String, String, Vec<String>) {
    let mut person = Person {
        answers: answers.to_vec(),
        seen: Vec::new(),
    };
    let mut world = World::new(Options::default());
    let mut kubectl = Kubectl::new(&mut person);
    assert!(!kubectl.run(&mut world, "apply -f map.yaml").failed);
    let said = kubectl.run(&mut world, "edit cm m").text;
    let held = kubectl
        .run(&mut world, "get cm m -o jsonpath={.data.a}")
        .text;
    (said, held, person.seen)
}

#[test]
fn what_is_saved_is_stored() {
    let (said, held, seen) = edited(&[|text| text.replace("a: b", "a: c")]);
    assert_eq!((&*said, &*held), ("configmap/m edited\n", "c\n"));
    assert!(
        seen[0].starts_with("# Please edit the object below."),
        "{}",
        seen[0]
    );
}

#[test]
fn nothing_changed_is_nothing_done() {
    let (said, _, _) = edited(&[str::to_owned]);
    assert_eq!(said, "Edit cancelled, no changes made.\n");
    let (said, held, _) = edited(&[|_| "# all gone\n".into()]);
    assert_eq!(
        (&*said, &*held),
        ("Edit cancelled, saved file was empty.\n", "b\n")
    );
}

#[test]
fn what_is_refused_is_opened_again_with_the_reason() {
    let bad: fn(&str) -> String = |text| text.replace("a: b", "a: [b]");
    let (said, held, seen) = edited(&[bad, |text| text.replace("a: [b]", "a: d")]);
    assert_eq!((&*said, &*held), ("configmap/m edited\n", "d\n"));
    assert!(
        seen[1].contains("# Error from server (BadRequest)"),
        "{}",
        seen[1]
    );
    let (said, held, _) = edited(&[bad, str::to_owned]);
    assert_eq!(
        said,
        "error: Edit cancelled, no valid changes were saved.\n"
    );
    assert_eq!(held, "b\n");
    let (said, _, seen) = edited(&[|text| text.replace("a: b", "a: b: c")]);
    assert!(seen[1].contains("syntax error"), "{}", seen[1]);
    assert!(said.starts_with("error: "), "{said}");
}

#[test]
fn a_story_says_what_to_use_instead() {
    let mut file = |_: &str| Ok(MAP.to_owned());
    let mut world = World::new(Options::default());
    let mut kubectl = Kubectl::new(&mut file);
    kubectl.run(&mut world, "apply -f map.yaml");
    let output = kubectl.run(&mut world, "edit cm/m");
    let expected = "error: edit needs somebody at an editor: use `kubectl patch configmaps/m -p PATCH`, or `kubectl apply -f FILE`\n";
    assert_eq!(output.text, expected);
}
