//! As much of an API server as the controller speaks with, in memory: objects, watches, preconditions.
#![allow(dead_code, reason = "each program of tests needs a part of it")]

pub(crate) mod web;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::Stream;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, StreamBody};
use kube::Client;
use kube::client::Body;
use serde_json::{Value, json};
use statefulset::kubernetes::Kind;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::{sleep, timeout};

type Bytes = tokio_util::bytes::Bytes;
type Frame = http_body::Frame<Bytes>;

/// The server. Clones are the same one.
#[derive(Clone, Default)]
pub(crate) struct Api(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    version: u64,
    /// By path, such as `/api/v1/namespaces/default/pods/web-0`.
    objects: BTreeMap<String, Value>,
    watches: Vec<(String, UnboundedSender<Bytes>)>,
    /// How many watches have been begun.
    begun: usize,
    /// Requests that write, in order: method, path and body.
    written: Vec<(Method, String, Vec<u8>)>,
    /// Answers that are given in place of the right ones, once each, by method and a part of the path.
    refusals: Vec<(Method, &'static str, u16, Value)>,
}

/// The end of a watch cuts the connection.
struct Lines(UnboundedReceiver<Bytes>);

impl Stream for Lines {
    type Item = Result<Frame, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let line = self.0.poll_recv(context);
        line.map(|line| line.map(|line| Ok(Frame::data(line))))
    }
}

fn status(code: u16, reason: &str) -> (u16, Value) {
    let status = json!({"kind": "Status", "apiVersion": "v1", "code": code, "reason": reason, "message": reason});
    (code, status)
}

impl Api {
    pub(crate) fn client(&self) -> Client {
        let api = self.clone();
        let service = tower::service_fn(move |request| {
            let api = api.clone();
            async move { Ok::<_, Infallible>(api.answer(request).await) }
        });
        Client::new(service, "default")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("nobody panics inside")
    }

