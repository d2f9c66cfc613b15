//! `run`: a pod for one errand.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::delete::deleted;
use super::failure::Failure;
use super::session::{Session, title};
use crate::store::DeleteOptions;
use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// How long a pod may take until it runs.
const PATIENCE: statefulset::Millis = 60_000;

/// Create a pod; with --rm -it and a program after `--`, run that and remove the pod
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Name of the pod
    name: String,
    /// Image of its container
    #[arg(long)]
    image: String,
    /// Whether it is restarted when it ends
    #[arg(long, value_enum, default_value = "Always")]
    restart: Restart,
    /// Remove the pod when the program has ended
    #[arg(long)]
    rm: bool,
    /// Wait for the program and show what it prints
    #[arg(short = 'i', long)]
    stdin: bool,
    /// Accepted and without meaning here
    #[arg(short, long)]
    tty: bool,
    /// Labels of the pod: a=b,c=d
    #[arg(short, long, value_delimiter = ',')]
    labels: Vec<String>,
    /// What follows `--` replaces the image's program instead of its arguments
    #[arg(long)]
    command: bool,
    /// The program and its arguments, after `--`
    #[arg(last = true)]
    program: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "PascalCase")]
enum Restart {
    Always,
    OnFailure,
    Never,
}

impl Run {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if self.rm && !self.stdin {
            return Err(Failure::error(
                "--rm should only be used for attached containers",
            ));
        }
        if self.stdin && self.program.is_empty() {
            return Err(Failure::error(
                "nobody is there to type: expected a program after --",
            ));
        }
        let namespace = session.namespace().to_owned();
        let pod = self.pod();
        session
            .world
            .store_mut()
            .create(Kind::Pod, &namespace, pod)?;
        if !self.stdin {
            session.say(format!("{} created", title(Kind::Pod, &self.name)));
            return Ok(());
        }
        let done = self.attend(session);
        if self.rm {
            let key = Key::new(Kind::Pod, &namespace, &self.name);
            let options = DeleteOptions::default();
            session
                .world
                .store_mut()
                .delete(key.kind, &namespace, &key.name, &options)?;
            session.say(deleted(&key, false));
            session.wait(None, "", |world| {
                world
                    .store()
                    .get(Kind::Pod, &namespace, &self.name)
                    .is_none()
            })?;
        }
        done
    }

    /// Runs the program in the pod and lets the pod end.
    fn attend(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let namespace = session.namespace().to_owned();
        let phase = |session: &Session<'_>| {
            let pod = session.require(Kind::Pod, &self.name);
            pod.map(|pod| pod.text("/status/phase").to_owned())
        };
        session.wait(Some(PATIENCE), "", |world| {
            let pod = world.store().get(Kind::Pod, &namespace, &self.name);
            pod.is_none_or(|pod| pod.text("/status/phase") != "Pending")
        })?;
        if phase(session)? == "Running" {
            let ended = session
                .world
                .exec(&namespace, &self.name, None, &self.program)?;
            session.print(&ended.stdout);
            session.print(&ended.stderr);
            if ended.code != 0 {
                session.say(format!("pod {namespace}/{} terminated (Error)", self.name));
                return Err(Failure::Said);
            }
        }
        session.wait(Some(PATIENCE), "", |world| {
            let pod = world.store().get(Kind::Pod, &namespace, &self.name);
            pod.is_none_or(|pod| pod.text("/status/phase") != "Running")
        })
    }

    fn pod(&self) -> Value {
        let restart = match self.restart {
            Restart::Always => "Always",
            Restart::OnFailure => "OnFailure",
            Restart::Never => "Never",
        };
        let mut pod = json!({
            "metadata": {"name": self.name, "labels": {"run": self.name}},
            "spec": {
                "containers": [{"name": self.name, "image": self.image}],
                "restartPolicy": restart,
            },
        });
        if !self.labels.is_empty() {
            let pairs = self.labels.iter().filter_map(|pair| pair.split_once('='));
            let labels = pairs.map(|(key, value)| (key.to_owned(), json!(value)));
            pod["metadata"]["labels"] = Value::Object(labels.collect());
        }
        if !self.program.is_empty() {
            let field = if self.command { "command" } else { "args" };
            pod["spec"]["containers"][0][field] = json!(self.program);
        }
        pod
    }
}
