//! What grows breaks nobody who keeps to the rules of the front page: `core/outsider`, a program of its own, is built and
//! run against a copy of the library as it is, and against one in which every open record has one more field and every
//! enum one more value. The compiler says where such a copy has to be filled in.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// The records that callers fill in. Rule 1 of the front page names them too.
const OPEN: [&str; 16] = [
    "Desired",
    "Observed",
    "Pod",
    "Claim",
    "Volume",
    "Node",
    "Budget",
    "Status",
    "Profile",
    "LostNodes",
    "ClaimTemplate",
    "Rolling",
    "Retention",
    "Exclusion",
    "Policies",
    "Repair",
];

/// A copy of the library and of the outsider, with a manifest that needs nothing else of the repository.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let to = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("growth")
            .join(name);
        let _ = fs::remove_dir_all(&to);
        copy(&home.join("src"), &to.join("core/src"));
        copy(&home.join("outsider/src"), &to.join("outsider/src"));
        let root = fs::read_to_string(home.join("../Cargo.toml")).expect("a manifest");
        let (_, shared) = root
            .split_once("[workspace.package]")
            .expect("shared facts");
        let (shared, _) = shared.split_once("[workspace.lints").expect("lints");
        let members = "[workspace]\nresolver = \"3\"\nmembers = [\"core\", \"outsider\"]\n";
        let root = format!("{members}[workspace.package]{shared}");
        fs::write(to.join("Cargo.toml"), root).expect("a manifest");
        let library = fs::read_to_string(home.join("Cargo.toml")).expect("a manifest");
        let (library, _) = library.split_once("[dev-dependencies]").expect("tests");
        fs::write(to.join("core/Cargo.toml"), library).expect("a manifest");
        let outsider = fs::read_to_string(home.join("outsider/Cargo.toml")).expect("a manifest");
        let (outsider, _) = outsider.split_once("# Built by").expect("a remark");
        let outsider = outsider.replace("\"..\"", "\"../core\"");
        fs::write(to.join("outsider/Cargo.toml"), outsider).expect("a manifest");
        fs::copy(home.join("../Cargo.lock"), to.join("Cargo.lock")).expect("a lock");
        Self(to)
    }

    fn cargo(&self, what: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(what)
            .arg("--offline")
            .current_dir(&self.0)
            // Both copies share what they depend on.
            .env("CARGO_TARGET_DIR", self.0.with_file_name("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs")
    }

    /// What the outsider prints.
    fn told(&self) -> String {
        let run = self.cargo(&["run", "--quiet", "-p", "outsider"]);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{errors}");
        assert_eq!(errors, "");
        String::from_utf8(run.stdout).expect("UTF-8")
    }

    /// Adds a field to every open record, and a value to every enum and to its list; gives how many there are.
    fn grow(&self) -> (usize, usize) {
        let (mut fields, mut values) = (0, 0);
        for file in sources(&self.0.join("core/src")) {
            let text = fs::read_to_string(&file).expect("a source file");
            let mut grown = String::new();
            let (mut in_record, mut in_enum, mut may_grow) = (false, false, false);
            let (mut in_list, mut is_error) = (false, false);
            for line in text.lines() {
                if line.starts_with("#[") {
                    may_grow |= line == "#[non_exhaustive]";
                    is_error |= line.starts_with("#[derive") && line.contains("Error");
                }
                if let Some(rest) = line.strip_prefix("pub struct ") {
                    let name = rest.split(|c: char| !c.is_alphanumeric()).next();
                    let is_facts = !file.iter().any(|part| part == "kubernetes");
                    in_record = is_facts && name.is_some_and(|name| OPEN.contains(&name));
                }
                in_enum |= may_grow && line.starts_with("pub enum ");
                in_list |= line == "all!(";
                if in_list && line == "    }" {
                    grown += "        Grown,\n";
                    in_list = false;
                }
                if line == "}" {
                    if in_record {
                        grown += "    /// Grown.\n    pub grown: u8,\n";
                        fields += 1;
                    }
                    if in_enum {
                        if is_error {
                            grown += "    #[error(\"grown\")]\n";
                        }
                        grown += "    /// Grown.\n    Grown,\n";
                        values += 1;
                    }
                }
                if line == "}" || line.starts_with("pub struct") && line.ends_with(';') {
                    (in_record, in_enum, may_grow, is_error) = (false, false, false, false);
                }
                grown += line;
                grown += "\n";
            }
            fs::write(&file, grown).expect("a source file");
        }
        (fields, values)
    }

    /// Fills in what the compiler misses inside of the library, until it misses nothing.
    fn complete(&self) {
        for _ in 0..20 {
            let check = self.cargo(&[
                "check",
                "--quiet",
                "--message-format=short",
                "-p",
                "statefulset",
                "--features",
                "kubernetes",
            ]);
            if check.status.success() {
                return;
            }
            let errors = String::from_utf8(check.stderr).expect("UTF-8");
            let mut places: Vec<Place> = errors.lines().filter_map(Place::of).collect();
            assert!(!places.is_empty(), "{errors}");
            places.sort();
            places.dedup();
            // From the end, so that places before stay what they are.
            for place in places.iter().rev() {
                place.fill(&self.0, &errors);
            }
        }
        panic!("there is no end of it");
    }
}

