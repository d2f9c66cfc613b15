//! `create namespace` and `create serviceaccount`: objects that are a name and no more.

use clap::Args;
use serde_json::json;

use super::{How, name};
use crate::kubectl::failure::Failure;
use crate::values::object::Object;

/// A namespace
#[derive(Debug, Args)]
pub(super) struct Namespace {
    /// Its name
    name: Vec<String>,
    #[command(flatten)]
    pub(super) how: How,
}

/// A service account
#[derive(Debug, Args)]
pub(super) struct Account {
    /// Its name
    name: Vec<String>,
    #[command(flatten)]
    pub(super) how: How,
}

impl Namespace {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let name = name(&self.name, "namespace")?;
        Ok(json!({"metadata": {"name": name}, "spec": {}, "status": {}}))
    }
}

impl Account {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let name = name(&self.name, "serviceaccount")?;
        Ok(json!({"metadata": {"name": name}}))
    }
}
