package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Member is a set of a group, such as one of a database's zones, as far as the others are concerned.
type Member struct {
	// Unavailable is how many of its desired pods are unavailable, missing ones among them.
	Unavailable uint32
	// Outdated is how many of its pods a rollout or a scale-in is going to take away.
	Outdated uint32
}

// MemberOf is the member that a set is. Its errors are those of [Plan].
func MemberOf(desired Desired, observed Observed, now time.Time) (Member, error) {
	var planner Planner
	var member abi.Member
	planner.write(&desired, &observed)
	if code := link.MemberOf(&planner.snapshot, millis(now), &member, &planner.report); code != abi.CodeOK {
		return Member{}, failure(&planner.report)
	}
	return Member{Unavailable: member.Unavailable, Outdated: member.Outdated}, nil
}

// Allot shares a group's disruptions between its sets. It gives the [Policies.Allowance] of each, in the order of the list:
// [math.MaxUint32] for the one that may be disturbed, as far as its own limits go, and 0 for the others.
//
// If pods of one set are unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is
// the first that has pods to take away.
func Allot(members []Member) []uint32 {
	records := make([]abi.Member, len(members))
	for i, member := range members {
		records[i] = abi.Member{Unavailable: member.Unavailable, Outdated: member.Outdated}
	}
	allowances := make([]uint32, len(members))
	var report abi.Report
	if code := link.Allot(records, allowances, &report); code != abi.CodeOK {
		// The lists are good and of one length.
		panic(failure(&report))
	}
	return allowances
}
