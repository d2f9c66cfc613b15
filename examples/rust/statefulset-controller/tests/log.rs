//! What the controller logs; in a program of its own, as there is one log.

mod api;

use std::io;
use std::sync::{Arc, Mutex};

use api::Api;
use api::web::{WEB, beside, pod, ready, web};
use serde_json::json;

/// What is logged, in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_says_why_when_that_changes() {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone());
    tracing::subscriber::set_global_default(lines.finish()).expect("the first");
    let api = Api::default();
    api.put(WEB, web(2));
    beside(&api, async {
        api.until("web-0 is made", |api| api.get(&pod(0)).is_some())
            .await;
        // The set is looked at each time, and waits for the same.
        for generation in 2..5 {
            api.patch(WEB, &json!({"metadata": {"generation": generation}}));
            api.until("the status says so", |api| {
                api.get(WEB).expect("it")["status"]["observedGeneration"] == generation
            })
            .await;
        }
        for ordinal in 0..2 {
            api.until("it is made", |api| api.get(&pod(ordinal)).is_some())
                .await;
            ready(&api, ordinal);
        }
        api.until("the status says so", |api| {
            api.get(WEB).expect("it")["status"]["readyReplicas"] == 2
        })
        .await;
        api.until("the end is told", |_| {
            String::from_utf8_lossy(&log.0.lock().expect("it")).contains("up to date")
        })
        .await;
    })
    .await;
    let log = log.0.lock().expect("it");
    let log = String::from_utf8_lossy(&log);
    let why = "waits: web-0: not available yet: the pod has not started; web-1: not created yet: web-0 comes first";
    assert_eq!(log.matches(why).count(), 1, "{log}");
    assert_eq!(log.matches("up to date").count(), 1, "{log}");
}
