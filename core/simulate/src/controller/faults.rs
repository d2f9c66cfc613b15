//! What can go wrong between the controller and the API server: calls that fail, and a view that is not the truth.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use statefulset::kubernetes::{Key as Named, Method, Outcome};
use statefulset::{Millis, Reason};

use crate::values::key::Key;
use crate::values::kind::Kind;
use crate::values::object::Object;

/// What goes wrong with a call.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Upset {
    /// It is refused, and nothing has been done.
    Refuse,
    /// It has been done, and no answer comes.
    TimeOut,
    /// Somebody else was faster, and nothing has been done.
    Conflict,
    /// The controller dies before it, and starts again without a memory.
    Crash,
}

/// What goes wrong with the news about the objects of one kind. Whoever loses news, or gets them in the wrong order,
/// lists the kind again a while later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Watch {
    /// They come so much later.
    pub delay: Millis,
    /// So many do not come at all.
    pub drop: u32,
    /// So many come twice, the second time after the next one.
    pub repeat: u32,
    /// So many come after the next one.
    pub swap: u32,
}

/// The controller's bad luck, and how it fared.
#[derive(Debug, Default)]
pub struct Faults {
    /// What becomes of the next calls, in order; those after them go well.
    calls: VecDeque<Option<Upset>>,
    /// What it may not do: verbs and kinds.
    forbidden: BTreeSet<(String, Kind)>,
    watches: BTreeMap<Kind, Watch>,
    rewind: Millis,
    passes: Option<Vec<Pass>>,
}

/// One turn of one set, as it went.
#[derive(Clone, Debug)]
pub struct Pass {
    /// When.
    pub at: Millis,
    /// The store's version then.
    pub version: u64,
    /// The set.
    pub set: Named,
    /// The set as the controller saw it.
    pub seen: Option<Rc<Object>>,
    /// Whether it had been told everything, in order.
    pub informed: bool,
    /// Kinds with news that had not arrived, each with the version up to which they had.
    pub behind: Vec<(Kind, u64)>,
    /// How many calls it was going to make, its status not counted.
    pub planned: usize,
    /// The calls it made.
    pub calls: Vec<Call>,
}

/// One call, as it went.
#[derive(Clone, Debug)]
pub struct Call {
    /// The decision behind it, if there is one.
    pub reason: Option<Reason>,
    /// How.
    pub method: Method,
    /// Where.
    pub path: String,
    /// What is there, as the controller saw it.
    pub seen: Option<Rc<Object>>,
    /// Whether the node of that pod is certainly dead, as the controller can know: fenced now, or removed while it watched.
    pub vouched: bool,
    /// The store's versions before and after it: what is between them, it wrote.
    pub versions: (u64, u64),
    /// What went wrong.
    pub upset: Option<Upset>,
    /// What the controller was told; nothing if it died.
    pub outcome: Option<Outcome>,
}

impl Faults {
    /// After `skip` more calls, this happens to the next `times`.
    pub fn upset(&mut self, how: Upset, skip: usize, times: usize) {
        let calls = skip + times;
        self.calls.resize(self.calls.len().max(calls), None);
        for call in self.calls.range_mut(skip..calls) {
            *call = Some(how);
        }
    }

    /// From now on it lacks the permission to do this to objects of a kind.
    pub fn forbid(&mut self, verb: &str, kind: Kind) {
        self.forbidden.insert((verb.to_owned(), kind));
    }

    /// The API server's words, if it may not do this.
    pub(super) fn refusal(&self, verb: &str, key: &Key) -> Option<String> {
        let is_forbidden = self.forbidden.contains(&(verb.to_owned(), key.kind));
        is_forbidden.then(|| {
            format!(
                "{} is forbidden: User \"system:serviceaccount:kube-system:statefulset-controller\" cannot {verb} resource \
                 \"{}\" in API group \"{}\" in the namespace \"{}\"",
                key.kind.resource(),
                key.kind.plural(),
                key.kind.group(),
                key.namespace
            )
        })
    }

    /// What goes wrong with the news about a kind.
    pub fn watch(&mut self, kind: Kind) -> &mut Watch {
        self.watches.entry(kind).or_default()
    }

    /// When the controller starts the next time, the API server that it asks is so far behind, for a while.
    pub const fn rewind(&mut self, by: Millis) {
        self.rewind = by;
    }

    /// From now on all goes well, and what was held back arrives.
    pub fn calm(&mut self) {
        self.calls.clear();
        self.forbidden.clear();
        self.watches.clear();
        self.rewind = 0;
    }

    /// From now on every turn is written down.
    pub fn record(&mut self) {
        self.passes.get_or_insert_default();
    }

    /// The turns that were written down since the last time.
    pub fn take_passes(&mut self) -> Vec<Pass> {
        self.passes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// How far behind the API server is that a controller asks which starts now; the next one is up to date.
    pub(super) const fn take_rewind(&mut self) -> Millis {
        std::mem::replace(&mut self.rewind, 0)
    }

    pub(super) fn next_call(&mut self) -> Option<Upset> {
        self.calls.pop_front().flatten()
    }

    pub(super) fn begin(&mut self, pass: impl FnOnce() -> Pass) {
        if let Some(passes) = &mut self.passes {
            passes.push(pass());
        }
    }

    pub(super) fn note(&mut self, call: impl FnOnce() -> Call) {
        if let Some(pass) = self.passes.as_mut().and_then(|passes| passes.last_mut()) {
            pass.calls.push(call());
        }
    }

    pub(super) fn delay(&self, kind: Kind) -> Millis {
        self.watches.get(&kind).map_or(0, |watch| watch.delay)
    }

    /// What happens to the next piece of news about a kind.
    pub(super) fn next_news(&mut self, kind: Kind) -> Fate {
        let Some(watch) = self.watches.get_mut(&kind) else {
            return Fate::Arrives;
        };
        for (left, fate) in [
            (&mut watch.drop, Fate::Lost),
            (&mut watch.repeat, Fate::Repeated),
            (&mut watch.swap, Fate::Late),
        ] {
            if *left > 0 {
                *left -= 1;
                return fate;
            }
        }
        Fate::Arrives
    }
}

/// What happens to a piece of news.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    Arrives,
    Lost,
    /// It comes once more after the next one.
    Repeated,
    /// It comes after the next one.
    Late,
}
