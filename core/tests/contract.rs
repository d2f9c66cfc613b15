//! What breaks the contract is an error that names list, index and field (rule I-1).

use statefulset::{
    Budget, Claim, ClaimTemplate, Deadline, Desired, Exclusion, Limit, List, MAX_ORDINAL,
    NO_ORDINAL, Node, NodeState, Observed, Overdue, Pod, Policies, Problem, Reach, Repair,
    Reserved, Revision, UNLISTED, Volume, plan,
};

const A: Revision = Revision(1);
const DATA: &[ClaimTemplate] = &[ClaimTemplate { name: "data" }];
const NODES: &[Node] = &[Node {
    state: NodeState::Ready,
    cordoned: false,
    draining: false,
    since: None,
}];
const BUDGETS: &[Budget] = &[Budget {
    allowed: 0,
    healthy: 0,
    desired_healthy: 0,
    unhealthy_always: false,
}];

fn desired() -> Desired<'static> {
    Desired {
        templates: DATA,
        ..Desired::new("web", 3, A)
    }
}

fn broken(desired: &Desired, observed: &Observed) -> (List, usize, &'static str, Problem) {
    let error = plan(desired, observed, 0).expect_err("a broken contract");
    let place = format!("{}[{}].{}: ", error.list, error.index, error.field);
    assert_eq!(error.to_string(), format!("{place}{}", error.problem));
    (error.list, error.index, error.field, error.problem)
}

/// The second pod is the broken one.
fn broken_pod(pod: Pod) -> (&'static str, Problem) {
    let pods = [Pod::running(0, A), pod];
    let observed = Observed {
        nodes: Some(NODES),
        budgets: Some(BUDGETS),
        ..Observed::pods(&pods).with_claims(&[])
    };
    let (list, index, field, problem) = broken(&desired(), &observed);
    assert_eq!((list, index), (List::Pods, 1));
    (field, problem)
}

/// The second claim is the broken one.
fn broken_claim(claim: Claim) -> (&'static str, Problem) {
    let claims = [Claim::bound(0, 0), claim];
    let observed = Observed {
        nodes: Some(NODES),
        volumes: Some(&[]),
        ..Observed::pods(&[]).with_claims(&claims)
    };
    let (list, index, field, problem) = broken(&desired(), &observed);
    assert_eq!((list, index), (List::Claims, 1));
    (field, problem)
}

#[test]
fn of_the_desired_set() {
    let observed = Observed::pods(&[]);
    let of = |desired: Desired| {
        let (list, index, field, problem) = broken(&desired, &observed);
        assert_eq!((list, index), (List::Desired, 0));
        (field, problem)
    };
    let huge = Desired::new("web", MAX_ORDINAL + 1, A);
    assert_eq!(of(huge), ("replicas", Problem::TooLarge));
    let start = MAX_ORDINAL + 1;
    let late = Desired { start, ..desired() };
    assert_eq!(of(late), ("start", Problem::TooLarge));
    let start = MAX_ORDINAL - 1;
    let over = Desired { start, ..desired() };
    assert_eq!(of(over), ("start", Problem::Overflow));
    let min_ready = -1;
    let hasty = Desired {
        min_ready,
        ..desired()
    };
    assert_eq!(of(hasty), ("min_ready", Problem::Negative));
    let with = |policies| Desired {
        policies,
        ..desired()
    };
    for limit in [Limit::Count(0), Limit::Percent(0), Limit::Percent(101)] {
        let policies = Policies {
            scale_out_limit: Some(limit),
            ..Policies::NONE
        };
        let field = "policies.scale_out_limit";
        assert_eq!(of(with(policies)), (field, Problem::NoLimit));
        let policies = Policies {
            scale_in_limit: Some(limit),
            ..Policies::NONE
        };
        let field = "policies.scale_in_limit";
        assert_eq!(of(with(policies)), (field, Problem::NoLimit));
    }
    let policies = Policies {
        repair: Some(Repair::after(-1)),
        ..Policies::NONE
    };
    let field = "policies.repair.after";
    assert_eq!(of(with(policies)), (field, Problem::Negative));
    let policies = Policies {
        pace: Some(-1),
        ..Policies::NONE
    };
    let field = "policies.pace";
    assert_eq!(of(with(policies)), (field, Problem::Negative));
    let (after, then) = (-1, Overdue::Report);
    let policies = Policies {
        deadline: Some(Deadline { after, then }),
        ..Policies::NONE
    };
    let field = "policies.deadline.after";
    assert_eq!(of(with(policies)), (field, Problem::Negative));
    // Three ordinals are excluded, so the last desired one is three higher.
    let excluded = &[Exclusion::range(MAX_ORDINAL - 2, MAX_ORDINAL)];
    let over = Desired {
        start: MAX_ORDINAL - 4,
        policies: Policies {
            excluded,
            ..Policies::NONE
        },
        ..desired()
    };
    assert_eq!(of(over), ("start", Problem::Overflow));
}

