//! Pods are asked to go, all at the same time, until they are gone or time is over.

use std::rc::Rc;

use statefulset::Millis;

use crate::kubectl::session::Session;
use crate::store::DeleteOptions;
use crate::values::duration;
use crate::values::error::{ApiError, ApiReason};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::{Settled, World};

/// So long after a refusal the pod is asked again.
const AGAIN: Millis = 5_000;

/// After so many refusals in a cluster in which nothing else happens any more, a command without a limit gives up.
const PATIENCE: u32 = 6;

/// How far one pod has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// It is to be asked at this moment.
    Ask(Millis),
    /// It has agreed, and is on its way.
    Going,
    /// It is gone, or there is no use in waiting for it.
    Over,
}

#[derive(Debug)]
struct Leaver {
    namespace: String,
    name: String,
    uid: String,
    /// Whether the planner asks it, and not this command.
    planned: bool,
    state: State,
}

/// Evictions under way.
#[derive(Debug)]
pub(super) struct Evictions {
    leavers: Vec<Leaver>,
    timeout: Millis,
    /// When time is over.
    end: Option<Millis>,
    grace: Option<i64>,
    faults: Vec<String>,
}

impl Evictions {
    pub(super) fn new(world: &World, pods: &[Rc<Object>], timeout: Millis, grace: i64) -> Self {
        let now = world.now();
        let library_evicts = world.options().profile.drain_nodes;
        let leaver = |pod: &Rc<Object>| {
            let owner = pod.controller().map_or("", |owner| owner.text("/kind"));
            Leaver {
                namespace: pod.namespace().into(),
                name: pod.name().into(),
                uid: pod.uid().into(),
                planned: library_evicts && owner == "StatefulSet",
                state: State::Ask(now),
            }
        };
        Self {
            leavers: pods.iter().map(leaver).collect(),
            timeout,
            end: (timeout > 0).then_some(now + timeout),
            grace: (grace >= 0).then_some(grace),
            faults: Vec::new(),
        }
    }

    /// Lets time pass until all are gone; gives what went wrong.
    pub(super) fn run(mut self, session: &mut Session<'_>) -> Vec<String> {
        let mut idle = 0;
        loop {
            // The planner has its turn first.
            session.world.quiesce();
            for place in 0..self.leavers.len() {
                self.attend(session, place);
            }
            if self.leavers.iter().all(|it| it.state == State::Over) {
                return self.faults;
            }
            let quiet = session.world.settle(0) == Settled::Quiet;
            idle = if quiet { idle + 1 } else { 0 };
            let due = self.leavers.iter().filter_map(|leaver| match leaver.state {
                State::Ask(at) => Some(at),
                State::Going => self.end,
                State::Over => None,
            });
            let until = due.min();
            let limit = until.map(|until| until - session.world.now());
            let one_is_gone = session.world.wait_for(limit, |world| {
                let mut going = self.leavers.iter().filter(|it| it.state == State::Going);
                going.any(|leaver| leaver.is_gone(world))
            });
            let hopeless = !one_is_gone && (until.is_none() || idle >= PATIENCE);
            if session.world.is_stopped() || (self.end.is_none() && hopeless) {
                self.give_up();
                return self.faults;
            }
        }
    }

    /// Asks a pod whose time has come, and sees whether it has gone.
    fn attend(&mut self, session: &mut Session<'_>, place: usize) {
        let now = session.world.now();
        let leaver = &mut self.leavers[place];
        let Leaver {
            namespace, name, ..
        } = &*leaver;
        let over = self.end.is_some_and(|end| end <= now);
        let over = over.then(|| {
            let timeout = duration::exact(self.timeout);
            format!("global timeout reached: {timeout}")
        });
        if matches!(leaver.state, State::Ask(at) if at <= now) {
            session.say(format!("evicting pod {namespace}/{name}"));
            let asking = leaver.asking();
            let answer = match &over {
                Some(over) => Err(format!("{asking}: {over}")),
                None => match leaver.ask(session.world, self.grace) {
                    Ok(()) => Ok(State::Going),
                    Err(error) => match error.reason {
                        ApiReason::NotFound => Ok(State::Over),
                        ApiReason::TooManyRequests => {
                            session.say(format!("{asking} (will retry after 5s): {error}"));
                            Ok(State::Ask(now + AGAIN))
                        }
                        _ => Err(format!("{asking}: {error}")),
                    },
                },
            };
            leaver.state = answer.unwrap_or_else(|fault| {
                self.faults.push(fault);
                State::Over
            });
        }
        if leaver.state == State::Going {
            if leaver.is_gone(session.world) {
                session.say(format!("pod/{} evicted", leaver.name));
                leaver.state = State::Over;
            } else if let Some(over) = over {
                self.faults.push(format!("{}: {over}", leaver.waiting()));
                leaver.state = State::Over;
            }
        }
    }

    /// Nothing that could help will happen any more.
    fn give_up(&mut self) {
        for leaver in &self.leavers {
            let doing = match leaver.state {
                State::Ask(_) => leaver.asking(),
                State::Going => leaver.waiting(),
                State::Over => continue,
            };
            self.faults
                .push(format!("{doing}: nothing happens any more"));
        }
    }
}

impl Leaver {
    fn asking(&self) -> String {
        let (namespace, name) = (&self.namespace, &self.name);
        format!("error when evicting pods/\"{name}\" -n \"{namespace}\"")
    }

    fn waiting(&self) -> String {
        let (namespace, name) = (&self.namespace, &self.name);
        format!("error when waiting for pod \"{name}\" in namespace \"{namespace}\" to terminate")
    }

    fn pod<'w>(&self, world: &'w World) -> Option<&'w Rc<Object>> {
        let pod = world.store().get(Kind::Pod, &self.namespace, &self.name);
        pod.filter(|pod| pod.uid() == self.uid)
    }

    fn is_gone(&self, world: &World) -> bool {
        self.pod(world).is_none()
    }

    /// Asks the API to let it go, or sees what has become of the planner's asking.
    fn ask(&self, world: &mut World, grace: Option<i64>) -> Result<(), ApiError> {
        let options = DeleteOptions {
            uid: Some(self.uid.clone()),
            grace_seconds: grace,
            ..DeleteOptions::default()
        };
        let (namespace, name) = (&self.namespace, &self.name);
        if !self.planned {
            world.store_mut().evict(namespace, name, &options)?;
            return Ok(());
        }
        if self.pod(world).is_none_or(|pod| pod.is_terminating()) {
            return Ok(());
        }
        world.store().may_evict(namespace, name)?;
        let message = "the planner has not evicted it yet";
        Err(ApiError::new(ApiReason::TooManyRequests, message))
    }
}
