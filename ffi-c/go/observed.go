package statefulset

// Observed is a snapshot of the cluster. Lists may be in any order; actions refer to their entries by index.
//
// Unknown is not absent. A nil list is not known, and what is not known never leads to an eviction, a forced deletion or
// a deleted claim. A list that is known to be empty is empty and not nil: []Claim{}.
type Observed struct {
	// Fresh says that the view is at least as new as your own writes. Without it the plan is one wait.
	Fresh bool
	// Pods are the set's pods. Always known: nil is none.
	Pods []Pod
	// Claims are those named after the set's templates, of any ordinal.
	Claims []Claim
	// Volumes are those that claims may be bound to.
	Volumes []Volume
	// Nodes are those that pods and claims refer to. A node is gone only if it is here and says so.
	Nodes []Node
	// Budgets are the disruption budgets that pods refer to.
	Budgets []Budget
	// Reach lists the nodes of each group that a volume's Reach names. A node may be in several groups; a group that is
	// not here can be reached from no node. Nodes that no claim refers to may be left out. Nil is none.
	Reach []Reach
}
