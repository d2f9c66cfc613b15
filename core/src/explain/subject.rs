//! What sentences are about: what a wait waits for, and where a pod is.

use core::fmt;

use super::Explanation;
use crate::desired::{MAX_ORDINAL, NO_ORDINAL};
use crate::names::PodName;
use crate::node::NodeState;
use crate::wait::On;

/// What a pod is called, as far as its ordinal tells.
pub(super) struct Called<'a>(pub(super) PodName<'a>);

impl fmt::Display for Called<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.ordinal {
            NO_ORDINAL => write!(
                f,
                "a pod of {} whose number exceeds {MAX_ORDINAL}",
                self.0.set
            ),
            _ => self.0.fmt(f),
        }
    }
}

/// Where a pod is.
pub(super) struct Home<'a> {
    pub(super) name: Option<&'a str>,
    /// What the list says of the node, if it shows it.
    pub(super) state: Option<NodeState>,
}

impl fmt::Display for Home<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "node {name}"),
            None => f.write_str("its node"),
        }
    }
}

/// A thing by its name, or by its number if the name is not known.
pub(super) fn named(
    f: &mut fmt::Formatter<'_>,
    noun: &str,
    name: Option<impl fmt::Display>,
    number: u32,
) -> fmt::Result {
    match name {
        Some(name) => write!(f, "{noun} {name}"),
        None => write!(f, "{noun} number {number}"),
    }
}

/// What a wait waits for, as a noun.
pub(super) struct Subject<'e, 'a> {
    pub(super) explanation: &'e Explanation<'a>,
    pub(super) on: On,
}

impl fmt::Display for Subject<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let explanation = self.explanation;
        match self.on {
            On::Nothing => f.write_str("something else"),
            On::Ordinal(ordinal) => write!(f, "{}", explanation.pod(ordinal)),
            On::Pod(pod) => match explanation.ordinal_of(pod) {
                Some(ordinal) => write!(f, "{}", explanation.pod(ordinal)),
                None => write!(f, "pod number {pod}"),
            },
            On::Claim(index) => {
                let claims = explanation.observed.claims.unwrap_or_default();
                let claim = claims.get(index as usize);
                let name = claim.and_then(|it| explanation.claim_name(it.ordinal, it.template));
                named(f, "claim", name, index)
            }
            On::Node(node) => named(f, "node", explanation.names.node(node), node),
            On::Budget(budget) => named(
                f,
                "disruption budget",
                explanation.names.budget(budget),
                budget,
            ),
            On::View => f.write_str("the view"),
        }
    }
}
