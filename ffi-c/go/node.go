package statefulset

/*
#include <statefulset.h>
*/
import "C"

import "time"

// Node is one node.
type Node struct {
	State NodeState
	// Since is when it came into its state; zero if that is not known.
	Since time.Time
	// Cordoned says that no new pod is placed there.
	Cordoned bool
	// Draining says that its pods are to be moved elsewhere.
	Draining bool
}

func (n *Node) write(to *C.sts_node) {
	to.state = C.uint32_t(n.State)
	to.flags = flag(n.Cordoned, C.STS_NODE_CORDONED) |
		flag(n.Draining, C.STS_NODE_DRAINING) |
		flag(!n.Since.IsZero(), C.STS_NODE_SINCE)
	to.since_ms = millis(n.Since)
}

// NodeState is what is known of a node.
type NodeState uint32

const (
	// NodeReady: it reports, and is ready.
	NodeReady NodeState = C.STS_NODE_READY
	// NodeNotReady: it reports, and is not ready.
	NodeNotReady NodeState = C.STS_NODE_NOT_READY
	// NodeUnreachable: it does not report. Its processes may still run.
	NodeUnreachable NodeState = C.STS_NODE_UNREACHABLE
	// NodeFenced: it cannot run anything. It is powered off or cut off from its volumes, and somebody has confirmed that.
	NodeFenced NodeState = C.STS_NODE_FENCED
	// NodeGone: the operator removed it, and so vouches that nothing runs on it. A node that is only missing from
	// [Observed.Nodes] does not count as gone.
	NodeGone NodeState = C.STS_NODE_GONE
)

var nodeStates = []string{
	NodeReady:       "ready",
	NodeNotReady:    "not-ready",
	NodeUnreachable: "unreachable",
	NodeFenced:      "fenced",
	NodeGone:        "gone",
}

func (s NodeState) String() string { return word(nodeStates, s) }

// Budget is one disruption budget. Other pods may share it, so the API server has to check it again at each eviction.
type Budget struct {
	// Allowed is how many more pods may be disrupted now.
	Allowed uint32
	// Healthy is how many pods are healthy.
	Healthy uint32
	// DesiredHealthy is how many must stay healthy.
	DesiredHealthy uint32
	// UnhealthyAlways says that a pod that is not ready may always be evicted (unhealthyPodEvictionPolicy: AlwaysAllow).
	UnhealthyAlways bool
}

func (b *Budget) write(to *C.sts_budget) {
	to.allowed = C.uint32_t(b.Allowed)
	to.healthy = C.uint32_t(b.Healthy)
	to.desired_healthy = C.uint32_t(b.DesiredHealthy)
	to.flags = flag(b.UnhealthyAlways, C.STS_BUDGET_UNHEALTHY_ALWAYS)
}
