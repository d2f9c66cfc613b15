//! A StatefulSet controller that talks in lines: watch events and the time come in, requests go out, their outcomes come
//! back in (`examples/README.md`). It decides nothing; the library does.

use std::env;
use std::io::{self, StdoutLock, Write};

use serde::{Deserialize, Serialize};
use statefulset::kubernetes::{Cluster, Event, Key, Kind, Outcome, Request, wire};
use statefulset::{PolicySource, Profile};

type Lines = io::Lines<io::StdinLock<'static>>;

/// So late it is, and nothing more is to be seen at this moment.
#[derive(Deserialize)]
struct Time {
    now: i64,
}

#[derive(Serialize)]
struct Told<'a> {
    set: &'a Key,
    event: &'a Event,
}

struct Controller {
    cluster: Cluster,
    line: Line,
}

/// Who is at the other end.
struct Line {
    lines: Lines,
    out: StdoutLock<'static>,
}

fn main() -> io::Result<()> {
    let profile = match env::var("STATEFULSET_PROFILE").as_deref() {
        Ok("standalone") => Profile::STANDALONE,
        _ => Profile::UPSTREAM,
    };
    let asked = env::var("STATEFULSET_POLICIES").unwrap_or_default();
    let source = PolicySource::ALL.into_iter().find(|it| it.slug() == asked);
    let profile = Profile {
        policies: source.unwrap_or_default(),
        ..profile
    };
    let mut controller = Controller {
        cluster: Cluster::new(profile),
        line: Line {
            lines: io::stdin().lines(),
            out: io::stdout().lock(),
        },
    };
    // What is not listed yet is not known.
    for kind in Kind::ALL {
        controller.cluster.begin_list(kind);
    }
    while let Some(line) = controller.line.lines.next().transpose()? {
        if line.starts_with(r#"{"type":"TIME""#) {
            match serde_json::from_str(&line) {
                Ok(Time { now }) => controller.turn(now)?,
                Err(error) => eprintln!("controller: {error}: {line}"),
            }
        } else {
            see(&mut controller.cluster, &line);
        }
    }
    Ok(())
}

/// A line that makes no sense changes nothing.
fn see(cluster: &mut Cluster, line: &str) {
    if let Err(error) = cluster.watch(line.as_bytes()) {
        eprintln!("controller: {error}");
    }
}

impl Controller {
    /// Does all that is due now.
    fn turn(&mut self, now: i64) -> io::Result<()> {
        for set in self.cluster.due(now).sets {
            self.sync(&set, now)?;
        }
        let due = self.cluster.due(now);
        self.line.say(&serde_json::json!({ "idle": due }))
    }

    fn sync(&mut self, set: &Key, now: i64) -> io::Result<()> {
        let mut broken = Ok(());
        let sent = self.cluster.carry_out(set, now, |cluster, request| {
            let outcome = self.line.ask(request, cluster);
            outcome.unwrap_or_else(|error| {
                broken = Err(error);
                Outcome::NotTried
            })
        });
        broken?;
        match sent {
            Ok(tail) => tail
                .events
                .iter()
                .try_for_each(|event| self.line.say(&Told { set, event })),
            Err(error) => {
                eprintln!("controller: {error}");
                Ok(())
            }
        }
    }
}

impl Line {
    /// Sends one request. What is to be seen before its outcome comes is taken in.
    fn ask(&mut self, request: &Request, cluster: &mut Cluster) -> io::Result<Outcome> {
        self.say(request)?;
        while let Some(line) = self.lines.next().transpose()? {
            if line.starts_with(r#"{"type":"#) {
                see(cluster, &line);
                continue;
            }
            match wire::outcomes(format!("[{line}]").as_bytes()) {
                Ok(mut outcomes) if outcomes.len() == 1 => return Ok(outcomes.remove(0)),
                Ok(_) => eprintln!("controller: expected one outcome: {line}"),
                Err(error) => eprintln!("controller: {error}"),
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }

    fn say(&mut self, line: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        writeln!(self.out)?;
        self.out.flush()
    }
}
