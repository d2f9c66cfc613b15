//! What may be asked about a set besides what to do: why nothing is done, and what another version would do.

use std::string::String;

use super::Cluster;
use crate::kubernetes::diagnosis::{Diagnosis, Evidence};
use crate::kubernetes::upgrade::Upgrade;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::key::Key;
use crate::time::Millis;
use crate::version::Version;

impl Cluster {
    /// The plan for a set in sentences, one line each.
    pub fn explain(&self, set: &Key, now: Millis) -> Result<String, ObjectError> {
        self.look(set, false, now, |turn| turn.explanation(now))
    }

    /// The state of a set: what is done now, what is waited for, why, and what ends that.
    ///
    /// `evidence` is looked at for what decisions do not depend on; without any, less can be said. What lasts for longer than
    /// `patience`, in milliseconds, counts as stuck ([`PATIENCE`](crate::kubernetes::PATIENCE) suits most).
    ///
    /// # Errors
    ///
    /// There is no such set, or it cannot be read.
    ///
    /// ```
    /// use serde_json::json;
    /// use statefulset::Profile;
    /// use statefulset::kubernetes::{Cluster, Evidence, Key, Kind, PATIENCE, Verdict, default_stateful_set};
    ///
    /// let mut set = json!({
    ///     "metadata": {"namespace": "default", "name": "web", "uid": "1", "creationTimestamp": "2026-11-29T10:00:00Z"},
    ///     "spec": {
    ///         "selector": {"matchLabels": {"app": "web"}},
    ///         "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}},
    ///     },
    /// });
    /// default_stateful_set(&mut set, &Profile::UPSTREAM);
    /// let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// for kind in Kind::ALL {
    ///     cluster.begin_list(kind);
    ///     if kind == Kind::StatefulSet {
    ///         cluster.apply(kind, set.to_string().as_bytes())?;
    ///     }
    ///     cluster.end_list(kind, "1");
    /// }
    /// // An hour later the pod is still not there: nobody creates it.
    /// let eleven = 1_795_950_000_000;
    /// let found = cluster.diagnose(&Key::new("default", "web"), &Evidence::new(), eleven, PATIENCE)?;
    /// assert_eq!(found.verdict, Verdict::Stuck);
    /// assert_eq!(found.causes[0].name.slug(), "not-acted-on");
    /// println!("{found}");
    /// # Ok::<(), statefulset::kubernetes::ObjectError>(())
    /// ```
    pub fn diagnose(
        &self,
        set: &Key,
        evidence: &Evidence<'_>,
        now: Millis,
        patience: Millis,
    ) -> Result<Diagnosis, ObjectError> {
        self.look(set, true, now, |turn| {
            Diagnosis::of(turn, evidence, now, patience)
        })
    }

    /// What an upgrade of the control plane from one version of Kubernetes to another would change for a set, or a downgrade.
    ///
    /// The set is looked at under both versions, and under those between them, each with its default feature gates. All else
    /// is decided by the cluster's profile. What has been seen need not have been written by either version.
    ///
    /// # Errors
    ///
    /// There is no such set, or it cannot be read, or its pods or revisions have never been listed.
    ///
    /// ```
    /// # use serde_json::json;
    /// # use statefulset::Profile;
    /// # use statefulset::kubernetes::{Cluster, Key, Kind, default_stateful_set};
    /// # let mut set = json!({
    /// #     "metadata": {"namespace": "default", "name": "web", "uid": "1"},
    /// #     "spec": {
    /// #         "podManagementPolicy": "Parallel",
    /// #         "selector": {"matchLabels": {"app": "web"}},
    /// #         "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}},
    /// #     },
    /// # });
    /// # default_stateful_set(&mut set, &Profile::UPSTREAM);
    /// # let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// # for kind in Kind::ALL {
    /// #     cluster.begin_list(kind);
    /// #     if kind == Kind::StatefulSet {
    /// #         cluster.apply(kind, set.to_string().as_bytes())?;
    /// #     }
    /// #     cluster.end_list(kind, "1");
    /// # }
    /// # let now = 0;
    /// use statefulset::Version;
    ///
    /// let upgrade = cluster.upgrade(&Key::new("default", "web"), Version::V1_33, Version::V1_37, now)?;
    /// for change in &upgrade.changes {
    ///     println!("{} {:?}: {}", change.effect.slug(), change.pods, change.cause);
    /// }
    /// # assert!(upgrade.changes.is_empty());
    /// # Ok::<(), statefulset::kubernetes::ObjectError>(())
    /// ```
    pub fn upgrade(
        &self,
        set: &Key,
        from: Version,
        to: Version,
        now: Millis,
    ) -> Result<Upgrade, ObjectError> {
        let known = self.find(set)?.0;
        Upgrade::of(known, &self.objects, self.profile, (from, to), now)
    }
}
