//! A world in one line.

use std::fmt;

use statefulset::Deletion;

use crate::configuration::SEATS;
use crate::member::Life;
use crate::site::{Signal, Site};
use crate::storage::PodOwner;
use crate::world::{Lasting, World};

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spec = &self.spec;
        write!(f, "replicas {}, template r{}", spec.replicas, spec.update)?;
        if spec.partition > 0 {
            write!(f, ", partition {}", spec.partition)?;
        }
        for ordinal in (0..SEATS).filter(|&ordinal| self.is_excluded(ordinal)) {
            write!(f, ", {ordinal} excluded")?;
        }
        if spec.paused {
            f.write_str(", paused")?;
        }
        match spec.deletion {
            Deletion::No => {}
            Deletion::Orphan => f.write_str(", being deleted without its pods")?,
            _ => f.write_str(", being deleted")?,
        }
        if self.gone {
            f.write_str(", gone")?;
        }
        if self.other_disturbed {
            f.write_str(", the other set has an unavailable pod")?;
        }
        let published = &self.published;
        write!(f, "; status r{}", published.current_revision)?;
        if published.current > 0 {
            write!(f, " ({} current)", published.current)?;
        }
        if published.waits != Lasting::No {
            write!(f, " waits {:?}", published.waits)?;
        }
        if published.disrupted {
            write!(f, " disrupted")?;
        }
        if let Some(progress) = published.progressing {
            write!(f, " {progress:?}")?;
        }
        for ordinal in 0..SEATS {
            self.seat(ordinal, f)?;
        }
        for (number, site) in self.sites.iter().enumerate() {
            if *site != Site::READY {
                let word = match site.signal {
                    Signal::Ready => "ready",
                    Signal::Silent => "silent",
                    Signal::Removed => "removed",
                    Signal::Fenced => "fenced",
                };
                let draining = if site.draining { ", draining" } else { "" };
                write!(f, "; node-{number} {word}{draining}")?;
            }
        }
        Ok(())
    }
}

impl World {
    fn seat(&self, ordinal: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(pod) = &self.pods[ordinal] {
            let life = match (pod.life, pod.ready) {
                (Life::Pending, _) => "pending",
                (Life::Failed, _) => "ended",
                (Life::Running, true) => "ready",
                (Life::Running, false) => "not ready",
            };
            let leaving = if pod.terminating { ", terminating" } else { "" };
            let aged = if pod.aged { ", for long" } else { "" };
            write!(
                f,
                "; web-{ordinal} r{} {life}{aged}{leaving} on node-{}",
                pod.revision, pod.node
            )?;
            if pod.held {
                f.write_str(", held")?;
            }
            if pod.replace {
                f.write_str(", to be replaced")?;
            }
            if pod.changing {
                f.write_str(", changing")?;
            }
            if pod.prepared != statefulset::Prepared::No {
                write!(f, ", {:?}", pod.prepared)?;
            }
        }
        if let Some(node) = self.strays[ordinal] {
            write!(f, "; a process of web-{ordinal} on node-{node}")?;
        }
        if let Some(claim) = &self.claims[ordinal] {
            write!(f, "; data-web-{ordinal}")?;
            f.write_str(if claim.bound { "" } else { " unbound" })?;
            f.write_str(if claim.terminating {
                " terminating"
            } else {
                ""
            })?;
            f.write_str(if claim.owned_by_set {
                " of the set"
            } else {
                ""
            })?;
            f.write_str(match claim.owned_by_pod {
                PodOwner::Nobody => "",
                PodOwner::Present => " of the pod",
                PodOwner::Former => " of an earlier pod",
            })?;
        }
        Ok(())
    }
}
