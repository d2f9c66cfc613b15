package statefulset

// SetResource is the resource whose objects are the sets of a [Cluster]. A custom resource must have the fields of a
// StatefulSet and the subresource status. The defaults that an API server fills into a StatefulSet are filled in when
// such a set is read.
type SetResource struct {
	// APIVersion is the apiVersion of the objects, such as "example.org/v1".
	APIVersion string
	// Kind is the kind of the objects, such as "PlannedSet".
	Kind string
	// Plural is its name in paths, such as "plannedsets".
	Plural string
}

// StatefulSets is Kubernetes' own resource.
var StatefulSets = SetResource{APIVersion: "apps/v1", Kind: "StatefulSet", Plural: "statefulsets"}
