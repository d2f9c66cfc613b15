//! What happens to a world without the controller: kubelets, nodes, other controllers, and people.

use statefulset::{Deletion, Prepared};

use crate::configuration::{Ask, Configuration, SEATS};
use crate::member::{Life, Member};
use crate::site::Signal;
use crate::step::Step;
use crate::world::{Lasting, World};

/// Every step that the surroundings may take, with the world after it.
pub(crate) fn steps(c: &Configuration, world: &World, emit: &mut impl FnMut(Step, World)) {
    if world.gone {
        return;
    }
    for (ordinal, o) in (0..SEATS).zip(0u8..) {
        if let Some(pod) = world.pods[ordinal] {
            of_pod(c, world, (ordinal, o), pod, emit);
        }
        of_claim(c, world, (ordinal, o), emit);
    }
    let later = aged(c, world);
    if later != *world {
        emit(Step::Time, later);
    }
    if c.nodes {
        of_nodes(c, world, emit);
    }
    if c.group {
        let other_disturbed = !world.other_disturbed;
        let next = World {
            other_disturbed,
            ..*world
        };
        emit(Step::OtherSet(other_disturbed), next);
    }
    if may_vanish(c, world) {
        emit(
            Step::SetGone,
            World {
                gone: true,
                ..*world
            },
        );
    }
    if world.changes > 0 && world.spec.deletion == Deletion::No {
        for &ask in &c.asks {
            change(c, world, ask, emit);
        }
    }
}

/// Everything that ends well in time does so now: kubelets, binders and collectors do their work once.
pub(crate) fn kindness(c: &Configuration, world: &World) -> World {
    let mut next = *world;
    if next.gone {
        return next;
    }
    for ordinal in 0..SEATS {
        if let Some((_, after)) = kind_step_of(c, &next, ordinal) {
            next = after;
        }
        if let Some((_, after)) = kind_step_of_claim(c, &next, ordinal) {
            next = after;
        }
    }
    next.other_disturbed = false;
    next = aged(c, &next);
    next.gone |= may_vanish(c, &next);
    next
}

/// The same, until nothing is left that ends well by itself.
pub(crate) fn long_kindness(c: &Configuration, world: &World) -> World {
    let mut next = *world;
    loop {
        let later = kindness(c, &next);
        if later == next {
            return next;
        }
        next = later;
    }
}

/// The same world after enough time for everything.
fn aged(c: &Configuration, world: &World) -> World {
    let mut next = *world;
    if c.ages() {
        for pod in next.pods.iter_mut().flatten() {
            pod.aged = true;
        }
    }
    if next.published.waits == Lasting::Short {
        next.published.waits = Lasting::Long;
    }
    next.published.disrupted = false;
    next
}

/// Whether the object of a deleted set may go. A finalizer holds it. Where none is meant to, the cluster's garbage collector
/// takes the pods away first.
fn may_vanish(c: &Configuration, world: &World) -> bool {
    let background = c.profile.shutdown == statefulset::Shutdown::Background;
    !world.gone
        && !world.finalizer
        && match world.spec.deletion {
            Deletion::No => false,
            Deletion::Orphan => true,
            _ => !background || world.pods.iter().all(Option::is_none),
        }
}

/// The node that a pending pod is started on now, if it can start.
fn place_to_start(c: &Configuration, world: &World, ordinal: usize) -> Option<u8> {
    let claim = world.claims[ordinal];
    let stored = !c.claims || claim.is_some_and(|claim| claim.bound && !claim.terminating);
    let home = World::home(ordinal);
    [home, 1 - home]
        .into_iter()
        .find(|&node| stored && world.sites[usize::from(node)].takes_pods())
}

/// What a kind world does next with this pod.
fn kind_step_of(c: &Configuration, world: &World, ordinal: usize) -> Option<(Step, World)> {
    let mut found = None;
    let pod = world.pods[ordinal]?;
    let seat = (ordinal, u8::try_from(ordinal).ok()?);
    kind_steps(c, world, seat, pod, &mut |step, next| {
        found.get_or_insert((step, next));
    });
    found
}

fn kind_step_of_claim(c: &Configuration, world: &World, ordinal: usize) -> Option<(Step, World)> {
    let mut found = None;
    let seat = (ordinal, u8::try_from(ordinal).ok()?);
    kind_steps_of_claim(c, world, seat, &mut |step, next| {
        found.get_or_insert((step, next));
    });
    found
}

fn with(world: &World, ordinal: usize, change: impl FnOnce(&mut Member)) -> World {
    let mut next = *world;
    if let Some(pod) = &mut next.pods[ordinal] {
        change(pod);
    }
    next
}

fn without(world: &World, ordinal: usize) -> World {
    let mut next = *world;
    next.remove_pod(ordinal);
    next
}

