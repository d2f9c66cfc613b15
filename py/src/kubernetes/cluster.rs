//! The cluster as a watch shows it.

use std::sync::Mutex;

use pyo3::prelude::*;
use statefulset::kubernetes::{self, Evidence, Key, SetResource};

use super::diagnosis::Diagnosis;
use super::error::{in_argument, set_aside, unreadable};
use super::object::{self, ObjectText};
use super::outcome::Outcome;
use super::turn::{Due, Requests, Tail, facts};
use super::upgrade::Upgrade;
use crate::error::{Fault, bug, guard};
use crate::field::Field;
use crate::moment::{HowLong, Length, Moment, PATIENCE, When};
use crate::profile::{ProfileArgument, UPSTREAM, version};

/// A cluster as a watch shows it: objects in, requests out.
///
/// It keeps facts, not objects. Any thread may call it. Calls wait for each other.
///
/// Args:
///     profile: which behaviour the planner has: a `Profile`, or the name of one, such as "standalone".
///     resource: for a custom resource that has the fields of a StatefulSet: its apiVersion, kind and plural, such as
///         ("example.org/v1", "PlannedSet", "plannedsets"). The kind "StatefulSet" then stands for its objects. The
///         defaults that an API server fills into a StatefulSet are filled in when a set is read.
///
/// Raises:
///     PlanError: there is no such profile, or there can be no such resource.
#[pyclass(frozen, module = "statefulset.kubernetes")]
pub(crate) struct Cluster {
    cluster: Mutex<kubernetes::Cluster>,
    resource: SetResource,
}

impl Cluster {
    /// Does the work while other threads may run. Where an earlier call has panicked, nothing is known to be right.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut kubernetes::Cluster) -> T + Send,
    ) -> PyResult<T> {
        py.detach(|| {
            guard(|| {
                let mut cluster = self.cluster.lock().ok()?;
                Some(work(&mut cluster))
            })
        })?
        .ok_or_else(|| bug("an earlier call has failed for a bug; go on with a new Cluster"))
    }
}

/// The default of a call.
const NO_EVIDENCE: Option<&Bound<'_, PyAny>> = None;

pub(super) fn moment(py: Python<'_>, now: When) -> PyResult<i64> {
    let moment = Moment::read(now).map_err(|fault| fault.of_argument(py, "now"))?;
    Ok(moment.0)
}

#[pymethods]
impl Cluster {
    #[new]
    #[pyo3(signature = (profile=UPSTREAM, *, resource=None))]
    fn new(
        py: Python<'_>,
        profile: ProfileArgument,
        resource: Option<(String, String, String)>,
    ) -> PyResult<Self> {
        let profile = profile.fact(py)?;
        let resource = resource.map(|(api_version, kind, plural)| {
            SetResource::new(&api_version, &kind, &plural).map_err(|error| {
                Fault::new("not-a-name", error.to_string()).of_argument(py, "resource")
            })
        });
        let resource = resource.transpose()?.unwrap_or_default();
        let cluster = kubernetes::Cluster::of(profile, resource.clone());
        Ok(Self {
            cluster: Mutex::new(cluster),
            resource,
        })
    }

    /// Tells the cluster of an object as a watch or a list shows it. An object that is older than the one known is
    /// ignored.
    ///
    /// Args:
    ///     object: JSON text, a mapping as JSON is read into, or an object of the official client.
    ///     kind: its kind, for JSON that leaves it out, as that of typed clients does.
    ///
    /// Raises:
    ///     ObjectError: the object cannot be read. It is set aside, what depends on it waits, and everything else goes on.
    #[pyo3(signature = (object, kind=None))]
    fn apply(&self, py: Python<'_>, object: &Bound<'_, PyAny>, kind: Option<&str>) -> PyResult<()> {
        let text = ObjectText::of(object)?;
        let kind = text.kind(py, kind, &self.resource)?;
        self.with(py, |cluster| cluster.apply(kind, &text.json))?
            .map_err(|error| set_aside(py, error))
    }

