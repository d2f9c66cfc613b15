//! No claim, volume or file is lost without a command or a policy that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::Value;

use super::breach::Breach;
use super::step::Step;
use super::wanted::{Wanted, identity};
use crate::store::{Change, Happened};
use crate::values::finalizer::{self, ORPHAN};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::world::World;

const PROMISE: &str = "nothing is lost";

#[derive(Debug)]
pub(super) struct Storage {
    names: Vec<&'static str>,
    upstream: bool,
    wishes: BTreeMap<&'static str, Vec<Wish>>,
    claims: BTreeMap<String, Claim>,
    /// Uids of claims that have gone, or that somebody wants to go.
    given_up: BTreeSet<String>,
    /// Files that were made: by uid of the claim.
    files: BTreeMap<String, BTreeSet<String>>,
    /// The claim that a file is about to be made on.
    opening: Option<String>,
}

/// What a set has asked for, since when.
#[derive(Debug)]
struct Wish {
    version: u64,
    set: Rc<Object>,
    /// Whether it was deleted then.
    gone: bool,
}

impl Wish {
    fn gives_up(&self, when: &str) -> bool {
        let policy = format!("/spec/persistentVolumeClaimRetentionPolicy/{when}");
        self.set.text(&policy) == "Delete"
    }

    fn is_deleted(&self) -> bool {
        self.set.is_terminating() || self.gone
    }
}

/// Whether the set of a wish is one that was to go without its pods, when first it was to go.
fn lets_go(wishes: &[Wish], wish: &Wish) -> bool {
    let mut own = wishes.iter().filter(|it| it.set.uid() == wish.set.uid());
    let first = own.find(|it| it.is_deleted());
    first.is_some_and(|first| finalizer::has(&first.set, ORPHAN))
}

#[derive(Debug)]
struct Claim {
    uid: String,
    /// The version that it was made at.
    born: u64,
    volume: String,
}

impl Storage {
    pub(super) const fn new(names: Vec<&'static str>, upstream: bool) -> Self {
        Self {
            names,
            upstream,
            wishes: BTreeMap::new(),
            claims: BTreeMap::new(),
            given_up: BTreeSet::new(),
            files: BTreeMap::new(),
            opening: None,
        }
    }

    pub(super) fn foresee(&mut self, world: &World, step: &Step) {
        let uid = |claim: &str| {
            let claim = world
                .store()
                .get(Kind::PersistentVolumeClaim, "default", claim);
            claim.map(|claim| claim.uid().to_owned())
        };
        match step {
            Step::DeleteClaim(claim) => self.given_up.extend(uid(claim)),
            Step::Touch(pod, _) => {
                // A set without templates has pods that do not use a claim that somebody made for them.
                let claim = format!("disk0-{pod}");
                let is_used =
                    |volume: &Value| volume.text("/persistentVolumeClaim/claimName") == claim;
                let pod = world.store().get(Kind::Pod, "default", pod);
                let used = pod.is_some_and(|pod| pod.list("/spec/volumes").iter().any(is_used));
                self.opening = uid(&claim).filter(|_| used);
            }
            _ => {}
        }
    }

    pub(super) fn answered(&mut self, step: &Step) {
        if let (Step::Touch(_, file), Some(claim)) = (step, self.opening.take()) {
            let files = self.files.entry(claim).or_default();
            files.insert(format!("file{file}"));
        }
    }

