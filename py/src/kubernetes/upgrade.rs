//! What another version of Kubernetes would do to a set.

use statefulset::Version;
use statefulset::kubernetes::{self, Effect};

use crate::field::{Int, List};
use crate::value::value_class;
use crate::word::Word;

value_class! {
    kubernetes;
    /// What an upgrade, or a downgrade, of the control plane changes for a set. `str` gives it as text.
    Upgrade in "upgrade" {
        /// The set's namespace.
        namespace: String => String,
        /// The set's name.
        name: String => String,
        /// What is otherwise afterwards, by effect. It is empty if the set fares the same.
        changes: Vec<Change> => List<Change>,
        /// The same as text, a line for each change, as `sts upgrade` prints it; empty if nothing changes. Later versions
        /// may word it differently.
        text: String => String,
    }
    more {
        fn __str__(&self) -> &str {
            &self.text
        }
    }
}

value_class! {
    kubernetes;
    /// One thing that is otherwise after an upgrade.
    Change in "changes" {
        /// What is otherwise. "restarts": the pods are up to date before and not after it, so they are replaced though
        /// nobody changes the set. "stays": they are to be replaced before, and are up to date after it. "stops": they are
        /// created or deleted now, and would not be after it. "begins": they would be created or deleted at once.
        effect: &str => Word<Effect>,
        /// The pods that it is about, by ordinal, in ascending order.
        pods: Vec<Int> => List<u32>,
        /// The version that changed Kubernetes: the newer one of the two between which the change begins.
        version: &str => Word<Version>,
        /// What changed in Kubernetes there.
        cause: String => String,
        /// The rule of this library that says so.
        rule: String => String,
    }
}

impl From<kubernetes::Upgrade> for Upgrade {
    fn from(upgrade: kubernetes::Upgrade) -> Self {
        Self {
            text: upgrade.to_string(),
            namespace: upgrade.namespace,
            name: upgrade.name,
            changes: List(upgrade.changes.into_iter().map(Change::from).collect()),
        }
    }
}

impl From<kubernetes::Change> for Change {
    fn from(change: kubernetes::Change) -> Self {
        Self {
            effect: Word(change.effect),
            pods: List(change.pods),
            version: Word(change.version),
            cause: change.cause.into(),
            rule: change.rule.into(),
        }
    }
}
