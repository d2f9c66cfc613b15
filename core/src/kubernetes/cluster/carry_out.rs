//! A set's whole turn in one call.

use super::Cluster;
use crate::kubernetes::turn::request::{Outcome, Request};
use crate::kubernetes::turn::tail::Tail;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::key::Key;
use crate::time::Millis;

impl Cluster {
    /// Reconciles a set once: plans, sends the requests one after the other, takes in how they went, sends what is left to
    /// do (the status among it), and takes that in, too.
    ///
    /// `send` sends one request and says how it went. If it answers [`Outcome::NotTried`], nothing that depends on the
    /// request is sent, and the set is due again. `send` is lent the cluster, so that it can give it objects that are seen
    /// meanwhile.
    ///
    /// The requests of the returned tail have been sent. The caller records its events.
    ///
    /// An error means that the set does not exist or cannot be read. Then nothing is sent.
    ///
    /// ```
    /// use statefulset::Profile;
    /// use statefulset::kubernetes::{Cluster, Key, Kind, Outcome, normalize};
    ///
    /// let set = normalize(br#"{"metadata": {"namespace": "default", "name": "web", "uid": "1", "resourceVersion": "1"},
    ///     "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, "serviceName": "web",
    ///         "template": {"metadata": {"labels": {"app": "web"}},
    ///                      "spec": {"containers": [{"name": "web", "image": "web:1"}]}}}}"#, &Profile::UPSTREAM)?;
    /// let mut cluster = Cluster::new(Profile::UPSTREAM);
    /// for kind in [Kind::StatefulSet, Kind::Pod, Kind::ControllerRevision, Kind::PersistentVolumeClaim] {
    ///     cluster.begin_list(kind);
    ///     if kind == Kind::StatefulSet {
    ///         cluster.apply(kind, set.to_string().as_bytes())?;
    ///     }
    ///     cluster.end_list(kind, "1");
    /// }
    /// let mut sent = Vec::new();
    /// let tail = cluster.carry_out(&Key::new("default", "web"), 0, |_, request| {
    ///     sent.push(format!("{} {}", request.method.name(), request.path));
    ///     Outcome::Done { resource_version: "2".into() } // … what the API server answered …
    /// })?;
    /// assert_eq!(sent[1], "POST /api/v1/namespaces/default/pods");
    /// assert_eq!(tail.events[0].reason, "SuccessfulCreate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn carry_out(
        &mut self,
        set: &Key,
        now: Millis,
        mut send: impl FnMut(&mut Self, &Request) -> Outcome,
    ) -> Result<Tail, ObjectError> {
        let plan = self.plan(set, now)?;
        let outcomes = plan.carry_out(|request| send(self, request));
        let tail = self.finish(set, plan.id, &outcomes, now);
        let outcomes = tail.carry_out(|request| send(self, request));
        self.settle(set, plan.id, &outcomes, now);
        Ok(tail)
    }

    /// The same with futures, as many side by side as the order allows and `width` (at least 1) says. They run inside the
    /// future that this gives, on whatever runtime polls it. If that one is dropped before it is done, outcomes are lost:
    /// the set stays due, and what was sent must be seen in a watch before it is planned again.
    ///
    /// Those who show the cluster new objects meanwhile call [`plan`](Self::plan),
    /// [`carry_out_async`](crate::kubernetes::Requests::carry_out_async), [`finish`](Self::finish) and
    /// [`settle`](Self::settle) themselves.
    pub async fn carry_out_async(
        &mut self,
        set: &Key,
        now: Millis,
        width: usize,
        send: impl AsyncFn(&Request) -> Outcome,
    ) -> Result<Tail, ObjectError> {
        let plan = self.plan(set, now)?;
        let outcomes = plan.carry_out_async(width, |it| send(it)).await;
        let tail = self.finish(set, plan.id, &outcomes, now);
        let outcomes = tail.carry_out_async(|it| send(it)).await;
        self.settle(set, plan.id, &outcomes, now);
        Ok(tail)
    }
}
