//! What breaks where a caller does not keep its duties: the numbers are those of the crate's front page.

use statefulset::{
    Desired, Do, Management, Next, Observed, Outcome, Phase, Pod, Revision, Rolling, Strategy, plan,
};

const OLD: Revision = Revision(1);
const NEW: Revision = Revision(2);

/// Three pods, of which a partition keeps the first two at the old revision.
fn held_back(current: Revision) -> Desired<'static> {
    Desired {
        current,
        strategy: Strategy::RollingUpdate(Some(Rolling {
            partition: 2,
            max_unavailable: None,
        })),
        ..Desired::new("web", 3, NEW)
    }
}

fn created(desired: &Desired, pods: &[Pod]) -> Vec<(u32, Revision)> {
    let plan = plan(desired, &Observed::pods(pods), 0).expect("the contract is kept");
    let deeds = plan.deeds().filter_map(|action| match action.what {
        Do::CreatePod { revision } => Some((action.ordinal, revision)),
        _ => None,
    });
    deeds.collect()
}

/// Duty 2.
#[test]
fn a_pod_that_is_not_listed_passes_for_gone() {
    let all = [Pod::running(0, NEW), Pod::running(1, NEW)];
    let desired = Desired::new("web", 2, NEW);
    assert_eq!(created(&desired, &all), []);
    assert_eq!(created(&desired, &all[..1]), [(1, NEW)]);
}

/// Duty 3.
#[test]
fn a_view_that_does_not_show_what_was_done_does_it_again() {
    let desired = Desired::new("web", 1, NEW);
    assert_eq!(created(&desired, &[]), [(0, NEW)]);
    assert_eq!(created(&desired, &[]), [(0, NEW)], "the view is the same");
    let behind = Observed {
        fresh: false,
        ..Observed::pods(&[])
    };
    let waits = plan(&desired, &behind, 0).expect("the contract is kept");
    assert_eq!(waits.deeds().count(), 0);
}

/// Duty 4.
#[test]
fn a_lost_current_revision_lets_a_partition_leak() {
    let pods = [Pod::running(0, OLD), Pod::running(2, NEW)];
    let kept = created(&held_back(OLD), &pods);
    assert_eq!(kept, [(1, OLD)], "below the partition, as it was");
    let lost = created(&held_back(NEW), &pods);
    assert_eq!(lost, [(1, NEW)], "the new revision where it may not be");
}

/// Duty 4: the status is what says so, and `conclude` what keeps it.
#[test]
fn a_concluded_status_carries_the_current_revision_on() {
    let pods = [Pod::running(0, OLD), Pod::running(2, NEW)];
    let desired = held_back(OLD);
    let plan = plan(&desired, &Observed::pods(&pods), 0).expect("the contract is kept");
    let status = plan.carry_out(|_| Outcome::Done).status;
    let status = status.expect("nothing was published before");
    assert_eq!(
        (status.current_revision, status.update_revision),
        (OLD, NEW)
    );
}

/// Duty 8.
#[test]
fn a_deletion_that_failed_still_counts_in_the_status() {
    let pods = [0, 1, 2].map(|ordinal| Pod::running(ordinal, OLD));
    let desired = Desired {
        current: OLD,
        ..Desired::new("web", 3, NEW)
    };
    let plan = plan(&desired, &Observed::pods(&pods), 0).expect("the contract is kept");
    let current = |outcome| {
        let status = plan.carry_out(|_| outcome).status;
        status.map(|status| status.current)
    };
    assert_eq!(current(Outcome::Done), Some(2));
    assert_eq!(current(Outcome::Failed), Some(3));
}

/// Duty 9.
#[test]
fn time_alone_makes_a_pod_available() {
    let desired = Desired {
        min_ready: 10_000,
        ..Desired::new("web", 2, NEW)
    };
    let pods = [Pod {
        ready_since: Some(0),
        ..Pod::running(0, NEW)
    }];
    let look = |now| plan(&desired, &Observed::pods(&pods), now).expect("the contract is kept");
    assert_eq!(look(9_999).deeds().count(), 0);
    let wake = look(9_999).next_wake.expect("time will bring something");
    assert_eq!(look(wake).deeds().count(), 1);
}

/// Duty 10.
#[test]
fn a_pod_that_ends_is_replaced_at_once_and_as_often_as_it_ends() {
    let desired = Desired {
        management: Management::Parallel,
        ..Desired::new("web", 1, NEW)
    };
    let ended = [Pod {
        phase: Phase::Failed,
        ready: false,
        ..Pod::running(0, NEW)
    }];
    for now in 0..100 {
        let deletes = plan(&desired, &Observed::pods(&ended), now).expect("the contract is kept");
        let mut deeds = deletes.deeds();
        assert!(deeds.any(|action| matches!(action.what, Do::DeletePod { .. })));
        // Nothing says that one should wait.
        assert_eq!(deletes.next_wake, None);
        assert_eq!(deletes.carry_out(|_| Outcome::Done).next, Next::Rest);
        assert_eq!(created(&desired, &[]), [(0, NEW)]);
    }
}
