//! A StatefulSet controller that talks in lines: watch events and the time come in, requests go out, their outcomes come
//! back in (`examples/README.md`). It decides nothing; the library does.

use std::env;
use std::io::{self, StdoutLock, Write};

use serde::{Deserialize, Serialize};
use statefulset::Profile;
use statefulset::kubernetes::{Cluster, Event, Key, Kind, Outcome, Request, wire};

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
    lines: Lines,
    out: StdoutLock<'static>,
}

fn main() -> io::Result<()> {
    let profile = match env::var("STATEFULSET_PROFILE").as_deref() {
        Ok("standalone") => Profile::STANDALONE,
        _ => Profile::UPSTREAM,
    };
    let mut controller = Controller {
        cluster: Cluster::new(profile),
        lines: io::stdin().lines(),
        out: io::stdout().lock(),
    };
    // What is not listed yet is not known.
    for kind in Kind::ALL {
        controller.cluster.begin_list(kind);
    }
    while let Some(line) = controller.lines.next().transpose()? {
        if line.starts_with(r#"{"type":"TIME""#) {
            match serde_json::from_str(&line) {
                Ok(Time { now }) => controller.turn(now)?,
                Err(error) => eprintln!("controller: {error}: {line}"),
            }
        } else {
            controller.see(&line);
        }
    }
    Ok(())
}

impl Controller {
    /// A line that makes no sense changes nothing.
    fn see(&mut self, line: &str) {
        if let Err(error) = self.cluster.watch(line.as_bytes()) {
            eprintln!("controller: {error}");
        }
    }

    /// Does all that is due now.
    fn turn(&mut self, now: i64) -> io::Result<()> {
        for set in self.cluster.due(now).sets {
            self.sync(&set, now)?;
        }
        let due = self.cluster.due(now);
        self.say(&serde_json::json!({ "idle": due }))
    }

    fn sync(&mut self, set: &Key, now: i64) -> io::Result<()> {
        let plan = match self.cluster.plan(set, now) {
            Ok(plan) => plan,
            Err(error) => {
                eprintln!("controller: {error}");
                return Ok(());
            }
        };
        let outcomes = self.send(set, plan.id, &plan.requests)?;
        let tail = self.cluster.finish(set, plan.id, &outcomes, now);
        for event in &tail.events {
            self.say(&Told { set, event })?;
        }
        let outcomes = self.send(set, plan.id, &tail.requests)?;
        self.cluster.settle(set, plan.id, &outcomes, now);
        Ok(())
    }

    /// Sends the requests that may be sent, one after the other.
    fn send(
        &mut self,
        set: &Key,
        plan: statefulset::kubernetes::PlanId,
        requests: &[Request],
    ) -> io::Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(requests.len());
        for (i, request) in requests.iter().enumerate() {
            let outcome = if self.cluster.may_try(set, plan, i, &outcomes) {
                self.ask(request)?
            } else {
                Outcome::NotTried
            };
            outcomes.push(outcome);
        }
        Ok(outcomes)
    }

    /// Sends one request. What is to be seen before its outcome comes is taken in.
    fn ask(&mut self, request: &Request) -> io::Result<Outcome> {
        self.say(request)?;
        while let Some(line) = self.lines.next().transpose()? {
            if line.starts_with(r#"{"type":"#) {
                self.see(&line);
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
