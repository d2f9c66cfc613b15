//! Events about sets, recorded as the built-in controller does: the same event again is counted, not repeated.

use std::collections::HashMap;

use http::Request;
use k8s_openapi::api::core::v1::ObjectReference;
use k8s_openapi::jiff::Timestamp;
use kube::Client;
use serde_json::{Value, json};
use statefulset::kubernetes::Event;
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;
use tracing::warn;

/// As the built-in controller calls itself.
const SOURCE: &str = "statefulset-controller";
/// So many different events are remembered.
const REMEMBERED: usize = 4096;

/// Records events in the background, in order. Ends once its sender is gone and all of them have been sent.
pub fn recorder(client: Client) -> (UnboundedSender<(ObjectReference, Event)>, JoinHandle<()>) {
    let (tell, mut told) = mpsc::unbounded_channel();
    let task = tokio::spawn(async move {
        let mut known = HashMap::new();
        while let Some((about, event)) = told.recv().await {
            if let Err(error) = record(&client, &mut known, about, event).await {
                warn!(%error, "an event could not be recorded");
            }
        }
    });
    (tell, task)
}

/// An event that was recorded: its name, and how often it has happened.
type Known = HashMap<(Option<String>, Event), (String, u32)>;

async fn record(
    client: &Client,
    known: &mut Known,
    about: ObjectReference,
    event: Event,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let now = Timestamp::now();
    let time = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let namespace = about.namespace.as_deref().unwrap_or_default();
    let path = format!("/api/v1/namespaces/{namespace}/events");
    let key = (about.uid.clone(), event);
    if let Some((name, count)) = known.get_mut(&key) {
        let again = json!({"count": *count + 1, "lastTimestamp": time});
        let patch = Request::patch(format!("{path}/{name}"))
            .header("content-type", "application/merge-patch+json")
            .body(serde_json::to_vec(&again)?)?;
        // It may have been forgotten there.
        if client.request_text(patch).await.is_ok() {
            *count += 1;
            return Ok(());
        }
    }
    let event = &key.1;
    let set = about.name.as_deref().unwrap_or_default();
    let name = format!("{set}.{:x}", now.as_nanosecond());
    let body: Value = json!({
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": name, "namespace": namespace},
        "involvedObject": about,
        "type": event.kind.name(),
        "reason": event.reason,
        "message": event.message,
        "source": {"component": SOURCE},
        "reportingComponent": SOURCE,
        "firstTimestamp": time,
        "lastTimestamp": time,
        "count": 1,
    });
    let post = Request::post(path)
        .header("content-type", "application/json")
        .body(serde_json::to_vec(&body)?)?;
    client.request_text(post).await?;
    if known.len() >= REMEMBERED {
        known.clear();
    }
    known.insert(key, (name, 1));
    Ok(())
}
