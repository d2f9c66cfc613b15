//! Which node each disk is attached to. A disk for one node at a time is the last line of defence against two processes
//! with the same files: it is not taken from a node that may still write to it, unless somebody vouches for that node or
//! much time has passed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use statefulset::Millis;

use crate::store::{DeleteOptions, Store};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};
use crate::values::taint::is_out_of_service;

/// For so long a disk that nobody needs any more is left to a node that does not answer.
const FORCED_AFTER: Millis = 360_000;

/// The disks that are attached to one node at a time.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    /// By the names of their volumes.
    holders: BTreeMap<String, Holder>,
    /// The disks that each worker uses, by its uid.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// Workers that wait for a disk.
    queue: BTreeSet<String>,
}

#[derive(Debug)]
struct Holder {
    node: String,
    /// The workers that use it, by uid, and since when the API has no pod behind them.
    users: BTreeMap<String, Option<Millis>>,
}

/// The disk is attached elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Busy {
    /// When it is taken away from there by force, if nothing happens before.
    pub(super) until: Option<Millis>,
}

impl Attachments {
    /// Attaches the disk to a node for one of its workers, if that can be. `answers` says which kubelets are heard.
    pub(super) fn attach(
        &mut self,
        store: &mut Store,
        disk: &str,
        node: &str,
        uid: &str,
        answers: impl Fn(&str) -> bool,
    ) -> Result<(), Busy> {
        if let Some(holder) = self.holders.get_mut(disk)
            && holder.node != node
        {
            let until = if answers(&holder.node) {
                // Its kubelet will say when the disk is unmounted.
                None
            } else {
                holder.lets_go(store)
            };
            match until {
                Some(at) if at <= store.now() => {
                    for user in std::mem::take(&mut holder.users).into_keys() {
                        forget(&mut self.uses, &user, disk);
                    }
                    detached(store, disk, &holder.node);
                }
                until => {
                    self.queue.insert(uid.to_owned());
                    return Err(Busy { until });
                }
            }
        }
        attached(store, disk, node);
        let holder = self.holders.entry(disk.to_owned());
        let holder = holder.or_insert_with(|| Holder {
            node: node.to_owned(),
            users: BTreeMap::new(),
        });
        node.clone_into(&mut holder.node);
        holder.users.insert(uid.to_owned(), None);
        let uses = self.uses.entry(uid.to_owned()).or_default();
        uses.insert(disk.to_owned());
        Ok(())
    }

    /// The API has no pod any more for this worker: nobody wants its disks to stay where they are.
    pub(super) fn forsake(&mut self, uid: &str, now: Millis) -> BTreeSet<String> {
        for disk in self.uses.get(uid).into_iter().flatten() {
            let holder = self.holders.get_mut(disk);
            if let Some(since) = holder.and_then(|holder| holder.users.get_mut(uid)) {
                since.get_or_insert(now);
            }
        }
        self.waiting()
    }

    /// The worker has unmounted its disks. Gives the workers that have waited.
    pub(super) fn release(&mut self, store: &mut Store, uid: &str) -> BTreeSet<String> {
        let mut is_free = false;
        for disk in self.uses.remove(uid).unwrap_or_default() {
            let Some(holder) = self.holders.get_mut(&disk) else {
                continue;
            };
            holder.users.remove(uid);
            if holder.users.is_empty() {
                detached(store, &disk, &holder.node);
                self.holders.remove(&disk);
                is_free = true;
            }
        }
        self.queue.remove(uid);
        if is_free {
            self.waiting()
        } else {
            BTreeSet::new()
        }
    }

    /// The workers that wait for a disk; they have to ask again.
    pub(super) fn waiting(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.queue)
    }
}

impl Holder {
    /// When the disk is taken away from a node that does not answer, although nobody there has unmounted it.
    fn lets_go(&self, store: &Store) -> Option<Millis> {
        let mut forsaken = self.users.values().copied();
        let forsaken = forsaken.try_fold(Millis::MIN, |last, at| Some(last.max(at?)))?;
        let Some(node) = store.get(Kind::Node, "", &self.node) else {
            return Some(forsaken);
        };
        match node.condition("Ready") {
            "True" => None,
            _ if is_out_of_service(node) => Some(forsaken),
            _ => Some(forsaken + FORCED_AFTER),
        }
    }
}

/// A worker does not use a disk any more.
fn forget(uses: &mut BTreeMap<String, BTreeSet<String>>, user: &str, disk: &str) {
    if let Some(disks) = uses.get_mut(user) {
        disks.remove(disk);
        if disks.is_empty() {
            uses.remove(user);
        }
    }
}

/// Says that the disk is attached, unless that is said already. What is a part of its node, as a local disk is, is never
/// attached.
fn attached(store: &mut Store, disk: &str, node: &str) {
    let volume = store.get(Kind::PersistentVolume, "", disk);
    let driver = volume.map_or("", |volume| volume.text("/spec/csi/driver"));
    if driver.is_empty() {
        return;
    }
    let attachment = json!({
        "metadata": {"name": name(disk, node)},
        "spec": {"attacher": driver, "nodeName": node, "source": {"persistentVolumeName": disk}},
        "status": {"attached": true},
    });
    // Nothing in it can be refused but that it is there.
    let _ = store.create(Kind::VolumeAttachment, "", attachment);
}

/// Says that the disk is not attached any more.
fn detached(store: &mut Store, disk: &str, node: &str) {
    let options = DeleteOptions::default();
    // It is not there if the disk is a part of the node.
    let _ = store.delete(Kind::VolumeAttachment, "", &name(disk, node), &options);
}

fn name(disk: &str, node: &str) -> String {
    format!("{disk}.{node}")
}

/// Whether the volume can be attached to one node only.
pub(super) fn is_exclusive(volume: &Object) -> bool {
    let modes = volume.list("/spec/accessModes");
    let shared = |mode: &str| matches!(mode, "ReadOnlyMany" | "ReadWriteMany");
    !modes.iter().filter_map(|mode| mode.as_str()).any(shared)
}
