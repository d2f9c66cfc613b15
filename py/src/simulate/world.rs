//! A simulated cluster, as `statefulset.simulate.Cluster` needs it.

use std::path::PathBuf;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use statefulset_simulate::kubectl::Kubectl;
use statefulset_simulate::{Object, Options, Settled};

use super::desk::Desk;
use super::host::Host;
use super::program::Conversation;
use crate::error::bug;
use crate::field::{Field, Int};
use crate::kubernetes::json;
use crate::moment::{HowLong, Length, Moment, When};
use crate::profile::ProfileArgument;

/// A cluster in memory, under a virtual clock, in a thread of its own.
#[pyclass(frozen, module = "statefulset._statefulset")]
pub(crate) struct World(Host);

fn length(py: Python<'_>, name: &str, length: HowLong) -> PyResult<i64> {
    let length = Length::read(length).map_err(|fault| fault.of_argument(py, name))?;
    Ok(length.0)
}

impl World {
    /// What the cluster answers; an exception where its controller has failed.
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut statefulset_simulate::World) -> T + Send + 'static,
    ) -> PyResult<T> {
        let (answer, failure) = self.0.ask(py, |world| {
            let answer = question(world);
            (answer, world.controller_failure().map(str::to_owned))
        })?;
        match failure {
            None => Ok(answer),
            Some(failure) => Err(PyRuntimeError::new_err(failure)),
        }
    }
}

#[pymethods]
impl World {
    #[new]
    #[pyo3(signature = (*, nodes, profile, seed, provisioner, start=None, controller=None, objects=None))]
    #[expect(clippy::too_many_arguments, reason = "they have names")]
    fn new(
        py: Python<'_>,
        nodes: Vec<String>,
        profile: ProfileArgument,
        seed: Int,
        provisioner: bool,
        start: Option<When>,
        controller: Option<Py<PyAny>>,
        objects: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let profile = profile.fact(py)?;
        let seed = u64::read(seed).map_err(|fault| fault.of_argument(py, "seed"))?;
        let start =
            Option::<Moment>::read(start).map_err(|fault| fault.of_argument(py, "start"))?;
        let defaults = Options::default();
        let options = Options {
            nodes,
            provisioner,
            profile,
            seed,
            start: start.map_or(defaults.start, |start| start.0),
            ..defaults
        };
        let objects: Option<Vec<Object>> = objects.map(json::read).transpose()?;
        let make = move || {
            let mut world = match objects {
                None => statefulset_simulate::World::new(options),
                Some(objects) => statefulset_simulate::World::restore(options, &objects),
            };
            world.keep_timeline();
            if let Some(controller) = controller {
                world.hand_over(Conversation(controller));
            }
            world.quiesce();
            world
        };
        let host = py.detach(|| Host::new(make));
        host.map(Self)
            .ok_or_else(|| bug("the cluster could not be made"))
    }

    /// Runs a command line: what it printed, and whether it failed.
    #[pyo3(signature = (line, *, folder, input=None))]
    fn run(
        &self,
        py: Python<'_>,
        line: String,
        folder: PathBuf,
        input: Option<String>,
    ) -> PyResult<(String, bool)> {
        self.ask(py, move |world| {
            let mut desk = Desk { folder, input };
            let output = Kubectl::new(&mut desk).run(world, &line);
            (output.text, output.failed)
        })
    }

    /// Its time.
    #[getter]
    fn now(&self, py: Python<'_>) -> PyResult<Moment> {
        self.ask(py, |world| Moment(world.now()))
    }

    /// Lets time pass.
    fn advance(&self, py: Python<'_>, by: HowLong) -> PyResult<()> {
        let by = length(py, "by", by)?;
        self.ask(py, move |world| world.advance(by))
    }

    /// Lets time pass until nothing would change any more but heartbeats and back-off; whether that was before the limit.
    fn settle(&self, py: Python<'_>, limit: HowLong) -> PyResult<bool> {
        let limit = length(py, "limit", limit)?;
        self.ask(py, move |world| world.settle(limit) == Settled::Quiet)
    }

    /// What has happened to its pods, as text and as an SVG picture.
    #[pyo3(signature = (since=None))]
    fn timeline(&self, py: Python<'_>, since: Option<HowLong>) -> PyResult<(String, String)> {
        let since = since.map(|since| length(py, "since", since)).transpose()?;
        self.ask(py, move |world| {
            let text = world.timeline_text(since).unwrap_or_default();
            (text, world.timeline_svg(since).unwrap_or_default())
        })
    }
}
