//! `logs`: what the program in a container has said.

use clap::Args;

use super::failure::Failure;
use super::resources;
use super::session::Session;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Show what the program in a container has said: when it started, and how it ended
#[derive(Debug, Args)]
pub(super) struct Logs {
    /// Name of the pod
    pod: Option<String>,
    /// Name of the container, after the pod or with -c; the first one where it is not given
    container: Option<String>,
    /// Name of the container
    #[arg(short = 'c', long = "container")]
    named: Option<String>,
    /// Of the run before this one
    #[arg(short, long)]
    previous: bool,
    /// Only so many lines from the end; -1 is all of them
    #[arg(long, default_value_t = -1, allow_negative_numbers = true)]
    tail: i64,
    /// Not possible here
    #[arg(short, long)]
    follow: bool,
}

impl Logs {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if self.follow {
            return Err(Failure::error(
                "--follow is not possible here: time passes only with a command such as `advance 1m`; ask again after it",
            ));
        }
        let Some(pod) = &self.pod else {
            return Err(Failure::error(
                "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs \
                 command\nSee 'kubectl logs -h' for help and examples",
            ));
        };
        let name = if pod.contains('/') {
            match resources::objects(std::slice::from_ref(pod))?.remove(0) {
                (Kind::Pod, name) => name,
                (kind, _) => {
                    let message = format!("expected a pod, found one of {}", kind.plural());
                    return Err(Failure::error(message));
                }
            }
        } else {
            pod.clone()
        };
        let pod = session.require(Kind::Pod, &name).map_err(|failure| {
            let said = failure.to_string();
            match said.trim_end().strip_prefix("Error from server") {
                Some(said) => Failure::error(format!(
                    "error from server{said} in namespace \"{}\"",
                    session.namespace()
                )),
                None => failure,
            }
        })?;
        let asked = self.named.as_deref().or(self.container.as_deref());
        let containers = pod.list("/spec/containers").iter();
        let names: Vec<_> = containers.map(|c| c.text("/name")).collect();
        if asked.is_none() && names.len() > 1 {
            session.say(format!(
                "Defaulted container \"{}\" out of: {}",
                names[0],
                names.join(", ")
            ));
        }
        let namespace = session.namespace().to_owned();
        let lines = session.world.log(&namespace, &name, asked, self.previous)?;
        let most = usize::try_from(self.tail).unwrap_or(usize::MAX);
        for line in lines.iter().skip(lines.len().saturating_sub(most)) {
            session.say(line);
        }
        Ok(())
    }
}
