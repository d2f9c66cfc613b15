//! What goes wrong on purpose: machines, images, probes and the controller fail, and are mended.

use clap::{Args, Subcommand, ValueEnum};

use super::cordon::node_name;
use super::failure::Failure;
use super::session::Session;
use crate::components::kubelet;
use crate::values::kind::Kind;

/// Let something fail: fail node NAME power|network|runtime|plugin, fail pod POD, fail probe POD, fail
/// controller
#[derive(Debug, Subcommand)]
pub(super) enum Fail {
    /// The machine of a node
    Node {
        /// The node
        name: String,
        /// What it loses
        how: Loss,
    },
    /// The StatefulSet controller: it stops, and forgets all that it knew
    Controller,
    /// A pod, for good: its kubelet ends it, as where memory runs out
    Pod {
        /// The pod
        pod: String,
    },
    /// All probes of a pod, and of its successors
    Probe {
        /// The pod
        pod: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Loss {
    /// Its processes end at once
    Power,
    /// Its processes go on, and nobody hears of them
    Network,
    /// Its processes go on, and its kubelet can start and end nothing
    Runtime,
    /// Its processes go on, and no new pod gets an address
    Plugin,
}

/// Give a machine all that it needs again, or start the controller: restore node NAME, restore controller
#[derive(Debug, Subcommand)]
pub(super) enum Restore {
    /// The node; one that was removed registers itself anew
    Node {
        /// Its name
        name: String,
    },
    /// The StatefulSet controller; it begins by listing everything
    Controller,
}

/// Switch a machine off for certain, and vouch for that: fence node NAME
#[derive(Debug, Subcommand)]
pub(super) enum Fence {
    /// The node; it gets the taint node.kubernetes.io/out-of-service
    Node {
        /// Its name
        name: String,
    },
}

/// Let something fail from now on: break image NAME, break volume NAME, break provisioner
#[derive(Debug, Subcommand)]
pub(super) enum Break {
    /// No volume can be made for a claim
    Provisioner,
    /// It cannot be mounted; where it is mounted, it stays so
    Volume {
        /// The persistent volume
        name: String,
    },
    /// It cannot be pulled
    Image {
        /// The image, with its tag
        name: String,
    },
}

/// Let it work again: mend image NAME, mend probe POD, mend volume NAME, mend provisioner
#[derive(Debug, Subcommand)]
pub(super) enum Mend {
    /// Volumes can be made again, also for claims that wait for one
    Provisioner,
    /// It can be mounted again; pods notice at their next try
    Volume {
        /// The persistent volume
        name: String,
    },
    /// It can be pulled again; pods notice at their next try
    Image {
        /// The image, with its tag
        name: String,
    },
    /// All probes of a pod succeed again
    Probe {
        /// The pod
        pod: String,
    },
}

/// Let something die and start again without its memory: crash controller
#[derive(Debug, Args)]
pub(super) struct Crash {
    /// What dies
    what: Mortal,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mortal {
    /// The StatefulSet controller; it begins by listing everything
    Controller,
}

impl Fail {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Node { name, how } => {
                let name = node_name(name);
                let (how, said) = match how {
                    Loss::Power => (kubelet::Failure::Power, "without power"),
                    Loss::Network => (kubelet::Failure::Network, "cut off"),
                    Loss::Runtime => (kubelet::Failure::Runtime, "without a container runtime"),
                    Loss::Plugin => (kubelet::Failure::Plugin, "without a network plugin"),
                };
                session.world.fail_node(name, how)?;
                session.say(format!("node \"{name}\" {said}"));
            }
            Self::Controller => {
                session.world.stop_controller();
                session.say("controller stopped");
            }
            Self::Pod { pod } => {
                let pod = known_pod(session, pod)?;
                let namespace = session.namespace().to_owned();
                session.world.end_pod(&namespace, &pod);
                session.say(format!("pod \"{pod}\" ended"));
            }
            Self::Probe { pod } => {
                let pod = known_pod(session, pod)?;
                let namespace = session.namespace().to_owned();
                session.world.fail_probe(&namespace, &pod);
                session.say(format!("probes of pod \"{pod}\" broken"));
            }
        }
        Ok(())
    }
}

impl Restore {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Node { name } => {
                let name = node_name(name);
                session.world.restore_node(name)?;
                session.say(format!("node \"{name}\" restored"));
            }
            Self::Controller => {
                session.world.start_controller();
                session.say("controller started");
            }
        }
        Ok(())
    }
}

impl Fence {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let Self::Node { name } = self;
        let name = node_name(name);
        session.world.fence_node(name)?;
        session.say(format!("node \"{name}\" fenced"));
        Ok(())
    }
}

impl Break {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self {
            Self::Image { name } => {
                session.world.break_image(name);
                session.say(format!("image \"{name}\" broken"));
            }
            Self::Volume { name } => {
                session.require(Kind::PersistentVolume, name)?;
                session.world.break_volume(name);
                session.say(format!("volume \"{name}\" broken"));
            }
            Self::Provisioner => {
                session.world.break_provisioner();
                session.say("provisioner broken");
            }
        }
        Ok(())
    }
}

impl Mend {
    pub(super) fn run(&self, session: &mut Session<'_>) {
        match self {
            Self::Image { name } => {
                session.world.mend_image(name);
                session.say(format!("image \"{name}\" mended"));
            }
            Self::Volume { name } => {
                session.world.mend_volume(name);
                session.say(format!("volume \"{name}\" mended"));
            }
            Self::Provisioner => {
                session.world.mend_provisioner();
                session.say("provisioner mended");
            }
            Self::Probe { pod } => {
                // Its successor is not there yet, perhaps.
                let pod = pod_name(pod);
                let namespace = session.namespace().to_owned();
                session.world.mend_probe(&namespace, pod);
                session.say(format!("probes of pod \"{pod}\" mended"));
            }
        }
    }
}

impl Crash {
    pub(super) fn run(&self, session: &mut Session<'_>) {
        let Mortal::Controller = self.what;
        session.world.crash_controller();
        session.say("controller crashed");
    }
}

/// The name of a pod that exists: one that does not is more likely a slip than a wish for the future.
fn pod_name(pod: &str) -> &str {
    let mut prefixes = ["pod/", "pods/", "po/"].iter();
    prefixes
        .find_map(|prefix| pod.strip_prefix(prefix))
        .unwrap_or(pod)
}

fn known_pod(session: &Session<'_>, pod: &str) -> Result<String, Failure> {
    let name = pod_name(pod);
    session.require(Kind::Pod, name)?;
    Ok(name.to_owned())
}
