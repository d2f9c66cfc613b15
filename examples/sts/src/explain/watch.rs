//! Looking again and again.

use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::{Answer, Standing};

/// Shows the answer of each look that differs from the one before, below a heading. It ends only where nobody reads what it
/// says, or where there is no answer to begin with.
pub(super) fn watch(
    pause: Duration,
    mut look: impl FnMut() -> (String, Result<Answer, String>),
) -> Result<Standing, String> {
    let mut last = None;
    loop {
        let (heading, answer) = look();
        let gist = match &answer {
            Ok(answer) => Ok(answer.gist.clone()),
            Err(problem) => Err(problem.clone()),
        };
        match answer {
            _ if last.as_ref() == Some(&gist) => {}
            Ok(answer) => {
                if answer.show(&heading).is_err() {
                    return Ok(answer.standing);
                }
            }
            Err(problem) if last.is_none() => return Err(problem),
            // A cluster may be out of reach for a while, and a file half written.
            Err(problem) => eprintln!("{heading}sts: {problem}"),
        }
        last = Some(gist);
        thread::sleep(pause);
    }
}

/// A report without its sentences, which say for how long something has lasted and are others each minute, and without the
/// time of day.
pub(super) fn gist(report: &str) -> String {
    let mut report: Value = serde_json::from_str(report).unwrap_or_default();
    strip(&mut report);
    report.to_string()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "text" && name != "now");
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
