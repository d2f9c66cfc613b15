//go:build statefulset_cgo

package link

/*
#include "call.h"

// The library keeps no pointer and calls nobody back.
#cgo noescape call_plan
#cgo nocallback call_plan
#cgo noescape call_conclude
#cgo nocallback call_conclude
#cgo noescape call_may_start
#cgo nocallback call_may_start
#cgo noescape call_action_place
#cgo nocallback call_action_place
*/
import "C"

import (
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// The records of package abi have the layout of the header's.
func report(to *abi.Report) *C.sts_report      { return (*C.sts_report)(unsafe.Pointer(to)) }
func profile(from *abi.Profile) *C.sts_profile { return (*C.sts_profile)(unsafe.Pointer(from)) }
func chars(out []byte) (*C.char, C.size_t)     { return first[C.char](out), C.size_t(len(out)) }
func first[To, Record any](list []Record) *To  { return (*To)(unsafe.Pointer(unsafe.SliceData(list))) }
func count[Record any](list []Record) C.size_t { return C.size_t(len(list)) }

// Plan is sts_plan(). The address of the record is taken in the call itself: cgo then looks at the record alone, and not
// at the lists beside it.
func Plan(of *Snapshot, now int64, out []abi.Action, to *abi.Report) abi.Code {
	return abi.Code(C.call_plan((*C.sts_desired)(unsafe.Pointer(&of.Desired)),
		first[C.sts_exclusion](of.Exclusions), count(of.Exclusions), C.uint32_t(of.Flags),
		first[C.sts_pod](of.Pods), count(of.Pods),
		first[C.sts_claim](of.Claims), count(of.Claims),
		first[C.sts_volume](of.Volumes), count(of.Volumes),
		first[C.sts_node](of.Nodes), count(of.Nodes),
		first[C.sts_budget](of.Budgets), count(of.Budgets),
		first[C.sts_reach](of.Reach), count(of.Reach),
		C.int64_t(now), first[C.sts_action](out), count(out), report(to)))
}

// Conclude is sts_conclude().
func Conclude(of *Snapshot, now int64, outcomes []uint32, to *abi.Report) abi.Code {
	return abi.Code(C.call_conclude((*C.sts_desired)(unsafe.Pointer(&of.Desired)),
		first[C.sts_exclusion](of.Exclusions), count(of.Exclusions), C.uint32_t(of.Flags),
		first[C.sts_pod](of.Pods), count(of.Pods),
		first[C.sts_claim](of.Claims), count(of.Claims),
		first[C.sts_volume](of.Volumes), count(of.Volumes),
		first[C.sts_node](of.Nodes), count(of.Nodes),
		first[C.sts_budget](of.Budgets), count(of.Budgets),
		first[C.sts_reach](of.Reach), count(of.Reach),
		C.int64_t(now), first[C.uint32_t](outcomes), count(outcomes), report(to)))
}

// Explain is sts_explain().
func Explain(of *Snapshot, now int64, names *Names, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_explain((*C.sts_desired)(unsafe.Pointer(&of.Desired)),
		first[C.sts_exclusion](of.Exclusions), count(of.Exclusions), C.uint32_t(of.Flags),
		first[C.sts_pod](of.Pods), count(of.Pods),
		first[C.sts_claim](of.Claims), count(of.Claims),
		first[C.sts_volume](of.Volumes), count(of.Volumes),
		first[C.sts_node](of.Nodes), count(of.Nodes),
		first[C.sts_budget](of.Budgets), count(of.Budgets),
		first[C.sts_reach](of.Reach), count(of.Reach),
		C.int64_t(now), names.Set, names.ClaimTemplates, names.Nodes, names.Volumes, names.Budgets,
		text, room, report(to)))
}

// MemberOf is sts_member_of().
func MemberOf(of *Snapshot, now int64, out *abi.Member, to *abi.Report) abi.Code {
	return abi.Code(C.call_member_of((*C.sts_desired)(unsafe.Pointer(&of.Desired)),
		first[C.sts_exclusion](of.Exclusions), count(of.Exclusions), C.uint32_t(of.Flags),
		first[C.sts_pod](of.Pods), count(of.Pods),
		first[C.sts_claim](of.Claims), count(of.Claims),
		first[C.sts_volume](of.Volumes), count(of.Volumes),
		first[C.sts_node](of.Nodes), count(of.Nodes),
		first[C.sts_budget](of.Budgets), count(of.Budgets),
		first[C.sts_reach](of.Reach), count(of.Reach),
		C.int64_t(now), (*C.sts_member)(unsafe.Pointer(out)), report(to)))
}

// Allot is sts_allot(), for as many allowances as members.
func Allot(members []abi.Member, out []uint32, to *abi.Report) abi.Code {
	return abi.Code(C.sts_allot(first[C.sts_member](members), count(members), first[C.uint32_t](out), report(to)))
}

// MayStart is sts_may_start().
func MayStart(places []abi.Place, outcomes []uint32, to *abi.Report) abi.Code {
	return abi.Code(C.call_may_start(first[C.sts_place](places), first[C.uint32_t](outcomes), count(places), report(to)))
}

// ActionPlace is sts_action_place().
func ActionPlace(action *abi.Action) abi.Place {
	place := C.call_action_place((*C.sts_action)(unsafe.Pointer(action)))
	return *(*abi.Place)(unsafe.Pointer(&place))
}

// OutcomeOfResponse is sts_outcome_of_response().
func OutcomeOfResponse(flags, http uint32, body string) uint32 {
	return uint32(C.call_outcome(C.uint32_t(flags), C.uint32_t(http), body))
}

// KubernetesOf is sts_kubernetes_of().
func KubernetesOf(text string) uint32 { return uint32(C.call_kubernetes_of(text)) }

// PodName is sts_pod_name().
func PodName(set string, ordinal uint32, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_pod_name(set, C.uint32_t(ordinal), text, room, report(to)))
}

// ClaimName is sts_claim_name().
func ClaimName(template, set string, ordinal uint32, out []byte, to *abi.Report) abi.Code {
	text, room := chars(out)
	return abi.Code(C.call_claim_name(template, set, C.uint32_t(ordinal), text, room, report(to)))
}

// PodNameParts is sts_pod_name_parts().
func PodNameParts(name string, out *abi.NameParts, to *abi.Report) abi.Code {
	return abi.Code(C.call_pod_name_parts(name, (*C.sts_name_parts)(unsafe.Pointer(out)), report(to)))
}

// ClaimNameParts is sts_claim_name_parts().
func ClaimNameParts(name, set string, out *abi.NameParts, to *abi.Report) abi.Code {
	return abi.Code(C.call_claim_name_parts(name, set, (*C.sts_name_parts)(unsafe.Pointer(out)), report(to)))
}
