//! Requests go out, their outcomes come back.

use std::time::Duration;

use http::Request as HttpRequest;
use http::header::{ACCEPT, CONTENT_TYPE};
use http_body_util::BodyExt;
use kube::Client;
use kube::client::Body;
use statefulset::kubernetes::{Outcome, Request};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

/// How long the API server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many requests are under way at once.
pub const WIDTH: usize = 32;

/// Sends a request, unless `stop` is cancelled.
pub async fn send(client: &Client, request: &Request, stop: &CancellationToken) -> Outcome {
    if stop.is_cancelled() {
        Outcome::NotTried
    } else {
        ask(client, request).await
    }
}

async fn ask(client: &Client, request: &Request) -> Outcome {
    let (method, path) = (request.method.name(), &*request.path);
    let outcome = match timeout(PATIENCE, answer(client, request)).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::Failed(error.to_string()),
        Err(_) => Outcome::Failed(format!("no answer within {} s", PATIENCE.as_secs())),
    };
    if request.succeeded(&outcome) {
        debug!(method, path, ?outcome, "sent");
    } else {
        warn!(method, path, ?outcome, "refused");
    }
    outcome
}

/// The body is sent as the library wrote it, byte by byte: a revision is compared so.
async fn answer(client: &Client, request: &Request) -> Result<Outcome, Box<dyn std::error::Error>> {
    let http = HttpRequest::builder()
        .method(request.method.name())
        .uri(&request.path)
        .header(CONTENT_TYPE, request.content_type)
        .header(ACCEPT, "application/json")
        .body(Body::from(request.body.clone()))?;
    let response = client.send(http).await?;
    let code = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    Ok(Outcome::of_response(code, &body))
}
