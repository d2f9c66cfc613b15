//! One turn of one set: its history and snapshot, the plan made from them, and the requests that carry the plan out.
//!
//! This room knows objects and the view, and asks the planner. It changes nothing of what it is shown.

pub(crate) mod claiming;
mod condition;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod history;
pub(crate) mod obstacle;
pub(crate) mod request;
pub(crate) mod sending;
pub(crate) mod share;
pub(crate) mod snapshot;
pub(crate) mod status;
pub(crate) mod tail;
pub(crate) mod translate;

use std::string::{String, ToString};
use std::vec::Vec;

use self::draft::Draft;
use self::history::History;
use self::obstacle::Obstacles;
use self::request::{Blocker, PlanId, Purpose, Request, Requests};
use self::share::{Seen, Share};
use self::snapshot::Snapshot;
use self::status::Names;
use self::translate::Translator;
use crate::action::{Action, Do};
use crate::desired::{Deletion, Desired, Strategy};
use crate::explain::{self, Names as _};
use crate::group::Member;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template;
use crate::kubernetes::value::error::ObjectError;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::view::freshness::{Awaited, LATE, Unseen};
use crate::kubernetes::view::objects::Objects;
use crate::kubernetes::view::roster::Roster;
use crate::observed::Observed;
use crate::plan::{Plan, plan_kept};
use crate::profile::{Profile, Shutdown};
use crate::status::Status;
use crate::time::Millis;
use crate::wait::{Gate, On};

/// A set's turn.
pub(crate) struct Turn<'a> {
    pub(crate) set: &'a StatefulSet,
    pub(crate) objects: &'a Objects,
    /// What must be seen before anything is decided.
    awaited: Option<Awaited>,
    /// What the set's group leaves it.
    pub(crate) share: Option<Share>,
    /// Upstream fails before it decides anything.
    fails_early: bool,
    pub(crate) history: History<'a>,
    pub(crate) snapshot: Snapshot<'a>,
    plan: Plan,
    obstacles: Obstacles,
    now: Millis,
}

/// What a turn depends on beside the objects.
pub(crate) struct Circumstances {
    pub(crate) profile: Profile,
    /// What must be seen before anything is decided.
    pub(crate) awaited: Option<Awaited>,
    /// What the set's group leaves it, if it belongs to one.
    pub(crate) share: Option<Share>,
    /// Whether volumes are looked at where no decision depends on them, too.
    pub(crate) volumes: bool,
}

impl<'a> Turn<'a> {
    pub(crate) fn new(
        set: &'a StatefulSet,
        objects: &'a Objects,
        roster: &'a mut Roster,
        circumstances: Circumstances,
        now: Millis,
    ) -> Result<Self, ObjectError> {
        let profile = circumstances.profile;
        let namespace = &set.key.namespace;
        let taken = |name: &str| objects.is_bad(Kind::ControllerRevision, namespace, name);
        let history = History::of(set, &objects.revisions, profile.semantic_revisions, taken);
        let snapshot = Snapshot::of(set, objects, roster, &history, &circumstances, now);
        let Circumstances { awaited, share, .. } = circumstances;
        let (desired, observed) = (snapshot.desired(), snapshot.observed());
        let mut parts = snapshot.roster.parts();
        let plan = plan_kept(&desired, &observed, parts.as_deref_mut(), now);
        drop(parts);
        let mut plan = plan.map_err(|error| {
            ObjectError::new(
                Kind::StatefulSet,
                set.key.clone(),
                error.field,
                error.to_string(),
            )
            .called(set.resource.kind())
        })?;
        let obstacles = if let Some(awaited) = &awaited {
            for action in &mut plan.actions {
                if let Do::Wait(wait) = &mut action.what {
                    wait.since = awaited.since;
                }
            }
            // It may never be seen: that has to be told.
            plan.next_wake = Some(awaited.look_again(now));
            Obstacles::none()
        } else {
            if lacks(&plan, objects).is_some() {
                let again = now.saturating_add(LATE);
                plan.next_wake = Some(plan.next_wake.map_or(again, |wake| wake.min(again)));
            }
            // Time may open the group's gate, too: a pod of another set becomes available.
            let held = share.as_ref().filter(|it| it.allowance == 0);
            if let Some(again) = held.and_then(|it| it.wake) {
                plan.next_wake = Some(plan.next_wake.map_or(again, |wake| wake.min(again)));
            }
            Obstacles::to(&plan, set, objects)
        };
        Ok(Self {
            set,
            objects,
            awaited,
            share,
            // Upstream's set tries to adopt orphaned revisions, and may not while it is being deleted.
            fails_early: history.has_orphans && profile.shutdown == Shutdown::Background,
            history,
            snapshot,
            plan,
            obstacles,
            now,
        })
    }

    pub(crate) fn requests(&self, id: PlanId) -> Result<Requests, ObjectError> {
        let mut requests = Vec::new();
        if self.awaited.is_none() && !self.fails_early {
            requests = translate::preparations(&self.history, &self.snapshot);
            // A set that is let go makes no pod any more. In a namespace that is going its revisions have gone before it,
            // and the API server would refuse a new one again and again.
            let mut actions = self.plan.actions.iter();
            if actions.any(|action| action.what == Do::ReleaseFinalizer) {
                requests.retain(|request| request.origin.purpose != Purpose::Revision);
            }
        }
        let translator = Translator {
            snapshot: &self.snapshot,
            history: &self.history,
            now: self.now,
        };
        for (place, action) in self.plan.actions.iter().enumerate() {
            if !self.obstacles.bar(action) {
                requests.extend(translator.requests(place, action)?);
            }
        }
        let actions = self.obstacles.around(&self.plan);
        let waits: Vec<_> = actions.filter(|action| action.what.is_wait()).collect();
        Ok(Requests {
            id,
            blockers: waits.iter().map(|wait| self.blocker(wait)).collect(),
            waits,
            next_wake: self.plan.next_wake,
            more: self.plan.more,
            plan: self.plan.clone(),
            requests,
        })
    }

