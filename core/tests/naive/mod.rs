//! A second planner, as plain as it can be: lists are searched, nothing is remembered, every rule is spelled out.
//!
//! It shares the vocabulary with the library and nothing else, so that a mistake has to be made twice to go unseen. It
//! knows no waits, no limit on actions, and nothing of nodes.

use std::collections::BTreeMap;
use std::ops::Range;

use statefulset::{
    Claim, Deletion, Desired, Do, Management, Millis, NO_ORDINAL, Observed, Ordinal, Paused, Phase,
    Pod, Progress, Revision, Status, Strategy, UNLISTED, Version,
};

mod binding;
mod change;
mod deadline;
mod duties;
mod leave;
mod policies;
mod slots;
mod status;
mod updates;

/// What one ordinal gets, step after step. The actions of a step are sorted.
pub(crate) type Chain = Vec<Vec<Do>>;
/// Chains that may run at the same time, by ordinal. What is done to the set itself counts as ordinal 0.
pub(crate) type Stage = BTreeMap<Ordinal, Chain>;

/// What the naive planner decides.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Verdict {
    /// Stages in order; none is empty.
    pub(crate) stages: Vec<Stage>,
    /// Claims and their volumes, in no order.
    pub(crate) bindings: Vec<Do>,
    /// What is published.
    pub(crate) status: Option<Status>,
    /// The revision to go back to.
    pub(crate) advice: Option<Revision>,
    /// Whether the pass fails even if every action succeeds.
    pub(crate) failed: bool,
}

/// One pass over a snapshot.
pub(crate) fn judge(desired: &Desired, observed: &Observed, now: Millis) -> Verdict {
    let refused = desired.strategy == Strategy::Recreate && !desired.profile.recreate;
    if !observed.fresh || refused {
        return Verdict {
            failed: true,
            ..Verdict::default()
        };
    }
    let mut pass = Pass {
        desired,
        observed,
        now,
        stages: Vec::new(),
        failed: false,
        rolled: 0,
        requested: false,
        repaired: vec![],
        allowance: desired.policies.allowance,
        disrupted: false,
        progress: desired.published.and_then(|status| status.progressing),
    };
    // How far the pass came shows in what it left behind.
    let _ = pass.run();
    let status = pass.status();
    let still = pass.paused(Paused::ALL);
    Verdict {
        bindings: if still {
            vec![]
        } else {
            binding::choose_all(desired, observed)
        },
        advice: pass.advice(),
        stages: pass.stages,
        status,
        failed: pass.failed,
    }
}

/// The pass is over.
struct Over;

/// What follows from one slot or one condemned pod.
enum Then {
    GoOn,
    /// In order, nothing comes after this one.
    Stop,
    Fail,
}

struct Pass<'a> {
    desired: &'a Desired<'a>,
    observed: &'a Observed<'a>,
    now: Millis,
    stages: Vec<Stage>,
    failed: bool,
    /// Rolling deletions, those included that were left out because they would have been the second for their pod.
    rolled: u32,
    /// Whether pods were deleted or asked because somebody wants others in their place.
    requested: bool,
    /// Ordinals whose pods were deleted because they were broken.
    repaired: Vec<Ordinal>,
    /// How many available pods may still be taken away.
    allowance: Option<u32>,
    /// Whether an available pod was taken away.
    disrupted: bool,
    progress: Option<Progress>,
}

impl<'a> Pass<'a> {
    fn run(&mut self) -> Result<(), Over> {
        let still = self.paused(Paused::ALL);
        if self.desired.deletion != Deletion::No {
            if !still {
                self.shut_down();
            }
            return Err(Over);
        }
        if still {
            if self.desired.strategy == Strategy::Recreate {
                self.recreate()?;
            }
            return Err(Over);
        }
        self.give_up_claims();
        self.hold_finalizer();
        self.take_back();
        let end = self.phases();
        self.let_go();
        end
    }

