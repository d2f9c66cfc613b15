//! What has happened to pods, as characters and as a picture.

use std::io;

use statefulset_simulate::World;
use statefulset_simulate::story::{Settings, Story};

const SAMPLE: &str = include_str!("../../../examples/manifests/sample.yaml");

fn read(path: &str) -> io::Result<String> {
    match path {
        "sample.yaml" => Ok(SAMPLE.replace("sample-statefulset", "web")),
        _ => Err(io::ErrorKind::NotFound.into()),
    }
}

/// The cluster as a story leaves it, and what the story printed last.
fn told(text: &str) -> (World, String) {
    let settings = Settings {
        timeline: true,
        ..Settings::default()
    };
    let mut out = String::new();
    let mut story = Story::new(text, "test", &settings).expect("options");
    let ended = story.tell(&mut read, &mut out);
    assert_eq!(ended, Ok(()), "{out}");
    let last = out.rfind("$ timeline").map_or("", |at| &out[at..]);
    let last = last.split_once('\n').map_or("", |(_, rest)| rest);
    (story.into_world(), last.to_owned())
}

/// The values of an attribute, in order.
fn values(picture: &str, attribute: &str) -> Vec<f64> {
    let begin = format!(" {attribute}=\"");
    let parts = picture.split(begin.as_str()).skip(1);
    let number = |part: &str| part.split('"').next().and_then(|it| it.parse().ok());
    parts.map(|part| number(part).expect("a number")).collect()
}

/// Every element is closed, in the right order, and no stray mark is left.
fn is_well_formed(picture: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in picture.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert!(!text.contains('>'), "a stray mark: {text}");
        let name = tag.split([' ', '/']).next().unwrap_or("");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed));
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
}

#[test]
fn a_rollout_is_a_stair() {
    let story = "\
apply -f sample.yaml
rollout status sts/web
set image sts/web nginx-container=nginx:1.13
rollout status sts/web
advance 3s
timeline
";
    let expected = "        \
        0s                  5s                  10s                 15s
web-0   --------aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaxxxx--------bbbbbbbbbbbb
web-1           --------aaaaaaaaaaaaaaaaaaaaxxxx--------bbbbbbbbbbbbbbbbbbbbbbbb
web-2                   --------xxxx--------bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        a REVISION-1   b REVISION-2   - starting   x terminating
";
    let (world, text) = told(story);
    let revisions: Vec<_> = world
        .store()
        .list(statefulset_simulate::Kind::ControllerRevision, None)
        .collect();
    let mut expected = expected.to_owned();
    for (number, revision) in ["REVISION-1", "REVISION-2"].iter().zip(revisions) {
        let name = statefulset_simulate::Fields::name(&**revision);
        expected = expected.replace(number, name);
    }
    assert_eq!(text, expected);
}

#[test]
fn a_part_of_the_time_and_cut_hours() {
    let (world, text) = told(
        "apply -f sample.yaml\nsettle\nadvance 2h\ndelete pod web-0\nsettle\ntimeline --since 4s\n",
    );
    assert!(text.contains("web-0   aaaaaa"), "{text}");
    assert!(!text.contains('~'), "{text}");
    let all = world.timeline_text(None).expect("a timeline");
    assert!(all.contains("~ time cut short"), "{all}");
    assert!(!text.contains("2h0") && all.contains("web-2"), "{all}");
}

#[test]
fn nodes_are_shown_where_something_happened_to_them() {
    let (_, text) = told(
        "apply -f sample.yaml\nsettle\ncordon node-2\nfail node node-3 power\nadvance 2m\ntimeline\n",
    );
    assert!(
        text.contains("\nnode-2   ") && text.contains("/ cordoned"),
        "{text}"
    );
    assert!(
        text.contains("\nnode-3   ") && text.contains("? node not ready"),
        "{text}"
    );
    assert!(!text.contains("\nnode-1   "), "{text}");
}

#[test]
fn the_picture_says_why_where_and_when() {
    let (world, _) = told(
        "apply -f sample.yaml\nsettle\nset image sts/web nginx-container=nginx:1.13 # <new>\nsettle\n",
    );
    let picture = world.timeline_svg(None).expect("a timeline");
    is_well_formed(&picture);
    for text in [
        "<title>web-0 ready, Running\nnode node-1\nrevision web-",
        "<title>web-1, web-2: not created yet: web-0 comes first\n0s to 2s (2s)</title>",
        "6s\nset image sts/web nginx-container=nginx:1.13 # &lt;new&gt;\nsettle</title>",
        "prefers-color-scheme: dark",
    ] {
        assert!(picture.contains(text), "{text}\n{picture}");
    }
}

#[test]
fn pictures_of_many_pods_and_of_long_times_stay_in_their_frame() {
    for (replicas, pause) in [(1, "0s"), (3, "9h"), (60, "0s"), (60, "5h")] {
        let (world, _) = told(&format!(
            "apply -f sample.yaml\nscale sts web --replicas={replicas}\nsettle\nadvance {pause}\n\
             set image sts/web nginx-container=nginx:1.13\nsettle\nadvance {pause}\n"
        ));
        let picture = world.timeline_svg(None).expect("a timeline");
        is_well_formed(&picture);
        assert!(picture.len() < 600_000, "{} bytes", picture.len());
        let (height, widths) = (values(&picture, "height")[0], values(&picture, "width"));
        assert!(widths.iter().all(|&width| (1.0..=1000.0).contains(&width)));
        assert!(
            values(&picture, "x")
                .iter()
                .all(|&x| (0.0..=1000.0).contains(&x))
        );
        assert!(
            values(&picture, "y")
                .iter()
                .all(|&y| (0.0..height).contains(&y))
        );
        let rows = picture.matches("class=\"name").count();
        assert_eq!(rows, replicas);
    }
}

#[test]
fn nothing_is_remembered_unasked() {
    let mut world = World::new(statefulset_simulate::Options::default());
    world.advance(1000);
    assert_eq!(world.timeline_text(None), None);
    assert!(world.take_trace().is_empty());
    world.keep_timeline();
    world.advance(1000);
    let text = world.timeline_text(None);
    assert_eq!(text.as_deref(), Some("No pods in this time.\n"));
}
