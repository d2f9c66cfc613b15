//! One container: pulled, started, probed, stopped, started again.

use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use statefulset::Millis;

use crate::components::kubelet::files::{Mount, Tree, View};
use crate::components::kubelet::probe::Check;
use crate::components::timers::Urgency;
use crate::values::object::{Fields, Object};

mod change;
mod health;
mod resources;
mod resume;
mod run;
mod surroundings;

pub(super) use resources::{Resources, asked};
use run::Recipe;
pub(super) use run::Run;
pub(super) use surroundings::{Lacks, Note, Surroundings};

/// From the moment at which everything is there until a container runs, and from the request to stop until it does.
pub(super) const SECOND: Millis = 1000;

/// So long after it could not be created it is tried again.
const RETRY: Millis = 10_000;

/// A container that ran for so long has not crashed in a row.
const RECOVERED: Millis = 600_000;

/// A process whose own end is farther away than this is as good as a server: nobody waits for it.
const LONG: Millis = 60_000;

/// What a container is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// Must end well before the next one starts.
    Init,
    /// Starts among the init containers and stays.
    Sidecar,
    /// What the pod is for.
    Main,
}

/// How a container stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It does not run (yet, or again).
    Waiting {
        reason: &'static str,
        message: String,
    },
    /// It runs; where it is known, when it will have ended, and how.
    Running {
        run: Rc<Run>,
        since: Millis,
        ends: Option<(Millis, i32)>,
    },
    /// It has ended.
    Terminated(Exit),
}

/// How a container ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Exit {
    pub(super) code: i32,
    pub(super) started: Millis,
    pub(super) finished: Millis,
    pub(super) run: Rc<Run>,
}

/// When a container that ended starts again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Restart {
    Always,
    OnFailure,
    Never,
}

/// A container.
#[derive(Debug)]
pub(super) struct Container {
    pub(super) name: String,
    pub(super) recipe: Recipe,
    pub(super) role: Role,
    pub(super) state: State,
    pub(super) last: Option<Exit>,
    pub(super) restarts: u32,
    pub(super) ready: bool,
    pub(super) started: bool,
    pub(super) mounts: Vec<Mount>,
    pub(super) resources: Resources,
    restart: Restart,
    /// How long its pre-stop hook sleeps.
    pre_stop: Millis,
    startup: Option<Check>,
    readiness: Check,
    liveness: Option<Check>,
    files: Tree,
    /// What the containers of its pod run, as it is written: for the paths that stand in it.
    pub(super) scripts: Rc<str>,
    /// When to start it.
    next_try: Option<Millis>,
    /// When a failed pull turns into a back-off.
    backs_off: Option<Millis>,
    pulled: bool,
    failed_pulls: u32,
    /// Whether it could not be created the last time.
    uncreated: bool,
    crashes: u32,
    /// Whether a probe ended its last run.
    ailing: bool,
    /// Whether a power failure ended it, or kept it from starting.
    interrupted: bool,
    /// Whether it is being ended because it is to be another one.
    replaced: bool,
    /// Whether it has to start again to get what it has been promised.
    is_unfit: bool,
    /// Whether it will not start again, whatever happens.
    abandoned: bool,
}

impl Container {
    pub(super) fn new(container: &Object, role: Role, restart: Restart) -> Self {
        let hook = "/lifecycle/preStop";
        let sleep = container.int(&format!("{hook}/sleep/seconds"));
        let sleep = sleep.or_else(|| match container.list(&format!("{hook}/exec/command")) {
            [sleep, seconds] if sleep == "sleep" => seconds.as_str()?.parse().ok(),
            _ => None,
        });
        let restart = match role {
            Role::Sidecar => Restart::Always,
            Role::Init if restart == Restart::Always => Restart::OnFailure,
            _ => restart,
        };
        Self {
            name: container.text("/name").to_owned(),
            recipe: Recipe::of(container, role),
            role,
            state: State::Waiting {
                reason: "ContainerCreating",
                message: String::new(),
            },
            last: None,
            restarts: 0,
            ready: false,
            started: false,
            mounts: Vec::new(),
            resources: Resources::of(container),
            restart,
            pre_stop: sleep.unwrap_or(0).clamp(0, 86_400) * 1000,
            startup: Check::of(container, "/startupProbe"),
            readiness: Check::of(container, "/readinessProbe").unwrap_or_else(Check::plain),
            liveness: Check::of(container, "/livenessProbe"),
            files: Tree::default(),
            scripts: Rc::default(),
            next_try: None,
            backs_off: None,
            pulled: false,
            failed_pulls: 0,
            uncreated: false,
            crashes: 0,
            ailing: false,
            interrupted: false,
            replaced: false,
            is_unfit: false,
            abandoned: false,
        }
    }