    fn phases(&mut self) -> Result<(), Over> {
        if self.desired.strategy == Strategy::Recreate {
            self.recreate()?;
        }
        if self.since(Version::V1_38) && !self.ordered() {
            self.scale_in()?;
            self.fill()?;
        } else {
            self.fill()?;
            self.scale_in()?;
        }
        self.replace_requested();
        // Broken pods belong to the rollout here.
        if self.requested {
            return Err(Over);
        }
        self.repair_broken();
        if !self.rests() {
            self.hand_out_labels();
            self.roll();
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<(), Over> {
        let slots = self.slots();
        self.each(&slots, |pass, &ordinal| {
            let (chain, then) = pass.slot(ordinal);
            (ordinal, chain, then)
        })
    }

    fn scale_in(&mut self) -> Result<(), Over> {
        if self.paused(Paused::SCALE_IN) {
            return Ok(());
        }
        let condemned = self.condemned();
        self.each(&condemned, |pass, &pod| pass.claims_of_condemned(pod))?;
        let last = self.lowest_unavailable(&condemned);
        let mut left = self.departures(&condemned);
        self.each(&condemned, |pass, &pod| {
            let (ordinal, chain, then) = pass.condemned_pod(pod, last);
            if chain.concat().is_empty() {
                return (ordinal, chain, then);
            }
            // The group is asked last: what stays anyway takes nothing from it.
            if left == 0 || pass.stands_in(ordinal) || !pass.spare(pass.pod(pod)) {
                return (ordinal, vec![], then);
            }
            left -= 1;
            (ordinal, chain, then)
        })
    }

    /// Items in batches: of one in order, of 1, 2, 4 … otherwise.
    fn each<T>(
        &mut self,
        items: &[T],
        mut decide: impl FnMut(&mut Self, &T) -> (Ordinal, Chain, Then),
    ) -> Result<(), Over> {
        for batch in self.batches(items.len()) {
            let (mut stage, mut stops) = (Stage::new(), false);
            for item in &items[batch] {
                let (ordinal, chain, then) = decide(self, item);
                append(&mut stage, ordinal, chain);
                self.failed |= matches!(then, Then::Fail);
                stops |= matches!(then, Then::Stop) && self.ordered();
            }
            self.push(stage);
            if self.failed || stops {
                return Err(Over);
            }
        }
        Ok(())
    }

    fn batches(&self, count: usize) -> Vec<Range<usize>> {
        let (mut batches, mut from, mut size) = (Vec::new(), 0, 1);
        while from < count {
            let to = count.min(from + size);
            batches.push(from..to);
            from = to;
            size = if self.ordered() { 1 } else { 500.min(size * 2) };
        }
        batches
    }

    fn push(&mut self, mut stage: Stage) {
        stage.retain(|_, chain| {
            chain.retain(|step| !step.is_empty());
            !chain.is_empty()
        });
        if !stage.is_empty() {
            self.stages.push(stage);
        }
    }

    // Facts.

    fn ordered(&self) -> bool {
        self.desired.management == Management::OrderedReady
    }

    fn wanted(&self, ordinal: Ordinal) -> bool {
        self.slots().contains(&ordinal)
    }

    fn pod(&self, pod: usize) -> &'a Pod {
        &self.observed.pods[pod]
    }

    /// All pods, the rightful ones of each ordinal first.
    fn pods(&self) -> Vec<usize> {
        let mut pods: Vec<usize> = (0..self.observed.pods.len()).collect();
        pods.sort_by_key(|&pod| {
            let record = self.pod(pod);
            let node = record.node.zip(self.observed.nodes);
            let node = node.and_then(|(node, nodes)| nodes.get(node as usize));
            let budget = record.budget.zip(self.observed.budgets);
            let budget = budget.map(|(budget, budgets)| budgets[budget as usize]);
            let contents = Pod {
                node: record.node.filter(|&node| node == UNLISTED),
                budget: None,
                ..*record
            };
            (!record.identity, contents, node, budget, pod)
        });
        pods
    }

    fn pod_of(&self, ordinal: Ordinal) -> Option<usize> {
        let mut pods = self.pods().into_iter();
        pods.find(|&pod| self.pod(pod).ordinal == ordinal)
    }

    /// Highest ordinal first. Twins are all there, the rightful one last.
    fn condemned(&self) -> Vec<usize> {
        let mut pods = self.pods();
        pods.reverse();
        pods.retain(|&pod| {
            let ordinal = self.pod(pod).ordinal;
            ordinal != NO_ORDINAL && !self.wanted(ordinal)
        });
        pods.sort_by_key(|&pod| std::cmp::Reverse(self.pod(pod).ordinal));
        pods
    }

    /// Whether the set is looked after by this Kubernetes or a later one.
    fn since(&self, version: Version) -> bool {
        self.desired.profile.kubernetes >= version
    }

    fn available(&self, pod: &Pod) -> bool {
        let wait = self.desired.min_ready;
        let over = |start: Millis| {
            let end = start.saturating_add(wait);
            end < self.now || (end == self.now && self.since(Version::V1_34_0))
        };
        pod.ready && !pod.changing && (wait == 0 || pod.ready_since.is_some_and(over))
    }

    /// Whether it is available, and nothing has been said to it about its end.
    fn fit(&self, pod: &Pod) -> bool {
        self.available(pod) && !self.is_spoken_to(pod)
    }

    /// What makes a pod count as unavailable.
    fn down(&self, pod: &Pod) -> bool {
        let serves = if self.since(Version::V1_34_0) {
            self.available(pod)
        } else {
            pod.phase == Phase::Running && pod.ready
        };
        pod.terminating_since.is_some() || pod.changing || !serves || self.is_spoken_to(pod)
    }

    fn claim(&self, ordinal: Ordinal, template: usize) -> Option<(usize, &'a Claim)> {
        let mut claims = self.observed.claims?.iter().enumerate();
        claims
            .find(|(_, claim)| (claim.ordinal, usize::from(claim.template)) == (ordinal, template))
    }

    fn claims_of(&self, ordinal: Ordinal) -> Vec<(usize, &'a Claim)> {
        let templates = 0..self.desired.templates.len();
        templates
            .filter_map(|template| self.claim(ordinal, template))
            .collect()
    }

    /// The claims are asked for, and nobody knows them.
    fn lookup_fails(&self) -> bool {
        self.observed.claims.is_none() && !self.desired.templates.is_empty()
    }
}

fn append(stage: &mut Stage, ordinal: Ordinal, chain: Chain) {
    let whole = stage.entry(ordinal).or_default();
    for (step, actions) in chain.into_iter().enumerate() {
        if whole.len() <= step {
            whole.push(vec![]);
        }
        whole[step].extend(actions);
        whole[step].sort();
    }
}

fn delete(pod: usize) -> Do {
    Do::DeletePod { pod: short(pod) }
}

fn short(index: usize) -> u32 {
    u32::try_from(index).expect("short lists")
}
