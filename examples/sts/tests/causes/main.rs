//! Each cause that can be shown on the simulated cluster: a set is put into that state, the cause is named, and the cure that
//! is printed is carried out word for word.

mod configuration;
mod deletion;
mod manifest;
mod nodes;
mod policies;
mod refused;
mod rules;
mod starting;
mod storage;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use statefulset::kubernetes::CauseName;

/// How a set comes into a state, and how it leaves it.
struct Case {
    cause: CauseName,
    /// Manifests that the commands apply, by file name.
    files: Vec<(&'static str, String)>,
    /// The commands that bring it about.
    story: &'static str,
    /// What the verdict is then.
    verdict: &'static str,
    /// Whether it passes by itself, so that no cure is printed.
    passes: bool,
    /// Which of the printed cures is carried out.
    cure: usize,
    /// What a person does before its commands.
    person: &'static str,
    /// What a person does, or waits for, after its commands.
    after: &'static str,
    /// Who decides: the cluster's own controllers, or the planner.
    profile: &'static str,
    /// Where the sets say their policies.
    policies: &'static str,
    /// Whether `explain` is given the events.
    events: bool,
    /// What the verdict is in the end, or the slug of another cause, or `gone` for the set.
    end: &'static str,
}

impl Case {
    fn new(cause: CauseName, story: &'static str) -> Self {
        Self {
            cause,
            files: Vec::new(),
            story,
            verdict: "stuck",
            passes: false,
            cure: 0,
            person: "",
            after: "",
            profile: "upstream",
            policies: "none",
            events: true,
            end: "up-to-date",
        }
    }

    fn file(mut self, name: &'static str, text: String) -> Self {
        self.files.push((name, text));
        self
    }

    const fn verdict(mut self, verdict: &'static str) -> Self {
        self.verdict = verdict;
        self
    }

    const fn cure(mut self, cure: usize) -> Self {
        self.cure = cure;
        self
    }

    const fn person(mut self, commands: &'static str) -> Self {
        self.person = commands;
        self
    }

    const fn after(mut self, commands: &'static str) -> Self {
        self.after = commands;
        self
    }

    const fn end(mut self, end: &'static str) -> Self {
        self.end = end;
        self
    }

    const fn passes(mut self) -> Self {
        self.passes = true;
        self
    }

    const fn standalone(mut self) -> Self {
        self.profile = "standalone";
        self
    }

    const fn annotated(mut self) -> Self {
        self.policies = "annotations";
        self
    }

    const fn without_events(mut self) -> Self {
        self.events = false;
        self
    }

    /// Brings it about, looks, carries the cure out, and looks again.
    #[track_caller]
    fn run(&self) {
        let slug = self.cause.slug();
        // Two tests may show the same cause, at the same time.
        let test = std::thread::current()
            .name()
            .unwrap_or(slug)
            .replace("::", "-");
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join("causes")
            .join(test);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in &self.files {
            fs::write(folder.join(name), text).expect("a manifest");
        }
        let (told, found) = self.look(&folder, "before.story", "02:00", self.story);
        let causes = found["causes"].as_array().expect("causes");
        let cause = causes.iter().find(|it| it["name"] == slug);
        let cause = cause.unwrap_or_else(|| panic!("{slug} is not named in\n{told}"));
        assert_eq!(found["verdict"], self.verdict, "{slug}:\n{told}");
        assert!(
            told.contains(cause["text"].as_str().expect("a text")),
            "{told}"
        );
        let cures = cause["cures"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(cures.is_empty(), self.passes, "{slug}:\n{told}");
        let none = Value::Null;
        let cure = cures.get(self.cure);
        let cure = if self.passes {
            &none
        } else {
            cure.expect("no such cure")
        };
        let list = |field: &str| -> Vec<&str> {
            let commands = cure[field].as_array().into_iter().flatten();
            commands.map(|it| it.as_str().expect("a command")).collect()
        };
        let commands = list("commands");
        let looks = list("look");
        let story = [
            self.story,
            &looks.join("\n"),
            self.person,
            &commands.join("\n"),
            self.after,
            "settle",
        ]
        .join("\n");
        let (told, found) = self.look(&folder, "after.story", "04:00", &story);
        let causes = found["causes"].as_array().into_iter().flatten();
        let names: Vec<&str> = causes.filter_map(|it| it["name"].as_str()).collect();
        let verdict = found["verdict"].as_str().unwrap_or("gone");
        let ended = verdict == self.end || names.contains(&self.end);
        assert!(
            ended && !names.contains(&slug),
            "{slug} is not ended by {commands:?}:\n{story}\n{told}"
        );
    }

    /// Tells a story, and gives what `explain` says of the only set at its end, as text and as JSON.
    fn look(&self, folder: &Path, name: &str, clock: &str, story: &str) -> (String, Value) {
        let profile = self.profile;
        let mut kinds =
            String::from("sts,po,pvc,pv,sc,no,ns,pdb,controllerrevisions,svc,volumeattachments");
        if self.events {
            kinds.push_str(",events");
        }
        let policies = self.policies;
        let story = format!(
            "option profile {profile}\noption policies {policies}\n{story}\nget {kinds} -A -o json\n"
        );
        let path = folder.join(name);
        fs::write(&path, &story).expect("a story");
        let output = sts()
            .arg("simulate")
            .arg(&path)
            .output()
            .expect("the tool starts");
        let told = String::from_utf8(output.stdout).expect("UTF-8");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}{said}");
        let marker = format!("$ get {kinds} -A -o json\n");
        let (_, dump) = told.rsplit_once(&*marker).expect("the dump");
        let path = folder.join(name).with_extension("json");
        fs::write(&path, dump).expect("a dump");
        let explain = |form: &str| {
            let flags = [
                "explain",
                "--profile",
                profile,
                "--policies",
                policies,
                &format!("--now=2026-01-01T{clock}:00Z"),
                "--kinds=po,pvc,pv,sc,pdb,controllerrevisions",
                "-o",
                form,
            ];
            let output = sts()
                .args(flags)
                .arg(&path)
                .output()
                .expect("the tool starts");
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        let json: Value = serde_json::from_str(&explain("json")).expect("JSON");
        (
            explain("text"),
            json["sets"].get(0).cloned().unwrap_or_default(),
        )
    }
}

fn sts() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sts"))
}

/// What no cluster can show, each with the reason why. The tests of the core do it with objects in JSON.
const ELSEWHERE: &[(CauseName, &str)] = &[(
    CauseName::UnreadableObject,
    "an API server refuses an object that the library cannot read, and so does the simulated one",
)];

#[test]
fn every_cause_is_shown_here_or_has_a_reason() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/causes");
    let core = here.join("../../../../core/tests/kubernetes/diagnosis.rs");
    let entries = fs::read_dir(&here).expect("a folder of tests");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let cases = files.filter(|path| *path != here.join("main.rs"));
    let read = |path: PathBuf| fs::read_to_string(path).expect("a text");
    let cases: String = cases.map(read).collect();
    let core = read(core);
    let is_shown = |name: CauseName, tests: &str| {
        let name = format!("CauseName::{name:?}");
        let mut after = tests.split(&*name).skip(1);
        after.any(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    for name in CauseName::ALL {
        let reason = ELSEWHERE.iter().find(|(other, _)| *other == name);
        assert_ne!(is_shown(name, &cases), reason.is_some(), "{name:?}");
        assert!(reason.is_none() || is_shown(name, &core), "{name:?}");
    }
}
