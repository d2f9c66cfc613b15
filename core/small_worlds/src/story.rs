//! The way to a state as a story for `sts simulate`, as far as its words go. What they cannot say is a comment.

use std::fmt::Write;

use statefulset::{InPlace, Keep, Limit, Management, Paused, Purposes, Ranked};

use crate::configuration::{Ask, Configuration, SPELL, Way};
use crate::state::State;
use crate::step::{Fate, Step};
use crate::world::World;

/// The story.
pub(crate) fn of(c: &Configuration, steps: &[(Option<Step>, State)]) -> String {
    let mut text = String::from("\nAs a story:\n");
    let mut line = |words: &str| {
        let _ = writeln!(text, "{words}");
    };
    let standalone = c.profile.lost_nodes.is_some() || c.profile.bind_claims;
    line("option nodes node-0 node-1");
    line(&format!(
        "option profile {}",
        if standalone { "standalone" } else { "upstream" }
    ));
    line("option policies annotations");
    if c.way == Way::Recreate {
        line("option gate StatefulSetRecreateStrategy");
    }
    if c.profile.kubernetes != statefulset::Version::LATEST {
        line(&format!("option kubernetes {}", c.profile.kubernetes));
    }
    line(&format!("apply -f - <<'EOF'\n{}\nEOF", manifest(c)));
    let mut images = vec![0];
    if c.settled {
        line("settle");
    }
    for &(step, state) in steps {
        match step {
            None => line("settle"),
            Some(step) => line(&words(c, step, &state.world, &mut images)),
        }
    }
    text
}

fn words(c: &Configuration, step: Step, after: &World, images: &mut Vec<u32>) -> String {
    match step {
        Step::Turn(None)
        | Step::Start(_)
        | Step::Ready(_)
        | Step::Ended(_)
        | Step::ClaimGone(_)
        | Step::Changed(_)
        | Step::Stopped(_)
        | Step::OrphanedClaim(_)
        | Step::SetGone
        | Step::PodOfDeletedSet(_)
        | Step::Act(Fate::Done) => {
            format!("advance 500ms\n# {step}")
        }
        Step::Turn(Some((_, Fate::Last))) | Step::Die | Step::Act(Fate::Last) => {
            format!("advance 500ms\ncrash controller\n# {step}")
        }
        Step::Time => format!("advance {}s", 1 + c.min_ready / 1000),
        Step::Unready(o) => format!("fail probe {}", pod(c, o)),
        Step::Fail(o) => format!("fail pod {}", pod(c, o)),
        Step::Delete(o) => format!("delete pod {} --wait=false", pod(c, o)),
        Step::DeleteClaim(o) => format!("delete pvc data-{} --wait=false", pod(c, o)),
        Step::Silent(n) => format!("fail node node-{n} network"),
        Step::Back(n) => format!("restore node node-{n}"),
        Step::Removed(n) => format!("delete node node-{n}"),
        Step::Fenced(n) => format!("fence node node-{n}"),
        Step::Drain(n) => format!(
            "drain node-{n} --ignore-daemonsets --delete-emptydir-data --force --timeout=5s"
        ),
        Step::Uncordon(n) => format!("uncordon node-{n}"),
        Step::Evicted(_) => "advance 6m".into(),
        Step::Ask(ask) => match ask {
            Ask::Scale(n) => format!("scale sts web --replicas={n}"),
            Ask::Roll => {
                let next = images.iter().max().map_or(0, |last| last + 1);
                images.push(next);
                let broken = c.broken == Some(after.spec.update);
                let mut line = String::new();
                if broken {
                    let _ = writeln!(line, "break image nginx:{next}");
                }
                let _ = write!(line, "set image sts/web main=nginx:{next}");
                line
            }
            Ask::Back => "rollout undo sts/web".into(),
            Ask::Partition(n) => format!(
                r#"patch sts web --type=merge -p '{{"spec":{{"updateStrategy":{{"rollingUpdate":{{"partition":{n}}}}}}}}}'"#
            ),
            Ask::Delete => "delete sts web --wait=false".into(),
            Ask::Orphan => "delete sts web --cascade=orphan --wait=false".into(),
            Ask::Replace(o) => {
                format!(
                    "annotate pod {} --overwrite statefulset.dev/replace=true",
                    pod(c, o)
                )
            }
            Ask::Exclude(_) | Ask::Include(_) | Ask::Pause => format!(
                "annotate sts web --overwrite statefulset.dev/policies='{}'",
                policies(c, after)
            ),
        },
        Step::Answer(o) | Step::InService(o) => format!("answer {}", pod(c, o)),
        Step::Hold(_)
        | Step::Collected(_)
        | Step::OtherSet(_)
        | Step::Plan
        | Step::Turn(_)
        | Step::Act(_) => format!("# {step}"),
    }
}

/// The pod of an ordinal that is counted from 0.
fn pod(c: &Configuration, ordinal: u8) -> String {
    format!("web-{}", c.start + u32::from(ordinal))
}

fn limit(limit: Limit) -> String {
    match limit {
        Limit::Percent(n) => format!("\"{n}%\""),
        Limit::Count(n) => n.to_string(),
        other => format!("{other:?}"),
    }
}

