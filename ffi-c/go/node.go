package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

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

func (n *Node) write(to *abi.Node) {
	to.State = uint32(n.State)
	to.Flags = flag(n.Cordoned, abi.NodeCordoned) |
		flag(n.Draining, abi.NodeDraining) |
		flag(!n.Since.IsZero(), abi.NodeSince)
	to.SinceMs = millis(n.Since)
}

// NodeState is what is known of a node.
type NodeState uint32

const (
	// NodeReady: it reports, and is ready.
	NodeReady NodeState = abi.NodeReady
	// NodeNotReady: it reports, and is not ready.
	NodeNotReady NodeState = abi.NodeNotReady
	// NodeUnreachable: it does not report. Its processes may still run.
	NodeUnreachable NodeState = abi.NodeUnreachable
	// NodeFenced: it cannot run anything. It is powered off or cut off from its volumes, and somebody has confirmed that.
	NodeFenced NodeState = abi.NodeFenced
	// NodeGone: the operator removed it, and so vouches that nothing runs on it. A node that is only missing from
	// [Observed.Nodes] does not count as gone.
	NodeGone NodeState = abi.NodeGone
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

func (b *Budget) write(to *abi.Budget) {
	to.Allowed = b.Allowed
	to.Healthy = b.Healthy
	to.DesiredHealthy = b.DesiredHealthy
	to.Flags = flag(b.UnhealthyAlways, abi.BudgetUnhealthyAlways)
}