#[test]
fn of_the_exclusions() {
    let of = |excluded: &[Exclusion]| {
        let policies = Policies {
            excluded,
            ..Policies::NONE
        };
        let set = Desired {
            policies,
            ..desired()
        };
        let (list, index, field, problem) = broken(&set, &Observed::pods(&[]));
        assert_eq!(list, List::Excluded);
        (index, field, problem)
    };
    let range = Exclusion::range;
    let large = [range(0, 0), range(2, MAX_ORDINAL + 1)];
    assert_eq!(of(&large), (1, "last", Problem::TooLarge));
    assert_eq!(of(&[range(2, 1)]), (0, "last", Problem::EmptyRange));
    let overlap = [range(1, 3), range(3, 4)];
    assert_eq!(of(&overlap), (1, "first", Problem::Disorder));
    let descending = [range(5, 5), range(1, 1)];
    assert_eq!(of(&descending), (1, "first", Problem::Disorder));
}

#[test]
fn of_a_pod() {
    let pod = Pod::running(1, A);
    let ordinal = MAX_ORDINAL + 1;
    assert_eq!(
        broken_pod(Pod { ordinal, ..pod }),
        ("ordinal", Problem::TooLarge)
    );
    let ordinal = NO_ORDINAL - 1;
    assert_eq!(
        broken_pod(Pod { ordinal, ..pod }),
        ("ordinal", Problem::TooLarge)
    );
    for nowhere in [1, UNLISTED - 1] {
        let node = Some(nowhere);
        assert_eq!(
            broken_pod(Pod { node, ..pod }),
            ("node", Problem::NoSuchEntry)
        );
        let budget = Some(nowhere);
        assert_eq!(
            broken_pod(Pod { budget, ..pod }),
            ("budget", Problem::NoSuchEntry)
        );
    }
}

#[test]
fn of_a_claim() {
    let claim = Claim::bound(1, 0);
    for ordinal in [MAX_ORDINAL + 1, NO_ORDINAL] {
        let claim = Claim { ordinal, ..claim };
        assert_eq!(broken_claim(claim), ("ordinal", Problem::TooLarge));
    }
    for template in [1, u16::MAX] {
        let claim = Claim { template, ..claim };
        assert_eq!(broken_claim(claim), ("template", Problem::NoSuchEntry));
    }
    let volume = Some(0);
    assert_eq!(
        broken_claim(Claim { volume, ..claim }),
        ("volume", Problem::NoSuchEntry)
    );
    let node = Some(1);
    assert_eq!(
        broken_claim(Claim { node, ..claim }),
        ("node", Problem::NoSuchEntry)
    );
    assert_eq!(
        broken_claim(Claim::bound(0, 0)),
        ("ordinal", Problem::Duplicate)
    );
}

#[test]
fn of_a_volume() {
    let volumes = [
        Volume::available(1, 0),
        Volume {
            reserved: Reserved::Claim(0),
            ..Volume::available(1, 0)
        },
    ];
    for claims in [None, Some(&[][..])] {
        let observed = Observed {
            claims,
            volumes: Some(&volumes),
            ..Observed::pods(&[])
        };
        let (list, index, field, problem) = broken(&desired(), &observed);
        assert_eq!((list, index), (List::Volumes, 1));
        assert_eq!((field, problem), ("reserved", Problem::NoSuchEntry));
    }
}

#[test]
fn of_what_reaches_a_volume() {
    let there = Reach { group: 7, node: 0 };
    for (nodes, beyond) in [(Some(NODES), 1), (Some(NODES), u32::MAX), (None, 0)] {
        let reach = [
            there,
            Reach {
                node: beyond,
                ..there
            },
        ];
        let observed = Observed {
            nodes,
            reach: &reach,
            ..Observed::pods(&[])
        };
        let (list, index, field, problem) = broken(&desired(), &observed);
        assert_eq!((list, index), (List::Reach, usize::from(nodes.is_some())));
        assert_eq!((field, problem), ("node", Problem::NoSuchEntry));
    }
}

/// What a list that is not known would have to hold cannot be referred to.
#[test]
fn of_lists_that_are_not_known() {
    let pod = |node, budget| {
        [Pod {
            node,
            budget,
            ..Pod::running(0, A)
        }]
    };
    let (on_node, with_budget) = (pod(Some(0), None), pod(None, Some(0)));
    assert_eq!(broken(&desired(), &Observed::pods(&on_node)).2, "node");
    assert_eq!(
        broken(&desired(), &Observed::pods(&with_budget)).2,
        "budget"
    );
}
