//! Stories: commands in a text file, run one after the other on one cluster.
//!
//! It knows kubectl and the world, and no other room uses it.

use std::fmt::Write;

use statefulset::{PolicySource, Profile, Version};
use thiserror::Error;

use crate::kubectl::{Files, Kubectl, here_document};
use crate::world::{Options, World};

/// What was asked for outside of the story; it wins over the story's own `option` lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// Names of the nodes.
    pub nodes: Option<Vec<String>>,
    /// Behaviour of the StatefulSet controller.
    pub profile: Option<Profile>,
    /// Where sets say what they ask for beyond Kubernetes.
    pub policies: Option<PolicySource>,
    /// The version of Kubernetes whose decisions the StatefulSet controller follows.
    pub kubernetes: Option<Version>,
    /// Seed of what is drawn at random.
    pub seed: Option<u64>,
    /// Whether the cluster keeps a timeline, also if the story does not draw it.
    pub timeline: bool,
    /// Whether what the StatefulSet controller sees, decides and does is written too.
    pub trace: bool,
}

/// Why a story did not come to its end.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{name}:{line}: {problem}")]
pub struct StoryError {
    /// The story.
    pub name: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected there, and what was found.
    pub problem: String,
}

/// What a line of a story is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line<'a> {
    /// A comment, or nothing at all.
    Silent,
    Option(&'a str),
    Command {
        text: &'a str,
        must_fail: bool,
    },
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            return Self::Silent;
        }
        if let Some(rest) = text.strip_prefix("option ") {
            return Self::Option(rest.trim());
        }
        let failing = text.strip_prefix('!');
        Self::Command {
            text: failing.unwrap_or(text).trim(),
            must_fail: failing.is_some(),
        }
    }
}

/// Runs the story `text`, called `name` in errors, and writes its comments, its commands and their output to `out`.
/// `files` has the files that the story names.
pub fn run(
    text: &str,
    name: &str,
    settings: &Settings,
    files: &mut dyn Files,
    out: &mut dyn Write,
) -> Result<(), StoryError> {
    Story::new(text, name, settings)?.tell(files, out)
}

/// A story and its cluster.
#[derive(Debug)]
pub struct Story<'t> {
    text: &'t str,
    name: &'t str,
    world: World,
}

impl<'t> Story<'t> {
    /// The story `text`, called `name` in errors, before its first command.
    pub fn new(text: &'t str, name: &'t str, settings: &Settings) -> Result<Self, StoryError> {
        let options = options(text, settings).map_err(|(line, problem)| StoryError {
            name: name.into(),
            line,
            problem,
        })?;
        let mut world = World::new(options);
        if settings.timeline || text.lines().any(draws_a_timeline) {
            world.keep_timeline();
        }
        if settings.trace {
            world.keep_trace();
        }
        world.quiesce();
        Ok(Self { text, name, world })
    }

    /// Its cluster, as the story has left it.
    pub const fn world(&self) -> &World {
        &self.world
    }

    /// Its cluster, to watch.
    pub const fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// Its cluster, to go on with.
    pub fn into_world(self) -> World {
        self.world
    }

    /// Runs its commands, and writes its comments, its commands and their output to `out`. `files` has the files that
    /// the story names.
    pub fn tell(&mut self, files: &mut dyn Files, out: &mut dyn Write) -> Result<(), StoryError> {
        let mut kubectl = Kubectl::new(files);
        let mut lines = self.text.lines().enumerate();
        while let Some((index, line)) = lines.next() {
            let mut text = line.to_owned();
            if let (Line::Command { .. }, Some(end)) = (Line::of(line), here_document(line)) {
                for (_, inner) in lines.by_ref() {
                    text = text + "\n" + inner;
                    if inner.trim() == end {
                        break;
                    }
                }
            }
            let told = tell(&mut kubectl, &mut self.world, &text, out);
            told.map_err(|problem| StoryError {
                name: self.name.into(),
                line: index + 1,
                problem,
            })?;
        }
        Ok(())
    }
}

fn draws_a_timeline(line: &str) -> bool {
    matches!(Line::of(line), Line::Command { text, .. } if text.split_whitespace().next() == Some("timeline"))
}

fn tell(
    kubectl: &mut Kubectl<'_>,
    world: &mut World,
    line: &str,
    out: &mut dyn Write,
) -> Result<(), String> {
    let lost = |_| "the output could not be written".to_owned();
    let Line::Command { text, must_fail } = Line::of(line) else {
        return writeln!(out, "{}", line.trim_end()).map_err(lost);
    };
    writeln!(out, "$ {text}").map_err(lost)?;
    let output = kubectl.run(world, text);
    if let Some(why) = world.controller_failure() {
        return Err(why.to_owned());
    }
    for line in world.take_trace() {
        writeln!(out, "| {line}").map_err(lost)?;
    }
    out.write_str(&output.text).map_err(lost)?;
    let first = text.lines().next().unwrap_or_default();
    match (output.failed, must_fail) {
        (true, false) => Err(format!("expected `{first}` to succeed")),
        (false, true) => Err(format!("expected `{first}` to fail")),
        _ => Ok(()),
    }
}

