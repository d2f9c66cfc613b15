//! The cluster as a watch shows it.

use std::sync::Mutex;

use pyo3::prelude::*;
use statefulset::kubernetes::{self, Key, SetResource};

use super::diagnosis::Diagnosis;
use super::error::{set_aside, unreadable};
use super::object::{self, ObjectText};
use super::outcome::Outcome;
use super::turn::{Due, Requests, Tail, facts};
use crate::error::{Fault, bug, guard};
use crate::field::Field;
use crate::moment::{Moment, When};
use crate::profile::{ProfileArgument, UPSTREAM};

/// The cluster as a watch shows it: objects in, requests out.
///
/// It keeps facts, not objects. Any thread may call it; calls wait for each other.
///
/// Args:
///     profile: which behaviour: a `Profile`, or "upstream" or "standalone".
///     resource: for sets that are objects of a resource of one's own with the fields of a StatefulSet: its apiVersion,
///         kind and plural, such as ("example.org/v1", "PlannedSet", "plannedsets"). Their kind, here, is "StatefulSet".
///         What an API server fills into a StatefulSet is filled in when such a set is read.
///
/// Raises:
///     PlanError: there is no such profile, or can be no such resource.
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

    /// Takes in an object as a watch or a list shows it. One that is older than what is known is ignored.
    ///
    /// Args:
    ///     object: JSON text, a mapping as JSON is read into, or an object of the official client.
    ///     kind: its kind, for JSON that leaves it out, as that of typed clients does.
    ///
    /// Raises:
    ///     ObjectError: it cannot be read. It is set aside: what depends on it waits, everything else goes on.
    #[pyo3(signature = (object, kind=None))]
    fn apply(&self, py: Python<'_>, object: &Bound<'_, PyAny>, kind: Option<&str>) -> PyResult<()> {
        let text = ObjectText::of(object)?;
        let kind = text.kind(py, kind, &self.resource)?;
        self.with(py, |cluster| cluster.apply(kind, &text.json))?
            .map_err(|error| set_aside(py, error))
    }

    /// Takes in an event of a watch: added, modified or deleted objects, bookmarks, and the end of the initial events.
    ///
    /// Args:
    ///     event: the JSON text of an event, or a mapping of it. Its object names its kind.
    ///
    /// Raises:
    ///     ObjectError: it cannot be read, or it is of type ERROR: such a watch has to be begun anew.
    fn watch(&self, py: Python<'_>, event: &Bound<'_, PyAny>) -> PyResult<()> {
        let text = ObjectText::of(event)?;
        self.with(py, |cluster| cluster.watch(&text.json))?
            .map_err(|error| unreadable(py, error))
    }

    /// Takes out an object that was deleted.
    ///
    /// Args:
    ///     kind: its kind.
    ///     namespace: its namespace; not heard where its kind has none.
    ///     name: its name.
    ///     uid: its uid; one of the same name with another uid stays. An empty one is any.
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

    /// A complete list of a kind begins.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn begin_list(&self, py: Python<'_>, kind: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.begin_list(kind))
    }

    /// The list is complete: what it did not show is gone.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn end_list(&self, py: Python<'_>, kind: &str, resource_version: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.end_list(kind, resource_version))
    }

    /// Everything of a kind up to a version has been seen.
    ///
    /// Raises:
    ///     ObjectError: there is no such kind.
    fn bookmark(&self, py: Python<'_>, kind: &str, resource_version: &str) -> PyResult<()> {
        let kind = object::kind(py, kind)?;
        self.with(py, |cluster| cluster.bookmark(kind, resource_version))
    }

    /// Which sets to look at now, when to look again, and what is awaited. A set stays due until `finish`. It takes as
    /// long as there are sets due, however many others there are.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    fn due(&self, py: Python<'_>, now: When) -> PyResult<Due> {
        let now = moment(py, now)?;
        self.with(py, |cluster| cluster.due(now)).map(Due::from)
    }

    /// Takes the sets that are due out of the queue, for callers with several workers.
    ///
    /// Each set is handed out once, and again only after its `finish`, if something has happened to it since it was planned
    /// for, if its time has come, or if it failed. One that is never finished is not handed out again, but it stays among
    /// those that `due` gives. To hand a set back, finish it with an earlier plan.
    ///
    /// Raises:
    ///     PlanError: `now` is no moment.
    fn take_due(&self, py: Python<'_>, now: When) -> PyResult<Due> {
        let now = moment(py, now)?;
        self.with(py, |cluster| cluster.take_due(now))
            .map(Due::from)
    }

    /// What to do for a set now. Changes nothing; asking twice gives the same.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read; such a set is never due.
    ///     PlanError: `now` is no moment.
    fn plan(&self, py: Python<'_>, set: &str, now: When) -> PyResult<Requests> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        let plan = self.with(py, |cluster| cluster.plan(&key, now))?;
        Requests::new(py, plan.map_err(|error| set_aside(py, error))?)
    }

    /// The plan for a set in sentences, one a line.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read.
    ///     PlanError: `now` is no moment.
    fn explain(&self, py: Python<'_>, set: &str, now: When) -> PyResult<String> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        self.with(py, |cluster| cluster.explain(&key, now))?
            .map_err(|error| set_aside(py, error))
    }

    /// How a set stands, for people and for scripts.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     now: the present moment: an aware datetime, or milliseconds since the Unix epoch.
    ///
    /// Raises:
    ///     ObjectError: the set does not exist or cannot be read.
    ///     PlanError: `now` is no moment.
    fn diagnose(&self, py: Python<'_>, set: &str, now: When) -> PyResult<Diagnosis> {
        let (key, now) = (Key::from(set), moment(py, now)?);
        let diagnosis = self.with(py, |cluster| cluster.diagnose(&key, now))?;
        Diagnosis::of(diagnosis.map_err(|error| set_aside(py, error))?)
    }

    /// Takes in how the requests of a plan went, and gives what is left to do. If the plan is not the last one made for
    /// the set, nothing follows but another look.
    ///
    /// Args:
    ///     set: "namespace/name".
    ///     plan: the plan.
    ///     outcomes: one for each request, "not-tried" for those that `Requests.may_try` ruled out and for those that the
    ///         caller left out.
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

    /// Takes in how the requests of the plan's tail went, so that the next plan waits until the new status has been seen,
    /// and a failed one is tried again. Optional, for those who would rather watch the set.
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
