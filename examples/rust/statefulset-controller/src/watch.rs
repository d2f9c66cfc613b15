//! What there is to see: one watch for each kind, its lines as they come.

use std::io;
use std::time::Duration;

use futures::{AsyncBufReadExt, StreamExt};
use http::Request;
use http::header::{ACCEPT, ACCEPT_ENCODING};
use kube::Client;
use statefulset::kubernetes::Kind;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::{sleep, timeout};
use tracing::warn;

/// Something to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// From here on everything of this kind is shown once more.
    Anew(Kind),
    /// A line of a watch: one event, as the API server wrote it.
    Line(String),
}

/// How long the API server may be asked to keep a watch open.
const OPEN: Duration = Duration::from_secs(600);
/// How long a watch may be silent. The API server sends a bookmark every minute.
const SILENT: Duration = Duration::from_secs(180);
/// The pause before a watch that failed is begun anew; each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Watches these kinds until nobody listens any more. Nothing is lost while the listener is busy; what it has not taken
/// yet is kept in memory.
pub fn watch(client: &Client, kinds: &[Kind], namespace: &str) -> UnboundedReceiver<Seen> {
    let (tell, seen) = mpsc::unbounded_channel();
    for &kind in kinds {
        let watch = Watch {
            client: client.clone(),
            kind,
            path: kind.collection(namespace),
            tell: tell.clone(),
        };
        tokio::spawn(watch.follow());
    }
    seen
}

struct Watch {
    client: Client,
    kind: Kind,
    path: String,
    tell: UnboundedSender<Seen>,
}

/// Why a watch is over.
enum Over {
    /// Nobody listens.
    Unheard,
    /// It cannot be begun, or has been cut.
    Failed(String),
}

impl Watch {
    /// Each watch begins with everything that there is, so that nothing has to be remembered of the one before.
    async fn follow(self) {
        let mut pause = FIRST_PAUSE;
        loop {
            let mut lines = 0;
            match self.once(&mut lines).await {
                // The API server ends every watch after some time.
                Ok(()) => pause = FIRST_PAUSE,
                Err(Over::Unheard) => return,
                Err(Over::Failed(why)) => {
                    if lines > 0 {
                        pause = FIRST_PAUSE;
                    }
                    warn!(kind = %self.kind, %why, ?pause, "the watch has ended and is begun anew");
                    sleep(pause).await;
                    pause = LONGEST_PAUSE.min(pause * 2);
                }
            }
        }
    }

    async fn once(&self, count: &mut u64) -> Result<(), Over> {
        let failed = |why: &dyn std::fmt::Display| Over::Failed(why.to_string());
        self.say(Seen::Anew(self.kind))?;
        let query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        let request = Request::get(format!(
            "{}?{query}&timeoutSeconds={}",
            self.path,
            OPEN.as_secs()
        ))
        .header(ACCEPT, "application/json")
        // Kubernetes 1.37 compresses each event by itself, which few decoders understand.
        .header(ACCEPT_ENCODING, "identity")
        .body(Vec::new())
        .map_err(|error| failed(&error))?;
        let answer = timeout(SILENT, self.client.request_stream(request)).await;
        let answer = answer.map_err(|error| failed(&error))?;
        let mut lines = answer.map_err(|error| failed(&error))?.lines();
        loop {
            let line: Option<io::Result<String>> = timeout(SILENT, lines.next())
                .await
                .map_err(|_| failed(&"it is silent"))?;
            match line.transpose().map_err(|error| failed(&error))? {
                Some(line) => self.say(Seen::Line(line))?,
                None => return Ok(()),
            }
            *count += 1;
        }
    }

    fn say(&self, seen: Seen) -> Result<(), Over> {
        self.tell.send(seen).map_err(|_| Over::Unheard)
    }
}