fn manifest(c: &Configuration) -> String {
    let management = match c.management {
        Management::OrderedReady => "OrderedReady",
        _ => "Parallel",
    };
    let strategy = match c.way {
        Way::Blockless => r#"{"type":"RollingUpdate"}"#.into(),
        Way::Rolling(max) => {
            let max = max.map_or(String::new(), |max| {
                format!(r#","maxUnavailable":{}"#, limit(max))
            });
            format!(
                r#"{{"type":"RollingUpdate","rollingUpdate":{{"partition":{}{max}}}}}"#,
                c.partition
            )
        }
        Way::OnDelete => r#"{"type":"OnDelete"}"#.into(),
        Way::Recreate => r#"{"type":"Recreate"}"#.into(),
    };
    let keep = |keep: Keep| {
        if keep == Keep::Retain {
            "Retain"
        } else {
            "Delete"
        }
    };
    let claims = if c.claims {
        format!(
            r#","volumeClaimTemplates":[{{"metadata":{{"name":"data"}},"spec":{{"accessModes":["ReadWriteOnce"],"resources":{{"requests":{{"storage":"1Gi"}}}}}}}}],"persistentVolumeClaimRetentionPolicy":{{"whenScaled":"{}","whenDeleted":"{}"}}"#,
            keep(c.retention.when_scaled),
            keep(c.retention.when_deleted)
        )
    } else {
        String::new()
    };
    format!(
        r#"{{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{{"name":"web","annotations":{{"statefulset.dev/policies":"{}"}}}},"spec":{{"replicas":{},"ordinals":{{"start":{}}},"serviceName":"web","minReadySeconds":{},"podManagementPolicy":"{management}","updateStrategy":{strategy},"selector":{{"matchLabels":{{"app":"web"}}}},"template":{{"metadata":{{"labels":{{"app":"web"}}}},"spec":{{"containers":[{{"name":"main","image":"nginx:0"}}]}}}}{claims}}}}}"#,
        policies(c, &World::first(c)).replace('"', "\\\""),
        c.replicas,
        c.start,
        c.min_ready / 1000,
    )
}

fn policies(c: &Configuration, world: &World) -> String {
    let mut fields = Vec::new();
    let excluded = (0..crate::configuration::SEATS).filter(|&o| world.is_excluded(o));
    let excluded: Vec<String> = excluded
        .map(|o| {
            let first = c.start as usize + o;
            format!(r#"{{"first":{first},"keepClaims":{}}}"#, c.keep_claims)
        })
        .collect();
    if !excluded.is_empty() {
        fields.push(format!(r#""excluded":[{}]"#, excluded.join(",")));
    }
    if c.stand_in_first {
        fields.push(r#""standInFirst":true"#.into());
    }
    if world.spec.paused {
        let kinds = [
            (Paused::CREATION, "Creation"),
            (Paused::SCALE_IN, "ScaleIn"),
            (Paused::ROLLOUT, "Rollout"),
            (Paused::REPAIR, "Repair"),
            (Paused::REPLACEMENT, "Replacement"),
        ];
        let kinds = kinds.iter().filter(|(kind, _)| c.pauses.contains(*kind));
        let kinds: Vec<String> = kinds.map(|(_, word)| format!("\"{word}\"")).collect();
        fields.push(format!(r#""paused":[{}]"#, kinds.join(",")));
    }
    if c.ranked != Ranked::Off {
        fields.push(format!(r#""ranked":"{:?}""#, c.ranked));
    }
    for (word, most) in [
        ("scaleOutLimit", c.scale_out_limit),
        ("scaleInLimit", c.scale_in_limit),
    ] {
        if let Some(most) = most {
            fields.push(format!(r#""{word}":{}"#, limit(most)));
        }
    }
    let purposes = [
        (Purposes::SCALE_IN, "ScaleIn"),
        (Purposes::ROLLOUT, "Rollout"),
        (Purposes::REPAIR, "Repair"),
        (Purposes::DRAIN, "Drain"),
    ];
    let purposes = purposes
        .iter()
        .filter(|(purpose, _)| c.ask.contains(*purpose));
    let purposes: Vec<String> = purposes.map(|(_, word)| format!("\"{word}\"")).collect();
    if !purposes.is_empty() {
        fields.push(format!(r#""ask":[{}]"#, purposes.join(",")));
    }
    if c.in_place != InPlace::Off {
        fields.push(format!(r#""inPlace":"{:?}""#, c.in_place));
    }
    if c.paced {
        fields.push(format!(r#""paceSeconds":{}"#, SPELL / 1000));
    }
    if let Some(then) = c.deadline {
        let after = SPELL / 1000;
        fields.push(format!(
            r#""deadline":{{"afterSeconds":{after},"then":"{then:?}"}}"#
        ));
    }
    if let Some(repair) = c.repair {
        let beyond = match repair.beyond_budget {
            u32::MAX => "\"Unlimited\"".to_string(),
            number => number.to_string(),
        };
        fields.push(format!(
            r#""repair":{{"afterSeconds":{},"beyondBudget":{},"ordered":{},"pending":{}}}"#,
            repair.after / 1000,
            beyond,
            repair.ordered,
            repair.pending
        ));
    }
    format!("{{{}}}", fields.join(","))
}
