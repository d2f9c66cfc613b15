//! Why a claim has no volume, and what ends that.

use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use serde_json::{Value, json};

use super::case::Case;
use super::claims::some;
use super::cure::{Cure, create, quoted};
use super::evidence::field::text;
use super::evidence::notice::Notice;
use super::name::CauseName;
use super::nodes::{self, Near};
use crate::claim::{Binding, Claim};
use crate::duties::binding::Misfit;
use crate::explain::Names;
use crate::kubernetes::value::kind::Kind;
use crate::kubernetes::value::quantity;
use crate::volume::{Volume, VolumePhase};

/// What a claim lacks, and why.
pub(super) struct Lack {
    pub(super) name: CauseName,
    pub(super) lost: bool,
    pub(super) asked: u64,
    pub(super) why: String,
    pub(super) cures: Vec<Cure>,
    pub(super) notice: Option<Notice>,
}

impl Lack {
    pub(super) fn unbound(why: impl Into<String>, cures: impl Into<Vec<Cure>>) -> Self {
        Self {
            name: CauseName::UnboundClaim,
            lost: false,
            asked: 0,
            why: why.into(),
            cures: cures.into(),
            notice: None,
        }
    }

    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.name, self.lost, self.asked, &self.why)
            == (other.name, other.lost, other.asked, &other.why)
            && (self.lost, &self.cures) == (other.lost, &other.cures)
    }
}

