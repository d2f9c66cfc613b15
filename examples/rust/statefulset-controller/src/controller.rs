//! Shows the library what there is, and does what it says.

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use k8s_openapi::api::core::v1::ObjectReference;
use kube::Client;
use serde::Deserialize;
use statefulset::kubernetes::{Cluster, Event, Key, Kind};
use statefulset::{Millis, Profile};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::events::recorder;
use crate::report::Report;
use crate::send::{WIDTH, send};
use crate::watch::{Seen, watch};

/// What the controller is to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// It looks at the sets of this namespace.
    pub namespace: String,
    /// Who else is there.
    pub profile: Profile,
}

impl Options {
    /// The kinds that decisions under this profile depend on.
    fn kinds(&self) -> Vec<Kind> {
        use Kind::{
            ControllerRevision, Node, PersistentVolume, PersistentVolumeClaim, Pod,
            PodDisruptionBudget, StatefulSet, StorageClass,
        };
        let mut kinds = vec![StatefulSet, Pod, PersistentVolumeClaim, ControllerRevision];
        if self.profile.bind_claims {
            kinds.extend([PersistentVolume, StorageClass]);
        }
        if self.profile.drain_nodes || self.profile.lost_nodes.is_some() {
            kinds.extend([Node, PodDisruptionBudget]);
        }
        kinds
    }
}

/// How long events may take to be recorded at the end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Controls the sets of a namespace until `stop` is cancelled. Requests that are under way then are waited for; what they
/// leave undone is planned again by whoever comes next.
pub async fn run(client: Client, options: &Options, stop: &CancellationToken) {
    let (events, recording) = recorder(client.clone());
    let mut controller = Controller {
        cluster: Cluster::new(options.profile),
        seen: watch(&client, &options.kinds(), &options.namespace),
        client,
        events,
        sets: HashMap::new(),
        report: Report::default(),
        stop,
    };
    info!(namespace = options.namespace, "watching");
    while !stop.is_cancelled() {
        controller.turn().await;
    }
    drop(controller);
    if timeout(FAREWELL, recording).await.is_err() {
        warn!("not all events have been recorded");
    }
}

struct Controller<'a> {
    client: Client,
    cluster: Cluster,
    seen: UnboundedReceiver<Seen>,
    events: UnboundedSender<(ObjectReference, Event)>,
    /// What events are about.
    sets: HashMap<Key, ObjectReference>,
    report: Report,
    stop: &'a CancellationToken,
}

impl Controller<'_> {
    /// Does what is due, or waits until something is.
    async fn turn(&mut self) {
        self.take_in();
        let due = self.cluster.due(now());
        for set in &due.sets {
            if self.stop.is_cancelled() {
                return;
            }
            self.sync(set).await;
            self.take_in();
        }
        if !due.sets.is_empty() {
            return;
        }
        let pause = due.next.map(|next| u64::try_from(next - now()));
        let wake = async {
            match pause {
                Some(pause) => sleep(Duration::from_millis(pause.unwrap_or(0))).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            Some(seen) = self.seen.recv() => self.see(seen),
            () = wake => {}
            () = self.stop.cancelled() => {}
        }
    }

    /// Everything that there is to see.
    fn take_in(&mut self) {
        while let Ok(seen) = self.seen.try_recv() {
            self.see(seen);
        }
    }

    fn see(&mut self, seen: Seen) {
        match seen {
            Seen::Anew(kind) => self.cluster.begin_list(kind),
            Seen::Line(line) => {
                self.note(&line);
                if let Err(error) = self.cluster.watch(line.as_bytes()) {
                    // What depends on it waits; everything else goes on.
                    error!(%error, "cannot read what is shown");
                }
            }
        }
    }

    /// Events name their set by its uid, too.
    fn note(&mut self, line: &str) {
        let Ok(Shown { what, object }) = serde_json::from_str(line) else {
            return;
        };
        let Some(about) = object.filter(|it| it.kind == Kind::StatefulSet.name()) else {
            return;
        };
        let Named {
            namespace,
            name,
            uid,
        } = about.metadata;
        let key = Key::new(&*namespace, &*name);
        if what == "DELETED" {
            self.sets.remove(&key);
            self.report.forget(&key);
        } else if what != "BOOKMARK" {
            let reference = ObjectReference {
                api_version: Some(Kind::StatefulSet.api_version().to_owned()),
                kind: Some(about.kind),
                namespace: Some(namespace),
                name: Some(name),
                uid: Some(uid),
                ..ObjectReference::default()
            };
            self.sets.insert(key, reference);
        }
    }

    async fn sync(&mut self, set: &Key) {
        let now = now();
        let plan = match self.cluster.plan(set, now) {
            Ok(plan) => plan,
            Err(error) => return error!(%error, "cannot plan"),
        };
        self.report.tell(&self.cluster, set, &plan, now);
        let (client, stop) = (&self.client, self.stop);
        let send = |request| send(client, request, stop);
        let outcomes = plan.carry_out_async(WIDTH, send).await;
        let tail = self.cluster.finish(set, plan.id, &outcomes, now);
        if let Some(about) = self.sets.get(set) {
            for event in &tail.events {
                // The recorder ends after this.
                let _ = self.events.send((about.clone(), event.clone()));
            }
        }
        let outcomes = tail.carry_out_async(send).await;
        self.cluster.settle(set, plan.id, &outcomes, now);
    }
}

/// An event of a watch, as far as it matters here.
#[derive(Deserialize)]
struct Shown {
    #[serde(rename = "type")]
    what: String,
    object: Option<About>,
}

#[derive(Deserialize)]
struct About {
    kind: String,
    metadata: Named,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Named {
    namespace: String,
    name: String,
    uid: String,
}

/// The present, in milliseconds since the Unix epoch.
fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
    })
}
