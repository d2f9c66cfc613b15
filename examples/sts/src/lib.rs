//! The tool `sts` as a function, for programs that have it inside: why StatefulSets are stuck, and a cluster to try them on.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use statefulset::{PolicySource, Version};
use statefulset_simulate::World;
use statefulset_simulate::story::{Settings, Story};

#[cfg(feature = "completion")]
mod completion;
mod explain;
mod folder;
mod process;
#[cfg(feature = "shell")]
mod shell;
mod upgrade;

#[cfg(feature = "completion")]
use completion::{Completion, Manual};
use explain::{Explain, Standing};
use folder::Folder;
use process::Process;
use upgrade::Foresee;

/// What the words of a story are.
const WORDS: &str = if cfg!(feature = "shell") {
    "`sts simulate --help` lists the words of a story, which are those of the shell."
} else {
    "`sts simulate --help` lists the words of a story."
};

/// Says why StatefulSets are stuck, and runs them on a cluster that lives inside the program.
#[derive(Parser)]
#[command(
    version,
    after_help = WORDS
)]
struct Sts {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a story: a text file with one command a line, on a cluster of its own
    #[command(after_help = manual())]
    Simulate(Simulate),
    /// Type the same commands, on a cluster that lasts until the end of the input
    #[cfg(feature = "shell")]
    #[command(after_help = MANNERS)]
    Shell(Shell),
    /// Say why StatefulSets are stuck: reads what `kubectl get … -o json` or `-o yaml` prints, or asks kubectl
    #[command(after_help = EXPLAIN)]
    Explain(Explain),
    /// Say what an upgrade of the control plane would do to StatefulSets, before it is done
    #[command(after_help = UPGRADE)]
    Upgrade(Foresee),
    /// Print a script that lets a shell complete these commands
    #[cfg(feature = "completion")]
    #[command(after_help = COMPLETION)]
    Completion(Completion),
    /// Write man pages of these commands into a folder
    #[cfg(feature = "completion")]
    Manual(Manual),
}

#[derive(Args)]
struct Simulate {
    #[command(flatten)]
    world: Cluster,
    /// Draw what has happened to the pods into this file, an SVG picture
    #[arg(long, value_name = "FILE")]
    timeline: Option<PathBuf>,
    /// Write what the StatefulSet controller sees, plans and sends too, each line behind a |
    #[arg(long)]
    trace: bool,
    /// Let this shell command be the StatefulSet controller: it is told on its standard input, in lines of JSON, what there
    /// is to see, and prints requests (examples/README.md has the lines)
    #[arg(long, value_name = "COMMAND")]
    controller: Option<String>,
    /// For how many seconds that command may be silent while something is expected of it
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        requires = "controller"
    )]
    patience: u64,
    /// A file, or - for standard input
    story: PathBuf,
}

#[cfg(feature = "shell")]
#[derive(Args)]
struct Shell {
    #[command(flatten)]
    world: Cluster,
}

/// How a cluster begins.
#[derive(Args)]
struct Cluster {
    /// Who does what the cluster's own controllers do in Kubernetes [default: standalone]
    #[arg(long)]
    profile: Option<Profile>,
    /// Where sets say what they ask for beyond Kubernetes [default: none]
    #[arg(long)]
    policies: Option<Policies>,
    /// Which Kubernetes decides about the pods of sets, such as 1.33 or v1.35.2 [default: 1.37]
    #[arg(long, value_name = "VERSION")]
    kubernetes: Option<Version>,
    /// How many nodes there are: node-1, node-2… [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5000))]
    nodes: Option<u32>,
    /// Seed of uids, generated names and whatever else is drawn at random [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Profile {
    /// As in Kubernetes: the cluster binds claims, its garbage collector deletes pods and claims
    Upstream,
    /// The planner does these things too, for clusters without such controllers
    Standalone,
}

#[derive(Clone, Copy, ValueEnum)]
enum Policies {
    /// Nowhere: they ask for nothing
    None,
    /// In their annotation statefulset.dev/policies
    Annotations,
    /// In the same, and sets with one value of the label rollout-group are a group
    Zones,
    /// In the annotations of PingCAP's advanced StatefulSet
    Pingcap,
}

impl Policies {
    const fn source(self) -> PolicySource {
        match self {
            Self::None => PolicySource::Resource,
            Self::Annotations => PolicySource::Annotations,
            Self::Zones => PolicySource::Zones,
            Self::Pingcap => PolicySource::PingCap,
        }
    }
}

impl Profile {
    const fn knobs(self, kubernetes: Version) -> statefulset::Profile {
        match self {
            Self::Upstream => statefulset::Profile::upstream(kubernetes),
            Self::Standalone => statefulset::Profile::STANDALONE.following(kubernetes),
        }
    }
}

/// The name by which `kubectl sts` finds the tool.
pub const PLUGIN: &str = "kubectl-sts";

