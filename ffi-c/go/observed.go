package statefulset

// Observed is what you see of the cluster. The lists may be in any order. Actions refer to their entries by index.
//
// Unknown is not the same as empty. A nil list is not known. It never leads to an eviction, a forced deletion or a
// deleted claim. A list that you know to be empty is empty and not nil: []Claim{}.
type Observed struct {
	// Fresh says that your lists are at least as new as your own writes. Without it the plan is one wait.
	Fresh bool
	// Pods are the set's pods. They are always known: nil is none.
	Pods []Pod
	// Claims are those named after the set's templates, of any ordinal.
	Claims []Claim
	// Volumes are those that claims may be bound to.
	Volumes []Volume
	// Nodes are those that pods and claims refer to. A node counts as gone only if it is in this list with [NodeGone].
	Nodes []Node
	// Budgets are the disruption budgets that pods refer to.
	Budgets []Budget
	// Reach lists the nodes of each group that a volume's Reach names. A node may be in several groups. A group without an
	// entry is reached from no node. Nodes that no claim refers to may be left out. Nil is none.
	Reach []Reach
}
