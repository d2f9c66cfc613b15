//! Which volume each claim gets, by asking for the best of all volumes again and again.

use statefulset::{
    Binding, Claim, ClaimPhase, Desired, Do, Node, Observed, Reserved, Volume, VolumePhase,
};

pub(crate) fn choose_all(desired: &Desired, observed: &Observed) -> Vec<Do> {
    let (Some(claims), Some(volumes)) = (observed.claims, observed.volumes) else {
        return vec![];
    };
    if !desired.profile.bind_claims {
        return vec![];
    }
    // Lower ordinals first, small requests first.
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&i| (claims[i].ordinal, claims[i].request, claims[i].template));
    let mut bound: Vec<(usize, usize)> = vec![];
    for index in order {
        let claim = &claims[index];
        if claim.phase != ClaimPhase::Pending || claim.terminating_since.is_some() {
            continue;
        }
        let free = |v: &usize| !bound.iter().any(|(_, taken)| taken == v);
        let all: Vec<usize> = (0..volumes.len()).filter(free).collect();
        if let Some(volume) = choose(index, claim, observed, volumes, &all) {
            bound.push((index, volume));
        }
    }
    let binds = bound.into_iter().map(|(claim, volume)| Do::BindClaim {
        claim: super::short(claim),
        volume: super::short(volume),
    });
    let mut binds: Vec<Do> = binds.collect();
    binds.sort();
    binds
}

fn choose(
    index: usize,
    claim: &Claim,
    observed: &Observed,
    volumes: &[Volume],
    free: &[usize],
) -> Option<usize> {
    let own = Reserved::Claim(super::short(index));
    let large = |v: &Volume| {
        v.capacity >= claim.request && v.volume_mode == claim.volume_mode && !v.terminating
    };
    let modes = |v: &Volume| v.modes.0 & claim.modes.0 == claim.modes.0;
    if let Some(named) = claim.volume {
        let v = &volumes[named as usize];
        let fits = large(v) && v.class == claim.class && modes(v);
        let usable = v.reserved == own || v.reserved == Reserved::Nobody && fits;
        return (usable && free.contains(&(named as usize))).then_some(named as usize);
    }
    let node: Option<&Node> = claim.node.and_then(|n| observed.nodes?.get(n as usize));
    let late = claim.binding == Binding::WaitForFirstConsumer;
    let near = |v: &Volume| !late || v.domain.is_none() || v.domain == node.map(|n| n.domain);
    let reserved: Vec<usize> = free
        .iter()
        .copied()
        .filter(|&v| volumes[v].reserved == own && large(&volumes[v]))
        .collect();
    if let Some(&best) = reserved
        .iter()
        .min_by_key(|&&v| (volumes[v].modes.count(), volumes[v].capacity, volumes[v], v))
    {
        return near(&volumes[best]).then_some(best);
    }
    if late && node.is_none() {
        return None;
    }
    let mut fitting: Vec<usize> = free.to_vec();
    fitting.retain(|&v| {
        let v = &volumes[v];
        let labels = v.matches >> (claim.template % 64) & 1 == 1;
        v.reserved == Reserved::Nobody
            && large(v)
            && v.phase == VolumePhase::Available
            && labels
            && v.class == claim.class
            && modes(v)
            && near(v)
    });
    fitting.sort_by_key(|&v| (volumes[v].modes.count(), volumes[v].capacity, volumes[v], v));
    fitting.first().copied()
}
