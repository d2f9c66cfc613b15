//! The text form: one record a line, in the words and field names of the C header.

use std::fmt::{Debug, Display, Write};

use statefulset::{
    AccessModes, Action, Budget, Change, Claim, ClaimOwner, Conclusion, Departure, Desired, Do,
    Limit, List, Millis, Node, Observed, On, PartitionBy, Paused, Plan, PlanError, Pod, Policies,
    Prepared, Profile, Purposes, Reach, Reserved, Status, Strategy, Ties, Volume, Wait, plan,
};

use crate::courses;

/// Writes one case: what is asked, and, behind two spaces, what this planner answers.
pub fn write(out: &mut String, name: &str, desired: &Desired, observed: &Observed, now: Millis) {
    Line::new(out, "case").word(name);
    write_desired(out, desired);
    write_observed(out, observed);
    Line::new(out, "plan").field("now_ms", now);
    match plan(desired, observed, now) {
        Ok(plan) => {
            write_plan(out, &plan);
            for outcomes in courses(plan.actions.len()) {
                let line = Line::new(out, "conclude");
                outcomes.iter().fold(line, |line, it| line.word(&slug(it)));
                write_conclusion(out, plan.conclude(&outcomes));
            }
        }
        Err(error) => write_error(out, error),
    }
    out.push('\n');
}

/// A line in the making; it ends where it is dropped.
struct Line<'a>(&'a mut String);

impl<'a> Line<'a> {
    fn new(out: &'a mut String, head: &str) -> Self {
        out.push_str(head);
        Self(out)
    }

    fn word(self, word: &str) -> Self {
        self.0.push(' ');
        self.0.push_str(word);
        self
    }

    fn field(self, key: &str, value: impl Display) -> Self {
        // Writing to a string has no way to fail.
        let _ = write!(self.0, " {key}={value}");
        self
    }

    fn optional(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.field(key, value),
            None => self,
        }
    }

    fn flag(self, key: &str, is_set: bool) -> Self {
        if is_set { self.word(key) } else { self }
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        self.0.push('\n');
    }
}

/// The name of a variant without fields, as the C header spells it: `NotReady` is `not-ready`.
fn slug(variant: &impl Debug) -> String {
    let mut slug = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_ascii_uppercase() && !slug.is_empty() {
            slug.push('-');
        }
        slug.push(letter.to_ascii_lowercase());
    }
    slug
}

/// For a value of an enum of the planner that has grown. The tests below walk all values.
#[cold]
fn unspelled(value: &impl Debug) -> ! {
    panic!("{value:?} has no spelling in a case")
}

fn write_desired(out: &mut String, desired: &Desired) {
    let (strategy, rolling) = match desired.strategy {
        Strategy::RollingUpdate(rolling) => ("rolling-update", rolling),
        Strategy::OnDelete => ("on-delete", None),
        Strategy::Recreate => ("recreate", None),
        other => unspelled(&other),
    };
    let limit = rolling.map(|rolling| match rolling.max_unavailable {
        None => ("none", 0),
        Some(limit) => limit_words(limit),
    });
    Line::new(out, "desired")
        .field("generation", desired.generation)
        .field("replicas", desired.replicas)
        .field("start", desired.start)
        .field("management", slug(&desired.management))
        .field("strategy", strategy)
        .flag("rolling", rolling.is_some())
        .optional("partition", rolling.map(|it| it.partition))
        .optional("max_unavailable_kind", limit.map(|(kind, _)| kind))
        .optional("max_unavailable", limit.map(|(_, limit)| limit))
        .field("min_ready_ms", desired.min_ready)
        .field("template_count", desired.templates.len())
        .field("when_deleted", slug(&desired.retention.when_deleted))
        .field("when_scaled", slug(&desired.retention.when_scaled))
        .field("deletion", slug(&desired.deletion))
        .flag("finalizer_held", desired.finalizer_held)
        .field("current_revision", desired.current.0)
        .field("update_revision", desired.update.0);
    write_profile(out, desired.profile);
    if let Some(status) = desired.published {
        write_status(out, "published", status);
    }
    if desired.policies != Policies::NONE {
        write_policies(out, &desired.policies);
    }
}

