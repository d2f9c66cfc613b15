//! Where the input comes from.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use statefulset::kubernetes::Key;

use super::documents;
use super::kubectl::{Kubectl, Scope};
use super::progress::Progress;

#[derive(Args)]
pub(crate) struct Source {
    /// Only the sets of this namespace; kubectl is asked for it alone
    #[arg(short, long)]
    pub(super) namespace: Option<String>,
    /// Before all else, one line for each set that is not up to date, the oldest trouble first; kubectl is asked for all
    /// namespaces instead of its own
    #[arg(short = 'A', long, conflicts_with = "namespace")]
    pub(super) all_namespaces: bool,
    #[command(flatten)]
    kubectl: Kubectl,
    /// A file, or - for standard input. Without one, `kubectl sts explain` asks kubectl, and so does `sts explain` on a terminal
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// The input, as text.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) texts: Vec<String>,
    /// The kinds that it is known to be complete in.
    pub(crate) complete: Vec<&'static str>,
    /// What is missing in it, in sentences.
    pub(crate) remarks: Vec<String>,
    /// What the cluster says its version is.
    pub(super) version: Option<String>,
}

impl Source {
    /// Whether there is more than one look at it.
    pub(super) fn can_be_read_again(&self, plugin: bool) -> bool {
        self.is_kubectl(plugin) || self.file.as_deref().is_some_and(|it| it != Path::new("-"))
    }

    /// Whether kubectl is asked. `plugin` says whether the tool was started as a plugin of kubectl's.
    pub(super) fn is_kubectl(&self, plugin: bool) -> bool {
        self.file.is_none() && (plugin || io::stdin().is_terminal())
    }

    /// Whether a set of this name is asked for.
    pub(crate) fn takes(&self, set: &Key) -> bool {
        let namespace = self.namespace.as_deref();
        namespace.is_none_or(|namespace| namespace == &*set.namespace)
    }

    pub(crate) fn read(&self, plugin: bool, progress: &Progress) -> Result<Input, String> {
        if self.is_kubectl(plugin) {
            return self.ask(progress);
        }
        let mut bytes = Vec::new();
        match &self.file {
            Some(path) if path != Path::new("-") => {
                bytes = fs::read(path)
                    .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            }
            _ => {
                progress.say("reading standard input");
                let read = io::stdin().read_to_end(&mut bytes);
                read.map_err(|error| format!("cannot read the input: {error}"))?;
            }
        }
        Ok(Input {
            texts: vec![documents::text(bytes)?],
            ..Input::default()
        })
    }

    fn ask(&self, progress: &Progress) -> Result<Input, String> {
        let scope = match &self.namespace {
            Some(name) => Scope::Namespace(name),
            None if self.all_namespaces => Scope::All,
            None => Scope::Default,
        };
        let said = self.kubectl.ask(&scope, progress)?;
        let texts = said.outputs.into_iter().map(documents::text);
        Ok(Input {
            texts: texts.collect::<Result<_, _>>()?,
            complete: said.kinds,
            remarks: said.refused,
            version: said.version,
        })
    }
}
