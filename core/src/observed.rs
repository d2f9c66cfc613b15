//! The cluster as it was last seen.

use crate::claim::Claim;
use crate::node::{Budget, Node};
use crate::pod::Pod;
use crate::volume::{Reach, Volume};

/// A snapshot of the cluster. Lists may be in any order; actions refer to their entries by index.
///
/// Every list but `pods` may be `None`, which means that the caller does not know it. This is not the same as an empty
/// list. What is not known never leads to an eviction, a forced deletion or a deleted claim.
/// ```
/// use statefulset::{Claim, Observed, Pod, Revision};
///
/// let pods = [Pod::running(0, Revision(1))];
/// let claims: [Claim; 0] = [];
/// let stale = Observed { fresh: false, ..Observed::pods(&pods).with_claims(&claims) };
/// # let _ = stale;
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Observed<'a> {
    /// Whether the snapshot shows all of the caller's own writes. If not, the plan is a single wait.
    pub fresh: bool,
    /// All pods of the set.
    pub pods: &'a [Pod],
    /// Claims named after the set's templates, of any ordinal.
    pub claims: Option<&'a [Claim]>,
    /// Volumes that claims may be bound to.
    pub volumes: Option<&'a [Volume]>,
    /// All nodes.
    pub nodes: Option<&'a [Node]>,
    /// The nodes of each group that a volume's [`reach`](Volume::reach) names, one entry a node. A node may be in several
    /// groups, and an entry may be there twice. A group without an entry can be reached from no node; nodes that no
    /// claim refers to may be left out. Empty where nodes are not known.
    pub reach: &'a [Reach],
    /// All disruption budgets.
    pub budgets: Option<&'a [Budget]>,
}

impl<'a> Observed<'a> {
    /// A snapshot that shows all of the caller's writes and knows only pods.
    pub const fn pods(pods: &'a [Pod]) -> Self {
        Self {
            fresh: true,
            pods,
            claims: None,
            volumes: None,
            nodes: None,
            reach: &[],
            budgets: None,
        }
    }

    /// The same snapshot with claims.
    #[must_use]
    pub const fn with_claims(self, claims: &'a [Claim]) -> Self {
        Self {
            claims: Some(claims),
            ..self
        }
    }
}