    pub(super) const fn is_running(&self) -> bool {
        matches!(self.state, State::Running { .. })
    }

    /// Whether it has ended and will not start again; with which code.
    pub(super) const fn ended(&self) -> Option<i32> {
        match &self.state {
            State::Terminated(exit) if self.next_try.is_none() && !self.interrupted => {
                Some(exit.code)
            }
            _ => None,
        }
    }

    /// Whether nothing has been done for it yet, or not since the power came back.
    pub(super) const fn is_fresh(&self) -> bool {
        let new = matches!(self.state, State::Waiting { .. }) && self.last.is_none();
        self.next_try.is_none() && (new || self.interrupted)
    }

    /// Whether it is to be started now.
    pub(super) fn starts_by(&self, now: Millis) -> bool {
        self.next_try.is_some_and(|at| at <= now)
    }

    /// Starts it a second from now.
    pub(super) const fn begin(&mut self, now: Millis) {
        self.next_try = Some(now + SECOND);
        self.interrupted = false;
    }

    /// It cannot start yet.
    pub(super) fn put_off(&mut self, now: Millis) {
        if self.starts_by(now) {
            self.next_try = Some(now + RETRY);
        }
    }

    /// When it next does something, and whether that is worth waiting for. In a loop that goes on for ever nothing is:
    /// a program that ends again and again, a probe that fails each time, an image that cannot be pulled.
    pub(super) fn next(&self, lacks: Lacks<'_>) -> Option<(Millis, Urgency)> {
        let idle_if = |idle: bool| if idle { Urgency::Idle } else { Urgency::Busy };
        let program = match &self.state {
            State::Running { run, .. } => run.program,
            _ => self.recipe.program,
        };
        let looping = self.crashes > 1 && (program.ends.is_some() || self.ailing);
        let mut moments: Vec<(Millis, Urgency)> = Vec::new();
        if let State::Running { since, ends, .. } = self.state {
            if let Some((at, _)) = ends {
                let own_end = program.ends.map(|(takes, _)| since + takes);
                let far = at - since > LONG && Some(at) == own_end;
                moments.push((at, idle_if(far)));
            }
            let checks = [&self.startup, &self.liveness].into_iter().flatten();
            moments.extend(checks.chain([&self.readiness]).filter_map(Check::next));
        } else {
            let failing = lacks.address
                || (self.failed_pulls > 0 && lacks.images.contains(&self.recipe.image))
                || (self.uncreated && self.creation_fails(lacks).is_some());
            moments.extend(self.next_try.map(|at| (at, idle_if(failing))));
            moments.extend(
                self.backs_off
                    .map(|at| (at, idle_if(self.failed_pulls > 1))),
            );
        }
        let at = moments.iter().map(|(at, _)| *at).min()?;
        let busy = moments.iter().any(|(_, u)| *u == Urgency::Busy);
        Some((at, idle_if(looping || !busy)))
    }

