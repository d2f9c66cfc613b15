//! Why a set is not up to date, told when that changes.

use std::collections::HashMap;

use statefulset::kubernetes::{Blocker, Cluster, Cure, Evidence, Key, Requests, Weight};
use statefulset::{Do, Gate, Gates, Millis, Ordinal, Reason};
use tracing::{info, warn};

/// What was last told of each set.
#[derive(Default, Debug)]
pub struct Report {
    told: HashMap<Key, Vec<Why>>,
}

/// A wait without its times.
#[derive(PartialEq, Eq, Debug)]
struct Why {
    first: Ordinal,
    last: Ordinal,
    reason: Reason,
    gates: Gates,
    blocker: Option<Blocker>,
}

impl Report {
    /// Tells what is waited for if that is news, and that a set is up to date once it gets there.
    pub fn tell(&mut self, cluster: &Cluster, set: &Key, plan: &Requests, now: Millis) {
        let whys = whys(plan);
        // The next moment shows more; nothing is known of this one.
        if whys.iter().any(|why| why.gates.contains(Gate::StaleView)) {
            return;
        }
        if self.told.get(set).is_some_and(|told| *told == whys) {
            return;
        }
        if !whys.is_empty() {
            // Only what lasts for good counts as stuck: this program acts on the rest itself.
            if let Ok(diagnosis) = cluster.diagnose(set, &Evidence::new(), now, Millis::MAX) {
                let waits = diagnosis.waits.iter();
                let waits: Vec<String> = waits
                    .map(|wait| format!("{}: {}", wait.pods(&set.name), wait.text))
                    .collect();
                info!(%set, ready = diagnosis.ready, wanted = diagnosis.wanted, "waits: {}", waits.join("; "));
                // What may pass by itself is told among the waits.
                let causes = diagnosis.causes.iter();
                let for_good = causes
                    .filter(|cause| cause.weight == Weight::Hindrance && cause.since.is_none());
                for cause in for_good {
                    let cures: Vec<String> = cause.cures.iter().map(way_out).collect();
                    warn!(%set, cause = cause.name.slug(), "{}; to end it: {}", cause.text, cures.join("; or: "));
                }
            }
        } else if plan.requests.is_empty() && !plan.more {
            info!(%set, "up to date");
        } else {
            // It is at work: neither waits nor rests.
            return;
        }
        self.told.insert(set.clone(), whys);
    }

    /// The set is gone.
    pub fn forget(&mut self, set: &Key) {
        self.told.remove(set);
    }
}

/// A cure as one line of a log.
fn way_out(cure: &Cure) -> String {
    match &cure.warning {
        Some(warning) => format!("{} (before you do: {warning})", cure.text),
        None => cure.text.clone(),
    }
}

fn whys(plan: &Requests) -> Vec<Why> {
    let waits = plan.waits.iter().zip(&plan.blockers);
    let whys = waits.filter_map(|(action, blocker)| {
        let Do::Wait(wait) = action.what else {
            return None;
        };
        Some(Why {
            first: action.ordinal,
            last: wait.through,
            reason: action.reason,
            gates: wait.gates,
            blocker: blocker.clone(),
        })
    });
    whys.collect()
}
