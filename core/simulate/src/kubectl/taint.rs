//! `taint`: what keeps pods away from a node, or drives them out.

use clap::Args;
use serde_json::{Value, json};

use super::failure::Failure;
use super::outcome::Outcome;
use super::session::Session;
use super::{cordon, resources};
use crate::values::kind::Kind;
use crate::values::object::{Fields, Object};

/// Set (KEY=VALUE:EFFECT) or remove (KEY:EFFECT-, KEY-) taints of nodes
#[derive(Debug, Args)]
pub(super) struct Taint {
    /// nodes NAME…, then taints; effects are NoSchedule, PreferNoSchedule and NoExecute
    #[arg(required = true)]
    arguments: Vec<String>,
    /// Values that are there may be replaced
    #[arg(long)]
    overwrite: bool,
    /// All nodes
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    outcome: Outcome,
}

/// One taint, as it is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Spec {
    key: String,
    value: String,
    /// Empty is any, for a taint that is to go.
    effect: String,
}

impl Taint {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<(), Failure> {
        let is_taint = |word: &String| word.contains(['=', ':']) || word.ends_with('-');
        let first = self.arguments.iter().position(is_taint);
        let (named, taints) = self
            .arguments
            .split_at(first.unwrap_or(self.arguments.len()));
        let nodes = self.nodes(session, named)?;
        if taints.is_empty() {
            return Err(Failure::error("at least one taint update is required"));
        }
        let (mut added, mut removed) = (Vec::new(), Vec::new());
        for text in taints {
            let (bare, adds) = text
                .strip_suffix('-')
                .map_or((&**text, true), |it| (it, false));
            let spec = Spec::read(bare, adds).map_err(|failure| match failure {
                Failure::Error(message) => Failure::error(format!(
                    "{message}\nSee 'kubectl taint -h' for help and examples"
                )),
                other => other,
            })?;
            if adds { &mut added } else { &mut removed }.push(spec);
        }
        // As kubectl, it does not say that it was a dry run.
        let mut printer = self.outcome.printer(session)?.silent();
        let mut failures = Vec::new();
        for node in nodes {
            let changed = session.rewrite(Kind::Node, "", &node, printer.dry_run, |object| {
                self.change(object, &added, &removed)
            });
            match changed {
                Ok((object, _)) => {
                    let done = self.said(&added, &removed);
                    printer.tell(session, Kind::Node, &object, done)?;
                }
                Err(failure) => failures.push(failure),
            }
        }
        Failure::all(failures)
    }

    fn nodes(&self, session: &Session<'_>, named: &[String]) -> Result<Vec<String>, Failure> {
        let Some((first, names)) = named.split_first() else {
            let text = "one or more resources must be specified as <resource> <name>";
            return Err(Failure::error(text));
        };
        let (kind, mut nodes) = match first.split_once('/') {
            Some((kind, name)) => (resources::kind(kind)?, vec![name.to_owned()]),
            None => (resources::kind(first)?, Vec::new()),
        };
        if kind != Kind::Node {
            return Err(Failure::error(format!(
                "invalid resource type {first}, only node(s) is supported"
            )));
        }
        nodes.extend(names.iter().map(|name| cordon::node_name(name).to_owned()));
        if self.all {
            let all = session.world.store().list(Kind::Node, None);
            nodes = all.map(|node| node.name().to_owned()).collect();
        }
        if nodes.is_empty() {
            return Err(Failure::error(
                "at least one resource name must be specified since 'all' parameter is not set",
            ));
        }
        Ok(nodes)
    }

    fn change(&self, node: &mut Object, added: &[Spec], removed: &[Spec]) -> Result<(), Failure> {
        let mut old = node.list("/spec/taints").to_vec();
        let there: Vec<_> = added
            .iter()
            .filter(|spec| old.iter().any(|taint| spec.names(taint)))
            .map(|spec| &*spec.key)
            .collect();
        if !there.is_empty() && !self.overwrite {
            return Err(Failure::error(format!(
                "node {} already has {} taint(s) with same effect(s) and --overwrite is false",
                node.name(),
                there.join(", ")
            )));
        }
        for spec in removed {
            let before = old.len();
            old.retain(|taint| !spec.names(taint));
            if old.len() == before {
                return Err(Failure::error(format!(
                    "taint \"{}\" not found",
                    spec.shown()
                )));
            }
        }
        old.retain(|taint| !added.iter().any(|spec| spec.names(taint)));
        let taints: Vec<_> = added.iter().map(Spec::taint).chain(old).collect();
        if taints.is_empty() {
            node.take_away("/spec/taints");
        } else {
            node.put("/spec/taints", Value::Array(taints));
        }
        Ok(())
    }

    fn said(&self, added: &[Spec], removed: &[Spec]) -> &'static str {
        match (added.is_empty(), removed.is_empty()) {
            _ if self.overwrite => "modified",
            (false, false) => "modified",
            (false, true) => "tainted",
            (true, _) => "untainted",
        }
    }
}

impl Spec {
    fn read(text: &str, is_added: bool) -> Result<Self, Failure> {
        let refused = || Failure::error(format!("invalid taint spec: {text}"));
        let (pair, effect) = match text.split_once(':') {
            Some((pair, effect)) => (pair, effect),
            None if is_added => return Err(refused()),
            None => (text, ""),
        };
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if key.is_empty() || value.contains('=') {
            return Err(refused());
        }
        let known = ["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(&effect);
        if !known && (is_added || !effect.is_empty()) {
            return Err(Failure::error(format!(
                "invalid taint effect: {effect}, unsupported taint effect"
            )));
        }
        Ok(Self {
            key: key.into(),
            value: value.into(),
            effect: effect.into(),
        })
    }

    /// Whether it is about this taint.
    fn names(&self, taint: &Value) -> bool {
        let effect = taint.text("/effect");
        taint.text("/key") == self.key && (self.effect.is_empty() || effect == self.effect)
    }

    fn taint(&self) -> Value {
        let mut taint = json!({"key": self.key, "effect": self.effect});
        if !self.value.is_empty() {
            taint.put("/value", json!(self.value));
        }
        taint
    }

    fn shown(&self) -> String {
        let pair = match &*self.value {
            "" => self.key.clone(),
            value => format!("{}={value}", self.key),
        };
        match &*self.effect {
            "" => pair,
            effect => format!("{pair}:{effect}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spec;

    #[test]
    fn taints_are_read_and_shown() {
        for text in ["a=b:NoSchedule", "a:NoExecute"] {
            assert_eq!(Spec::read(text, true).unwrap().shown(), text);
        }
        assert_eq!(
            Spec::read("example.com/a", false).unwrap().shown(),
            "example.com/a"
        );
        for (text, expected) in [
            ("a=b", "error: invalid taint spec: a=b\n"),
            (":NoSchedule", "error: invalid taint spec: :NoSchedule\n"),
            (
                "a:Never",
                "error: invalid taint effect: Never, unsupported taint effect\n",
            ),
        ] {
            assert_eq!(Spec::read(text, true).unwrap_err().to_string(), expected);
        }
    }
}
