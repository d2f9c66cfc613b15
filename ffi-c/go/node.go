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
	// Cordoned says that new pods may not go there.
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
	// NodeReady reports, and is ready.
	NodeReady NodeState = C.STS_NODE_READY
	// NodeNotReady reports, and is not ready.
	NodeNotReady NodeState = C.STS_NODE_NOT_READY
	// NodeUnreachable does not report. Its processes may still run.
	NodeUnreachable NodeState = C.STS_NODE_UNREACHABLE
	// NodeFenced cannot run anything: powered off, or cut off from its volumes, and somebody vouches for that.
	NodeFenced NodeState = C.STS_NODE_FENCED
	// NodeGone was removed by the operator: their word that it is dead. A node is never gone for being missing from
	// [Observed.Nodes].
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

// Budget is one disruption budget. Shared with other pods: whoever evicts re-checks it.
type Budget struct {
	// Allowed is how many more pods may be disturbed now.
	Allowed uint32
	// Healthy is how many pods are healthy.
	Healthy uint32
	// DesiredHealthy is how many must stay healthy.
	DesiredHealthy uint32
	// UnhealthyAlways says that unready pods may always go (unhealthyPodEvictionPolicy: AlwaysAllow).
	UnhealthyAlways bool
}

func (b *Budget) write(to *C.sts_budget) {
	to.allowed = C.uint32_t(b.Allowed)
	to.healthy = C.uint32_t(b.Healthy)
	to.desired_healthy = C.uint32_t(b.DesiredHealthy)
	to.flags = flag(b.UnhealthyAlways, C.STS_BUDGET_UNHEALTHY_ALWAYS)
}