/// Runs the tool under this name with these arguments, and gives its exit status.
pub fn run(name: &'static str, arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let words = [OsString::from(name)].into_iter().chain(arguments);
    let parsed = Sts::command()
        .name(name)
        .bin_name(name)
        .try_get_matches_from(words)
        .and_then(|matches| Sts::from_arg_matches(&matches));
    let status = match parsed {
        Ok(sts) => sts.command.run(name),
        Err(error) => {
            // Nobody is there to be told that it cannot be told.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(2)
        }
    };
    // A program that is not Rust's does not do this at its end.
    let _ = io::stdout().flush();
    status
}

impl Command {
    /// `name` is the program's.
    fn run(self, name: &'static str) -> u8 {
        let done = match self {
            Self::Simulate(simulate) => simulate.run(),
            #[cfg(feature = "shell")]
            Self::Shell(shell) => match shell::run(&shell.world.settings()) {
                Ok(true) => Ok(()),
                // It has been said where it happened.
                Ok(false) => return 1,
                Err(error) => Err(Failed::Usage(format!("the shell cannot go on: {error}"))),
            },
            #[cfg(feature = "completion")]
            Self::Completion(completion) => {
                completion.run(Sts::command(), name).map_err(Failed::Usage)
            }
            #[cfg(feature = "completion")]
            Self::Manual(manual) => manual.run(Sts::command(), name).map_err(Failed::Usage),
            // kubectl starts a plugin by its own name, and then there is a cluster to ask.
            Self::Explain(explain) => match status(explain.run(name == PLUGIN)) {
                Ok(status) => return status,
                Err(failed) => Err(failed),
            },
            Self::Upgrade(upgrade) => match status(upgrade.run(name == PLUGIN)) {
                Ok(status) => return status,
                Err(failed) => Err(failed),
            },
        };
        let (message, status) = match done {
            Ok(()) => return 0,
            Err(Failed::Story(message)) => (message, 1),
            Err(Failed::Usage(message)) => (message, 2),
        };
        eprintln!("sts: {message}");
        status
    }
}

/// The exit status of an answer about a cluster.
fn status(answer: Result<Standing, String>) -> Result<u8, Failed> {
    match answer {
        Ok(Standing::Fine) => Ok(0),
        Ok(Standing::Stuck) => Ok(1),
        Ok(Standing::Unknown) => Ok(2),
        Err(message) => Err(Failed::Usage(message)),
    }
}

enum Failed {
    /// The story did not come to its end.
    Story(String),
    /// It could not even begin.
    Usage(String),
}

impl Simulate {
    fn run(&self) -> Result<(), Failed> {
        let (name, text) = self.story().map_err(|error| {
            let path = self.story.display();
            Failed::Usage(format!("cannot read the story {path}: {error}"))
        })?;
        let folder = self.story.parent().unwrap_or(Path::new(""));
        let settings = Settings {
            timeline: self.timeline.is_some(),
            trace: self.trace,
            ..self.world.settings()
        };
        let mut story = Story::new(&text, &name, &settings).map_err(Failed::story)?;
        if let Some(command) = &self.controller {
            let patience = Duration::from_secs(self.patience);
            let started = Process::start(command, story.world().options().profile, patience);
            story.world_mut().hand_over(started.map_err(Failed::Usage)?);
        }
        let mut out = Stream {
            out: io::stdout().lock(),
            is_closed: false,
        };
        let told = story.tell(&mut Folder(folder), &mut out);
        // Where a story fails, what has happened is worth a look all the more.
        self.draw(story.world())?;
        if out.is_closed {
            // As in `sts simulate STORY | head`: whoever reads has seen enough.
            return Ok(());
        }
        told.map_err(Failed::story)
    }

    fn draw(&self, world: &World) -> Result<(), Failed> {
        let (Some(path), Some(picture)) = (&self.timeline, world.timeline_svg(None)) else {
            return Ok(());
        };
        fs::write(path, picture).map_err(|error| {
            let path = path.display();
            Failed::Usage(format!("cannot write the timeline {path}: {error}"))
        })
    }

    /// The story's name and text.
    fn story(&self) -> io::Result<(String, String)> {
        if self.story == Path::new("-") {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            return Ok(("standard input".into(), text));
        }
        let text = fs::read_to_string(&self.story)?;
        Ok((self.story.display().to_string(), text))
    }
}

impl Failed {
    fn story(error: impl fmt::Display) -> Self {
        Self::Story(error.to_string())
    }
}

impl Cluster {
    fn settings(&self) -> Settings {
        Settings {
            nodes: self
                .nodes
                .map(|n| (1..=n).map(|i| format!("node-{i}")).collect()),
            profile: self.profile.map(|profile| profile.knobs(Version::LATEST)),
            policies: self.policies.map(Policies::source),
            kubernetes: self.kubernetes,
            seed: self.seed,
            ..Settings::default()
        }
    }
}

/// Shows each piece of output as soon as it is there.
struct Stream<W> {
    out: W,
    /// Nobody reads it any more.
    is_closed: bool,
}

