package statefulset

import (
	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Kind is a kind of object that a [Cluster] takes in.
type Kind uint32

const (
	// KindStatefulSet: apps/v1
	KindStatefulSet Kind = abi.KindStatefulSet
	// KindPod: v1
	KindPod Kind = abi.KindPod
	// KindPersistentVolumeClaim: v1
	KindPersistentVolumeClaim Kind = abi.KindPersistentVolumeClaim
	// KindPersistentVolume: v1, without a namespace
	KindPersistentVolume Kind = abi.KindPersistentVolume
	// KindStorageClass: storage.k8s.io/v1, without a namespace
	KindStorageClass Kind = abi.KindStorageClass
	// KindNode: v1, without a namespace
	KindNode Kind = abi.KindNode
	// KindPodDisruptionBudget: policy/v1
	KindPodDisruptionBudget Kind = abi.KindPodDisruptionBudget
	// KindControllerRevision: apps/v1
	KindControllerRevision Kind = abi.KindControllerRevision
	// KindService: v1. Accepted and ignored: no decision depends on it.
	KindService Kind = abi.KindService
)

// String is the kind as objects spell it, such as "StatefulSet".
func (k Kind) String() string { return link.KindName(uint32(k)) }
