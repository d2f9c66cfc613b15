//! `create quota` and `create poddisruptionbudget`.

use clap::Args;
use serde_json::{Value, json};

use super::{How, name};
use crate::kubectl::failure::Failure;
use crate::kubectl::selector::Labels;
use crate::values::object::{Fields, Object};

/// A quota
#[derive(Debug, Args)]
pub(super) struct Quota {
    /// Its name
    name: Vec<String>,
    /// RESOURCE=AMOUNT,…
    #[arg(long, value_delimiter = ',')]
    hard: Vec<String>,
    /// Only for these pods: BestEffort, NotBestEffort, Terminating, NotTerminating…
    #[arg(long, value_delimiter = ',')]
    scopes: Vec<String>,
    #[command(flatten)]
    pub(super) how: How,
}

/// A disruption budget
#[derive(Debug, Args)]
pub(super) struct Budget {
    /// Its name
    name: Vec<String>,
    /// Whose pods it is for: KEY=VALUE,…
    #[arg(long, default_value = "", hide_default_value = true)]
    selector: String,
    /// How many must be available: a number, or a part such as 50%
    #[arg(long)]
    min_available: Option<String>,
    /// How many may be unavailable: a number, or a part such as 50%
    #[arg(long)]
    max_unavailable: Option<String>,
    #[command(flatten)]
    pub(super) how: How,
}

impl Quota {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let mut quota =
            json!({"metadata": {"name": name(&self.name, "quota")?}, "spec": {}, "status": {}});
        for pair in &self.hard {
            let (resource, amount) = pair.split_once('=').ok_or_else(|| {
                Failure::error(format!(
                    "invalid argument syntax {pair}, expected <resource>=<value>"
                ))
            })?;
            quota["spec"]["hard"][resource] = json!(amount);
        }
        if !self.scopes.is_empty() {
            quota.put("/spec/scopes", json!(self.scopes));
        }
        Ok(quota)
    }
}

impl Budget {
    pub(super) fn object(&self) -> Result<Object, Failure> {
        let name = name(&self.name, "poddisruptionbudget")?;
        if self.selector.is_empty() {
            return Err(Failure::error("a selector must be specified"));
        }
        let (field, limit) = match (&self.min_available, &self.max_unavailable) {
            (Some(limit), None) => ("minAvailable", limit),
            (None, Some(limit)) => ("maxUnavailable", limit),
            (None, None) => {
                return Err(Failure::error(
                    "one of min-available or max-unavailable must be specified",
                ));
            }
            (Some(_), Some(_)) => {
                return Err(Failure::error(
                    "min-available and max-unavailable cannot be both specified",
                ));
            }
        };
        let digits = limit.strip_suffix('%').unwrap_or(limit);
        if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
            let flag = if field == "minAvailable" {
                "min-available"
            } else {
                "max-unavailable"
            };
            return Err(Failure::error(format!(
                "invalid format specified for {flag}"
            )));
        }
        let limit = limit.parse::<i64>().map_or(json!(limit), Value::from);
        let selector = Labels::parse(Some(&self.selector))?.selector();
        let mut budget = json!({"metadata": {"name": name}, "spec": {"selector": selector}});
        budget["spec"][field] = limit;
        // What kubectl prints of one that is not sent.
        for count in [
            "currentHealthy",
            "desiredHealthy",
            "disruptionsAllowed",
            "expectedPods",
        ] {
            budget["status"][count] = json!(0);
        }
        Ok(budget)
    }
}