/// What differs from no policies at all.
fn write_policies(out: &mut String, policies: &Policies) {
    let (repair, deadline) = (policies.repair, policies.deadline);
    let mut line = Line::new(out, "policies")
        .flag(
            "partition_by_ordinal",
            policies.partition_by == PartitionBy::Ordinal,
        )
        .flag("stand_in_first", policies.stand_in_first)
        .flag("lowest_first", policies.ties == Ties::LowestFirst)
        .field("paused", paused(policies.paused))
        .field("ask", purposes(policies.ask))
        .field("in_place", slug(&policies.in_place))
        .field("ranked", slug(&policies.ranked));
    for (kind, field, limit) in [
        (
            "scale_out_limit_kind",
            "scale_out_limit",
            policies.scale_out_limit,
        ),
        (
            "scale_in_limit_kind",
            "scale_in_limit",
            policies.scale_in_limit,
        ),
    ] {
        let limit = limit.map(limit_words);
        line = line
            .optional(kind, limit.map(|(kind, _)| kind))
            .optional(field, limit.map(|(_, limit)| limit));
    }
    drop(
        line.optional("allowance", policies.allowance)
            .optional("repair_after_ms", repair.map(|it| it.after))
            .optional("repair_beyond_budget", repair.map(|it| it.beyond_budget))
            .flag("repair_ordered", repair.is_some_and(|it| it.ordered))
            .flag("repair_pending", repair.is_some_and(|it| it.pending))
            .optional("pace_ms", policies.pace)
            .optional("deadline_after_ms", deadline.map(|it| it.after))
            .optional("deadline_then", deadline.map(|it| slug(&it.then))),
    );
    for exclusion in policies.excluded {
        Line::new(out, "exclusion")
            .field("first", exclusion.first)
            .field("last", exclusion.last)
            .flag("keep_claims", exclusion.keep_claims);
    }
}

fn limit_words(limit: Limit) -> (&'static str, u32) {
    match limit {
        Limit::Count(pods) => ("count", pods),
        Limit::Percent(share) => ("percent", share),
        other => unspelled(&other),
    }
}

fn paused(paused: Paused) -> String {
    let names = [
        (Paused::CREATION, "creation"),
        (Paused::SCALE_IN, "scale-in"),
        (Paused::ROLLOUT, "rollout"),
        (Paused::REPAIR, "repair"),
        (Paused::REPLACEMENT, "replacement"),
    ];
    let kinds = names.iter().filter(|(kind, _)| paused.contains(*kind));
    let kinds: Vec<&str> = kinds.map(|(_, name)| *name).collect();
    kinds.join(",")
}

fn purposes(purposes: Purposes) -> String {
    let names = [
        (Purposes::SCALE_IN, "scale-in"),
        (Purposes::ROLLOUT, "rollout"),
        (Purposes::REPAIR, "repair"),
        (Purposes::DRAIN, "drain"),
    ];
    let there = names.iter().filter(|(it, _)| purposes.contains(*it));
    let there: Vec<&str> = there.map(|(_, name)| *name).collect();
    there.join(",")
}

fn write_profile(out: &mut String, profile: Profile) {
    let lost = profile.lost_nodes;
    Line::new(out, "profile")
        .field("kubernetes", profile.kubernetes)
        .field("max_actions", profile.max_actions)
        .field("shutdown", slug(&profile.shutdown))
        .field("give_up", slug(&profile.give_up))
        .flag("max_unavailable", profile.max_unavailable)
        .flag("recreate", profile.recreate)
        .flag("walk", profile.walk)
        .flag("bind_claims", profile.bind_claims)
        .flag("drain_nodes", profile.drain_nodes)
        .optional("unreachable_after_ms", lost.map(|it| it.unreachable_after))
        .flag("require_fence", lost.is_some_and(|it| it.require_fence));
}

fn write_status(out: &mut String, head: &str, status: Status) {
    let progressing = status.progressing.map_or("none".into(), |it| slug(&it));
    Line::new(out, head)
        .field("observed_generation", status.observed_generation)
        .field("replicas", status.replicas)
        .field("ready", status.ready)
        .field("available", status.available)
        .field("current", status.current)
        .field("updated", status.updated)
        .field("current_revision", status.current_revision.0)
        .field("update_revision", status.update_revision.0)
        .field("progressing", progressing)
        .optional("progressed_at_ms", status.progressed_at)
        .optional("disrupted_at_ms", status.disrupted_at);
}

fn write_observed(out: &mut String, observed: &Observed) {
    Line::new(out, "observed")
        .flag("fresh", observed.fresh)
        .flag("claims", observed.claims.is_some())
        .flag("volumes", observed.volumes.is_some())
        .flag("nodes", observed.nodes.is_some())
        .flag("budgets", observed.budgets.is_some());
    for pod in observed.pods {
        write_pod(out, pod);
    }
    for claim in observed.claims.unwrap_or_default() {
        write_claim(out, claim);
    }
    for volume in observed.volumes.unwrap_or_default() {
        write_volume(out, volume);
    }
    for node in observed.nodes.unwrap_or_default() {
        write_node(out, node);
    }
    for reach in observed.reach {
        write_reach(out, *reach);
    }
    for budget in observed.budgets.unwrap_or_default() {
        write_budget(out, budget);
    }
}

