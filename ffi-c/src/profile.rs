//! The profile: how to decide where clusters differ.

use core::mem::{offset_of, size_of};

use statefulset::{GiveUp, LostNodes, PolicySource, Profile, Shutdown};

use crate::fail::Fail;
use crate::place::Place;
use crate::total::{total, unknown};
use crate::upstream;

/// Kubernetes' gate `MaxUnavailableStatefulSet`: honour `max_unavailable`.
pub const STS_PROFILE_MAX_UNAVAILABLE: u32 = 1;
/// Kubernetes' gate `StatefulSetRecreateStrategy`: accept STS_STRATEGY_RECREATE.
pub const STS_PROFILE_RECREATE: u32 = 2;
/// The plan binds claims to volumes.
pub const STS_PROFILE_BIND_CLAIMS: u32 = 4;
/// The plan evicts pods from draining nodes.
pub const STS_PROFILE_DRAIN_NODES: u32 = 8;
/// The plan replaces pods of lost nodes. `unreachable_after_ms` is present.
pub const STS_PROFILE_LOST_NODES: u32 = 16;
/// A node that the operator removed must have been fenced as well, before its pods are replaced. It may only be set
/// together with STS_PROFILE_LOST_NODES.
pub const STS_PROFILE_REQUIRE_FENCE: u32 = 32;
/// Kubernetes' gate `StatefulSetSemanticRevisionComparison`: two revisions are the same if they differ only in defaults
/// of the API. Only clusters use this. For sts_plan() a revision is a number.
pub const STS_PROFILE_SEMANTIC_REVISIONS: u32 = 64;
/// Kubernetes' gate `StaleControllerConsistencyStatefulSet`: wait until the watch has shown every write that this
/// controller made. Only clusters use this. For sts_plan() the caller sets STS_OBSERVED_FRESH instead.
pub const STS_PROFILE_READ_YOUR_WRITES: u32 = 128;
/// A rolling update is one walk over the pods, as in OpenKruise's Advanced StatefulSet, whatever `kubernetes` does.
pub const STS_PROFILE_WALK: u32 = 256;

const FLAGS: u32 = 511;

/// Something else deletes the pods of a deleted set, in any order: on a cluster, Kubernetes' garbage collector.
pub const STS_SHUTDOWN_BACKGROUND: u32 = 0;
/// The plan deletes them, the highest ordinal first. A finalizer keeps the set until the last pod is gone.
pub const STS_SHUTDOWN_ORDERED: u32 = 1;

/// When the retention policy says Delete, the claim gets an owner reference, and a garbage collector deletes the claim.
pub const STS_GIVE_UP_OWNER_REFERENCES: u32 = 0;
/// When the retention policy says Delete, the plan deletes the claim by STS_ACTION_DELETE_CLAIM.
pub const STS_GIVE_UP_DELETE: u32 = 1;

/// Only sets of a resource of one's own ask for anything, in their field `spec.policies`.
pub const STS_POLICIES_RESOURCE: u32 = 0;
/// StatefulSets do so, too, as JSON in their annotation `statefulset.dev/policies`.
pub const STS_POLICIES_ANNOTATIONS: u32 = 1;
/// The same, and sets of one namespace with one value of the label `rollout-group` are a group.
pub const STS_POLICIES_ZONES: u32 = 2;
/// Sets have the fields of OpenKruise's Advanced StatefulSet.
pub const STS_POLICIES_KRUISE: u32 = 3;
/// Sets have the annotations of PingCAP's advanced StatefulSet.
pub const STS_POLICIES_PINGCAP: u32 = 4;

/// Which behaviour the planner has. Start from sts_profile_upstream() or sts_profile_standalone(). A record of zeros is
/// a dry run.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct sts_profile {
    /// STS_PROFILE_*
    pub flags: u32,
    /// The largest number of actions in one plan. Waits do not count. 0 is a dry run.
    pub max_actions: u32,
    /// STS_SHUTDOWN_*: who deletes the pods of a deleted set.
    pub shutdown: u32,
    /// STS_GIVE_UP_*: how a claim is deleted when the retention policy says Delete.
    pub give_up: u32,
    /// How long a node must have been unreachable before the plan deletes its pods. Optional.
    pub unreachable_after_ms: i64,
    /// STS_KUBERNETES_*: whose decisions these are. The gates among `flags` are those of this version: one that it does
    /// not have must be off (STS_CODE_NO_SUCH_GATE).
    pub kubernetes: u32,
    /// STS_POLICIES_*: where sets say what they ask for beyond Kubernetes. Only clusters use this. For sts_plan() the caller
    /// sets the desired state's policies instead.
    pub policies: u32,
    /// Must be 0.
    pub reserved: [u64; 2],
}

const _: () =
    assert!(size_of::<sts_profile>() == 48 && offset_of!(sts_profile, unreachable_after_ms) == 16);

/// The decisions of Kubernetes 1.37 with its default feature gates.
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_upstream() -> sts_profile {
    Profile::UPSTREAM.into()
}

/// The same decisions for a host on which no other controller runs. The plan then also does what other controllers do
/// on a cluster: it deletes the pods of a deleted set in order, deletes claims, binds claims to volumes, and replaces
/// the pods of draining and of lost nodes.
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_standalone() -> sts_profile {
    Profile::STANDALONE.into()
}

/// The decisions of Kubernetes 1.37, and those of OpenKruise's Advanced StatefulSet as far as the policies go:
/// `reserveOrdinals`, `scaleStrategy`, `paused` and `unorderedUpdate`. Rollouts are one walk (STS_PROFILE_WALK).
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_kruise() -> sts_profile {
    Profile::KRUISE.into()
}

