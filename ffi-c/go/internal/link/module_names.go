//go:build !statefulset_cgo

package link

import (
	"fmt"
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// Version is the version of the module.
func Version() string { return static("sts_version") }

// ActionName is the name of an STS_ACTION_*.
func ActionName(kind uint32) string { return static("sts_action_name", kind) }

// CodeName is the name of an STS_CODE_*.
func CodeName(code abi.Code) string { return static("sts_code_name", code) }

// GateName is the name of an STS_GATE_*.
func GateName(gate uint32) string { return static("sts_gate_name", gate) }

// KindName is the name of an STS_KIND_*.
func KindName(kind uint32) string { return static("sts_kind_name", kind) }

// ListName is the name of an STS_LIST_*.
func ListName(list uint32) string { return static("sts_list_name", list) }

// NextName is the name of an STS_NEXT_*.
func NextName(next uint32) string { return static("sts_next_name", next) }

// OutcomeName is the name of an STS_OUTCOME_*.
func OutcomeName(outcome uint32) string { return static("sts_outcome_name", outcome) }

// ReasonName is the name of an STS_REASON_*.
func ReasonName(reason uint32) string { return static("sts_reason_name", reason) }

// ProfileUpstream is the profile of Kubernetes' own controller.
func ProfileUpstream() (profile abi.Profile) {
	result(&profile, "sts_profile_upstream", func(*instance) {})
	return profile
}

// ProfileOf is sts_profile_of().
func ProfileOf(kubernetes uint32) (profile abi.Profile) {
	result(&profile, "sts_profile_of", func(i *instance) { i.number(uint64(kubernetes)) })
	return profile
}

// KubernetesName is the name of an STS_KUBERNETES_*.
func KubernetesName(kubernetes uint32) string { return static("sts_kubernetes_name", kubernetes) }

// ProfileStandalone is the profile of a host without other controllers.
func ProfileStandalone() (profile abi.Profile) {
	result(&profile, "sts_profile_standalone", func(*instance) {})
	return profile
}

// ProfileKruise is the profile with OpenKruise's fields.
func ProfileKruise() (profile abi.Profile) {
	result(&profile, "sts_profile_kruise", func(*instance) {})
	return profile
}

// ProfilePingCAP is the profile with PingCAP's annotations.
func ProfilePingCAP() (profile abi.Profile) {
	result(&profile, "sts_profile_pingcap", func(*instance) {})
	return profile
}

// ProfileZones is the profile of sets that stand for zones.
func ProfileZones() (profile abi.Profile) {
	result(&profile, "sts_profile_zones", func(*instance) {})
	return profile
}

// static is the answer of a function that gives text that never changes.
func static(function string, arguments ...uint32) string {
	i := take()
	defer give(i)
	for _, argument := range arguments {
		i.number(uint64(argument))
	}
	return i.static(i.must(function))
}

// result asks a function that gives a record. WebAssembly passes the place for it as the first argument.
func result[R any](to *R, function string, arguments func(*instance)) {
	i := take()
	defer give(i)
	records := unsafe.Slice(to, 1)
	at := out(i, records)
	arguments(i)
	i.must(function)
	get(i, at, records)
}

// must makes a call that has no report. It can only fail where no call can succeed: if this platform cannot run the
// module, or if the module is not the one that this package was made for.
func (i *instance) must(function string) uint64 {
	answer := i.run(function)
	if i.broken != nil {
		panic(fmt.Sprintf("statefulset: %v", i.broken))
	}
	return answer
}