fn write_pod(out: &mut String, pod: &Pod) {
    Line::new(out, "pod")
        .field("ordinal", pod.ordinal)
        .field("phase", slug(&pod.phase))
        .flag("ready", pod.ready)
        .flag("identity", pod.identity)
        .flag("storage", pod.storage)
        .field("revision", pod.revision.0)
        .optional("ready_since_ms", pod.ready_since)
        .optional("terminating_since_ms", pod.terminating_since)
        .optional("node", pod.node)
        .optional("budget", pod.budget)
        .optional("rank", (pod.rank != 0).then_some(pod.rank))
        .optional("hold", (!pod.hold.is_empty()).then(|| purposes(pod.hold)))
        .flag("replace", pod.replace)
        .optional(
            "change",
            (pod.change != Change::Recreate).then(|| slug(&pod.change)),
        )
        .flag("changing", pod.changing)
        .optional(
            "prepared",
            (pod.prepared != Prepared::No).then(|| slug(&pod.prepared)),
        );
}

fn write_claim(out: &mut String, claim: &Claim) {
    Line::new(out, "claim")
        .field("ordinal", claim.ordinal)
        .field("template_index", claim.template)
        .field("phase", slug(&claim.phase))
        .field("set_owner", slug(&claim.set_owner))
        .field("pod_owner", slug(&claim.pod_owner))
        .flag("foreign_controller", claim.foreign_controller)
        .field("binding", slug(&claim.binding))
        .field("modes", modes(claim.modes))
        .field("volume_mode", slug(&claim.volume_mode))
        .field("storage_class", claim.class)
        .field("request", claim.request)
        .optional("volume", claim.volume)
        .optional("node", claim.node)
        .optional("terminating_since_ms", claim.terminating_since);
}

fn write_volume(out: &mut String, volume: &Volume) {
    let claim = match volume.reserved {
        Reserved::Claim(claim) => Some(claim),
        Reserved::Nobody | Reserved::Other => None,
        other => unspelled(&other),
    };
    Line::new(out, "volume")
        .field("capacity", volume.capacity)
        .field("matches", volume.matches)
        .field("phase", slug(&volume.phase))
        .flag("terminating", volume.terminating)
        .optional("claim", claim)
        .flag("taken", volume.reserved == Reserved::Other)
        .field("modes", modes(volume.modes))
        .field("volume_mode", slug(&volume.volume_mode))
        .field("storage_class", volume.class)
        .optional("reach", volume.reach);
}

fn write_node(out: &mut String, node: &Node) {
    Line::new(out, "node")
        .field("state", slug(&node.state))
        .flag("cordoned", node.cordoned)
        .flag("draining", node.draining)
        .optional("since_ms", node.since);
}

fn write_reach(out: &mut String, reach: Reach) {
    Line::new(out, "reach")
        .field("group", reach.group)
        .field("node", reach.node);
}

fn write_budget(out: &mut String, budget: &Budget) {
    Line::new(out, "budget")
        .field("allowed", budget.allowed)
        .field("healthy", budget.healthy)
        .field("desired_healthy", budget.desired_healthy)
        .flag("unhealthy_always", budget.unhealthy_always);
}

fn modes(modes: AccessModes) -> String {
    let names = [
        (AccessModes::READ_WRITE_ONCE, "read-write-once"),
        (AccessModes::READ_ONLY_MANY, "read-only-many"),
        (AccessModes::READ_WRITE_MANY, "read-write-many"),
        (AccessModes::READ_WRITE_ONCE_POD, "read-write-once-pod"),
    ];
    let there = names.iter().filter(|(mode, _)| modes.contains(*mode));
    let there: Vec<&str> = there.map(|(_, name)| *name).collect();
    there.join(",")
}

fn write_plan(out: &mut String, plan: &Plan) {
    for action in &plan.actions {
        write_action(out, action);
    }
    if let Some(status) = plan.status {
        write_status(out, "  status", status);
    }
    if plan.next_wake.is_some() || plan.suggests.is_some() || plan.more {
        Line::new(out, "  later")
            .optional("next_wake_ms", plan.next_wake)
            .optional("suggested_revision", plan.suggests.map(|it| it.0))
            .flag("more", plan.more);
    }
}

fn write_action(out: &mut String, action: &Action) {
    let place = Line::new(out, "  action")
        .field("kind", action.what.slug())
        .field("reason", action.reason.slug())
        .field("stage", action.stage)
        .field("ordinal", action.ordinal)
        .field("step", action.step);
    drop(deed_fields(place, action.what).flag("must_exist", action.must_exist));
}

