//! `exec`: a program in a container of a pod.

use clap::Args;

use super::failure::Failure;
use super::resources;
use super::session::Session;
use crate::values::exec::Exec as Ended;
use crate::values::kind::Kind;
use crate::values::object::Fields;

/// Run a program in a container: touch, ls, cat, rm, kill, hostname, nslookup…
#[derive(Debug, Args)]
pub(super) struct Exec {
    /// Name of the pod
    pod: Option<String>,
    /// Not taken any more: the program follows --
    #[arg(hide = true)]
    rest: Vec<String>,
    /// Name of the container; the first one where it is not given
    #[arg(short, long)]
    container: Option<String>,
    /// Accepted and without meaning here
    #[arg(short = 'i', long)]
    stdin: bool,
    /// Accepted and without meaning here
    #[arg(short, long)]
    tty: bool,
    /// The program and its arguments, after `--`
    #[arg(last = true)]
    program: Vec<String>,
}

impl Exec {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        if !self.rest.is_empty() {
            return Err(Failure::error(
                "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for \
                 help and examples",
            ));
        }
        let Some(pod) = &self.pod else {
            return Err(Failure::error(
                "pod, type/name or --filename must be specified",
            ));
        };
        if self.program.is_empty() {
            return Err(Failure::error(
                "you must specify at least one command for the container",
            ));
        }
        let name = if pod.contains('/') {
            match resources::objects(std::slice::from_ref(pod))?.remove(0) {
                (Kind::Pod, name) => name,
                (kind, _) => {
                    return Err(Failure::error(format!(
                        "cannot exec into {}: expected a pod",
                        kind.plural()
                    )));
                }
            }
        } else {
            pod.clone()
        };
        let pod = session.require(Kind::Pod, &name)?;
        let containers = pod.list("/spec/containers").iter();
        let names: Vec<_> = containers.map(|c| c.text("/name")).collect();
        if self.container.is_none() && names.len() > 1 {
            session.say(format!(
                "Defaulted container \"{}\" out of: {}",
                names[0],
                names.join(", ")
            ));
        }
        let namespace = session.namespace().to_owned();
        let container = self.container.as_deref();
        let ended = session
            .world
            .exec(&namespace, &name, container, &self.program)?;
        show(session, &ended)
    }
}

/// Prints what a program has written; it fails with the program.
pub(super) fn show(session: &mut Session<'_>, ended: &Ended) -> Result<(), Failure> {
    for text in [&ended.stdout, &ended.stderr] {
        session.print(text);
        if !text.is_empty() && !text.ends_with('\n') {
            session.print("\n");
        }
    }
    if ended.code == 0 {
        return Ok(());
    }
    session.say(format!("command terminated with exit code {}", ended.code));
    Err(Failure::Said)
}
