//! What the API server holds, and what runs on the nodes.

use statefulset::{Deletion, Millis, Progress, Status};

use crate::bits::{Packed, Reader, Writer};
use crate::configuration::{Configuration, NOW, SEATS, SPELL, Way};
use crate::member::{Life, Member};
use crate::site::Site;
use crate::storage::{PodOwner, Store};

/// How many nodes there are, where there are any.
pub(crate) const SITES: usize = 2;

/// What is desired, as far as it changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Spec {
    pub(crate) replicas: u8,
    pub(crate) update: u8,
    pub(crate) partition: u8,
    /// One bit for each ordinal.
    pub(crate) excluded: u8,
    pub(crate) paused: bool,
    pub(crate) deletion: Deletion,
}

/// What decisions depend on of the status that was published last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Published {
    pub(crate) current_revision: u8,
    /// How many pods are at the current revision; 0 where the strategy has a block, because then it decides nothing.
    pub(crate) current: u8,
    pub(crate) progressing: Option<Progress>,
    /// For how long the set has waited for a pod, where it has a deadline.
    pub(crate) waits: Lasting,
    /// Whether an available pod was taken away a short time ago, where the set has a pace.
    pub(crate) disrupted: bool,
}

/// For how long something has been so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(crate) enum Lasting {
    #[default]
    No,
    /// Since a short time ago.
    Short,
    /// For longer than the deadline.
    Long,
}

impl Lasting {
    /// Since when.
    pub(crate) const fn since(self) -> Option<Millis> {
        match self {
            Self::No => None,
            Self::Short => Some(NOW),
            Self::Long => Some(NOW - SPELL),
        }
    }
}

/// The world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct World {
    pub(crate) pods: [Option<Member>; SEATS],
    /// For each ordinal the node on which a process of a pod still runs whose object is gone.
    pub(crate) strays: [Option<u8>; SEATS],
    pub(crate) claims: [Option<Store>; SEATS],
    pub(crate) sites: [Site; SITES],
    pub(crate) spec: Spec,
    pub(crate) published: Published,
    pub(crate) finalizer: bool,
    /// Whether the set itself is gone.
    pub(crate) gone: bool,
    /// Whether the other set of the group has an unavailable pod.
    pub(crate) other_disturbed: bool,
    /// How many changes may still be asked for.
    pub(crate) changes: u8,
}

impl World {
    /// How it begins.
    pub(crate) fn first(c: &Configuration) -> Self {
        let mut world = Self {
            pods: [None; SEATS],
            strays: [None; SEATS],
            claims: [None; SEATS],
            sites: [Site::READY; SITES],
            spec: Spec {
                replicas: c.replicas,
                update: 0,
                partition: c.partition,
                excluded: c.excluded,
                paused: false,
                deletion: Deletion::No,
            },
            published: Published {
                current_revision: 0,
                current: 0,
                progressing: None,
                waits: Lasting::No,
                disrupted: false,
            },
            finalizer: false,
            gone: false,
            other_disturbed: false,
            changes: c.changes,
        };
        if c.settled {
            for ordinal in world.wanted() {
                world.pods[ordinal] = Some(Member {
                    life: Life::Running,
                    ready: true,
                    aged: c.ages(),
                    node: Self::home(ordinal),
                    ..Member::new(0)
                });
            }
            if c.way == Way::Blockless {
                world.published.current = c.replicas;
            }
        }
        world
    }

    /// The node that a pod is started on if that node takes pods.
    #[expect(clippy::cast_possible_truncation, reason = "there are two nodes")]
    pub(crate) const fn home(ordinal: usize) -> u8 {
        (ordinal % SITES) as u8
    }

    /// The desired ordinals, ascending.
    pub(crate) fn wanted(&self) -> impl Iterator<Item = usize> + use<> {
        let spec = self.spec;
        (0..SEATS)
            .filter(move |ordinal| spec.excluded >> ordinal & 1 == 0)
            .take(usize::from(spec.replicas))
    }

    pub(crate) fn is_wanted(&self, ordinal: usize) -> bool {
        self.wanted().any(|wanted| wanted == ordinal)
    }

    pub(crate) const fn is_excluded(&self, ordinal: usize) -> bool {
        self.spec.excluded >> ordinal & 1 == 1
    }

    /// How many desired ordinals are below this one.
    pub(crate) fn place(&self, ordinal: usize) -> usize {
        self.wanted().filter(|&wanted| wanted < ordinal).count()
    }

    pub(crate) fn site_of(&self, pod: &Member) -> Site {
        self.sites[usize::from(pod.node)]
    }

    /// Whether a process of this pod may be running.
    pub(crate) fn lives(&self, pod: &Member) -> bool {
        pod.is_running() && self.site_of(pod).lives()
    }

    /// The pod's object goes. What its claim says of it then names a pod that is gone.
    pub(crate) fn remove_pod(&mut self, ordinal: usize) {
        self.pods[ordinal] = None;
        if let Some(claim) = &mut self.claims[ordinal]
            && claim.owned_by_pod == PodOwner::Present
        {
            claim.owned_by_pod = PodOwner::Former;
        }
    }

