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
    pod: String,
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
        let name = if self.pod.contains('/') {
            match resources::objects(std::slice::from_ref(&self.pod))?.remove(0) {
                (Kind::Pod, name) => name,
                (kind, _) => {
                    let message = format!("expected a pod, found one of {}", kind.plural());
                    return Err(Failure::error(message));
                }
            }
        } else {
            self.pod.clone()
        };
        let pod = session.require(Kind::Pod, &name)?;
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
