package statefulset

import (
	"fmt"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Kubernetes is a version of Kubernetes whose decisions the planner follows. Patches that decide otherwise than the rest
// of their minor version have a value of their own.
type Kubernetes uint32

const (
	// KubernetesLatest is the newest version that is released when the library is.
	KubernetesLatest Kubernetes = abi.KubernetesLatest
	// Kubernetes1280 is 1.28.0 to 1.28.3, in which an update is complete once all pods that there are have been updated.
	Kubernetes1280 Kubernetes = abi.Kubernetes1280
	// Kubernetes1284 is 1.28.4 to 1.28.12, 1.29.0 to 1.29.7 and 1.30.0 to 1.30.3, in which claims are not controlled by
	// their owners.
	Kubernetes1284 Kubernetes = abi.Kubernetes1284
	// Kubernetes128 is 1.28, from 1.28.13 on.
	Kubernetes128 Kubernetes = abi.Kubernetes128
	// Kubernetes129 is 1.29, from 1.29.8 on.
	Kubernetes129 Kubernetes = abi.Kubernetes129
	// Kubernetes130 is 1.30, from 1.30.4 on.
	Kubernetes130 Kubernetes = abi.Kubernetes130
	// Kubernetes131 is 1.31.
	Kubernetes131 Kubernetes = abi.Kubernetes131
	// Kubernetes132 is 1.32.
	Kubernetes132 Kubernetes = abi.Kubernetes132
	// Kubernetes133 is 1.33.
	Kubernetes133 Kubernetes = abi.Kubernetes133
	// Kubernetes1340 is 1.34.0 and 1.34.1, which do not compare revisions by what they mean.
	Kubernetes1340 Kubernetes = abi.Kubernetes1340
	// Kubernetes134 is 1.34, from 1.34.2 on.
	Kubernetes134 Kubernetes = abi.Kubernetes134
	// Kubernetes1350 is 1.35.0 to 1.35.3, in which the gate MaxUnavailableStatefulSet is on.
	Kubernetes1350 Kubernetes = abi.Kubernetes1350
	// Kubernetes135 is 1.35, from 1.35.4 on.
	Kubernetes135 Kubernetes = abi.Kubernetes135
	// Kubernetes136 is 1.36.
	Kubernetes136 Kubernetes = abi.Kubernetes136
	// Kubernetes137 is 1.37.
	Kubernetes137 Kubernetes = abi.Kubernetes137
	// Kubernetes138 is 1.38, as far as it is decided: it follows 1.38.0-beta.0.
	Kubernetes138 Kubernetes = abi.Kubernetes138
)

// ParseKubernetes reads a minor version, such as "1.33", or what a cluster says of itself, such as "v1.33.5-gke.100".
func ParseKubernetes(text string) (Kubernetes, error) {
	version := link.KubernetesOf(text)
	if version == abi.KubernetesUnknown {
		return 0, fmt.Errorf("statefulset: expected a version of Kubernetes from 1.28 to 1.38, such as 1.33 or v1.35.2, found %q", text)
	}
	return Kubernetes(version), nil
}

// String is its name, such as "1.33".
func (k Kubernetes) String() string { return link.KubernetesName(uint32(k)) }

// MarshalText gives the name.
func (k Kubernetes) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what [ParseKubernetes] reads.
func (k *Kubernetes) UnmarshalText(text []byte) error {
	version, err := ParseKubernetes(string(text))
	if err == nil {
		*k = version
	}
	return err
}
