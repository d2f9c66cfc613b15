//! How a case is made smaller: one thing less in it, or one thing plainer.

use statefulset::{
    Change, Claim, Desired, GiveUp, InPlace, Management, PartitionBy, Paused, Pod, Policies,
    Prepared, Profile, Purposes, Ranked, Repair, Retention, Shutdown, Ties, Version,
};

use crate::case::Case;

/// Cases that are a step smaller and keep the contract.
pub(crate) fn smaller(case: &Case) -> Vec<Case> {
    let mut smaller = Vec::new();
    let mut offer = |change: &dyn Fn(&mut Case)| {
        let mut changed = case.clone();
        change(&mut changed);
        changed.keep_contract();
        if changed != *case {
            smaller.push(changed);
        }
    };
    for i in 0..case.pods.len() {
        offer(&|case| _ = case.pods.remove(i));
        offer(&|case| case.pods[i] = Pod::running(case.pods[i].ordinal, case.pods[i].revision));
        offer(&|case| case.pods[i].revision = case.desired.update);
    }
    for i in 0..case.claims.as_ref().map_or(0, Vec::len) {
        offer(&|case| case.drop_claim(i));
        offer(&|case| {
            let claim = &mut case.claims.as_mut().expect("there is one")[i];
            *claim = Claim::bound(claim.ordinal, claim.template);
        });
    }
    for i in 0..case.reach.len() {
        offer(&|case| _ = case.reach.remove(i));
    }
    for i in 0..case.volumes.as_ref().map_or(0, Vec::len) {
        offer(&|case| case.volumes.as_mut().expect("there is one")[i].reach = None);
    }
    offer(&|case| case.forget_volumes());
    offer(&|case| case.forget_nodes());
    offer(&|case| case.forget_budgets());
    let plain = Desired::new("web", case.desired.replicas, case.desired.update);
    offer(&|case| case.desired.replicas = case.desired.replicas.saturating_sub(1));
    offer(&|case| case.desired.start = 0);
    offer(&|case| case.desired.published = None);
    offer(&|case| case.desired.min_ready = 0);
    offer(&|case| case.desired.retention = Retention::default());
    offer(&|case| case.desired.strategy = plain.strategy);
    offer(&|case| case.desired.management = Management::OrderedReady);
    offer(&|case| case.desired.current = case.desired.update);
    offer(&|case| {
        let profile = case.desired.profile;
        case.desired.profile = Profile {
            max_unavailable: profile.max_unavailable,
            recreate: profile.recreate,
            ..profile.following(Version::LATEST)
        };
    });
    offer(&|case| case.desired.profile.max_unavailable = true);
    offer(&|case| case.desired.profile.walk = false);
    offer(&|case| case.desired.profile.shutdown = Shutdown::Background);
    offer(&|case| case.desired.profile.give_up = GiveUp::OwnerReferences);
    offer(&|case| case.desired.profile.bind_claims = false);
    offer(&|case| case.desired.profile.drain_nodes = false);
    offer(&|case| case.desired.profile.lost_nodes = None);
    for policies in plainer(&case.desired.policies) {
        offer(&|case| case.desired.policies = policies);
    }
    for i in 0..case.pods.len() {
        offer(&|case| case.pods[i].rank = 0);
        offer(&|case| case.pods[i].hold = Purposes::NONE);
        offer(&|case| case.pods[i].replace = false);
        offer(&|case| case.pods[i].prepared = Prepared::No);
        offer(&|case| case.pods[i].change = Change::Recreate);
        offer(&|case| case.pods[i].changing = false);
    }
    if case.claims.as_ref().is_none_or(Vec::is_empty) {
        offer(&|case| case.desired.templates = &[]);
    }
    smaller
}

/// The same policies with one of them off, or plainer.
fn plainer<'a>(policies: &Policies<'a>) -> Vec<Policies<'a>> {
    let mut plainer = vec![Policies::NONE];
    let mut offer = |change: &dyn Fn(&mut Policies<'a>)| {
        let mut changed = *policies;
        change(&mut changed);
        plainer.push(changed);
    };
    offer(&|policies| policies.excluded = &[]);
    offer(&|policies| {
        policies.excluded = policies.excluded.split_last().map_or(&[], |(_, rest)| rest);
    });
    offer(&|policies| {
        policies.excluded = policies
            .excluded
            .split_first()
            .map_or(&[], |(_, rest)| rest);
    });
    offer(&|policies| policies.partition_by = PartitionBy::default());
    offer(&|policies| policies.stand_in_first = false);
    for kind in 0..5 {
        offer(&|policies| {
            let fewer = policies.paused.bits() & !(1 << kind);
            policies.paused = Paused::from_bits(fewer).expect("some of its kinds");
        });
    }
    offer(&|policies| policies.ranked = Ranked::Off);
    offer(&|policies| {
        if policies.ranked == Ranked::Tiers {
            policies.ranked = Ranked::Order;
        }
    });
    offer(&|policies| policies.ties = Ties::default());
    offer(&|policies| policies.scale_out_limit = None);
    offer(&|policies| policies.scale_in_limit = None);
    offer(&|policies| policies.allowance = None);
    offer(&|policies| policies.repair = None);
    offer(&|policies| policies.pace = None);
    offer(&|policies| policies.deadline = None);
    offer(&|policies| policies.in_place = InPlace::Off);
    for kind in 0..4 {
        offer(&|policies| {
            let fewer = policies.ask.bits() & !(1 << kind);
            policies.ask = Purposes::from_bits(fewer).expect("some of its purposes");
        });
    }
    if let Some(repair) = policies.repair {
        let pending = false;
        offer(&|policies| policies.repair = Some(Repair { pending, ..repair }));
        let beyond_budget = 0;
        offer(&|policies| {
            policies.repair = Some(Repair {
                beyond_budget,
                ..repair
            });
        });
    }
    plainer
}
