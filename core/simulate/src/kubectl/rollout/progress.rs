//! How far an update is, as far as the set's status tells.

use crate::kubectl::failure::Failure;
use crate::values::object::{Fields, Object};

/// How far an update is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Progress {
    /// What `rollout status` says of it.
    pub line: String,
    pub complete: bool,
}

impl Progress {
    pub(super) fn of(set: &Object) -> Result<Self, Failure> {
        if set.text("/spec/updateStrategy/type") != "RollingUpdate" {
            return Err(Failure::error(
                "rollout status is only available for RollingUpdate strategy type",
            ));
        }
        let count = |pointer: &str| set.int(pointer).unwrap_or(0);
        let waiting = |line| Self {
            line,
            complete: false,
        };
        let complete = |line| Self {
            line,
            complete: true,
        };
        let observed = count("/status/observedGeneration");
        let replicas = set.int("/spec/replicas").unwrap_or(1);
        let ready = count("/status/readyReplicas");
        let updated = count("/status/updatedReplicas");
        if observed == 0 || observed < count("/metadata/generation") {
            return Ok(waiting(
                "Waiting for statefulset spec update to be observed...".into(),
            ));
        }
        if ready < replicas {
            return Ok(waiting(format!(
                "Waiting for {} pods to be ready...",
                replicas - ready
            )));
        }
        if set.pointer("/spec/updateStrategy/rollingUpdate").is_some() {
            let partition = set.int("/spec/updateStrategy/rollingUpdate/partition");
            let wanted = replicas - partition.unwrap_or(replicas);
            return Ok(if updated < wanted {
                waiting(format!(
                    "Waiting for partitioned roll out to finish: {updated} out of {wanted} new pods have been \
                     updated..."
                ))
            } else {
                complete(format!(
                    "partitioned roll out complete: {updated} new pods have been updated..."
                ))
            });
        }
        let (current, update) = (
            set.text("/status/currentRevision"),
            set.text("/status/updateRevision"),
        );
        Ok(if current == update {
            let pods = count("/status/currentReplicas");
            complete(format!(
                "statefulset rolling update complete {pods} pods at revision {current}..."
            ))
        } else {
            waiting(format!(
                "waiting for statefulset rolling update to complete {updated} pods at revision {update}..."
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Progress;

    #[test]
    fn lines_follow_the_status() {
        let mut set = json!({
            "metadata": {"generation": 2},
            "spec": {"replicas": 3, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 2}}},
            "status": {"observedGeneration": 1, "readyReplicas": 2, "updatedReplicas": 0},
        });
        let line = |set: &serde_json::Value| {
            let progress = Progress::of(set).unwrap();
            format!("{} {}", progress.complete, progress.line)
        };
        assert_eq!(
            line(&set),
            "false Waiting for statefulset spec update to be observed..."
        );
        set["status"]["observedGeneration"] = json!(2);
        assert_eq!(line(&set), "false Waiting for 1 pods to be ready...");
        set["status"]["readyReplicas"] = json!(3);
        let expected = "false Waiting for partitioned roll out to finish: 0 out of 1 new pods have been updated...";
        assert_eq!(line(&set), expected);
        set["status"]["updatedReplicas"] = json!(1);
        let expected = "true partitioned roll out complete: 1 new pods have been updated...";
        assert_eq!(line(&set), expected);
        set["spec"]["updateStrategy"]["type"] = json!("OnDelete");
        assert!(Progress::of(&set).is_err());
    }
}
