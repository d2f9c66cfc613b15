//! One case: a set and a small world that it is planned for.

use statefulset::{
    Budget, Change, Claim, Desired, Exclusion, Millis, Node, Observed, Ordinal, OwnerRef, Pod,
    Policies, Prepared, Purposes, Reach, Reserved, UNLISTED, Volume,
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

/// The desired ordinals (rule X-1).
pub(crate) fn slots(desired: &Desired) -> Vec<Ordinal> {
    let excluded = desired.policies.excluded;
    (desired.start..)
        .filter(|&ordinal| {
            let covers = |out: &Exclusion| (out.first..=out.last).contains(&ordinal);
            !excluded.iter().any(covers)
        })
        .take(desired.replicas as usize)
        .collect()
}

impl Case {
    /// The desired ordinals of the set, lowest first.
    pub fn slots(&self) -> Vec<Ordinal> {
        slots(&self.desired)
    }

    /// The same world, and a set that asks for nothing beyond Kubernetes.
    #[must_use]
    pub fn without_policies(mut self) -> Self {
        self.desired.policies = Policies::NONE;
        for pod in &mut self.pods {
            (pod.change, pod.changing) = (Change::Recreate, false);
        }
        self.without_questions()
    }

    /// The same world, and a set that asks no pod before it goes, has asked none, and lets each go.
    #[must_use]
    pub fn without_questions(mut self) -> Self {
        self.desired.policies.ask = Purposes::NONE;
        for pod in &mut self.pods {
            (pod.hold, pod.replace, pod.prepared) = (Purposes::NONE, false, Prepared::No);
        }
        self
    }

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

    /// Whatever names a pod that does not exist names an earlier one.
    pub fn keep_contract(&mut self) {
        for claim in self.claims.iter_mut().flatten() {
            let exists = self.pods.iter().any(|pod| pod.ordinal == claim.ordinal);
            if !exists && claim.pod_owner != OwnerRef::Absent {
                claim.pod_owner = OwnerRef::OtherUid;
            }
        }
    }

    /// The same world without this claim; a volume that is kept for it is kept for somebody else.
    pub(crate) fn drop_claim(&mut self, index: usize) {
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
