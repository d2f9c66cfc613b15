package statefulset

/*
#include "call.h"
*/
import "C"

// Kind is a kind of object that a [Cluster] takes in.
type Kind uint32

const (
	// KindStatefulSet: apps/v1
	KindStatefulSet Kind = C.STS_KIND_STATEFUL_SET
	// KindPod: v1
	KindPod Kind = C.STS_KIND_POD
	// KindPersistentVolumeClaim: v1
	KindPersistentVolumeClaim Kind = C.STS_KIND_PERSISTENT_VOLUME_CLAIM
	// KindPersistentVolume: v1, without a namespace
	KindPersistentVolume Kind = C.STS_KIND_PERSISTENT_VOLUME
	// KindStorageClass: storage.k8s.io/v1, without a namespace
	KindStorageClass Kind = C.STS_KIND_STORAGE_CLASS
	// KindNode: v1, without a namespace
	KindNode Kind = C.STS_KIND_NODE
	// KindPodDisruptionBudget: policy/v1
	KindPodDisruptionBudget Kind = C.STS_KIND_POD_DISRUPTION_BUDGET
	// KindControllerRevision: apps/v1
	KindControllerRevision Kind = C.STS_KIND_CONTROLLER_REVISION
	// KindService: v1. Accepted and ignored: no decision depends on it.
	KindService Kind = C.STS_KIND_SERVICE
)

// String is the kind as objects spell it, such as "StatefulSet".
func (k Kind) String() string { return C.GoString(C.sts_kind_name(C.uint32_t(k))) }
