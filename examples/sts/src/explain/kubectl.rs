//! Asking kubectl for what matters.

use std::process::{Command, Output, Stdio};

use clap::Args;
use serde_json::Value;

use super::kinds::{self, ASKED};
use super::progress::Progress;

/// Flags that are handed on to kubectl.
#[derive(Args)]
pub(super) struct Kubectl {
    /// kubectl's context, where kubectl is asked
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    context: Option<String>,
    /// kubectl's configuration, where kubectl is asked
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    kubeconfig: Option<String>,
}

/// What kubectl has said.
#[derive(Default)]
pub(super) struct Said {
    /// What it printed.
    pub(super) outputs: Vec<Vec<u8>>,
    /// Kinds that it has given all objects of.
    pub(super) kinds: Vec<&'static str>,
    /// Kinds that it has not, in sentences.
    pub(super) refused: Vec<String>,
    /// What the cluster says its version is, such as `v1.33.5`.
    pub(super) version: Option<String>,
}

/// Where objects are looked for.
pub(super) enum Scope<'a> {
    All,
    Namespace(&'a str),
    /// The namespace of kubectl's context.
    Default,
}

impl Kubectl {
    /// Asks for all kinds at once. If not all of them can be had, it asks for each by itself, so that a kind that the user may
    /// not read costs only itself.
    pub(super) fn ask(&self, scope: &Scope<'_>, progress: &Progress) -> Result<Said, String> {
        let all: Vec<_> = ASKED.iter().map(|asked| asked.short).collect();
        let mut said = Said {
            version: self.version(),
            ..Said::default()
        };
        progress.say("asking kubectl for all that matters");
        let output = self.get(&all.join(","), scope)?;
        if output.status.success() {
            said.outputs.push(output.stdout);
            said.kinds.extend(ASKED.iter().map(|asked| asked.name));
            return Ok(said);
        }
        for asked in &ASKED {
            progress.say(format!("asking kubectl for {}", asked.short));
            let output = self.get(asked.short, scope)?;
            if output.status.success() {
                said.outputs.push(output.stdout);
                said.kinds.push(asked.name);
                continue;
            }
            let (short, unknown) = (asked.short, asked.unknown);
            let why = String::from_utf8_lossy(&output.stderr);
            let why = why.trim();
            let refused =
                format!("kubectl get {short} failed, so it is not known {unknown}: {why}");
            if matches!(asked.name, "StatefulSet" | "Pod") {
                let hint = match scope {
                    Scope::All => "; one namespace is asked for with --namespace",
                    _ => "",
                };
                return Err(format!("{refused}{hint}"));
            }
            said.refused.push(refused);
        }
        Ok(said)
    }

    fn get(&self, kinds: &str, scope: &Scope<'_>) -> Result<Output, String> {
        let mut command = Command::new("kubectl");
        // When a set was scaled last stands nowhere else.
        command.args(["get", kinds, "-o", "json", "--show-managed-fields"]);
        match scope {
            Scope::All => command.arg("--all-namespaces"),
            Scope::Namespace(name) => command.args(["--namespace", name]),
            Scope::Default => &mut command,
        };
        self.hand_on(&mut command).output().map_err(|error| {
            format!(
                "no input, and kubectl cannot be asked ({error}); try: {} | sts explain",
                kinds::command()
            )
        })
    }

    /// What the cluster says its version is. Whoever may read sets may read this; if it cannot be had all the same, the answer
    /// says whose rules it follows.
    fn version(&self) -> Option<String> {
        let mut command = Command::new("kubectl");
        command.args(["version", "-o", "json"]);
        let output = self.hand_on(&mut command).output();
        let said: Value = serde_json::from_slice(&output.ok()?.stdout).ok()?;
        let version = said.pointer("/serverVersion/gitVersion")?.as_str()?;
        Some(version.to_owned())
    }

    /// Adds the flags that are kubectl's own.
    fn hand_on<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        for (flag, value) in [
            ("--context", &self.context),
            ("--kubeconfig", &self.kubeconfig),
        ] {
            if let Some(value) = value {
                command.args([flag, value]);
            }
        }
        // A plugin of kubectl's may ask for a password.
        command.stdin(Stdio::inherit())
    }
}
