//! What a pod itself says about why it is not ready.

use serde::Deserialize;

/// What of a pod is looked at.
#[derive(Deserialize)]
pub(super) struct Pod {
    pub(super) metadata: Metadata,
    #[serde(default)]
    status: Status,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    #[serde(default)]
    pub(super) namespace: String,
    pub(super) name: String,
    deletion_timestamp: Option<String>,
    #[serde(default)]
    finalizers: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Status {
    conditions: Vec<Condition>,
    init_container_statuses: Vec<Container>,
    container_statuses: Vec<Container>,
}

#[derive(Deserialize)]
struct Condition {
    #[serde(rename = "type")]
    name: String,
    status: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    name: String,
    #[serde(default)]
    state: State,
    #[serde(default)]
    last_state: State,
}

#[derive(Deserialize, Default)]
struct State {
    waiting: Option<Waiting>,
    terminated: Option<Terminated>,
}

#[derive(Deserialize)]
struct Waiting {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Terminated {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    exit_code: i32,
}

impl Pod {
    /// One sentence for each thing that is wrong.
    pub(super) fn symptoms(&self) -> Vec<String> {
        let mut symptoms = Vec::new();
        if self.metadata.deletion_timestamp.is_some() && !self.metadata.finalizers.is_empty() {
            let finalizers = self.metadata.finalizers.join(", ");
            symptoms.push(format!("held by its finalizers: {finalizers}"));
        }
        for condition in &self.status.conditions {
            if condition.name == "PodScheduled" && condition.status == "False" {
                symptoms.push(format!("not scheduled: {}", condition.message));
            }
        }
        let containers = self.status.init_container_statuses.iter();
        for container in containers.chain(&self.status.container_statuses) {
            symptoms.extend(container.symptom());
        }
        symptoms
    }
}

impl Container {
    fn symptom(&self) -> Option<String> {
        let name = &self.name;
        if let Some(Waiting { reason, message }) = &self.state.waiting {
            // These two are the ordinary course of things.
            if matches!(&**reason, "ContainerCreating" | "PodInitializing" | "") {
                return None;
            }
            let message = if message.is_empty() {
                String::new()
            } else {
                format!(": {message}")
            };
            let last = self
                .last_state
                .terminated
                .as_ref()
                .map_or(String::new(), |it| {
                    format!(
                        " (it last ended with {}, exit code {})",
                        it.reason, it.exit_code
                    )
                });
            return Some(format!("container {name}: {reason}{message}{last}"));
        }
        let Terminated { reason, exit_code } = self.state.terminated.as_ref()?;
        (*exit_code != 0).then(|| format!("container {name}: {reason}, exit code {exit_code}"))
    }
}