    /// Somebody asks a pod to go. Nothing has to be waited for where no kubelet knows it yet.
    pub(crate) fn ask_pod_to_go(&mut self, ordinal: usize) {
        let Some(pod) = &mut self.pods[ordinal] else {
            return;
        };
        if pod.life == Life::Pending {
            self.remove_pod(ordinal);
        } else {
            pod.terminating = true;
        }
    }

    /// How many more pods the disruption budget lets go.
    pub(crate) fn allowed(&self, c: &Configuration) -> u8 {
        let healthy = self.pods.iter().flatten().filter(|pod| pod.ready).count();
        let healthy = u8::try_from(healthy).unwrap_or(u8::MAX);
        healthy.saturating_sub(c.budget.unwrap_or(0))
    }

    /// Takes in a status.
    pub(crate) fn publish(&mut self, status: &Status, c: &Configuration) {
        let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
        self.published = Published {
            current_revision: small(status.current_revision.0),
            current: if c.way == Way::Blockless {
                small(u64::from(status.current))
            } else {
                0
            },
            progressing: status.progressing.filter(|_| c.deadline.is_none()),
            waits: match status.progressed_at {
                None => Lasting::No,
                Some(NOW) => Lasting::Short,
                Some(_) => Lasting::Long,
            },
            disrupted: status.disrupted_at == Some(NOW),
        };
    }

    /// The same world with its revisions named by what they are: the current one is 0, the update one comes next, and
    /// then the others in the order of their pods. Where one revision is broken, names mean something and stay.
    pub(crate) fn canonical(mut self, c: &Configuration) -> Self {
        if c.broken.is_some() {
            return self;
        }
        let mut names = [None; 4];
        let mut next = 0;
        let mut name = |revision: u8| {
            *names[usize::from(revision)].get_or_insert_with(|| {
                next += 1;
                next - 1
            })
        };
        self.published.current_revision = name(self.published.current_revision);
        self.spec.update = name(self.spec.update);
        for pod in self.pods.iter_mut().flatten() {
            pod.revision = name(pod.revision);
        }
        self
    }

    pub(crate) fn pack(&self) -> Packed {
        let mut to = Writer::default();
        for ordinal in 0..SEATS {
            Member::write(self.pods[ordinal], &mut to);
            to.put(self.strays[ordinal].map_or(0, |node| node + 1), 2);
            Store::write(self.claims[ordinal], &mut to);
        }
        for site in self.sites {
            site.write(&mut to);
        }
        let spec = self.spec;
        to.put(spec.replicas, 3);
        to.put(spec.update, 2);
        to.put(spec.partition, 3);
        to.put(spec.excluded, SEATS);
        to.flag(spec.paused);
        to.put(
            match spec.deletion {
                Deletion::WithPods => 1,
                Deletion::Orphan => 2,
                _ => 0,
            },
            2,
        );
        to.put(self.published.current_revision, 2);
        to.put(self.published.current, 3);
        to.put(
            match self.published.progressing {
                Some(Progress::Deleting) => 1,
                Some(Progress::Creating) => 2,
                Some(_) => 3,
                None => 0,
            },
            2,
        );
        to.put(self.published.waits as u8, 2);
        to.flag(self.published.disrupted);
        to.flag(self.finalizer);
        to.flag(self.gone);
        to.flag(self.other_disturbed);
        to.put(self.changes, 3);
        to.words()
    }

    pub(crate) fn unpack(words: &[u64]) -> Self {
        let mut from = Reader::of(words);
        let mut pods = [None; SEATS];
        let mut strays = [None; SEATS];
        let mut claims = [None; SEATS];
        for ordinal in 0..SEATS {
            pods[ordinal] = Member::read(&mut from);
            strays[ordinal] = from.take(2).checked_sub(1);
            claims[ordinal] = Store::read(&mut from);
        }
        Self {
            pods,
            strays,
            claims,
            sites: [Site::read(&mut from), Site::read(&mut from)],
            spec: Spec {
                replicas: from.take(3),
                update: from.take(2),
                partition: from.take(3),
                excluded: from.take(SEATS),
                paused: from.flag(),
                deletion: match from.take(2) {
                    1 => Deletion::WithPods,
                    2 => Deletion::Orphan,
                    _ => Deletion::No,
                },
            },
            published: Published {
                current_revision: from.take(2),
                current: from.take(3),
                progressing: match from.take(2) {
                    1 => Some(Progress::Deleting),
                    2 => Some(Progress::Creating),
                    3 => Some(Progress::Completed),
                    _ => None,
                },
                waits: match from.take(2) {
                    1 => Lasting::Short,
                    2 => Lasting::Long,
                    _ => Lasting::No,
                },
                disrupted: from.flag(),
            },
            finalizer: from.flag(),
            gone: from.flag(),
            other_disturbed: from.flag(),
            changes: from.take(3),
        }
    }
}