    /// Does what is to be done at this moment.
    pub(super) fn tick(&mut self, around: &mut Surroundings<'_>) {
        let now = around.now;
        if self.backs_off.is_some_and(|at| at <= now) {
            self.backs_off = None;
            let message = format!("Back-off pulling image \"{}\"", self.recipe.image);
            around.note(true, "BackOff", message.clone());
            around.note(false, "Failed", "Error: ImagePullBackOff".into());
            self.wait("ImagePullBackOff", message);
        }
        if let State::Running { ends, .. } = self.state {
            match ends {
                Some((at, code)) if at <= now => self.exit(code, at, around),
                _ => {
                    self.end_outdated(around);
                    self.probe(around);
                }
            }
        }
        if self.next_try.is_some_and(|at| at <= now) {
            self.start(around);
        }
    }

    fn wait(&mut self, reason: &'static str, message: String) {
        let waiting = State::Waiting { reason, message };
        if let State::Terminated(exit) = mem::replace(&mut self.state, waiting) {
            self.last = Some(exit);
        }
    }

    fn start(&mut self, around: &mut Surroundings<'_>) {
        let now = around.now;
        let image = &self.recipe.image;
        if self.pulled || !around.lacks.images.contains(image) {
            let message = if self.failed_pulls > 0 && !self.pulled {
                around.note(true, "Pulling", format!("Pulling image \"{image}\""));
                format!("Successfully pulled image \"{image}\" in 1s (1s including waiting)")
            } else {
                format!(
                    "Container image \"{image}\" already present on machine and can be accessed by the pod"
                )
            };
            around.note(true, "Pulled", message);
        } else {
            self.fail_pull(around);
            return;
        }
        (self.pulled, self.failed_pulls, self.backs_off) = (true, 0, None);
        if let Some((reason, message)) = self.creation_fails(around.lacks) {
            around.note(false, "Failed", format!("Error: {message}"));
            self.uncreated = true;
            self.next_try = Some(now + RETRY);
            self.wait(reason, message);
            return;
        }
        around.note(true, "Created", "Container created".into());
        around.note(true, "Started", "Container started".into());
        if let State::Terminated(exit) = &self.state {
            self.last = Some(exit.clone());
        }
        if self.last.is_some() {
            self.restarts += 1;
        }
        (self.next_try, self.uncreated) = (None, false);
        self.files = Tree::default();
        self.give();
        let run = Run::new(around.uid, &self.name, self.restarts, &self.recipe);
        let ends = run.program.ends.map(|(takes, code)| (now + takes, code));
        self.state = State::Running {
            run: Rc::new(run),
            since: now,
            ends,
        };
        if let Some(startup) = &mut self.startup {
            startup.begin(now);
        } else {
            self.has_started(now);
        }
        // An errand that takes no time is over at once.
        if let Some((at, code)) = ends.filter(|(at, _)| *at <= now) {
            self.exit(code, at, around);
        }
    }

    /// Why it cannot be created: the reason, and the kubelet's words.
    fn creation_fails(&self, lacks: Lacks<'_>) -> Option<(&'static str, String)> {
        if let Some(lack) = lacks.settings.get(&self.name) {
            return Some(("CreateContainerConfigError", lack.clone()));
        }
        self.recipe.is_empty.then(|| {
            let message =
                "failed to generate container spec: failed to generate spec: no command specified";
            ("CreateContainerError", message.to_owned())
        })
    }

    fn has_started(&mut self, now: Millis) {
        self.started = true;
        if self.role != Role::Init {
            self.readiness.begin(now);
        }
        if let Some(liveness) = &mut self.liveness {
            liveness.begin(now);
        }
    }

    fn fail_pull(&mut self, around: &mut Surroundings<'_>) {
        let image = &self.recipe.image;
        let why = format!(
            "failed to pull and unpack image \"{image}\": failed to resolve reference \"{image}\": {image}: not found"
        );
        around.note(true, "Pulling", format!("Pulling image \"{image}\""));
        around.note(
            false,
            "Failed",
            format!("Failed to pull image \"{image}\": {why}"),
        );
        around.note(false, "Failed", "Error: ErrImagePull".into());
        self.failed_pulls += 1;
        self.next_try = Some(around.now + back_off(self.failed_pulls));
        self.backs_off = Some(around.now + SECOND);
        self.wait("ErrImagePull", why);
    }