/// What becomes of a pod where nothing goes wrong.
fn kind_steps(
    c: &Configuration,
    world: &World,
    (ordinal, o): (usize, u8),
    pod: Member,
    emit: &mut impl FnMut(Step, World),
) {
    let site = world.site_of(&pod);
    // Where nodes are the planner's duty, nobody else takes care of their pods.
    let cluster_cares = c.nodes && c.profile.lost_nodes.is_none();
    if c.nodes && pod.life != Life::Pending && !site.lives() {
        if cluster_cares {
            emit(Step::Collected(o), without(world, ordinal));
        }
        return;
    }
    let silent = c.nodes && site.signal == Signal::Silent && pod.life != Life::Pending;
    if silent {
        if cluster_cares && !pod.terminating {
            emit(
                Step::Evicted(o),
                with(world, ordinal, |pod| pod.terminating = true),
            );
        }
        return;
    }
    if pod.terminating {
        emit(Step::Ended(o), without(world, ordinal));
        return;
    }
    let deleted = world.spec.deletion == Deletion::WithPods;
    if deleted && c.profile.shutdown == statefulset::Shutdown::Background {
        let mut next = *world;
        next.ask_pod_to_go(ordinal);
        emit(Step::PodOfDeletedSet(o), next);
    }
    if let Some(prepared) = answered(c, pod.prepared) {
        let step = if prepared == Prepared::No {
            Step::InService(o)
        } else {
            Step::Answer(o)
        };
        emit(step, with(world, ordinal, |pod| pod.prepared = prepared));
    }
    if pod.changing && pod.is_running() {
        of_change(c, world, (ordinal, o), pod, emit);
        return;
    }
    match pod.life {
        Life::Pending => {
            if let Some(node) = place_to_start(c, world, ordinal) {
                let start = |pod: &mut Member| {
                    pod.life = Life::Running;
                    pod.changing = false;
                    pod.node = node;
                };
                emit(Step::Start(o), with(world, ordinal, start));
            }
        }
        Life::Running if !pod.ready && c.broken != Some(pod.revision) => {
            emit(Step::Ready(o), with(world, ordinal, |pod| pod.turn(true)));
        }
        _ => {}
    }
}

/// A kubelet changes a pod that runs: it stops what runs, and starts something else, unless that cannot be had.
fn of_change(
    c: &Configuration,
    world: &World,
    (ordinal, o): (usize, u8),
    pod: Member,
    emit: &mut impl FnMut(Step, World),
) {
    if c.broken == Some(pod.revision) {
        if pod.ready {
            emit(
                Step::Stopped(o),
                with(world, ordinal, |pod| pod.turn(false)),
            );
        }
        return;
    }
    let change = |pod: &mut Member| {
        pod.changing = false;
        pod.turn(false);
    };
    emit(Step::Changed(o), with(world, ordinal, change));
}

/// What the program makes of what was said to a pod.
const fn answered(c: &Configuration, prepared: Prepared) -> Option<Prepared> {
    match prepared {
        _ if c.mute => None,
        Prepared::AskedToRestart => Some(Prepared::MayRestart),
        Prepared::AskedToLeave => Some(Prepared::MayLeave),
        Prepared::Returning => Some(Prepared::No),
        _ => None,
    }
}

fn of_pod(
    c: &Configuration,
    world: &World,
    seat: (usize, u8),
    pod: Member,
    emit: &mut impl FnMut(Step, World),
) {
    kind_steps(c, world, seat, pod, emit);
    let (ordinal, o) = seat;
    let reports = !c.nodes || world.site_of(&pod).signal == Signal::Ready;
    if c.faults.unready && pod.ready && reports {
        emit(
            Step::Unready(o),
            with(world, ordinal, |pod| pod.turn(false)),
        );
    }
    if c.faults.fail && pod.is_running() && reports {
        let fail = |pod: &mut Member| {
            pod.life = Life::Failed;
            if pod.ready {
                pod.turn(false);
            }
        };
        emit(Step::Fail(o), with(world, ordinal, fail));
    }
    if !c.hold.is_empty() && !pod.terminating {
        emit(
            Step::Hold(o),
            with(world, ordinal, |pod| pod.held = !pod.held),
        );
    }
    if c.faults.delete && !pod.terminating {
        let mut next = *world;
        next.ask_pod_to_go(ordinal);
        emit(Step::Delete(o), next);
    }
}

fn kind_steps_of_claim(
    _: &Configuration,
    world: &World,
    (ordinal, o): (usize, u8),
    emit: &mut impl FnMut(Step, World),
) {
    let Some(claim) = world.claims[ordinal] else {
        return;
    };
    if claim.terminating {
        // It stays as long as a pod that has a node uses it.
        let used = world.pods[ordinal].is_some_and(|pod| pod.is_running());
        if !used {
            let mut next = *world;
            next.claims[ordinal] = None;
            emit(Step::ClaimGone(o), next);
        }
    } else if claim.is_orphaned(world.gone) {
        emit(Step::OrphanedClaim(o), with_claim_leaving(world, ordinal));
    }
}