    /// Tells the cluster of an event of a watch: an object that was added, modified or deleted, a bookmark, or the end
    /// of the initial events.
    ///
    /// Args:
    ///     event: the JSON text of an event, or a mapping of it. Its object names its kind.
    ///
    /// Raises:
    ///     ObjectError: the event cannot be read, or its type is ERROR. After an ERROR begin the watch anew.
    fn watch(&self, py: Python<'_>, event: &Bound<'_, PyAny>) -> PyResult<()> {
        let text = ObjectText::of(event)?;
        self.with(py, |cluster| cluster.watch(&text.json))?
            .map_err(|error| unreadable(py, error))
    }

    /// Tells the cluster that an object was deleted.
    ///
    /// Args:
    ///     kind: its kind.
    ///     namespace: its namespace. It is ignored if the kind has none.
    ///     name: its name.
    ///     uid: its uid. An object of the same name with another uid stays. An empty uid stands for any.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    #[pyo3(signature = (kind, namespace, name, uid=""))]
    fn remove(
        &self,
        py: Python<'_>,
        kind: &str,
        namespace: &str,
        name: &str,
        uid: &str,
    ) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.remove(kind, namespace, name, uid))
    }

    /// Begins a complete list of a kind: apply each of its objects, then call `end_list`.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn begin_list(&self, py: Python<'_>, kind: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.begin_list(kind))
    }

    /// Ends a list. Objects that the list did not show are gone.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn end_list(&self, py: Python<'_>, kind: &str, resource_version: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.end_list(kind, resource_version))
    }

    /// Tells the cluster that everything of a kind up to a version has been seen.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn bookmark(&self, py: Python<'_>, kind: &str, resource_version: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.bookmark(kind, resource_version))
    }

    /// Says which sets to look at now, when to look again, and what sets wait to see (`Due.awaited`).
    ///
    /// A set stays due until `finish`. The call takes time for each set that is due, and none for the others.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    fn due(&self, py: Python<'_>, now: When) -> PyResult<Due> {
        let now = moment(py, now)?;
        self.with(py, |cluster| cluster.due(now)).map(Due::from)
    }

    /// Says which sets are due, like `due`, and takes them out of the queue, for programs with several workers.
    ///
    /// Each set is given out once. After its `finish` it is given out again if something has happened to it since its
    /// plan, if its time has come, or if it failed. A set that is never finished is not given out again, but `due`
    /// still names it. To give a set back, finish it with an earlier plan.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    fn take_due(&self, py: Python<'_>, now: When) -> PyResult<Due> {
        let now = moment(py, now)?;
        self.with(py, |cluster| cluster.take_due(now))
            .map(Due::from)
    }

    /// Says what to do for a set now. It changes nothing. Asking twice gives the same.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read. Such a set is never due.
    ///     PlanError: `now` is no moment.
    fn plan(&self, py: Python<'_>, set: &str, now: When) -> PyResult<Requests> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        let plan = self.with(py, |cluster| cluster.plan(&key, now))?;
        Requests::new(py, plan.map_err(|error| set_aside(py, error))?)
    }

    /// Gives the plan for a set in sentences, one line for each action and each wait.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read.
    ///     PlanError: `now` is no moment.
    fn explain(&self, py: Python<'_>, set: &str, now: When) -> PyResult<String> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        self.with(py, |cluster| cluster.explain(&key, now))?
            .map_err(|error| set_aside(py, error))
    }

    /// Says how a set stands, why, and what ends that, for people and for scripts. It changes nothing.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
    ///     evidence: what else to look at, as `apply` takes objects: one object, a list as an API server or kubectl gives
    ///         it, or an iterable of such. Events, pods, claims, nodes, Services, Secrets, quotas and more are looked at,
    ///         and other objects are passed over. Events say the most. A list of one kind, such as a SecretList, also says
    ///         that there are no others. The cluster does not keep it.
    ///     patience: how long something may last before it counts as stuck: a timedelta, or milliseconds; 10 minutes
    ///         unless it is given.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read, or the evidence cannot be read.
    ///     PlanError: `now` is no moment, or `patience` is no length of time or negative.
    #[pyo3(signature = (set, now, *, evidence=NO_EVIDENCE, patience=PATIENCE))]
    fn diagnose(
        &self,
        py: Python<'_>,
        set: &str,
        now: When,
        evidence: Option<&Bound<'_, PyAny>>,
        patience: HowLong,
    ) -> PyResult<Diagnosis> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        let patience = Length::read(patience).and_then(Length::forward);
        let patience = patience.map_err(|fault| fault.of_argument(py, "patience"))?;
        let text = evidence.map(object::texts).transpose();
        let text = text.map_err(|error| in_argument(py, error, "evidence"))?;
        let read = || {
            let mut evidence = Evidence::new();
            let added = text.iter().try_for_each(|text| evidence.add(text));
            added.map(|()| evidence)
        };
        let evidence = py
            .detach(|| guard(read))?
            .map_err(|error| in_argument(py, unreadable(py, error), "evidence"))?;
        let diagnosis = self.with(py, |cluster| {
            cluster.diagnose(&key, &evidence, now, patience)
        })?;
        Diagnosis::of(diagnosis.map_err(|error| set_aside(py, error))?)
    }

    /// Says what an upgrade of the control plane from one version of Kubernetes to another would change for a set, or a
    /// downgrade. It changes nothing.
    ///
    /// The set is looked at under both versions, and under those between them, each with its default feature gates. All
    /// else is decided as the cluster's profile says.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     from_version: a minor version, such as "1.33", or what a cluster says of itself, such as "v1.33.5-gke.100".
    ///     to_version: another one.
    ///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read, or pods or revisions have never been listed.
    ///     PlanError: `now` is no moment.
    ///     ValueError: it is no version from 1.28 to 1.38.
    fn upgrade(
        &self,
        py: Python<'_>,
        set: &str,
        from_version: &str,
        to_version: &str,
        now: When,
    ) -> PyResult<Upgrade> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        let (from, to) = (
            version("from_version", from_version)?,
            version("to_version", to_version)?,
        );
        let upgrade = self.with(py, |cluster| cluster.upgrade(&key, from, to, now))?;
        upgrade
            .map(Upgrade::from)
            .map_err(|error| set_aside(py, error))
    }

    /// Tells the cluster how the requests of a plan went, and returns what is left to do.
    ///
    /// If the plan is not the last one made for the set, the answer is empty and the set is looked at again.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     plan: the plan.
    ///     outcomes: one for each request. It is "not-tried" for requests that `Requests.may_try` ruled out and for those
    ///         that the caller left out.
    ///     now: the present moment.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python passes is extracted into a value"
    )]
    fn finish(
        &self,
        py: Python<'_>,
        set: &str,
        plan: &Requests,
        outcomes: Vec<Bound<'_, Outcome>>,
        now: When,
    ) -> PyResult<Tail> {
        let (key, now, outcomes) = (Key::from(set), moment(py, now)?, facts(&outcomes));
        let id = plan.plan.id;
        self.with(py, |cluster| cluster.finish(&key, id, &outcomes, now))
            .map(Tail::from)
    }

    /// Tells the cluster how the requests of the plan's tail went.
    ///
    /// The next plan then waits until the watch has shown the new status, and a failed request is tried again. The call
    /// may be left out; then the watch of the set shows the status.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what Python passes is extracted into a value"
    )]
    fn settle(
        &self,
        py: Python<'_>,
        set: &str,
        plan: &Requests,
        outcomes: Vec<Bound<'_, Outcome>>,
        now: When,
    ) -> PyResult<()> {
        let (key, now, outcomes) = (Key::from(set), moment(py, now)?, facts(&outcomes));
        let id = plan.plan.id;
        self.with(py, |cluster| cluster.settle(&key, id, &outcomes, now))
    }
}

#[cfg(test)]
mod tests {
    use pyo3::prelude::*;

    use super::Cluster;

    #[test]
    fn a_cluster_that_panics_says_that_it_is_a_bug_and_answers_no_more() {
        Python::initialize();
        Python::attach(|py| {
            let made = py.get_type::<Cluster>().call0().expect("a cluster");
            let cluster = made.cast::<Cluster>().expect("a cluster").get();
            let error = cluster
                .with(py, |_| panic!("on purpose"))
                .expect_err("a bug");
            assert!(error.to_string().contains("this is a bug in statefulset"));
            assert!(error.to_string().ends_with(": on purpose"));
            let error = cluster
                .with(py, |cluster| cluster.due(0))
                .expect_err("gone");
            assert!(error.to_string().ends_with("go on with a new Cluster"));
        });
    }
}