/// The decisions of Kubernetes without `maxUnavailable`, and the annotations of PingCAP's advanced StatefulSet.
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_pingcap() -> sts_profile {
    Profile::PINGCAP.into()
}

/// The decisions of Kubernetes 1.37 for sets that stand for the zones of one program, of which one is disturbed at a time.
#[unsafe(no_mangle)]
pub extern "C" fn sts_profile_zones() -> sts_profile {
    Profile::ZONES.into()
}

impl sts_profile {
    pub(crate) fn read(&self, place: Place) -> Result<Profile, Fail> {
        let has = |flag| self.flags & flag != 0;
        let unneeded = if has(STS_PROFILE_LOST_NODES) {
            0
        } else {
            STS_PROFILE_REQUIRE_FENCE
        };
        place.flags("profile.flags", self.flags, FLAGS & !unneeded)?;
        place.reserved("profile.reserved", self.reserved)?;
        let unreachable_after = place.optional(
            "profile.unreachable_after_ms",
            has(STS_PROFILE_LOST_NODES),
            self.unreachable_after_ms,
        )?;
        Ok(Profile {
            kubernetes: place.number("profile.kubernetes", self.kubernetes, upstream::version)?,
            max_unavailable: has(STS_PROFILE_MAX_UNAVAILABLE),
            recreate: has(STS_PROFILE_RECREATE),
            semantic_revisions: has(STS_PROFILE_SEMANTIC_REVISIONS),
            read_your_writes: has(STS_PROFILE_READ_YOUR_WRITES),
            walk: has(STS_PROFILE_WALK),
            max_actions: self.max_actions,
            shutdown: place.number("profile.shutdown", self.shutdown, shutdown)?,
            give_up: place.number("profile.give_up", self.give_up, give_up)?,
            bind_claims: has(STS_PROFILE_BIND_CLAIMS),
            drain_nodes: has(STS_PROFILE_DRAIN_NODES),
            lost_nodes: unreachable_after.map(|unreachable_after| LostNodes {
                unreachable_after,
                require_fence: has(STS_PROFILE_REQUIRE_FENCE),
            }),
            policies: place.number("profile.policies", self.policies, policies)?,
        })
    }
}

impl From<Profile> for sts_profile {
    fn from(profile: Profile) -> Self {
        let flag = |on: bool, flag: u32| if on { flag } else { 0 };
        let fence = profile.lost_nodes.is_some_and(|lost| lost.require_fence);
        Self {
            flags: flag(profile.max_unavailable, STS_PROFILE_MAX_UNAVAILABLE)
                | flag(profile.recreate, STS_PROFILE_RECREATE)
                | flag(profile.semantic_revisions, STS_PROFILE_SEMANTIC_REVISIONS)
                | flag(profile.read_your_writes, STS_PROFILE_READ_YOUR_WRITES)
                | flag(profile.walk, STS_PROFILE_WALK)
                | flag(profile.bind_claims, STS_PROFILE_BIND_CLAIMS)
                | flag(profile.drain_nodes, STS_PROFILE_DRAIN_NODES)
                | flag(profile.lost_nodes.is_some(), STS_PROFILE_LOST_NODES)
                | flag(fence, STS_PROFILE_REQUIRE_FENCE),
            max_actions: profile.max_actions,
            shutdown: shutdown_number(profile.shutdown),
            give_up: give_up_number(profile.give_up),
            unreachable_after_ms: profile.lost_nodes.map_or(0, |lost| lost.unreachable_after),
            kubernetes: upstream::number(profile.kubernetes),
            policies: policies_number(profile.policies),
            reserved: [0; 2],
        }
    }
}

const fn shutdown_number(shutdown: Shutdown) -> u32 {
    match shutdown {
        Shutdown::Background => STS_SHUTDOWN_BACKGROUND,
        Shutdown::Ordered => STS_SHUTDOWN_ORDERED,
        _ => unknown(),
    }
}

total!(shutdown_number, Shutdown);

const fn give_up_number(give_up: GiveUp) -> u32 {
    match give_up {
        GiveUp::OwnerReferences => STS_GIVE_UP_OWNER_REFERENCES,
        GiveUp::Delete => STS_GIVE_UP_DELETE,
        _ => unknown(),
    }
}

total!(give_up_number, GiveUp);

const fn policies_number(policies: PolicySource) -> u32 {
    match policies {
        PolicySource::Resource => STS_POLICIES_RESOURCE,
        PolicySource::Annotations => STS_POLICIES_ANNOTATIONS,
        PolicySource::Zones => STS_POLICIES_ZONES,
        PolicySource::Kruise => STS_POLICIES_KRUISE,
        PolicySource::PingCap => STS_POLICIES_PINGCAP,
        _ => unknown(),
    }
}

total!(policies_number, PolicySource);

const fn policies(number: u32) -> Option<PolicySource> {
    Some(match number {
        STS_POLICIES_RESOURCE => PolicySource::Resource,
        STS_POLICIES_ANNOTATIONS => PolicySource::Annotations,
        STS_POLICIES_ZONES => PolicySource::Zones,
        STS_POLICIES_KRUISE => PolicySource::Kruise,
        STS_POLICIES_PINGCAP => PolicySource::PingCap,
        _ => return None,
    })
}

const fn shutdown(number: u32) -> Option<Shutdown> {
    Some(match number {
        STS_SHUTDOWN_BACKGROUND => Shutdown::Background,
        STS_SHUTDOWN_ORDERED => Shutdown::Ordered,
        _ => return None,
    })
}

const fn give_up(number: u32) -> Option<GiveUp> {
    Some(match number {
        STS_GIVE_UP_OWNER_REFERENCES => GiveUp::OwnerReferences,
        STS_GIVE_UP_DELETE => GiveUp::Delete,
        _ => return None,
    })
}
