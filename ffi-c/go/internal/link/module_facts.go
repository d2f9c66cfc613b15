//go:build !statefulset_cgo

package link

import (
	"unsafe"

	"statefulset.internal/statefulset/internal/abi"
)

// snapshot adds an sts_desired and an sts_observed.
func (i *instance) snapshot(of *Snapshot) {
	of.Desired.Exclusions, of.Desired.ExclusionCount = put(i, of.Exclusions), count(of.Exclusions)
	record(i, &of.Desired)
	i.observed = abi.Observed{
		Sizes: abi.OwnSizes, Flags: of.Flags,
		Pods: put(i, of.Pods), PodCount: count(of.Pods),
		Claims: put(i, of.Claims), ClaimCount: count(of.Claims),
		Volumes: put(i, of.Volumes), VolumeCount: count(of.Volumes),
		Nodes: put(i, of.Nodes), NodeCount: count(of.Nodes),
		Budgets: put(i, of.Budgets), BudgetCount: count(of.Budgets),
		Reach: put(i, of.Reach), ReachCount: count(of.Reach),
	}
	record(i, &i.observed)
}

func count[R any](records []R) abi.Size { return abi.Size(len(records)) }

// Plan is sts_plan().
func Plan(of *Snapshot, now int64, to []abi.Action, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.snapshot(of)
	i.number(uint64(now))
	actions := out(i, to)
	i.number(uint64(len(to)))
	code := i.call("sts_plan", report)
	if code == abi.CodeOK {
		get(i, actions, to[:report.ActionCount])
	}
	return code
}

// Conclude is sts_conclude().
func Conclude(of *Snapshot, now int64, outcomes []uint32, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.snapshot(of)
	i.number(uint64(now))
	list(i, outcomes)
	i.number(uint64(len(outcomes)))
	return i.call("sts_conclude", report)
}

// Explain is sts_explain().
func Explain(of *Snapshot, now int64, names *Names, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.snapshot(of)
	i.number(uint64(now))
	list(i, []abi.Text{
		i.view(names.Set), i.view(names.ClaimTemplates), i.view(names.Nodes), i.view(names.Volumes), i.view(names.Budgets),
	})
	return i.write("sts_explain", to, report)
}

// MemberOf is sts_member_of().
func MemberOf(of *Snapshot, now int64, to *abi.Member, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.snapshot(of)
	i.number(uint64(now))
	member := unsafe.Slice(to, 1)
	at := out(i, member)
	code := i.call("sts_member_of", report)
	if code == abi.CodeOK {
		get(i, at, member)
	}
	return code
}

// Allot is sts_allot(), for as many allowances as members.
func Allot(members []abi.Member, to []uint32, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	list(i, members)
	i.number(uint64(len(members)))
	at := out(i, to)
	code := i.call("sts_allot", report)
	if code == abi.CodeOK {
		get(i, at, to)
	}
	return code
}

// MayStart is sts_may_start().
func MayStart(places []abi.Place, outcomes []uint32, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	list(i, places)
	list(i, outcomes)
	i.number(uint64(len(places)))
	return i.call("sts_may_start", report)
}

// ActionPlace is sts_action_place().
func ActionPlace(action *abi.Action) (place abi.Place) {
	result(&place, "sts_action_place", func(i *instance) { record(i, action) })
	return place
}

// OutcomeOfResponse is sts_outcome_of_response().
func OutcomeOfResponse(flags, http uint32, body string) uint32 {
	i := take()
	defer give(i)
	i.number(uint64(flags))
	i.number(uint64(http))
	i.text(body)
	return uint32(i.must("sts_outcome_of_response"))
}

// KubernetesOf is sts_kubernetes_of().
func KubernetesOf(text string) uint32 {
	i := take()
	defer give(i)
	i.text(text)
	return uint32(i.must("sts_kubernetes_of"))
}

// PodName is sts_pod_name().
func PodName(set string, ordinal uint32, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.text(set)
	i.number(uint64(ordinal))
	return i.write("sts_pod_name", to, report)
}

// ClaimName is sts_claim_name().
func ClaimName(template, set string, ordinal uint32, to []byte, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.text(template)
	i.text(set)
	i.number(uint64(ordinal))
	return i.write("sts_claim_name", to, report)
}

// PodNameParts is sts_pod_name_parts().
func PodNameParts(name string, to *abi.NameParts, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.text(name)
	return i.parts("sts_pod_name_parts", to, report)
}

// ClaimNameParts is sts_claim_name_parts().
func ClaimNameParts(name, set string, to *abi.NameParts, report *abi.Report) abi.Code {
	i := take()
	defer give(i)
	i.text(name)
	i.text(set)
	return i.parts("sts_claim_name_parts", to, report)
}

func (i *instance) parts(function string, to *abi.NameParts, report *abi.Report) abi.Code {
	parts := unsafe.Slice(to, 1)
	at := out(i, parts)
	code := i.call(function, report)
	if code == abi.CodeOK {
		get(i, at, parts)
	}
	return code
}