impl<W: Write> fmt::Write for Stream<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let written = self.out.write_all(text.as_bytes());
        let shown = written.and_then(|()| self.out.flush());
        shown.map_err(|error| {
            self.is_closed = error.kind() == io::ErrorKind::BrokenPipe;
            fmt::Error
        })
    }
}

#[cfg(feature = "shell")]
const MANNERS: &str = "\
The words are those of a story (`sts simulate --help`, or `help`). The prompt shows how much time has passed in the cluster:
only delete, drain, wait, rollout status, settle, advance and get -w let it pass. Tab completes words, kinds, names and options;
the history is kept while the shell runs. Ctrl-C ends a command or empties the line; Ctrl-D, `exit` or `quit` ends the shell.
-f and --svg are relative to the working directory. Where the input is not a terminal there is no prompt, each line is run, and the
exit status is 1 if one of them failed. A first word `kubectl` is left out, so that commands can be pasted.
";

const UPGRADE: &str = "\
Both versions plan for every set, and so do those between them, to find where each change begins. The exit status is 0 if nothing
changes, 1 if something does, and 2 if the input cannot be read.

Examples:
  kubectl sts upgrade --from 1.33 --to 1.37 --all-namespaces
  kubectl get sts,po,pvc,controllerrevisions -A -o json | sts upgrade --from 1.33 --to 1.34.0 -
";

#[cfg(feature = "completion")]
const COMPLETION: &str = "\
Examples
  sts completion bash > ~/.local/share/bash-completion/completions/sts
  sts completion zsh > ~/.zfunc/_sts       # with ~/.zfunc in fpath
  sts completion fish > ~/.config/fish/completions/sts.fish
";

const EXPLAIN: &str = "\
Examples
  kubectl get sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,volumeattachments,ns,events,quota -A -o json | sts explain
  kubectl sts explain -A

For each set there is one line that says how it stands. Where there is more to say, it is followed by
  cause   what keeps the set from what is wanted: the cause's name (--list has all of them), where it shows, and what ends it. A
          line that begins with $ is a command. Several ways out ask a person to decide between them
  chosen  what somebody wants so: a partition, OnDelete
  note    what is worth knowing and holds nothing back
  now     what the planner would do now; fails: what is refused each time; then: what is not reached because of that
  waits   what pods wait for and since when, with the conditions that are not met in brackets

The moment of the input is now, unless --now says otherwise: a dump from a story is from 2026-01-01.

The input is JSON or YAML, in UTF-8, or in UTF-16 with a byte order mark: objects, lists and arrays of objects, several documents.
What cannot be read, is missing or is passed over is said on standard error, with its place; everything else is told. A kind of
which the input has no object is unknown, not absent, unless --kinds names it. Sets and pods are enough for an answer.

kubectl is asked for these kinds: in all namespaces with -A, otherwise in one. A kind that it may not
read is said, and costs only what depends on it.

Exit status: 0 where nothing is stuck, 1 where something is (a cause or a wait that has lasted for longer than --patience, or a
cause that never ends by itself), 2 where something in the input cannot be read, or a set that is asked for is not in it.
";

fn manual() -> String {
    format!(
        "\
Stories
  Each command is echoed as `$ command`, followed by its output. A line that begins with # is a comment. A line that
  begins with ! must fail; any other failure ends the run with exit status 1. Time is virtual and nothing sleeps: delete,
  drain, wait, rollout status, settle and advance move the clock, get -w goes on until the cluster settles, everything else
  takes no time. {{0..2}} stands for 0 1 2, and -f and --svg are relative to the story's folder (for standard input, to the
  working directory). Exit status: 0 where the story came to its end, 1 where it did not, 2 where it could not begin.

Words: kubectl's own, with its options and its output, and some more (`help WORD` in a story tells all about one)
{}
Options of the world, at the top of a story; flags win over them
  option nodes NAME…            names of the nodes
  option provisioner none       no default storage class, and nothing that makes volumes
  option profile PROFILE        upstream or standalone
  option policies POLICIES      where sets say what they ask for beyond Kubernetes: none, annotations, zones or pingcap
  option kubernetes VERSION     which Kubernetes decides about the pods of sets, such as 1.33
  option gate GATE              StatefulSetRecreateStrategy: the API server takes a strategy that the controller may not know
  option seed N                 another seed

The standalone profile makes the same decisions about pods and claims as upstream, but the planner itself also
  - binds claims to volumes,
  - shuts the pods of a deleted set down in order, highest ordinal first, and only then lets the set go,
  - deletes the claims that a retention policy gives up,
  - replaces the pods of draining and of lost nodes.
In upstream the cluster's own controllers and kubectl do these things, in Kubernetes' own way.

Examples
  sts simulate --nodes 5 STORY
  sts simulate --timeline pods.svg STORY
  echo 'help get' | sts simulate -
",
        statefulset_simulate::kubectl::summary()
    )
}
