//! One case: a set and a small world that it is planned for, made at random and shrunk when it fails.

use std::env;

use quickcheck::{Arbitrary, Gen, QuickCheck};
use statefulset::{
    Budget, Claim, Desired, GiveUp, Management, Millis, Node, Observed, OwnerRef, Pod, Reach,
    Reserved, Retention, Shutdown, UNLISTED, Volume,
};

/// The moment that most cases are about.
pub const NOW: Millis = 1_000_000;

/// What `plan` is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The set.
    pub desired: Desired<'static>,
    /// Whether the view is fresh.
    pub fresh: bool,
    /// Its pods.
    pub pods: Vec<Pod>,
    /// Its claims, where they are known.
    pub claims: Option<Vec<Claim>>,
    /// The volumes, where they are known.
    pub volumes: Option<Vec<Volume>>,
    /// The nodes, where they are known.
    pub nodes: Option<Vec<Node>>,
    /// The nodes of each group that volumes are reached from.
    pub reach: Vec<Reach>,
    /// The disruption budgets, where they are known.
    pub budgets: Option<Vec<Budget>>,
    /// The moment.
    pub now: Millis,
}

/// Asks `property` of many cases. `SEED` and `CASES` choose others, or more; what fails is shrunk and printed.
pub fn check<C: Arbitrary + std::fmt::Debug>(cases: u64, property: fn(C) -> Result<(), String>) {
    let number = |name| env::var(name).ok().map(|text| text.parse().expect(name));
    let (seed, cases) = (
        number("SEED").unwrap_or(1),
        number("CASES").unwrap_or(cases),
    );
    eprintln!("SEED={seed} CASES={cases}");
    QuickCheck::new()
        .rng(Gen::from_size_and_seed(8, seed))
        .tests(cases)
        .max_tests(cases)
        .quickcheck(property);
}

impl Case {
    /// The world, as the planner is shown it.
    pub fn observed(&self) -> Observed<'_> {
        Observed {
            fresh: self.fresh,
            claims: self.claims.as_deref(),
            volumes: self.volumes.as_deref(),
            nodes: self.nodes.as_deref(),
            reach: &self.reach,
            budgets: self.budgets.as_deref(),
            ..Observed::pods(&self.pods)
        }
    }

    /// A pod with what it refers to in place of the references.
    pub fn contents(&self, pod: &Pod) -> (Pod, Option<Node>, Option<Budget>) {
        let node = pod.node.zip(self.nodes.as_ref());
        let budget = pod.budget.zip(self.budgets.as_ref());
        let unplaced = Pod {
            node: pod.node.filter(|&node| node == UNLISTED),
            budget: None,
            ..*pod
        };
        (
            unplaced,
            node.and_then(|(node, nodes)| nodes.get(node as usize).copied()),
            budget.map(|(budget, budgets)| budgets[budget as usize]),
        )
    }

    /// The first pod that differs from this one in nothing but its place in the list.
    pub fn first_alike(&self, pod: u32) -> u32 {
        let wanted = self.contents(&self.pods[pod as usize]);
        let mut pods = self.pods.iter();
        let first = pods.position(|pod| self.contents(pod) == wanted);
        u32::try_from(first.expect("it is in the list")).expect("few")
    }
}

impl Arbitrary for Case {
    fn arbitrary(g: &mut Gen) -> Self {
        crate::random::case(g)
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let mut smaller = Vec::new();
        let mut offer = |change: &dyn Fn(&mut Self)| {
            let mut case = self.clone();
            change(&mut case);
            case.keep_contract();
            if case != *self {
                smaller.push(case);
            }
        };
        for i in 0..self.pods.len() {
            offer(&|case| _ = case.pods.remove(i));
            offer(&|case| case.pods[i] = Pod::running(case.pods[i].ordinal, case.pods[i].revision));
            offer(&|case| case.pods[i].revision = case.desired.update);
        }
        for i in 0..self.claims.as_ref().map_or(0, Vec::len) {
            offer(&|case| case.drop_claim(i));
            offer(&|case| {
                let claim = &mut case.claims.as_mut().expect("there is one")[i];
                *claim = Claim::bound(claim.ordinal, claim.template);
            });
        }
        for i in 0..self.reach.len() {
            offer(&|case| _ = case.reach.remove(i));
        }
        for i in 0..self.volumes.as_ref().map_or(0, Vec::len) {
            offer(&|case| case.volumes.as_mut().expect("there is one")[i].reach = None);
        }
        offer(&|case| case.forget_volumes());
        offer(&|case| case.forget_nodes());
        offer(&|case| case.forget_budgets());
        let plain = Desired::new("web", self.desired.replicas, self.desired.update);
        offer(&|case| case.desired.replicas = case.desired.replicas.saturating_sub(1));
        offer(&|case| case.desired.start = 0);
        offer(&|case| case.desired.published = None);
        offer(&|case| case.desired.min_ready = 0);
        offer(&|case| case.desired.retention = Retention::default());
        offer(&|case| case.desired.strategy = plain.strategy);
        offer(&|case| case.desired.management = Management::OrderedReady);
        offer(&|case| case.desired.current = case.desired.update);
        offer(&|case| case.desired.profile.max_unavailable = true);
        offer(&|case| case.desired.profile.shutdown = Shutdown::Background);
        offer(&|case| case.desired.profile.give_up = GiveUp::OwnerReferences);
        offer(&|case| case.desired.profile.bind_claims = false);
        offer(&|case| case.desired.profile.drain_nodes = false);
        offer(&|case| case.desired.profile.lost_nodes = None);
        if self.claims.as_ref().is_none_or(Vec::is_empty) {
            offer(&|case| case.desired.templates = &[]);
        }
        Box::new(smaller.into_iter())
    }
}

impl Case {
    /// Whatever names a pod that does not exist names an earlier one.
    pub fn keep_contract(&mut self) {
        for claim in self.claims.iter_mut().flatten() {
            let exists = self.pods.iter().any(|pod| pod.ordinal == claim.ordinal);
            if !exists && claim.pod_owner != OwnerRef::Absent {
                claim.pod_owner = OwnerRef::OtherUid;
            }
        }
    }

    fn drop_claim(&mut self, index: usize) {
        self.claims.as_mut().expect("there is one").remove(index);
        let index = u32::try_from(index).expect("few");
        for volume in self.volumes.iter_mut().flatten() {
            if let Reserved::Claim(claim) = volume.reserved {
                volume.reserved = match claim {
                    _ if claim < index => volume.reserved,
                    _ if claim == index => Reserved::Other,
                    _ => Reserved::Claim(claim - 1),
                };
            }
        }
    }

    /// The same world, of whose volumes nothing is known.
    pub fn forget_volumes(&mut self) {
        self.volumes = None;
        for claim in self.claims.iter_mut().flatten() {
            claim.volume = None;
        }
    }

    /// The same world, of whose nodes nothing is known.
    pub fn forget_nodes(&mut self) {
        self.nodes = None;
        self.reach.clear();
        for claim in self.claims.iter_mut().flatten() {
            claim.node = None;
        }
        for pod in &mut self.pods {
            pod.node = None;
        }
    }

    /// The same world, of whose disruption budgets nothing is known.
    pub fn forget_budgets(&mut self) {
        self.budgets = None;
        for pod in &mut self.pods {
            pod.budget = None;
        }
    }

    /// The same world, of whose claims nothing is known.
    pub fn forget_claims(&mut self) {
        self.claims = None;
        for volume in self.volumes.iter_mut().flatten() {
            if let Reserved::Claim(_) = volume.reserved {
                volume.reserved = Reserved::Other;
            }
        }
    }
}
