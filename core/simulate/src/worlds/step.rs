//! What happens to a world, one step after the other. Each step is a line of a story.

use std::fmt;

use statefulset::Millis;

use super::asks::{ANNOTATION, Asks, RANK};
use crate::values::duration;

/// One step. Names are of sets, pods, nodes; what does not exist is passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Time passes.
    Advance(Millis),
    /// The zones' disks are made, before all else.
    Zones,
    /// The set's file is applied: it is made (again).
    Apply(&'static str),
    /// `scale`
    Scale(&'static str, u32),
    /// `set image`; image 9 cannot be pulled.
    Image(&'static str, u32),
    /// `rollout undo`
    Undo(&'static str),
    /// A field of the set's spec: a merge patch.
    Spec(&'static str, String),
    /// What the set asks for beyond Kubernetes.
    Ask(&'static str, Asks),
    /// A pod's rank.
    Rank(String, u32),
    /// The template in other words: the same quantity, spelled differently.
    Respell(&'static str),
    /// A pod is deleted.
    DeletePod(String),
    /// A pod's object is removed at once, whether it runs or not: by hand.
    ForcePod(String),
    /// The set is deleted; whether its pods stay.
    DeleteSet(&'static str, bool),
    /// A claim is made beforehand, larger than any set asks for.
    Claim(String),
    /// A claim is deleted.
    DeleteClaim(String),
    /// A file is made in the pod's first disk.
    Touch(String, u32),
    /// The pod's process is killed; the kubelet starts it again.
    Kill(String),
    /// The kubelet ends the pod for good, as when it runs out of memory.
    End(String),
    /// `cordon`, and off again.
    Cordon(String, bool),
    /// `drain`
    Drain(String),
    /// The node fails: loses its power, or its network.
    Fail(String, bool),
    /// It comes back.
    Restore(String),
    /// It is fenced.
    Fence(String),
    /// Its object is deleted: somebody's word that it is dead. Whether it comes back in the end.
    DeleteNode(String, bool),
    /// The pod's probes fail, and succeed again.
    Probe(String, bool),
    /// Image 9 cannot be pulled, and can be again.
    Image9(bool),
    /// The controller starts again without a memory.
    Crash,
    /// Something goes wrong with the controller: the words after `fault`.
    Fault(String),
}

/// The node's way of failing.
const fn way(power: bool) -> &'static str {
    if power { "power" } else { "network" }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Advance(by) => write!(f, "advance {}", duration::exact(*by)),
            Self::Zones => f.write_str("apply -f zones.json"),
            Self::Apply(set) => write!(f, "apply -f {set}.json"),
            Self::Scale(set, replicas) => write!(f, "scale sts {set} --replicas={replicas}"),
            Self::Image(set, image) => write!(f, "set image sts/{set} main=nginx:{image}"),
            Self::Undo(set) => write!(f, "rollout undo sts/{set}"),
            Self::Spec(set, patch) => {
                write!(f, "patch sts {set} --type=merge -p '{{\"spec\":{patch}}}'")
            }
            Self::Ask(set, asks) => {
                write!(f, "annotate sts {set} --overwrite {ANNOTATION}='{asks}'")
            }
            Self::Rank(pod, rank) => write!(f, "label pod {pod} --overwrite {RANK}={rank}"),
            Self::Respell(set) => {
                let container = r#"{"name":"main","resources":{"requests":{"cpu":"0.1"}}}"#;
                let template = format!(r#"{{"spec":{{"containers":[{container}]}}}}"#);
                write!(
                    f,
                    "patch sts {set} -p '{{\"spec\":{{\"template\":{template}}}}}'"
                )
            }
            Self::DeletePod(pod) => write!(f, "delete pod {pod} --wait=false"),
            Self::ForcePod(pod) => {
                write!(f, "delete pod {pod} --force --grace-period=0 --wait=false")
            }
            Self::DeleteSet(set, true) => {
                write!(f, "delete sts {set} --cascade=orphan --wait=false")
            }
            Self::DeleteSet(set, false) => write!(f, "delete sts {set} --wait=false"),
            Self::Claim(claim) => write!(f, "apply -f {claim}.json"),
            Self::DeleteClaim(claim) => write!(f, "delete pvc {claim} --wait=false"),
            Self::Touch(pod, file) => write!(f, "exec {pod} -- touch /disk0/file{file}"),
            Self::Kill(pod) => write!(f, "exec {pod} -- kill 1"),
            Self::End(pod) => write!(f, "fail pod {pod}"),
            Self::Cordon(node, true) => write!(f, "cordon {node}"),
            Self::Cordon(node, false) => write!(f, "uncordon {node}"),
            Self::Drain(node) => {
                write!(
                    f,
                    "drain {node} --ignore-daemonsets --delete-emptydir-data --force --timeout=5s"
                )
            }
            Self::Fail(node, power) => write!(f, "fail node {node} {}", way(*power)),
            Self::Restore(node) => write!(f, "restore node {node}"),
            Self::Fence(node) => write!(f, "fence node {node}"),
            Self::DeleteNode(node, _) => write!(f, "delete node {node}"),
            Self::Probe(pod, true) => write!(f, "mend probe {pod}"),
            Self::Probe(pod, false) => write!(f, "fail probe {pod}"),
            Self::Image9(true) => f.write_str("mend image nginx:9"),
            Self::Image9(false) => f.write_str("break image nginx:9"),
            Self::Crash => f.write_str("crash controller"),
            Self::Fault(words) => write!(f, "fault {words}"),
        }
    }
}

impl Step {
    /// Simpler ones, the simplest first.
    pub fn simpler(&self) -> Vec<Self> {
        match self {
            Self::Advance(by) => [1_000, 10_000, 60_000, 600_000]
                .into_iter()
                .filter(|simple| simple < by)
                .map(Self::Advance)
                .collect(),
            Self::Ask(set, asks) => asks
                .simpler()
                .into_iter()
                .map(|it| Self::Ask(set, it))
                .collect(),
            Self::Scale(set, replicas) => (0..*replicas).map(|n| Self::Scale(set, n)).collect(),
            _ => Vec::new(),
        }
    }
}
