//! StatefulSets on a cluster that lives inside the program.

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use statefulset_simulate::story::{self, Settings};

/// StatefulSets on a cluster that lives inside the program.
#[derive(Parser)]
#[command(
    version,
    after_help = "`sts simulate --help` lists the words of a story."
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
}

#[derive(Args)]
struct Simulate {
    /// Who does what the cluster's own controllers do in Kubernetes [default: standalone]
    #[arg(long)]
    profile: Option<Profile>,
    /// How many nodes there are: node-1, node-2… [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5000))]
    nodes: Option<u32>,
    /// Seed of uids, generated names and whatever else is drawn at random [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// A file, or - for standard input
    story: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Profile {
    /// As in Kubernetes 1.37: the cluster binds claims, its garbage collector deletes pods and claims
    Upstream,
    /// The planner does these things too, for clusters without such controllers
    Standalone,
}

fn main() -> ExitCode {
    let Command::Simulate(simulate) = Sts::parse().command;
    match simulate.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed::Story(message)) => fail(&message, 1),
        Err(Failed::Usage(message)) => fail(&message, 2),
    }
}

fn fail(message: &str, status: u8) -> ExitCode {
    eprintln!("sts: {message}");
    ExitCode::from(status)
}

enum Failed {
    /// The story did not come to its end.
    Story(String),
    /// It could not even begin.
    Usage(String),
}

impl Simulate {
    fn run(self) -> Result<(), Failed> {
        let (name, text) = self.story().map_err(|error| {
            let path = self.story.display();
            Failed::Usage(format!("cannot read the story {path}: {error}"))
        })?;
        let folder = self.story.parent().unwrap_or(Path::new(""));
        let settings = Settings {
            nodes: self
                .nodes
                .map(|n| (1..=n).map(|i| format!("node-{i}")).collect()),
            profile: self.profile.map(|profile| match profile {
                Profile::Upstream => statefulset_simulate::Profile::UPSTREAM,
                Profile::Standalone => statefulset_simulate::Profile::STANDALONE,
            }),
            seed: self.seed,
        };
        let mut read = |path: &str| read(folder, path);
        let mut out = Stream(io::stdout().lock());
        let told = story::run(&text, &name, &settings, &mut read, &mut out);
        told.map_err(|error| Failed::Story(error.to_string()))
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

/// A file of the story, or with a `/` at the end of `path` the names in a folder.
fn read(folder: &Path, path: &str) -> io::Result<String> {
    let at = folder.join(path);
    if path.ends_with('/') {
        let mut names = Vec::new();
        for entry in fs::read_dir(at)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort_unstable();
        return Ok(names.join("\n"));
    }
    if at.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    fs::read_to_string(at)
}

/// Shows each piece of output as soon as it is there.
struct Stream<W>(W);

impl<W: Write> fmt::Write for Stream<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let shown = self
            .0
            .write_all(text.as_bytes())
            .and_then(|()| self.0.flush());
        shown.map_err(|_| fmt::Error)
    }
}

fn manual() -> String {
    format!(
        "\
Stories
  Each command is echoed as `$ command`, followed by its output. A line that begins with # is a comment. A line that
  begins with ! must fail; any other failure ends the run with exit status 1. Time is virtual and nothing sleeps: delete,
  wait, rollout status, settle and advance move the clock, get -w goes on until the cluster settles, everything else takes
  no time. {{0..2}} stands for 0 1 2, and -f is relative to the story's folder (for standard input, to the working
  directory). Exit status: 0 where the story came to its end, 1 where it did not, 2 where it could not begin.

Words: kubectl's own, with its options and its output, and some more (`help WORD` in a story tells all about one)
{}
Options of the world, at the top of a story; flags win over them
  option nodes NAME…            names of the nodes
  option provisioner none       no default storage class, and nothing that makes volumes
  option profile PROFILE        upstream or standalone
  option seed N                 another seed

The standalone profile makes the same decisions about pods and claims as upstream, but the planner itself also
  - binds claims to volumes,
  - shuts the pods of a deleted set down in order, highest ordinal first, and only then lets the set go,
  - deletes the claims that a retention policy gives up,
  - replaces the pods of draining and of lost nodes.
In upstream the cluster's volume controller and its garbage collector do these things, in Kubernetes' own way.

Examples
  sts simulate --nodes 5 STORY
  echo 'help get' | sts simulate -
",
        statefulset_simulate::kubectl::summary()
    )
}