    async fn answer(
        &self,
        request: Request<Body>,
    ) -> Response<http_body_util::combinators::BoxBody<Bytes, Infallible>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.expect("a body").to_bytes();
        let path = head.uri.path().to_owned();
        if path == "/version" {
            let said = json!({"major": "1", "minor": "33+", "gitVersion": "v1.33.4-gke.100"});
            let said = serde_json::to_vec(&said).expect("JSON").into();
            return Response::new(http_body_util::Full::new(said).boxed());
        }
        if head.method == Method::GET {
            let query = head.uri.query().unwrap_or_default();
            assert!(
                query.contains("watch=1") && query.contains("sendInitialEvents=true"),
                "{query}"
            );
            assert_eq!(head.headers["accept-encoding"], "identity");
            let lines = Lines(self.state().watch(&path));
            return Response::new(StreamBody::new(lines).boxed());
        }
        let (code, answer) = self.state().write(&head.method, &path, &body);
        let answer = serde_json::to_vec(&answer).expect("JSON").into();
        let mut response = Response::new(http_body_util::Full::new(answer).boxed());
        *response.status_mut() = code.try_into().expect("a status");
        response
    }

    /// Puts an object where a user, a kubelet or another controller would.
    pub(crate) fn put(&self, path: &str, object: Value) {
        self.state().put(path, object);
    }

    /// Changes an object by a merge patch.
    pub(crate) fn patch(&self, path: &str, patch: &Value) {
        let mut state = self.state();
        let mut object = state.objects[path].clone();
        merge(&mut object, patch);
        state.put(path, object);
    }

    pub(crate) fn remove(&self, path: &str) {
        self.state().remove(path);
    }

    pub(crate) fn get(&self, path: &str) -> Option<Value> {
        self.state().objects.get(path).cloned()
    }

    /// The names of the objects of a collection.
    pub(crate) fn names(&self, collection: &str) -> Vec<String> {
        let state = self.state();
        let names = state
            .objects
            .keys()
            .filter_map(|path| path.strip_prefix(collection)?.strip_prefix('/'));
        names.map(ToOwned::to_owned).collect()
    }

    pub(crate) fn written(&self) -> Vec<(Method, String, Vec<u8>)> {
        self.state().written.clone()
    }

    pub(crate) fn begun(&self) -> usize {
        self.state().begun
    }

    /// Cuts all watches.
    pub(crate) fn cut(&self) {
        self.state().watches.clear();
    }

    /// The next request of this kind gets this answer, and does nothing.
    pub(crate) fn refuse(&self, method: Method, path: &'static str, code: u16, reason: &str) {
        let (code, answer) = status(code, reason);
        self.state().refusals.push((method, path, code, answer));
    }

    /// Waits until something holds.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let poll = async {
            while !holds(self) {
                sleep(Duration::from_millis(2)).await;
            }
        };
        let written = |api: &Self| {
            let written = api.written().into_iter();
            let lines = written.map(|(method, path, body)| {
                format!("{method} {path} {}", String::from_utf8_lossy(&body))
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let waited = timeout(Duration::from_secs(60), poll).await;
        assert!(waited.is_ok(), "never: {what}\n{}", written(self));
    }
}

impl State {
    fn next(&mut self) -> String {
        self.version += 1;
        self.version.to_string()
    }

    fn put(&mut self, path: &str, mut object: Value) -> Value {
        let what = if self.objects.contains_key(path) {
            "MODIFIED"
        } else {
            "ADDED"
        };
        let version = self.next();
        if object["metadata"]["uid"].is_null() {
            object["metadata"]["uid"] = format!("00000000-0000-0000-0000-{version:0>12}").into();
        }
        object["metadata"]["resourceVersion"] = version.into();
        self.objects.insert(path.to_owned(), object.clone());
        self.tell(path, what, &object);
        object
    }

    fn remove(&mut self, path: &str) {
        if let Some(mut object) = self.objects.remove(path) {
            object["metadata"]["resourceVersion"] = self.next().into();
            self.tell(path, "DELETED", &object);
        }
    }

    fn tell(&mut self, path: &str, what: &str, object: &Value) {
        let collection = path
            .rsplit_once('/')
            .map_or(path, |(collection, _)| collection);
        self.watches.retain(|(watched, tell)| {
            watched != collection || tell.send(line(what, object)).is_ok()
        });
    }

    /// Everything there is, a bookmark, and then whatever happens.
    fn watch(&mut self, collection: &str) -> UnboundedReceiver<Bytes> {
        let (tell, lines) = mpsc::unbounded_channel();
        let here = self
            .objects
            .iter()
            .filter(|(path, _)| path.starts_with(collection));
        for (_, object) in here {
            let _ = tell.send(line("ADDED", object));
        }
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| collection.ends_with(kind.resource()))
            .expect("a kind");
        let end = json!({"kind": kind.name(), "apiVersion": kind.api_version(), "metadata": {
            "resourceVersion": self.version.to_string(), "annotations": {"k8s.io/initial-events-end": "true"}}});
        let _ = tell.send(line("BOOKMARK", &end));
        self.watches.push((collection.to_owned(), tell));
        self.begun += 1;
        lines
    }

    fn write(&mut self, method: &Method, path: &str, body: &[u8]) -> (u16, Value) {
        self.written
            .push((method.clone(), path.to_owned(), body.to_vec()));
        let refusal = self
            .refusals
            .iter()
            .position(|(verb, part, ..)| verb == method && path.contains(part));
        if let Some(place) = refusal {
            let (_, _, code, answer) = self.refusals.remove(place);
            return (code, answer);
        }
        let body: Value = serde_json::from_slice(body).expect("JSON");
        if method == Method::POST {
            let path = format!(
                "{path}/{}",
                body["metadata"]["name"].as_str().expect("a name")
            );
            if self.objects.contains_key(&path) {
                return status(409, "AlreadyExists");
            }
            return (201, self.put(&path, body));
        }
        let path = path.strip_suffix("/status").unwrap_or(path);
        let Some(mut object) = self.objects.get(path).cloned() else {
            return status(404, "NotFound");
        };
        if method == Method::DELETE {
            let wanted = &body["preconditions"]["uid"];
            if !wanted.is_null() && *wanted != object["metadata"]["uid"] {
                return status(409, "Conflict");
            }
            if path.contains("/pods/") {
                // Its kubelet lets it go, later.
                object["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
                return (200, self.put(path, object));
            }
            self.remove(path);
            return (200, object);
        }
        let wanted = &body["metadata"]["resourceVersion"];
        if !wanted.is_null() && *wanted != object["metadata"]["resourceVersion"] {
            return status(409, "Conflict");
        }
        merge(&mut object, &body);
        (200, self.put(path, object))
    }
}

fn line(what: &str, object: &Value) -> Bytes {
    format!("{{\"type\":\"{what}\",\"object\":{object}}}\n").into()
}

fn merge(object: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        return *object = patch.clone();
    };
    for (name, value) in fields {
        if value.is_null() {
            object.as_object_mut().map(|it| it.remove(name));
        } else {
            merge(&mut object[name], value);
        }
    }
}
