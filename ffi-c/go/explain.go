package statefulset

/*
#include "call.h"
*/
import "C"

import (
	"strings"
	"time"
	"unsafe"
)

// Names are the names that [Explain] writes into its sentences. The lists go with those of [Observed]. An entry without
// a name is called by its number.
type Names struct {
	Set            string
	ClaimTemplates []string
	Nodes          []string
	Volumes        []string
	Budgets        []string
}

// Explain is the plan in sentences, one line for each action and each wait: what would be done, and what keeps the rest
// waiting. The first three arguments are those of [Plan].
func Explain(desired Desired, observed Observed, now time.Time, names Names) (string, error) {
	planner := planners.Get().(*Planner)
	defer planners.Put(planner)
	p := planner
	p.write(&desired, &observed)
	var buffer buffer
	return buffer.text(&p.report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_explain(&p.desired, p.known,
			unsafe.SliceData(p.pods), C.size_t(len(p.pods)),
			unsafe.SliceData(p.claims), C.size_t(len(p.claims)),
			unsafe.SliceData(p.volumes), C.size_t(len(p.volumes)),
			unsafe.SliceData(p.nodes), C.size_t(len(p.nodes)),
			unsafe.SliceData(p.budgets), C.size_t(len(p.budgets)),
			unsafe.SliceData(p.reach), C.size_t(len(p.reach)),
			millis(now), names.Set, lines(names.ClaimTemplates), lines(names.Nodes), lines(names.Volumes),
			lines(names.Budgets), out, room, &p.report)
	})
}

// lines is names as the library takes them.
func lines(names []string) string {
	return strings.Join(names, "\n")
}