fn deed_fields(line: Line<'_>, what: Do) -> Line<'_> {
    match what {
        Do::CreateClaim { template } => line.field("template_index", template),
        Do::BindClaim { claim, volume } => line.field("claim", claim).field("volume", volume),
        Do::CreatePod { revision } => line.field("revision", revision.0),
        Do::UpdatePod { pod }
        | Do::DeletePod { pod }
        | Do::EvictPod { pod }
        | Do::CancelPrepare { pod } => line.field("pod", pod),
        Do::UpdateInPlace { pod, revision } => line.field("pod", pod).field("revision", revision.0),
        Do::Prepare { pod, departure } => line
            .field("pod", pod)
            .flag("for_good", departure == Departure::Leave),
        Do::SetClaimOwner { claim, owner } => {
            let (owner, pod) = match owner {
                ClaimOwner::Nobody => ("nobody", None),
                ClaimOwner::Set => ("set", None),
                ClaimOwner::Pod(pod) => ("pod", Some(pod)),
                other => unspelled(&other),
            };
            line.optional("pod", pod)
                .field("claim", claim)
                .field("owner", owner)
        }
        Do::ForceDeletePod { pod, node } => line.field("pod", pod).optional("node", node),
        Do::DeleteClaim { claim } => line.field("claim", claim),
        Do::HoldFinalizer | Do::ReleaseFinalizer => line,
        Do::Wait(wait) => wait_fields(line, wait),
        other => unspelled(&other),
    }
}

fn wait_fields(line: Line<'_>, wait: Wait) -> Line<'_> {
    let (on, index) = match wait.on {
        On::Nothing => ("nothing", None),
        On::Ordinal(ordinal) => ("ordinal", Some(ordinal)),
        On::Pod(pod) => ("pod", Some(pod)),
        On::Claim(claim) => ("claim", Some(claim)),
        On::Node(node) => ("node", Some(node)),
        On::Budget(budget) => ("budget", Some(budget)),
        On::View => ("view", None),
        other => unspelled(&other),
    };
    line.field("through", wait.through)
        .field("gates", wait.gates)
        .field("on", on)
        .optional("on_index", index)
        .optional("since_ms", wait.since)
        .optional("until_ms", wait.until)
}

fn write_conclusion(out: &mut String, conclusion: Conclusion) {
    Line::new(out, "  conclusion").field("next", slug(&conclusion.next));
    if let Some(status) = conclusion.status {
        write_status(out, "  status", status);
    }
}

/// Lists and fields have their names in the C header: with a unit, and none that is a word of C++.
fn write_error(out: &mut String, error: PlanError) {
    let field = match (error.list, error.field) {
        (List::Desired, "min_ready") => "min_ready_ms",
        (List::Desired, "policies.scale_out_limit") => "scale_out_limit",
        (List::Desired, "policies.scale_in_limit") => "scale_in_limit",
        (List::Desired, "policies.repair.after") => "repair_after_ms",
        (List::Desired, "policies.pace") => "pace_ms",
        (List::Desired, "policies.deadline.after") => "deadline_after_ms",
        (
            List::Desired,
            "profile.recreate" | "profile.semantic_revisions" | "profile.read_your_writes",
        ) => "profile.flags",
        (List::Claims, "template") => "template_index",
        (List::Volumes, "reserved") => "claim",
        (_, field) => field,
    };
    let list = match error.list {
        List::Excluded => "exclusions".to_owned(),
        list => list.to_string(),
    };
    let (index, problem) = (error.index, error.problem);
    Line::new(out, "  error")
        .field("code", slug(&problem))
        .field("list", &list)
        .field("index", index)
        .field("field", field)
        .field("message", format!("{list}[{index}].{field}: {problem}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_spelling() {
        let spelled = |what| {
            let mut out = String::new();
            drop(deed_fields(Line::new(&mut out, ""), what));
            out
        };
        for what in Do::ALL {
            spelled(what);
        }
        for owner in ClaimOwner::ALL {
            let text = spelled(Do::SetClaimOwner { claim: 0, owner });
            assert!(text.contains("owner="), "{text}");
        }
        let waits = Do::ALL.into_iter().filter_map(|what| match what {
            Do::Wait(wait) => Some(wait),
            _ => None,
        });
        for mut wait in waits {
            for on in On::ALL {
                wait.on = on;
                let text = spelled(Do::Wait(wait));
                assert!(text.contains("on="), "{text}");
            }
        }
    }
}