fn with_claim_leaving(world: &World, ordinal: usize) -> World {
    let mut next = *world;
    if let Some(claim) = &mut next.claims[ordinal] {
        claim.terminating = true;
    }
    next
}

fn of_claim(
    c: &Configuration,
    world: &World,
    seat: (usize, u8),
    emit: &mut impl FnMut(Step, World),
) {
    kind_steps_of_claim(c, world, seat, emit);
    let (ordinal, o) = seat;
    if c.faults.claims && world.claims[ordinal].is_some_and(|claim| !claim.terminating) {
        emit(Step::DeleteClaim(o), with_claim_leaving(world, ordinal));
    }
}

fn of_nodes(c: &Configuration, world: &World, emit: &mut impl FnMut(Step, World)) {
    for (n, site) in (0u8..).zip(world.sites) {
        let mut becomes = |step: Step, change: &dyn Fn(&mut World)| {
            let mut next = *world;
            change(&mut next);
            emit(step, next);
        };
        let index = usize::from(n);
        if c.drains && site.signal == Signal::Ready {
            let step = if site.draining {
                Step::Uncordon(n)
            } else {
                Step::Drain(n)
            };
            becomes(step, &|next| next.sites[index].draining = !site.draining);
        }
        if !c.outages {
            continue;
        }
        match site.signal {
            Signal::Ready => becomes(Step::Silent(n), &|next| {
                next.sites[index].signal = Signal::Silent;
                // The node controller says so of its pods.
                for pod in next.pods.iter_mut().flatten() {
                    if pod.node == n && pod.is_running() && pod.ready {
                        pod.turn(false);
                    }
                }
            }),
            Signal::Silent => {
                becomes(Step::Back(n), &|next| {
                    next.sites[index].signal = Signal::Ready;
                    quiet(next, n);
                });
                becomes(Step::Removed(n), &|next| {
                    next.sites[index].signal = Signal::Removed;
                    quiet(next, n);
                });
                becomes(Step::Fenced(n), &|next| {
                    next.sites[index].signal = Signal::Fenced;
                    quiet(next, n);
                });
            }
            // Another machine of this name. Nothing of the old one runs there, but the kubelet starts the pods that it
            // finds.
            Signal::Removed | Signal::Fenced => becomes(Step::Back(n), &|next| {
                next.sites[index].signal = Signal::Ready;
            }),
        }
    }
}

/// What still ran there of pods that are gone does not run any more.
fn quiet(world: &mut World, node: u8) {
    for stray in &mut world.strays {
        if *stray == Some(node) {
            *stray = None;
        }
    }
}

fn change(c: &Configuration, world: &World, ask: Ask, emit: &mut impl FnMut(Step, World)) {
    let mut next = *world;
    let spec = &mut next.spec;
    let used = |revision: u8| {
        world.published.current_revision == revision
            || world.spec.update == revision
            || world
                .pods
                .iter()
                .flatten()
                .any(|pod| pod.revision == revision)
    };
    match ask {
        Ask::Scale(replicas) => spec.replicas = replicas,
        Ask::Partition(partition) => spec.partition = partition,
        Ask::Exclude(o) => spec.excluded |= 1 << o,
        Ask::Include(o) => spec.excluded &= !(1 << o),
        Ask::Replace(o) => {
            if let Some(pod) = &mut next.pods[usize::from(o)]
                && !pod.replace
            {
                pod.replace = true;
                next.changes -= 1;
                emit(Step::Ask(ask), next);
            }
            return;
        }
        Ask::Pause => spec.paused = !spec.paused,
        Ask::Delete => spec.deletion = Deletion::WithPods,
        Ask::Orphan => spec.deletion = Deletion::Orphan,
        Ask::Roll if c.broken.is_some() => {
            spec.update = (spec.update + 1).min(c.revisions - 1);
        }
        Ask::Roll => {
            if let Some(unused) = (0..c.revisions).find(|&revision| !used(revision)) {
                spec.update = unused;
            }
        }
        Ask::Back => {
            for revision in (0..c.revisions).filter(|&r| used(r) || c.broken.is_some()) {
                if revision != world.spec.update {
                    let mut next = *world;
                    next.spec.update = revision;
                    next.published.waits = Lasting::No;
                    next.changes -= 1;
                    emit(Step::Ask(ask), next);
                }
            }
            return;
        }
    }
    if next.spec != world.spec {
        // What was published is about another update (rule M-6).
        if next.spec.update != world.spec.update {
            next.published.waits = Lasting::No;
        }
        next.changes -= 1;
        emit(Step::Ask(ask), next);
    }
}