/// The options of a story: its lines at the top, and what was asked for outside.
fn options(text: &str, settings: &Settings) -> Result<Options, (usize, String)> {
    let mut options = Options::default();
    let mut begun = false;
    for (index, line) in text.lines().enumerate() {
        match Line::of(line) {
            Line::Silent => {}
            Line::Command { .. } => begun = true,
            Line::Option(_) if begun => {
                let problem = "expected options before the first command";
                return Err((index + 1, problem.into()));
            }
            Line::Option(text) => {
                set(&mut options, text).map_err(|problem| (index + 1, problem))?;
            }
        }
    }
    if let Some(nodes) = &settings.nodes {
        options.nodes.clone_from(nodes);
    }
    let version = settings.kubernetes.unwrap_or(options.profile.kubernetes);
    let asked_for = options.profile.policies;
    let profile = settings.profile.unwrap_or(options.profile);
    options.profile = Profile {
        policies: settings.policies.unwrap_or(asked_for),
        ..profile.following(version)
    };
    options.seed = settings.seed.unwrap_or(options.seed);
    Ok(options)
}

fn set(options: &mut Options, text: &str) -> Result<(), String> {
    let words: Vec<_> = text.split_whitespace().collect();
    match words.as_slice() {
        ["nodes", names @ ..] if !names.is_empty() => {
            options.nodes = names.iter().map(ToString::to_string).collect();
        }
        ["provisioner", "none"] => options.provisioner = false,
        ["provisioner", "default"] => options.provisioner = true,
        ["profile", name] => {
            options.profile = Profile {
                policies: options.profile.policies,
                ..profile(name)?.following(options.profile.kubernetes)
            };
        }
        ["policies", name] => options.profile.policies = policies(name)?,
        ["kubernetes", text] => {
            let version: Version = text
                .parse()
                .map_err(|error| format!("{error}, found \"{text}\""))?;
            options.profile = options.profile.following(version);
        }
        ["gate", "StatefulSetRecreateStrategy"] => options.recreate = true,
        ["seed", number] => {
            options.seed = number
                .parse()
                .map_err(|_| format!("expected a number as seed, found \"{number}\""))?;
        }
        _ => {
            return Err(format!(
                "expected `option nodes NAME…`, `option provisioner none|default`, `option profile \
                 upstream|standalone`, `option policies none|annotations|zones|pingcap`, `option kubernetes VERSION`, `option gate StatefulSetRecreateStrategy` or `option seed N`, found `option {text}`"
            ));
        }
    }
    Ok(())
}

/// The profile of this name.
pub fn profile(name: &str) -> Result<Profile, String> {
    match name {
        "upstream" => Ok(Profile::UPSTREAM),
        "standalone" => Ok(Profile::STANDALONE),
        _ => Err(format!(
            "expected upstream or standalone as profile, found \"{name}\""
        )),
    }
}

/// Where the sets of a story say their policies. The simulated API server has StatefulSets alone.
fn policies(name: &str) -> Result<PolicySource, String> {
    match name {
        "none" => Ok(PolicySource::Resource),
        "annotations" => Ok(PolicySource::Annotations),
        "zones" => Ok(PolicySource::Zones),
        "pingcap" => Ok(PolicySource::PingCap),
        "kruise" => Err(
            "OpenKruise's Advanced StatefulSet is a resource that this cluster does not have; the same policies can be \
             said in annotations"
                .into(),
        ),
        _ => Err(format!(
            "expected none, annotations, zones or pingcap as policies, found \"{name}\""
        )),
    }
}

#[cfg(test)]
mod tests {
    use statefulset::Profile;

    use super::{Line, Settings, options};

    #[test]
    fn lines_are_told_apart() {
        assert_eq!(Line::of("  # why"), Line::Silent);
        assert_eq!(Line::of("option seed 1"), Line::Option("seed 1"));
        let (text, must_fail) = ("get po", true);
        assert_eq!(Line::of("! get po"), Line::Command { text, must_fail });
    }

    #[test]
    fn options_stand_at_the_top_and_flags_win() {
        let text = "# a\noption nodes a b\noption provisioner none\noption profile upstream\noption seed 7\nget po\n";
        let own = options(text, &Settings::default()).unwrap();
        assert_eq!(own.nodes, ["a", "b"]);
        assert_eq!((own.provisioner, own.seed), (false, 7));
        assert_eq!(own.profile, Profile::UPSTREAM);
        let settings = Settings {
            nodes: Some(vec!["c".into()]),
            profile: Some(Profile::STANDALONE),
            seed: Some(8),
            ..Settings::default()
        };
        let asked = options(text, &settings).unwrap();
        assert_eq!((asked.nodes, asked.seed), (vec!["c".to_owned()], 8));
        assert_eq!(asked.profile, Profile::STANDALONE);
        let (line, problem) = options("get po\noption seed 1\n", &settings).unwrap_err();
        assert_eq!(
            (line, &*problem),
            (2, "expected options before the first command")
        );
        let (line, problem) = options("\noption profile x\n", &settings).unwrap_err();
        assert_eq!(line, 2);
        assert_eq!(
            problem,
            "expected upstream or standalone as profile, found \"x\""
        );
        let (_, problem) = options("option policies kruise\n", &settings).unwrap_err();
        assert!(
            problem.ends_with("the same policies can be said in annotations"),
            "{problem}"
        );
    }
}
