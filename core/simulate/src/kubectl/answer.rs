//! `answer`: the program that looks after the pods has done what they were asked.

use clap::Args;
use statefulset::kubernetes::{PREPARE_ANNOTATION, PREPARED_ANNOTATION};

use super::failure::Failure;
use super::outcome::DryRun;
use super::session::Session;
use super::target::{Target, Wanted};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Answer for pods that were asked to prepare: what the question says is done
#[derive(Debug, Args)]
pub(super) struct Answer {
    /// The pods: NAME or pod/NAME
    #[arg(required_unless_present = "all")]
    pods: Vec<String>,
    /// All that were asked and have not answered
    #[arg(long, conflicts_with = "pods")]
    all: bool,
}

impl Answer {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut words = vec!["pods".to_owned()];
        words.extend(self.pods.iter().map(|name| {
            let kinds = ["pod/", "pods/", "po/"];
            let bare = kinds.iter().find_map(|kind| name.strip_prefix(kind));
            bare.unwrap_or(name).to_owned()
        }));
        let (targets, mut failures) = Wanted {
            words: &words,
            files: &[],
            labels: None,
            fields: None,
            all: self.all,
            all_namespaces: false,
            kinds_are_enough: false,
        }
        .find(session)?;
        for Target { key, object } in targets {
            let Some(question) = question(&object) else {
                if !self.all {
                    let message = format!("pods {:?} has no question to answer", key.name);
                    failures.push(Failure::error(message));
                }
                continue;
            };
            let answered = session.rewrite(
                Kind::Pod,
                &key.namespace,
                &key.name,
                DryRun::None,
                |object| {
                    object.put(&pointer(PREPARED_ANNOTATION), question.clone().into());
                    Ok(())
                },
            );
            match answered {
                Ok(_) => session.say(format!("pod/{} answered", key.name)),
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }
}

fn pointer(annotation: &str) -> String {
    format!("/metadata/annotations/{}", annotation.replace('/', "~1"))
}

/// What the pod was asked and has not answered.
fn question(pod: &Object) -> Option<String> {
    let question = pod.pointer(&pointer(PREPARE_ANNOTATION))?.as_str()?;
    let answer = pod.text(&pointer(PREPARED_ANNOTATION));
    (answer != question).then(|| question.to_owned())
}
