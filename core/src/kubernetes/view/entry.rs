//! One pod, one claim, as the facts tier knows them.

use std::borrow::Cow;
use std::string::String;

use super::families::canonical_ordinal;
use super::objects::Objects;
use crate::claim::{Binding, Claim};
use crate::desired::Ordinal;
use crate::kubernetes::object::facts::{ClaimFacts, PodFacts};
use crate::kubernetes::object::owner::{self, Owner};
use crate::kubernetes::object::revision::REVISION_LABEL;
use crate::kubernetes::object::stateful_set::StatefulSet;
use crate::kubernetes::object::template::POD_NAME_LABEL;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::labels::Selector;
use crate::kubernetes::value::marks::{MarkedBy, Marks, SPECIFIED_DELETE_LABEL};
use crate::node::UNLISTED;
use crate::pod::{Change, Pod};
use crate::policies::Ranked;
use crate::revision::Revision;

/// The name of the revision that a pod was made from.
pub(crate) fn revision<'a>(name: &'a str, pod: &'a PodFacts) -> Cow<'a, str> {
    let labels = pod.mold.labels.of(name);
    labels.get(REVISION_LABEL).unwrap_or_default()
}

/// A pod of the set, but for the number of its revision.
pub(crate) fn pod(
    set: &StatefulSet,
    objects: &Objects,
    name: &str,
    ordinal: Ordinal,
    pod: &PodFacts,
) -> Pod {
    let labels = pod.mold.labels.of(name);
    let claims = pod.mold.claims.of(name);
    let stored = |template: &String| {
        let claim = claims.get(template);
        claim.is_some_and(|it| claim_ordinal(set, template, &it) == Some(ordinal))
    };
    let covers = |selector: &Selector| selector.matches(labels);
    let knows_budgets = objects.views.is_listed(Kind::PodDisruptionBudget);
    let budgets = objects.budgets.within(&set.key.namespace);
    let mut budgets = budgets.filter(|_| knows_budgets);
    let budget = budgets.position(|(_, it)| it.selector.as_ref().is_some_and(covers));
    let knows_nodes = objects.views.is_listed(Kind::Node);
    let node = pod.node.as_deref().filter(|_| knows_nodes);
    let marks = match set.policies.marked_by {
        MarkedBy::Nothing => Marks::default(),
        MarkedBy::Annotations => pod.mold.marks,
        MarkedBy::Kruise => Marks {
            replace: labels.get(SPECIFIED_DELETE_LABEL).is_some(),
            ..Marks::default()
        },
    };
    Pod {
        ordinal,
        phase: pod.mold.phase,
        ready: pod.mold.ready,
        identity: labels.get(POD_NAME_LABEL).is_some_and(|it| it == name),
        storage: set.templates.iter().all(stored),
        hold: marks.hold,
        replace: marks.replace,
        prepared: marks.prepared,
        change: Change::Recreate,
        // One that cannot be understood lets nothing go (rule Y-10).
        changing: set.policies.marked_by != MarkedBy::Nothing && pod.mold.changing.unwrap_or(true),
        rank: if set.policies.view().ranked == Ranked::Off {
            0
        } else {
            set.policies.rank_by.rank(labels)
        },
        revision: Revision(0),
        ready_since: pod.ready_since,
        terminating_since: pod.mold.terminating_since,
        node: node.map(|name| objects.nodes.place(name).unwrap_or(UNLISTED)),
        budget: budget.and_then(|place| u32::try_from(place).ok()),
    }
}

/// A claim of the set, but for its template. `pod` is the set's pod of the same ordinal, called `pod_name`.
pub(crate) fn claim(
    set: &StatefulSet,
    objects: &Objects,
    pod_name: &str,
    ordinal: Ordinal,
    claim: &ClaimFacts,
    pod: Option<&PodFacts>,
) -> Claim {
    let mold = &claim.mold;
    let known = objects.classes.get("", mold.class.as_deref().unwrap_or(""));
    let node = claim.selected_node.as_deref();
    let node = node.or_else(|| pod?.node.as_deref());
    let (set_uid, pod_uid) = (&set.version.uid, pod.map(|pod| &pod.version.uid));
    let set_name = &*set.key.name;
    let is_set = |owner: &Owner| set.resource.names(owner, set_name);
    let is_pod = |owner: &Owner| owner.names_pod(pod_name);
    let names_us = |owner: &Owner| is_set(owner) || is_pod(owner);
    let (set_owner, pod_owner) = if set.kubernetes.controls_claims() {
        (
            owner::state(&mold.owners, is_set, Some(set_uid)),
            owner::state(&mold.owners, is_pod, pod_uid),
        )
    } else {
        (
            owner::plain_state(&mold.owners, set_name, Some(set_uid)),
            owner::plain_state(&mold.owners, pod_name, pod_uid),
        )
    };
    let mut owners = mold.owners.iter();
    Claim {
        ordinal,
        template: 0,
        phase: mold.phase,
        set_owner,
        pod_owner,
        foreign_controller: owners.any(|owner| owner.controller && !names_us(owner)),
        binding: if known.is_some_and(|class| class.waits_for_consumer) {
            Binding::WaitForFirstConsumer
        } else {
            Binding::Immediate
        },
        modes: mold.modes,
        volume_mode: mold.volume_mode,
        // Set beside the volumes, without which neither means anything.
        class: 0,
        volume: None,
        node: node.and_then(|node| place(objects, node)),
        terminating_since: mold.terminating_since,
        request: mold.request,
    }
}

/// The index of a node, where nodes are known.
fn place(objects: &Objects, node: &str) -> Option<u32> {
    let known = objects.views.is_listed(Kind::Node);
    known.then(|| objects.nodes.place(node))?
}

/// The ordinal of the claim of a template that has this name.
fn claim_ordinal(set: &StatefulSet, template: &str, name: &str) -> Option<Ordinal> {
    let rest = name.strip_prefix(template)?.strip_prefix('-')?;
    canonical_ordinal(rest.strip_prefix(&*set.key.name)?.strip_prefix('-')?)
}
