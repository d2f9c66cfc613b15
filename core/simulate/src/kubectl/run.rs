//! `run`: a pod for one errand.

use std::rc::Rc;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::delete::deleted;
use super::failure::Failure;
use super::outcome::{DryRun, Outcome};
use super::session::Session;
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
    /// Annotations of the pod: a=b
    #[arg(long, value_delimiter = ',')]
    annotations: Vec<String>,
    /// A variable of its container: NAME=VALUE; may be given several times
    #[arg(long)]
    env: Vec<String>,
    /// A port of its container
    #[arg(long)]
    port: Option<u16>,
    /// Whether its image is pulled where it is there: Always, IfNotPresent or Never
    #[arg(long)]
    image_pull_policy: Option<String>,
    #[command(flatten)]
    outcome: Outcome,
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
        let mut printer = self.outcome.printer(session)?;
        let pod = Rc::new(self.pod()?);
        let created = session.write(printer.dry_run, pod, |store, pod| {
            store.create(Kind::Pod, &namespace, pod)
        })?;
        if !self.stdin || printer.dry_run != DryRun::None {
            return printer.tell(session, Kind::Pod, &created, "created");
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

    fn pod(&self) -> Result<Value, Failure> {
        let restart = match self.restart {
            Restart::Always => "Always",
            Restart::OnFailure => "OnFailure",
            Restart::Never => "Never",
        };
        let mut pod = json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": self.name, "labels": {"run": self.name}},
            "spec": {
                "containers": [{"name": self.name, "image": self.image, "resources": {}}],
                "dnsPolicy": "ClusterFirst",
                "restartPolicy": restart,
            },
            "status": {},
        });
        if !self.labels.is_empty() {
            pod["metadata"]["labels"] = pairs(&self.labels, "label")?;
        }
        if !self.annotations.is_empty() {
            pod["metadata"]["annotations"] = pairs(&self.annotations, "annotation")?;
        }
        let container = &mut pod["spec"]["containers"][0];
        if !self.program.is_empty() {
            let field = if self.command { "command" } else { "args" };
            container[field] = json!(self.program);
        }
        if let Some(port) = self.port {
            container["ports"] = json!([{"containerPort": port}]);
        }
        if let Some(policy) = &self.image_pull_policy {
            container["imagePullPolicy"] = json!(policy);
        }
        let variable = |pair: &String| {
            let (name, value) = pair
                .split_once('=')
                .ok_or_else(|| Failure::error(format!("invalid env: {pair}")))?;
            Ok(json!({"name": name, "value": value}))
        };
        let variables: Result<Vec<_>, Failure> = self.env.iter().map(variable).collect();
        let variables = variables?;
        if !variables.is_empty() {
            container["env"] = Value::Array(variables);
        }
        Ok(pod)
    }
}

/// `a=b` for each, as an object.
fn pairs(texts: &[String], what: &str) -> Result<Value, Failure> {
    let pair = |text: &String| {
        let (key, value) = text.split_once('=').ok_or_else(|| {
            Failure::error(format!("invalid {what}: \"{text}\": expected KEY=VALUE"))
        })?;
        Ok((key.to_owned(), json!(value)))
    };
    let pairs: Result<_, Failure> = texts.iter().map(pair).collect();
    pairs.map(Value::Object)
}
