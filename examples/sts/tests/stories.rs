//! Every story under `examples/stories`, through the tool, against its golden text. `BLESS=1` rewrites the goldens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The rows of the walk-throughs that the stories must show: story number, how many rows.
const WALK_THROUGHS: [(u32, u32); 5] = [(0, 8), (1, 2), (2, 10), (3, 9), (4, 7)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../stories")
}

fn stories() -> Vec<PathBuf> {
    let within = |folder: PathBuf| fs::read_dir(folder).expect("examples/stories");
    let mut stories: Vec<PathBuf> = within(folder())
        .chain(within(folder().join("twins")))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "story"))
        .collect();
    stories.sort();
    assert!(!stories.is_empty(), "no stories found");
    stories
}

fn told(story: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sts"))
        .arg("simulate")
        .arg(story)
        .output()
        .expect("the tool starts");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        output.status.success(),
        "{} failed:\n{}\n{}",
        story.display(),
        said.lines()
            .rev()
            .take(15)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join("\n"),
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

fn golden(story: &Path) -> PathBuf {
    let name = story
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let is_twin = story.parent().is_some_and(|it| it.ends_with("twins"));
    let prefix = if is_twin { "twins-" } else { "" };
    let name = format!("{prefix}{name}.txt");
    folder().join("golden").join(name)
}

#[test]
fn every_story_is_told_as_its_golden_has_it_and_twice_the_same() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut different = Vec::new();
    for story in stories() {
        let first = told(&story);
        assert_eq!(
            first,
            told(&story),
            "{} is not told the same way twice",
            story.display()
        );
        let golden = golden(&story);
        if bless {
            fs::create_dir_all(golden.parent().expect("a folder")).expect("the golden folder");
            fs::write(&golden, first).expect("the golden file");
        } else if fs::read_to_string(&golden).unwrap_or_default() != first {
            different.push(difference(
                &story,
                &fs::read_to_string(&golden).unwrap_or_default(),
                &first,
            ));
        }
    }
    assert!(
        different.is_empty(),
        "BLESS=1 rewrites; then read the diff.\n{}",
        different.join("\n")
    );
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let readme = fs::read_to_string(folder().join("../../README.md")).expect("README.md");
    let shown = readme
        .split("```console\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let told = told(&folder().join("demo.story"));
    let mut lines = told.lines();
    for line in shown.expect("a console block").lines() {
        assert!(
            lines.any(|it| it == line),
            "the demo does not print, in this order: {line}"
        );
    }
}

#[test]
fn the_readme_has_the_pictures_that_the_stories_draw() {
    let root = folder().join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    let pictures: Vec<&str> = readme
        .split("](")
        .filter_map(|rest| Some(rest.split_once(')')?.0))
        .filter(|link| Path::new(link).extension().is_some_and(|it| it == "svg"))
        .collect();
    assert!(!pictures.is_empty(), "no picture in README.md");
    for picture in pictures {
        let name = Path::new(picture).file_stem().expect("a name");
        let story = folder().join(name).with_extension("story");
        let drawn = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let status = Command::new(env!("CARGO_BIN_EXE_sts"))
            .args(["simulate", "--timeline"])
            .args([&drawn, &story])
            .stdout(Stdio::null())
            .status()
            .expect("the tool starts");
        assert!(status.success(), "{} failed", story.display());
        let drawn = fs::read_to_string(drawn).expect("a picture");
        let shown = root.join(picture);
        if std::env::var_os("BLESS").is_some() {
            fs::write(shown, drawn).expect("the golden picture");
        } else {
            let shown = fs::read_to_string(shown).unwrap_or_default();
            assert!(
                shown == drawn,
                "{picture} is out of date: BLESS=1 rewrites it; then look at it"
            );
        }
    }
}

/// The first line that differs.
fn difference(story: &Path, golden: &str, told: &str) -> String {
    let at = golden
        .lines()
        .zip(told.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let line = |text: &str| text.lines().nth(at).unwrap_or("(the end)").to_owned();
    format!(
        "{}: line {}\n  golden: {}\n  told:   {}",
        story.display(),
        at + 1,
        line(golden),
        line(told)
    )
}

#[test]
fn every_row_of_the_walk_throughs_is_marked_in_a_story() {
    let marked: BTreeSet<(u32, u32)> = stories()
        .iter()
        .flat_map(|story| {
            let text = fs::read_to_string(story).expect("a story");
            text.lines().filter_map(mark).collect::<Vec<_>>()
        })
        .collect();
    let wanted = WALK_THROUGHS
        .iter()
        .flat_map(|&(story, rows)| (1..=rows).map(move |row| (story, row)));
    let missing: Vec<_> = wanted.filter(|row| !marked.contains(row)).collect();
    assert!(missing.is_empty(), "rows without a story: {missing:?}");
}

/// `# S2.5 …` is row 5 of walk-through 2.
fn mark(line: &str) -> Option<(u32, u32)> {
    let (story, rest) = line.strip_prefix("# S")?.split_once('.')?;
    let row = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((story.parse().ok()?, row.parse().ok()?))
}
