//! Shapes of what says on which nodes a pod may run.

use super::meta::LABEL_SELECTOR;
use super::{
    Field,
    Type::{Fields, List, Text, Whole},
    kept, omitted, pointer,
};

const NODE_SELECTOR_REQUIREMENT: &[Field] = &[
    kept("key", Text),
    kept("operator", Text),
    omitted("values", List(&Text)),
];

const NODE_SELECTOR_TERM: &[Field] = &[
    omitted("matchExpressions", List(&Fields(NODE_SELECTOR_REQUIREMENT))),
    omitted("matchFields", List(&Fields(NODE_SELECTOR_REQUIREMENT))),
];

const NODE_SELECTOR: &[Field] = &[kept("nodeSelectorTerms", List(&Fields(NODE_SELECTOR_TERM)))];

const PREFERRED_SCHEDULING_TERM: &[Field] = &[
    kept("weight", Whole),
    kept("preference", Fields(NODE_SELECTOR_TERM)),
];

const NODE_AFFINITY: &[Field] = &[
    pointer(
        "requiredDuringSchedulingIgnoredDuringExecution",
        Fields(NODE_SELECTOR),
    ),
    omitted(
        "preferredDuringSchedulingIgnoredDuringExecution",
        List(&Fields(PREFERRED_SCHEDULING_TERM)),
    ),
];

const POD_AFFINITY_TERM: &[Field] = &[
    pointer("labelSelector", Fields(LABEL_SELECTOR)),
    omitted("namespaces", List(&Text)),
    kept("topologyKey", Text),
    pointer("namespaceSelector", Fields(LABEL_SELECTOR)),
    omitted("matchLabelKeys", List(&Text)),
    omitted("mismatchLabelKeys", List(&Text)),
];

const WEIGHTED_POD_AFFINITY_TERM: &[Field] = &[
    kept("weight", Whole),
    kept("podAffinityTerm", Fields(POD_AFFINITY_TERM)),
];

const POD_AFFINITY: &[Field] = &[
    omitted(
        "requiredDuringSchedulingIgnoredDuringExecution",
        List(&Fields(POD_AFFINITY_TERM)),
    ),
    omitted(
        "preferredDuringSchedulingIgnoredDuringExecution",
        List(&Fields(WEIGHTED_POD_AFFINITY_TERM)),
    ),
];

const POD_ANTI_AFFINITY: &[Field] = &[
    omitted(
        "requiredDuringSchedulingIgnoredDuringExecution",
        List(&Fields(POD_AFFINITY_TERM)),
    ),
    omitted(
        "preferredDuringSchedulingIgnoredDuringExecution",
        List(&Fields(WEIGHTED_POD_AFFINITY_TERM)),
    ),
];

pub(super) const AFFINITY: &[Field] = &[
    pointer("nodeAffinity", Fields(NODE_AFFINITY)),
    pointer("podAffinity", Fields(POD_AFFINITY)),
    pointer("podAntiAffinity", Fields(POD_ANTI_AFFINITY)),
];

pub(super) const TOLERATION: &[Field] = &[
    omitted("key", Text),
    omitted("operator", Text),
    omitted("value", Text),
    omitted("effect", Text),
    pointer("tolerationSeconds", Whole),
];

pub(super) const TOPOLOGY_SPREAD_CONSTRAINT: &[Field] = &[
    kept("maxSkew", Whole),
    kept("topologyKey", Text),
    kept("whenUnsatisfiable", Text),
    pointer("labelSelector", Fields(LABEL_SELECTOR)),
    pointer("minDomains", Whole),
    pointer("nodeAffinityPolicy", Text),
    pointer("nodeTaintsPolicy", Text),
    omitted("matchLabelKeys", List(&Text)),
];
