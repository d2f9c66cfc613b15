package statefulset

// SetResource is the resource whose objects are the sets of a [Cluster]. One of one's own has the fields of a StatefulSet
// and status as a subresource. What an API server fills into a StatefulSet is filled in when such a set is read.
type SetResource struct {
	// APIVersion is group and version, as in the objects, such as "example.org/v1".
	APIVersion string
	// Kind is as in the objects, such as "PlannedSet".
	Kind string
	// Plural is its name in paths, such as "plannedsets".
	Plural string
}

// StatefulSets are Kubernetes' own.
var StatefulSets = SetResource{APIVersion: "apps/v1", Kind: "StatefulSet", Plural: "statefulsets"}