/// Why a claim has no volume, and what ends that. `None`: that its pod has no node is why, and that has causes of its own.
pub(super) fn why(
    case: &Case<'_>,
    index: u32,
    claim: &Claim,
    name: &str,
    class: Option<&str>,
) -> Option<Lack> {
    let turn = case.turn;
    let add = || Cure::new("create a volume that fits");
    let known = turn.objects.views.is_listed(Kind::StorageClass);
    let class = class.filter(|name| !name.is_empty());
    if let Some(class) = class.filter(|_| known)
        && turn.objects.classes.get("", class).is_none()
    {
        return Some(Lack::unbound(
            format!("there is no storage class {class}"),
            class_cures(case, class),
        ));
    }
    let kind = "PersistentVolumeClaim";
    let object = case.evidence.object(kind, case.namespace(), name);
    let notices = case.notices(kind, name, object.as_ref());
    let provisioner = provisioner(case, object.as_ref(), class);
    let last = notices.last().map_or("", |it| &it.reason);
    let waits_for_node = claim.node.is_none()
        && (claim.binding == Binding::WaitForFirstConsumer
            || matches!(last, "WaitForFirstConsumer" | "WaitForPodScheduled"));
    let observed = turn.snapshot.observed();
    let Some(volumes) = observed.volumes else {
        if waits_for_node {
            return None;
        }
        if let Some(provisioner) = provisioner {
            return Some(unprovisioned(case, name, &provisioner, notices));
        }
        let failed = notices
            .into_iter()
            .rfind(|it| matches!(&*it.reason, "ProvisioningFailed" | "FailedBinding"));
        if let Some(notice) = failed {
            return Some(Lack {
                notice: Some(notice.clone()),
                ..Lack::unbound(notice.message, provide(class))
            });
        }
        let mut ask = Cure::new("ask for them, too").look("kubectl get pv -o json");
        if !known {
            ask = ask.look("kubectl get storageclasses -o json");
        }
        return Some(Lack::unbound(
            "why cannot be told, because the volumes are not known",
            [ask],
        ));
    };
    // Why not, and which volumes for that reason.
    let mut reasons: BTreeMap<Misfit, Vec<String>> = BTreeMap::new();
    let mut released = None;
    // Those that fit, and that no node reaches that takes pods.
    let mut shut: Option<Lack> = None;
    for (place, volume) in (0u32..).zip(volumes) {
        let called = Names::volume(&turn.snapshot, place).unwrap_or_default();
        match Misfit::of(index, claim, volume, &observed) {
            Some(misfit) => {
                if misfit == Misfit::Phase(VolumePhase::Released) {
                    released = released.or(Some(called.to_string()));
                }
                let all = reasons.entry(misfit).or_default();
                all.push(named(called, volume, misfit));
            }
            None if waits_for_node => match closed(case, place) {
                Some(closed) => shut = shut.or(Some(closed)),
                None => return None,
            },
            None => {
                let check =
                    Cure::new("see whether the controller that binds claims to volumes runs");
                return Some(Lack::unbound(
                    format!("volume {called} fits and is about to be bound"),
                    [check],
                ));
            }
        }
    }
    if let Some(provisioner) = provisioner {
        // The provisioner begins once the scheduler has chosen a node.
        return if waits_for_node {
            None
        } else {
            Some(unprovisioned(case, name, &provisioner, notices))
        };
    }
    if shut.is_some() {
        return shut;
    }
    if reasons.is_empty()
        && let Some(class) = class.filter(|_| !known)
    {
        let ask =
            Cure::new("ask for it, too").look(format!("kubectl get storageclass {class} -o json"));
        return Some(Lack::unbound(
            format!(
                "there is no free volume, and whether the storage class {class} has a provisioner is not known"
            ),
            [ask, add()],
        ));
    }
    if let Some(volume) = of_former(case, name) {
        let patch = quoted(r#"[{"op":"remove","path":"/spec/claimRef/uid"}]"#);
        let again = Cure::new(format!("give the claim volume {volume} again"))
            .but("the pod finds on it what the earlier claim left there")
            .run(format!("kubectl patch pv {volume} --type=json -p {patch}"));
        let text = format!(
            "volume {volume} is still reserved for an earlier claim of this name, which was deleted"
        );
        return Some(Lack::unbound(text, [again, add()]));
    }
    if reasons.is_empty() {
        return Some(Lack::unbound(
            "there is no free volume, and nobody makes one",
            provide(class),
        ));
    }
    let told: Vec<String> = reasons
        .iter()
        .map(|(misfit, volumes)| told(*misfit, volumes))
        .collect();
    let mut cures = Vec::from([add()]);
    if let Some(volume) = released {
        let patch = quoted(r#"[{"op":"remove","path":"/spec/claimRef"}]"#);
        cures.push(
            Cure::new(format!("free volume {volume} for this claim"))
                .but("the pod finds on it what the earlier claim left there, and no other claim can have that back")
                .run(format!("kubectl patch pv {volume} --type=json -p {patch}")),
        );
    }
    Some(Lack::unbound(told.join("; "), cures))
}

/// A volume that an earlier claim of this name had: it is reserved for that one's uid.
fn of_former(case: &Case<'_>, claim: &str) -> Option<String> {
    let objects = case.turn.objects;
    let uid = &objects.claims.get(case.namespace(), claim)?.version.uid;
    let mut volumes = objects.volumes.iter();
    let found = volumes.find(|(_, volume)| {
        let reserved = volume.reserved.as_ref();
        reserved.is_some_and(|(key, former)| {
            (&*key.namespace, &*key.name) == (case.namespace(), claim)
                && !former.is_empty()
                && former != uid
        })
    });
    found.map(|(name, _)| name.to_string())
}

/// What gives claims the class that they name.
fn class_cures(case: &Case<'_>, class: &str) -> Vec<Cure> {
    let mut cures = Vec::from([Cure::new(format!(
        "create the storage class {class}, with the provisioner that its volumes are to come from"
    ))]);
    if let Some(default) = default_class(case) {
        let by = text(&default, "/provisioner");
        let mut object = json!({
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": class}, "provisioner": by,
        });
        for field in ["parameters", "reclaimPolicy", "volumeBindingMode"] {
            if let Some(value) = default.get(field) {
                object[field] = value.clone();
            }
        }
        let name = text(&default, "/metadata/name");
        let copy = format!(
            "if volumes as those of the default class {name} will do, create it as a copy of that"
        );
        cures.push(Cure::new(copy).run(create(&object)));
    }
    cures
}

/// The class that claims have that name none, if it makes volumes.
pub(super) fn default_class(case: &Case<'_>) -> Option<Value> {
    let annotation = "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";
    let mut classes = case.evidence.objects("StorageClass", "");
    let found = classes.find(|(_, it)| {
        text(it, annotation) == "true" && text(it, "/provisioner") != "kubernetes.io/no-provisioner"
    });
    found.map(|(_, class)| class)
}

/// What gives a claim a volume where nobody makes one for it.
fn provide(class: Option<&str>) -> Vec<Cure> {
    let mut cures = Vec::from([Cure::new("create a volume that fits")]);
    if class.is_none() {
        cures.push(Cure::new("name a storage class that has a provisioner, or make one the default, and let the claim be made again"));
    }
    cures
}

/// Who makes volumes for a claim: its class says so, and the claim itself once it was asked for one.
fn provisioner(case: &Case<'_>, claim: Option<&Value>, class: Option<&str>) -> Option<String> {
    let class = class.and_then(|class| case.evidence.object("StorageClass", "", class));
    let of_class = class.iter().map(|it| text(it, "/provisioner"));
    let notes = [
        "/metadata/annotations/volume.kubernetes.io~1storage-provisioner",
        "/metadata/annotations/volume.beta.kubernetes.io~1storage-provisioner",
    ];
    let of_claim = claim
        .into_iter()
        .flat_map(|claim| notes.into_iter().map(|it| text(claim, it)));
    let found = of_class.chain(of_claim).find(|it| !it.is_empty())?;
    (found != "kubernetes.io/no-provisioner").then(|| found.into())
}

/// A volume is to be made for the claim, and there is none yet.
fn unprovisioned(case: &Case<'_>, claim: &str, provisioner: &str, notices: Vec<Notice>) -> Lack {
    let last = notices.last().cloned();
    let failed = notices
        .into_iter()
        .rfind(|it| it.reason == "ProvisioningFailed");
    let see = Cure::new("see what the claim's events say, and whether the provisioner runs")
        .look(case.ask_events(claim));
    match failed {
        Some(notice) => Lack {
            name: CauseName::ProvisioningFailed,
            why: format!("the provisioner {provisioner} says: {}", notice.message),
            cures: Vec::from([Cure::new(
                "mend what the provisioner complains about; it tries again by itself",
            )]),
            notice: Some(notice),
            ..Lack::unbound("", [])
        },
        None => Lack {
            name: CauseName::ProvisioningFailed,
            notice: last,
            ..Lack::unbound(
                format!("the provisioner {provisioner} has made none yet"),
                [see],
            )
        },
    }
}

/// What keeps a volume that fits from being bound for as long as no node that reaches it takes pods, and what ends that.
fn closed(case: &Case<'_>, volume: u32) -> Option<Lack> {
    let (name, facts) = case.turn.snapshot.volume(volume)?;
    let reach = facts.reach.as_deref()?;
    let near = nodes::within(case, reach);
    if near.is_empty() {
        let cure =
            Cure::new("add a node that can reach it, or create a volume that the nodes can reach");
        return Some(Lack::unbound(
            format!("volume {name} fits, and no node reaches it"),
            [cure],
        ));
    }
    if near.iter().any(Near::is_open) {
        return None;
    }
    let text = format!(
        "volume {name} fits, and no node that reaches it takes pods: {}",
        nodes::told(&near)
    );
    Some(Lack::unbound(text, nodes::opening(&near)))
}

fn named(name: &str, volume: &Volume, misfit: Misfit) -> String {
    match misfit {
        Misfit::Capacity => format!("{name} ({})", quantity::of_bytes(volume.capacity)),
        _ => name.to_string(),
    }
}

/// Some volumes that do not fit for the same reason.
fn told(misfit: Misfit, volumes: &[String]) -> String {
    let why = match misfit {
        Misfit::Reserved => "reserved for another claim",
        Misfit::Phase(VolumePhase::Released) => "released, and still reserved for the claim it had",
        Misfit::Phase(VolumePhase::Bound) => "in use",
        Misfit::Phase(VolumePhase::Failed) => "failed",
        Misfit::Phase(_) => "not available",
        Misfit::Class => "of another storage class",
        Misfit::Labels => "without the labels that the claim asks for",
        Misfit::Modes => "without the access modes that the claim asks for",
        Misfit::Capacity => "too small",
        Misfit::VolumeMode => "of another volume mode",
        Misfit::Terminating => "being deleted",
        Misfit::Reach => "out of reach from the pod's node",
    };
    format!("{}: {why}", some(volumes))
}
