//! Deterministic, and independent of the order of the lists.

use statefulset::{
    Action, Budget, Claim, ClaimOwner, Do, Node, On, Plan, Pod, Reach, Reserved, UNLISTED, Volume,
    Wait, plan,
};

use crate::{ensure, planned};
use statefulset_cases::{Case, check};

#[test]
fn deterministic() {
    check(5_000, |case: Case| {
        let (one, two) = (planned(&case), planned(&case.clone()));
        ensure(one == two, || format!("{one:?}\n{two:?}"))
    });
}

#[test]
fn independent_of_the_order_of_the_lists() {
    check(10_000, |(case, seed): (Case, u64)| {
        let shuffled = Shuffled::of(&case, seed);
        let observed = shuffled.case.observed();
        let other = plan(&case.desired, &observed, case.now).map_err(|e| e.to_string())?;
        let (one, two) = (planned(&case), shuffled.translate(&other));
        let same = one.status == other.status
            && one.next_wake == other.next_wake
            && alike(&one.actions, &case) == alike(&two, &case);
        ensure(same, || format!("{:?}\n{two:?}", one.actions))
    });
}

/// A case with its lists in another order, and the way back: where each entry was before.
struct Shuffled {
    case: Case,
    pods: Vec<usize>,
    claims: Vec<usize>,
    volumes: Vec<usize>,
    nodes: Vec<usize>,
    budgets: Vec<usize>,
}

impl Shuffled {
    fn of(case: &Case, seed: u64) -> Self {
        let length = |list: Option<usize>, salt| permutation(list.unwrap_or(0), seed ^ salt);
        let mut shuffled = Self {
            pods: length(Some(case.pods.len()), 1),
            claims: length(case.claims.as_ref().map(Vec::len), 2),
            volumes: length(case.volumes.as_ref().map(Vec::len), 3),
            nodes: length(case.nodes.as_ref().map(Vec::len), 4),
            budgets: length(case.budgets.as_ref().map(Vec::len), 5),
            case: case.clone(),
        };
        let there = |order: &[usize], index: u32| position(order, index as usize);
        let mut pods: Vec<Pod> = shuffled.pods.iter().map(|&i| case.pods[i]).collect();
        for pod in &mut pods {
            let listed = pod.node.filter(|&node| node != UNLISTED);
            pod.node = listed.map(|node| there(&shuffled.nodes, node)).or(pod.node);
            pod.budget = pod.budget.map(|budget| there(&shuffled.budgets, budget));
        }
        let pick = |claims: &Vec<Claim>| shuffled.claims.iter().map(|&i| claims[i]).collect();
        let mut claims: Option<Vec<Claim>> = case.claims.as_ref().map(pick);
        for claim in claims.iter_mut().flatten() {
            claim.volume = claim.volume.map(|volume| there(&shuffled.volumes, volume));
            claim.node = claim.node.map(|node| there(&shuffled.nodes, node));
        }
        let pick = |volumes: &Vec<Volume>| shuffled.volumes.iter().map(|&i| volumes[i]).collect();
        let mut volumes: Option<Vec<Volume>> = case.volumes.as_ref().map(pick);
        for volume in volumes.iter_mut().flatten() {
            if let Reserved::Claim(claim) = &mut volume.reserved {
                *claim = there(&shuffled.claims, *claim);
            }
        }
        let pick = |nodes: &Vec<Node>| shuffled.nodes.iter().map(|&i| nodes[i]).collect();
        let nodes = case.nodes.as_ref().map(pick);
        let reach = permutation(case.reach.len(), seed ^ 6)
            .into_iter()
            .map(|i| {
                let Reach { group, node } = case.reach[i];
                let node = there(&shuffled.nodes, node);
                Reach { group, node }
            });
        let reach = reach.collect();
        let pick = |budgets: &Vec<Budget>| shuffled.budgets.iter().map(|&i| budgets[i]).collect();
        let budgets = case.budgets.as_ref().map(pick);
        shuffled.case = Case {
            pods,
            claims,
            volumes,
            nodes,
            reach,
            budgets,
            ..shuffled.case
        };
        shuffled
    }

    /// The plan's actions with the indexes of the case as it was.
    fn translate(&self, plan: &Plan) -> Vec<Action> {
        let mut actions = plan.actions.to_vec();
        for action in &mut actions {
            each_index(&mut action.what, |list, index| {
                let order = match list {
                    List::Pods => &self.pods,
                    List::Claims => &self.claims,
                    List::Volumes => &self.volumes,
                    List::Nodes => &self.nodes,
                    List::Budgets => &self.budgets,
                };
                short(order[index as usize])
            });
        }
        actions
    }
}

/// Which of several equal records is meant makes no difference.
fn alike(actions: &[Action], case: &Case) -> Vec<Action> {
    let mut actions = actions.to_vec();
    for action in &mut actions {
        each_index(&mut action.what, |list, index| match list {
            List::Pods => case.first_alike(index),
            List::Volumes => first(case.volumes.as_deref().unwrap_or_default(), index),
            List::Nodes => first(case.nodes.as_deref().unwrap_or_default(), index),
            List::Budgets => first(case.budgets.as_deref().unwrap_or_default(), index),
            List::Claims => index,
        });
    }
    actions
}

fn first<T: PartialEq>(list: &[T], index: u32) -> u32 {
    position_of(list, |other| *other == list[index as usize])
}

fn position(order: &[usize], index: usize) -> u32 {
    position_of(order, |&other| other == index)
}

fn position_of<T>(list: &[T], is: impl FnMut(&T) -> bool) -> u32 {
    short(list.iter().position(is).expect("it is in the list"))
}

fn short(index: usize) -> u32 {
    u32::try_from(index).expect("short lists")
}

enum List {
    Pods,
    Claims,
    Volumes,
    Nodes,
    Budgets,
}

/// Changes every index that an action holds.
fn each_index(what: &mut Do, change: impl Fn(List, u32) -> u32) {
    let set = |list, index: &mut u32| *index = change(list, *index);
    match what {
        Do::BindClaim { claim, volume } => {
            set(List::Claims, claim);
            set(List::Volumes, volume);
        }
        Do::SetClaimOwner { claim, owner } => {
            set(List::Claims, claim);
            if let ClaimOwner::Pod(pod) = owner {
                set(List::Pods, pod);
            }
        }
        Do::UpdatePod { pod }
        | Do::DeletePod { pod }
        | Do::UpdateInPlace { pod, .. }
        | Do::EvictPod { pod }
        | Do::Prepare { pod, .. }
        | Do::CancelPrepare { pod } => {
            set(List::Pods, pod);
        }
        Do::ForceDeletePod { pod, node } => {
            set(List::Pods, pod);
            if let Some(node) = node {
                set(List::Nodes, node);
            }
        }
        Do::DeleteClaim { claim } => set(List::Claims, claim),
        Do::Wait(Wait { on, .. }) => match on {
            On::Pod(pod) => set(List::Pods, pod),
            On::Claim(claim) => set(List::Claims, claim),
            On::Node(node) => set(List::Nodes, node),
            On::Budget(budget) => set(List::Budgets, budget),
            On::Nothing | On::Ordinal(_) | On::View => {}
            other => unreachable!("{other:?}: the test does not know it yet"),
        },
        Do::CreateClaim { .. }
        | Do::CreatePod { .. }
        | Do::HoldFinalizer
        | Do::ReleaseFinalizer => {}
        other => unreachable!("{other:?}: the test does not know it yet"),
    }
}

/// Some order of `0..length`.
fn permutation(length: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by_key(|&i| {
        let mixed = (seed ^ i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
    });
    order
}
