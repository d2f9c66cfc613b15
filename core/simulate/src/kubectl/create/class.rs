//! `create priorityclass`.

use clap::Args;
use serde_json::json;

use super::{How, name};
use crate::kubectl::failure::Failure;
use crate::values::object::{Fields, Object};

/// A priority class
#[derive(Debug, Args)]
pub(super) struct Class {
    /// Its name
    name: Vec<String>,
    /// Its priority
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    value: i32,
    /// Whether pods without a class have this one
    #[arg(long, num_args = 0..=1, require_equals = true, default_value_t = false, default_missing_value = "true",
          action = clap::ArgAction::Set)]
    global_default: bool,
    /// What it is for
    #[arg(long)]
    description: Option<String>,
    /// Never or PreemptLowerPriority
    #[arg(long, default_value = "PreemptLowerPriority")]
    preemption_policy: String,
    #[command(flatten)]
    pub(super) how: How,
}

impl Class {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let name = name(&self.name, "priorityclass")?;
        let mut class = json!({
            "metadata": {"name": name},
            "value": self.value,
            "preemptionPolicy": self.preemption_policy,
        });
        if self.global_default {
            class.put("/globalDefault", json!(true));
        }
        if let Some(text) = &self.description {
            class.put("/description", json!(text));
        }
        Ok(class)
    }
}
