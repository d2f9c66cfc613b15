//! Which volume each claim gets: the volumes are read one after the other, as the claim's own controller would.

use statefulset::{
    Binding, Claim, ClaimPhase, Deletion, Desired, Do, Observed, Reach, Reserved, Volume,
    VolumePhase,
};

pub(crate) fn choose_all(desired: &Desired, observed: &Observed) -> Vec<Do> {
    let (Some(claims), Some(volumes)) = (observed.claims, observed.volumes) else {
        return vec![];
    };
    if !desired.profile.bind_claims || desired.deletion != Deletion::No {
        return vec![];
    }
    // Lower ordinals first, small requests first.
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&i| (claims[i].ordinal, claims[i].request, claims[i].template));
    let (mut binds, mut taken) = (vec![], vec![]);
    for index in order {
        let claim = &claims[index];
        if claim.phase != ClaimPhase::Pending || claim.terminating_since.is_some() {
            continue;
        }
        let search = Search {
            own: Reserved::Claim(super::short(index)),
            claim,
            observed,
            volumes,
            taken: &taken,
        };
        if let Some(volume) = search.volume() {
            taken.push(volume);
            binds.push(Do::BindClaim {
                claim: super::short(index),
                volume: super::short(volume),
            });
        }
    }
    binds.sort();
    binds
}

struct Search<'a> {
    own: Reserved,
    claim: &'a Claim,
    observed: &'a Observed<'a>,
    volumes: &'a [Volume],
    taken: &'a [usize],
}

impl Search<'_> {
    fn volume(&self) -> Option<usize> {
        if let Some(named) = self.claim.volume {
            let volume = &self.volumes[named as usize];
            let free = volume.reserved == Reserved::Nobody && !volume.terminating;
            let fits = self.large(volume) && self.modes(volume);
            let usable = free && fits && volume.class == self.claim.class;
            let is_own = volume.reserved == self.own;
            let untaken = !self.taken.contains(&(named as usize));
            return (untaken && (is_own || usable)).then_some(named as usize);
        }
        if self.claim.binding == Binding::WaitForFirstConsumer && self.claim.node.is_some() {
            self.observed.nodes?;
            return self.among(&|_| true, self.claim.node);
        }
        // Volumes that offer little besides what is asked for come first, a group at a time.
        let mut groups: Vec<_> = self.volumes.iter().map(|volume| volume.modes).collect();
        groups.sort_by_key(|modes| (modes.0.count_ones(), *modes));
        groups.dedup();
        groups.retain(|modes| modes.0 & self.claim.modes.0 == self.claim.modes.0);
        let mut found = groups.into_iter();
        found.find_map(|modes| self.among(&|volume| volume.modes == modes, None))
    }

    /// The best of some volumes, seen from a node or from nowhere.
    fn among(&self, group: &dyn Fn(&Volume) -> bool, seen_from: Option<u32>) -> Option<usize> {
        let mut order: Vec<usize> = (0..self.volumes.len()).collect();
        order.sort_by_key(|&i| (self.volumes[i].capacity, self.volumes[i], i));
        order.retain(|&i| {
            let volume = &self.volumes[i];
            let usable = self.large(volume) && !volume.terminating;
            usable && group(volume) && !self.taken.contains(&i)
        });
        let near = |i: usize| {
            let (Some(node), Some(group)) = (seen_from, self.volumes[i].reach) else {
                return true;
            };
            self.observed.reach.contains(&Reach { group, node })
        };
        let is_own = |i: usize| self.volumes[i].reserved == self.own;
        let mut reserved = order.iter().copied().filter(|&i| is_own(i)).peekable();
        if reserved.peek().is_some() {
            let all_near = reserved.clone().all(near);
            return reserved.next().filter(|_| all_near);
        }
        if self.claim.binding == Binding::WaitForFirstConsumer && seen_from.is_none() {
            return None;
        }
        order.into_iter().find(|&i| {
            let volume = &self.volumes[i];
            volume.reserved == Reserved::Nobody
                && volume.phase == VolumePhase::Available
                && volume.matches >> self.claim.template & 1 == 1
                && volume.class == self.claim.class
                && near(i)
                && self.modes(volume)
        })
    }

    fn large(&self, volume: &Volume) -> bool {
        volume.capacity >= self.claim.request && volume.volume_mode == self.claim.volume_mode
    }

    fn modes(&self, volume: &Volume) -> bool {
        volume.modes.0 & self.claim.modes.0 == self.claim.modes.0
    }
}