    fn blocker(&self, action: &Action) -> Option<Blocker> {
        let Do::Wait(wait) = action.what else {
            return None;
        };
        let set = self.set;
        let mut gates = wait.gates.iter();
        if let Some(kind) = gates.find_map(|gate| unlisted(gate, self.objects)) {
            return Some(Blocker {
                kind,
                name: String::new(),
                unseen: Some(Unseen::List),
            });
        }
        let (kind, name) = match wait.on {
            On::View => {
                let awaited = self.awaited.as_ref()?;
                return Some(Blocker {
                    kind: awaited.kind,
                    name: awaited.name.clone(),
                    unseen: Some(awaited.unseen),
                });
            }
            On::Nothing => return None,
            On::Ordinal(ordinal) => (Kind::Pod, template::pod_name(set, ordinal)),
            On::Pod(index) => {
                let name = self.snapshot.roster.pod_name(set, index)?;
                (Kind::Pod, name.into_owned())
            }
            On::Claim(index) => {
                let (name, _) = self.snapshot.claim(index)?;
                (Kind::PersistentVolumeClaim, name)
            }
            On::Node(index) => (
                Kind::Node,
                explain::Names::node(&self.snapshot, index)?.into(),
            ),
            On::Budget(index) => {
                let name = self.snapshot.budget(index)?;
                (Kind::PodDisruptionBudget, name.into())
            }
        };
        Some(Blocker {
            kind,
            name,
            unseen: None,
        })
    }

    pub(crate) fn draft(&self, requests: &Requests) -> Draft {
        let revisions = self.snapshot.roster.revisions();
        let in_use: Vec<&str> = revisions.in_use().map(|(name, _)| name).collect();
        let surplus = if self.awaited.is_none() {
            self.history.surplus(self.set, &in_use)
        } else {
            Vec::new()
        };
        Draft {
            id: requests.id,
            fresh: self.awaited.is_none(),
            lacks: lacks(&self.plan, self.objects),
            fails_early: self.fails_early,
            requests: requests
                .requests
                .iter()
                .map(Request::without_body)
                .collect(),
            plan: self.plan.clone(),
            barred: self.obstacles.barred().collect(),
            names: Names {
                collisions: self.history.collisions,
                recreating: self.set.strategy == Strategy::Recreate
                    && self.set.deletion == Deletion::No
                    && self.history.current != self.history.update,
                revisions: revisions.names().map(Into::into).collect(),
            },
            surplus,
        }
    }

    pub(crate) fn show<T>(&self, look: impl FnOnce(&Desired, &Observed, &Plan) -> T) -> T {
        look(
            &self.snapshot.desired(),
            &self.snapshot.observed(),
            &self.plan,
        )
    }

    /// What a group knows of the set. `None` where it is not known well enough to decide anything.
    pub(crate) fn member(&self, now: Millis) -> Option<Seen> {
        if self.awaited.is_some() {
            return None;
        }
        let member = Member::of(&self.snapshot.desired(), &self.snapshot.observed(), now).ok()?;
        let wake = self.plan.next_wake;
        Some(Seen { member, wake })
    }

    /// The plan in sentences.
    pub(crate) fn explanation(&self, now: Millis) -> String {
        self.tell(&self.unobstructed(), now)
    }

    /// The plan, with waits in the place of what cannot succeed.
    pub(crate) fn unobstructed(&self) -> Plan {
        let mut plan = self.plan.clone();
        plan.actions = self.obstacles.around(&self.plan).collect();
        plan
    }

    /// A plan of this turn in sentences.
    pub(crate) fn tell(&self, plan: &Plan, now: Millis) -> String {
        let desired = self.snapshot.desired();
        let observed = self.snapshot.observed();
        crate::explain(&desired, &observed, plan, now)
            .with_names(&self.snapshot)
            .to_string()
    }

    /// The status as it should be published.
    pub(crate) fn status(&self) -> Status {
        let published = self.snapshot.desired().published;
        self.plan.status.or(published).unwrap_or_default()
    }
}

/// A kind of which no list was ever complete, and which something waits for.
fn lacks(plan: &Plan, objects: &Objects) -> Option<Kind> {
    let gates = plan.waits().flat_map(|(_, wait)| wait.gates.iter());
    gates.into_iter().find_map(|gate| unlisted(gate, objects))
}

/// The kind of which a list would open the gate, if there was none yet.
pub(crate) fn unlisted(gate: Gate, objects: &Objects) -> Option<Kind> {
    let kind = match gate {
        Gate::ClaimsUnknown => Kind::PersistentVolumeClaim,
        Gate::VolumesUnknown => Kind::PersistentVolume,
        Gate::NodesUnknown => Kind::Node,
        Gate::BudgetsUnknown => Kind::PodDisruptionBudget,
        _ => return None,
    };
    (!objects.views.is_listed(kind)).then_some(kind)
}
