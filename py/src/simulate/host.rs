//! A thread that a simulated cluster lives in: any thread may ask it for something.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use statefulset_simulate::World;

use crate::error::{bug, words};

type Job = Box<dyn FnOnce(&mut World) + Send>;

/// So often a waiting caller looks whether somebody has pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// Where a cluster lives. It ends with its host.
pub(super) struct Host {
    jobs: Sender<Job>,
    /// Ends the command that is running.
    stop: Arc<AtomicBool>,
}

impl Host {
    /// A thread with the cluster that `make` makes.
    pub(super) fn new(make: impl FnOnce() -> World + Send + 'static) -> Option<Self> {
        let (jobs, asked) = mpsc::channel::<Job>();
        let (tell, hear) = mpsc::channel();
        thread::spawn(move || {
            let mut world = make();
            if tell.send(world.stop_switch()).is_ok() {
                for job in asked {
                    job(&mut world);
                }
            }
        });
        let stop = hear.recv().ok()?;
        Some(Self { jobs, stop })
    }

    /// What the cluster answers. Other threads run meanwhile; Ctrl-C ends what it is doing.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut World) -> T + Send + 'static,
    ) -> PyResult<T> {
        let (tell, mut hear) = mpsc::channel::<Result<T, Box<dyn Any + Send>>>();
        let job: Job = Box::new(move |world| {
            let answer = catch_unwind(AssertUnwindSafe(|| question(world)));
            // What has failed may be in any state: the thread ends with it.
            let fails = answer.is_err();
            // The asker may have gone.
            let _ = tell.send(answer);
            assert!(!fails, "the cluster has failed");
        });
        let gone = || bug("the cluster has failed earlier; go on with a new one");
        self.jobs.send(job).map_err(|_| gone())?;
        let mut interrupted = None;
        loop {
            let heard;
            (hear, heard) = py.detach(move || {
                let heard = hear.recv_timeout(GLANCE);
                (hear, heard)
            });
            match heard {
                Ok(answer) => {
                    self.stop.store(false, Ordering::Relaxed);
                    let answer = answer.map_err(|panic| bug(&words(&*panic)))?;
                    return interrupted.map_or(Ok(answer), Err);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(gone()),
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(interrupt) = py.check_signals() {
                        self.stop.store(true, Ordering::Relaxed);
                        interrupted = Some(interrupt);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use pyo3::Python;
    use statefulset_simulate::{Options, World};

    use super::Host;

    #[test]
    fn a_cluster_that_panics_says_that_it_is_a_bug_and_is_no_more() {
        Python::initialize();
        let host = Host::new(|| World::new(Options::default())).expect("a cluster");
        Python::attach(|py| {
            assert!(host.ask(py, |world| world.now()).is_ok());
            let error = host.ask(py, |_| panic!("on purpose")).expect_err("a bug");
            assert!(error.to_string().contains("this is a bug in statefulset"));
            assert!(error.to_string().ends_with(": on purpose"));
            let error = host.ask(py, |world| world.now()).expect_err("gone");
            assert!(
                error
                    .to_string()
                    .ends_with("the cluster has failed earlier; go on with a new one")
            );
        });
    }
}
