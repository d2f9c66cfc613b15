//! `create configmap` and `create secret generic`: entries that are typed, or read from files.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use serde_json::{Map, Value, json};

use super::{How, name};
use crate::kubectl::failure::Failure;
use crate::kubectl::manifest;
use crate::kubectl::session::Session;
use crate::values::object::Object;

/// A config map
#[derive(Debug, Args)]
pub(super) struct ConfigMap {
    /// Its name
    name: Vec<String>,
    #[command(flatten)]
    entries: Entries,
    #[command(flatten)]
    pub(super) how: How,
}

/// One with any content
#[derive(Debug, Args)]
pub(super) struct Secret {
    /// Its name
    name: Vec<String>,
    /// Its type
    #[arg(long = "type")]
    sort: Option<String>,
    #[command(flatten)]
    entries: Entries,
    #[command(flatten)]
    pub(super) how: How,
}

/// Keys and their values.
#[derive(Debug, Args)]
struct Entries {
    /// KEY=VALUE; may be given several times
    #[arg(long = "from-literal", value_name = "KEY=VALUE")]
    literals: Vec<String>,
    /// FILE or KEY=FILE, or a folder, of which each file is an entry
    #[arg(long = "from-file", value_name = "FILE")]
    files: Vec<String>,
    /// A file of lines KEY=VALUE
    #[arg(long = "from-env-file", value_name = "FILE")]
    env_files: Vec<String>,
}

impl ConfigMap {
    pub(super) fn object(&self, session: &mut Session<'_>) -> Result<Object, Failure> {
        let name = name(&self.name, "configmap")?;
        let entries = self.entries.read(session)?;
        let mut object = json!({"metadata": {"name": name}});
        if !entries.is_empty() {
            object["data"] = entries.into_iter().map(|(k, v)| (k, json!(v))).collect();
        }
        Ok(object)
    }
}

impl Secret {
    pub(super) fn object(&self, session: &mut Session<'_>) -> Result<Object, Failure> {
        let name = name(&self.name, "secret generic")?;
        let entries = self.entries.read(session)?;
        let mut object = json!({"metadata": {"name": name}});
        let encode = |(key, text)| (key, json!(BASE64_STANDARD.encode(text)));
        if !entries.is_empty() {
            object["data"] = entries
                .into_iter()
                .map(encode)
                .collect::<Map<_, _>>()
                .into();
        }
        if let Some(sort) = &self.sort {
            object["type"] = Value::from(sort.as_str());
        }
        Ok(object)
    }
}

impl Entries {
    fn read(&self, session: &mut Session<'_>) -> Result<Vec<(String, String)>, Failure> {
        let mixes = !(self.files.is_empty() && self.literals.is_empty());
        if mixes && !self.env_files.is_empty() {
            return Err(Failure::error(
                "from-env-file cannot be combined with from-file or from-literal",
            ));
        }
        let mut found: Vec<(String, String)> = Vec::new();
        let mut add = |key: &str, text: String| {
            let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            if key.is_empty() || !key.chars().all(is_key) {
                return Err(Failure::error(format!(
                    "\"{key}\" is not valid key name: a valid config key must consist of alphanumeric characters, '-', '_' or \
                     '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
                )));
            }
            if found.iter().any(|(known, _)| known == key) {
                return Err(Failure::error(format!(
                    "cannot add key \"{key}\", another key by that name already exists"
                )));
            }
            found.push((key.to_owned(), text));
            Ok(())
        };
        for source in &self.files {
            match source.split_once('=') {
                Some((key, path)) => add(key, manifest::text(path, session.files)?)?,
                None => {
                    for (path, text) in manifest::plain(source, session.files)? {
                        add(path.rsplit('/').next().unwrap_or(&path), text)?;
                    }
                }
            }
        }
        for pair in &self.literals {
            let (key, value) = pair.split_once('=').ok_or_else(|| {
                Failure::error(format!("invalid literal source {pair}, expected key=value"))
            })?;
            add(key, value.to_owned())?;
        }
        for path in &self.env_files {
            for line in manifest::text(path, session.files)?.lines() {
                let line = line.trim_start();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let (key, value) = line.split_once('=').unwrap_or((line, ""));
                add(key, value.to_owned())?;
            }
        }
        found.sort();
        Ok(found)
    }
}
