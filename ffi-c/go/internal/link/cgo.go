//go:build statefulset_cgo

package link

/*
#cgo pkg-config: statefulset
#include <statefulset.h>
*/
import "C"

import (
	"fmt"
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// A library of another binary interface would read other fields than this package writes, so the program must not get
// as far as the first call.
func init() {
	if library := C.sts_abi_version(); library != abi.ABIVersion {
		panic(fmt.Sprintf("statefulset: built for binary interface %d, linked with %d (version %s)",
			abi.ABIVersion, library, Version()))
	}
}

// A header of another binary interface, or with records of another length, does not compile.
var (
	_ = [1]struct{}{}[C.STS_ABI_VERSION-abi.ABIVersion]
	_ = [1]struct{}{}[C.sizeof_sts_profile-unsafe.Sizeof(abi.Profile{})]
	_ = [1]struct{}{}[C.sizeof_sts_desired-unsafe.Sizeof(abi.Desired{})]
	_ = [1]struct{}{}[C.sizeof_sts_pod-unsafe.Sizeof(abi.Pod{})]
	_ = [1]struct{}{}[C.sizeof_sts_claim-unsafe.Sizeof(abi.Claim{})]
	_ = [1]struct{}{}[C.sizeof_sts_volume-unsafe.Sizeof(abi.Volume{})]
	_ = [1]struct{}{}[C.sizeof_sts_node-unsafe.Sizeof(abi.Node{})]
	_ = [1]struct{}{}[C.sizeof_sts_budget-unsafe.Sizeof(abi.Budget{})]
	_ = [1]struct{}{}[C.sizeof_sts_exclusion-unsafe.Sizeof(abi.Exclusion{})]
	_ = [1]struct{}{}[C.sizeof_sts_member-unsafe.Sizeof(abi.Member{})]
	_ = [1]struct{}{}[C.sizeof_sts_reach-unsafe.Sizeof(abi.Reach{})]
	_ = [1]struct{}{}[C.sizeof_sts_action-unsafe.Sizeof(abi.Action{})]
	_ = [1]struct{}{}[C.sizeof_sts_place-unsafe.Sizeof(abi.Place{})]
	_ = [1]struct{}{}[C.sizeof_sts_report-unsafe.Sizeof(abi.Report{})]
	_ = [1]struct{}{}[C.sizeof_sts_plan_id-unsafe.Sizeof(abi.PlanID{})]
	_ = [1]struct{}{}[C.sizeof_sts_name_parts-unsafe.Sizeof(abi.NameParts{})]
)

// CacheModule does nothing: the library is machine code already.
func CacheModule(string) error { return nil }

// Version is the version of the linked library.
func Version() string { return C.GoString(C.sts_version()) }

// ActionName is the name of an STS_ACTION_*.
func ActionName(kind uint32) string { return C.GoString(C.sts_action_name(C.uint32_t(kind))) }

// CodeName is the name of an STS_CODE_*.
func CodeName(code abi.Code) string { return C.GoString(C.sts_code_name(C.sts_code(code))) }

// GateName is the name of an STS_GATE_*.
func GateName(gate uint32) string { return C.GoString(C.sts_gate_name(C.uint32_t(gate))) }

// KindName is the name of an STS_KIND_*.
func KindName(kind uint32) string { return C.GoString(C.sts_kind_name(C.uint32_t(kind))) }

// ListName is the name of an STS_LIST_*.
func ListName(list uint32) string { return C.GoString(C.sts_list_name(C.uint32_t(list))) }

// NextName is the name of an STS_NEXT_*.
func NextName(next uint32) string { return C.GoString(C.sts_next_name(C.uint32_t(next))) }

// OutcomeName is the name of an STS_OUTCOME_*.
func OutcomeName(outcome uint32) string { return C.GoString(C.sts_outcome_name(C.uint32_t(outcome))) }

// ReasonName is the name of an STS_REASON_*.
func ReasonName(reason uint32) string { return C.GoString(C.sts_reason_name(C.uint32_t(reason))) }

// ProfileUpstream is the profile of Kubernetes' own controller.
func ProfileUpstream() abi.Profile {
	profile := C.sts_profile_upstream()
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}

// ProfileOf is sts_profile_of().
func ProfileOf(kubernetes uint32) abi.Profile {
	profile := C.sts_profile_of(C.uint32_t(kubernetes))
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}

// KubernetesName is the name of an STS_KUBERNETES_*.
func KubernetesName(kubernetes uint32) string {
	return C.GoString(C.sts_kubernetes_name(C.uint32_t(kubernetes)))
}

// ProfileStandalone is the profile of a host without other controllers.
func ProfileStandalone() abi.Profile {
	profile := C.sts_profile_standalone()
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}

// ProfileKruise is the profile with OpenKruise's fields.
func ProfileKruise() abi.Profile {
	profile := C.sts_profile_kruise()
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}

// ProfilePingCAP is the profile with PingCAP's annotations.
func ProfilePingCAP() abi.Profile {
	profile := C.sts_profile_pingcap()
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}

// ProfileZones is the profile of sets that stand for zones.
func ProfileZones() abi.Profile {
	profile := C.sts_profile_zones()
	return *(*abi.Profile)(unsafe.Pointer(&profile))
}