    pub(super) fn look(&mut self, news: &[Change]) -> Result<(), Breach> {
        for change in news {
            let name = change.key.name.as_str();
            match change.key.kind {
                Kind::StatefulSet => {
                    if let Some(&name) = self.names.iter().find(|&&set| set == name) {
                        let wish = Wish {
                            version: change.version,
                            set: Rc::clone(&change.object),
                            gone: change.happened == Happened::Deleted,
                        };
                        self.wishes.entry(name).or_default().push(wish);
                    }
                }
                Kind::PersistentVolumeClaim if change.happened == Happened::Deleted => {
                    self.lose_claim(change)?;
                }
                Kind::PersistentVolumeClaim => self.see_claim(change)?,
                Kind::PersistentVolume if change.happened == Happened::Deleted => {
                    self.lose_volume(change)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn see_claim(&mut self, change: &Change) -> Result<(), Breach> {
        let name = &change.key.name;
        if change.object.is_terminating() {
            self.judge(change)?;
        }
        let volume = change.object.text("/spec/volumeName");
        let claim = self.claims.entry(name.clone()).or_insert_with(|| Claim {
            uid: change.object.uid().to_owned(),
            born: change.version,
            volume: String::new(),
        });
        if !claim.volume.is_empty() && claim.volume != volume {
            let how = format!("{name} had volume {} and has {volume}", claim.volume);
            return Err(Breach::of(PROMISE, how));
        }
        volume.clone_into(&mut claim.volume);
        let mut others = self.claims.iter().filter(|(other, _)| *other != name);
        match others.find(|(_, other)| !volume.is_empty() && other.volume == volume) {
            Some((other, _)) => {
                let how = format!("{name} and {other} have the same volume {volume}");
                Err(Breach::of(PROMISE, how))
            }
            None => Ok(()),
        }
    }

    fn lose_claim(&mut self, change: &Change) -> Result<(), Breach> {
        self.judge(change)?;
        self.claims.remove(&change.key.name);
        Ok(())
    }

    /// A claim goes, or is asked to.
    fn judge(&mut self, change: &Change) -> Result<(), Breach> {
        let (name, uid) = (&change.key.name, change.object.uid());
        let born = self.claims.get(name).map_or(0, |claim| claim.born);
        let allowed = self.given_up.contains(uid)
            || self.is_given_up(name, born)
            || self.is_left_to_a_ghost(&change.object);
        self.given_up.insert(uid.to_owned());
        if allowed {
            return Ok(());
        }
        let how = format!("claim {name} is to go, and nobody wanted that");
        Err(Breach::of(PROMISE, how))
    }

    /// Whether the set has, at any time of the claim's life, had a policy that gives it up.
    fn is_given_up(&self, claim: &str, born: u64) -> bool {
        let Some((_, pod)) = claim.split_once('-') else {
            return false;
        };
        let Some((set, ordinal)) = identity(&self.names, pod) else {
            return false;
        };
        let wishes = self.wishes.get(set).map_or(&[][..], Vec::as_slice);
        let first = wishes.partition_point(|wish| wish.version <= born);
        wishes[first.saturating_sub(1)..].iter().any(|wish| {
            wish.gives_up("whenScaled") && !Wanted::of(&wish.set).keeps_claims(ordinal)
                || wish.gives_up("whenDeleted") && wish.is_deleted() && !lets_go(wishes, wish)
        })
    }

    /// Whether the claim belongs to a set that was deleted and had at some time a policy that gives it up. Upstream puts
    /// owners right only while the pod is there, so a policy that was taken back may still be in force; and a controller
    /// that has not heard of the set's end goes on making claims for it.
    fn is_left_to_a_ghost(&self, claim: &Object) -> bool {
        let wishes = self.wishes.values().flatten();
        let mut owners = claim.list("/metadata/ownerReferences").iter();
        self.upstream
            && owners.any(|owner| {
                let own = || {
                    wishes
                        .clone()
                        .filter(|it| it.set.uid() == owner.text("/uid"))
                };
                own().any(|wish| wish.gives_up("whenDeleted")) && own().any(Wish::is_deleted)
            })
    }

    fn lose_volume(&self, change: &Change) -> Result<(), Breach> {
        let name = &change.key.name;
        let user = change.object.text("/spec/claimRef/uid");
        if change.object.text("/spec/persistentVolumeReclaimPolicy") == "Delete"
            && (user.is_empty() || self.given_up.contains(user))
        {
            return Ok(());
        }
        let how = format!("volume {name} is gone, and nobody wanted that");
        Err(Breach::of(PROMISE, how))
    }

    /// Looks for the files, in pods that can be asked.
    pub(super) fn open(&self, world: &mut World) -> Result<(), Breach> {
        for (name, claim) in &self.claims {
            let (Some(files), Some((_, pod))) = (self.files.get(&claim.uid), name.split_once('-'))
            else {
                continue;
            };
            let list = ["ls".to_owned(), "/disk0".to_owned()];
            let Ok(listed) = world.exec("default", pod, None, &list) else {
                continue;
            };
            let listed: BTreeSet<_> = listed.stdout.split_whitespace().collect();
            if let Some(lost) = files.iter().find(|file| !listed.contains(file.as_str())) {
                let how = format!("{lost} is no longer on {name}");
                return Err(Breach::of(PROMISE, how));
            }
        }
        Ok(())
    }
}