    /// What runs has ended.
    fn end(&mut self, code: i32, at: Millis) {
        if let State::Running { run, since, .. } = &self.state {
            self.state = State::Terminated(Exit {
                code,
                started: *since,
                finished: at,
                run: Rc::clone(run),
            });
        }
        (self.ready, self.started) = (false, false);
        self.end_probes();
    }

    fn exit(&mut self, code: i32, at: Millis, around: &mut Surroundings<'_>) {
        self.end(code, at);
        let State::Terminated(Exit { started: since, .. }) = self.state else {
            return;
        };
        let replaced = mem::take(&mut self.replaced);
        let again = match self.restart {
            _ if replaced => true,
            Restart::Always => true,
            Restart::OnFailure => code != 0,
            Restart::Never => false,
        };
        if !again {
            return;
        }
        if replaced || at - since >= RECOVERED {
            self.crashes = 0;
            self.ailing = false;
        }
        if self.crashes == 0 {
            self.next_try = Some(at + SECOND);
        } else {
            let pause = back_off(self.crashes);
            self.next_try = Some(at + pause);
            let (name, pod) = (&self.name, around.pod);
            around.note(
                false,
                "BackOff",
                format!("Back-off restarting failed container {name} in pod {pod}"),
            );
            let message = format!(
                "back-off {} restarting failed container={name} pod={pod}",
                duration(pause)
            );
            self.wait("CrashLoopBackOff", message);
        }
        self.crashes += 1;
    }

    /// Asks the process to stop, after its pre-stop hook; at the end of the grace period it is killed. A shorter grace
    /// period wins.
    pub(super) fn stop(&mut self, now: Millis, grace: Millis) {
        let takes = self.pre_stop + SECOND;
        if self.heeds_sigterm() && takes <= grace {
            self.end_at(now + takes, 0);
        } else {
            self.end_at(now + grace, 137);
        }
    }

    fn heeds_sigterm(&self) -> bool {
        matches!(&self.state, State::Running { run, .. } if run.program.heeds_sigterm)
    }

    /// The process was sent SIGTERM from inside.
    pub(super) fn signal(&mut self, now: Millis) {
        if self.heeds_sigterm() {
            self.end_at(now + SECOND, 0);
        }
    }

    /// The process is killed, and is not started again.
    pub(super) fn kill(&mut self, now: Millis) {
        self.abandon();
        self.end_at(now, 137);
    }

    fn end_at(&mut self, at: Millis, code: i32) {
        if let State::Running { ends, .. } = &mut self.state {
            *ends = Some(ends.map_or((at, code), |ends| ends.min((at, code))));
        }
    }

    /// The machine it runs on loses its power.
    pub(super) fn lose_power(&mut self, now: Millis) {
        let under_way = self.is_running() || self.next_try.is_some();
        self.interrupted |= under_way && self.restart != Restart::Never;
        self.end(255, now);
        self.replaced = false;
        (self.next_try, self.backs_off) = (None, None);
    }

    /// It will not start again.
    pub(super) const fn abandon(&mut self) {
        self.restart = Restart::Never;
        (self.interrupted, self.replaced, self.abandoned) = (false, false, true);
        self.next_try = None;
        self.backs_off = None;
    }

    /// The container's files.
    pub(super) fn view<'a>(
        &'a mut self,
        disks: &'a mut BTreeMap<String, Tree>,
        scratch: &'a mut BTreeMap<String, Tree>,
    ) -> View<'a> {
        View {
            disks,
            scratch,
            own: &mut self.files,
            mounts: &self.mounts,
        }
    }
}

/// 10 s, doubled by each failure, at most 5 min.
fn back_off(failures: u32) -> Millis {
    (10_000 << failures.saturating_sub(1).min(5)).min(300_000)
}

/// `10s`, `1m20s`, `5m0s`, as the kubelet writes it.
fn duration(millis: Millis) -> String {
    match (millis / 60_000, millis / 1000 % 60) {
        (0, seconds) => format!("{seconds}s"),
        (minutes, seconds) => format!("{minutes}m{seconds}s"),
    }
}