/// Where the compiler misses something.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    is_match: bool,
}

impl Place {
    /// `core/src/pod.rs:49:9: error[E0063]: missing field …`
    fn of(line: &str) -> Option<Self> {
        let (place, error) = line.split_once(": error[")?;
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        let is_match = match &error[..5] {
            "E0063" => false,
            "E0004" => true,
            _ => return None,
        };
        Some(Self {
            file: file.into(),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
            is_match,
        })
    }

    fn fill(&self, root: &Path, errors: &str) {
        let file = root.join(&self.file);
        let text = fs::read_to_string(&file).expect("a source file");
        let lines: usize = text
            .split_inclusive('\n')
            .take(self.line - 1)
            .map(str::len)
            .sum();
        let rest = &text[lines..];
        let start = lines
            + rest
                .char_indices()
                .nth(self.column - 1)
                .expect("a column")
                .0;
        let block = start
            + text[start..]
                .find('{')
                .unwrap_or_else(|| panic!("{errors}"))
            + 1;
        let (at, filling) = if self.is_match {
            (end_of_block(&text, block), "_ => unreachable!(),\n")
        } else {
            (block, " grown: 0, ")
        };
        let filled = [&text[..at], filling, &text[at..]].concat();
        fs::write(&file, filled).expect("a source file");
    }
}

/// Where the block ends whose first character is at `start`. Braces in texts come in pairs, as formats have them.
fn end_of_block(text: &str, start: usize) -> usize {
    let mut depth = 1;
    for (i, byte) in text.bytes().enumerate().skip(start) {
        depth += match byte {
            b'{' => 1,
            b'}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return i;
        }
    }
    panic!("a block without an end");
}

fn copy(from: &Path, to: &Path) {
    for file in sources(from) {
        let to = to.join(file.strip_prefix(from).expect("inside"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(&file, &to).expect("a copy");
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let all = paths.map(|path| {
        if path.is_dir() {
            sources(&path)
        } else {
            vec![path]
        }
    });
    all.flatten().collect()
}

#[test]
fn a_user_who_keeps_to_the_rules_does_not_notice() {
    let as_it_is = Copy::new("as-it-is");
    let grown = Copy::new("grown");
    let (fields, values) = grown.grow();
    assert_eq!(fields, OPEN.len());
    assert!(values > 20, "{values}");
    grown.complete();
    assert_eq!(grown.told(), as_it_is.told());
}

/// Rule 1 names the records that are open, and no other record can be built outside.
#[test]
fn the_front_page_names_the_open_records() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(home.join("src/lib.rs")).expect("a front page");
    let (_, rule) = page
        .split_once("1. *Records that the caller fills in*")
        .expect("rule 1");
    let (rule, _) = rule.split_once("Make one with").expect("how");
    let named: Vec<&str> = rule
        .split("[`")
        .skip(1)
        .filter_map(|it| it.split('`').next())
        .collect();
    assert_eq!(named, OPEN);
}
