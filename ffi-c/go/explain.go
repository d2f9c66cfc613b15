package statefulset

import (
	"strings"
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
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
	p := planners.Get().(*Planner)
	defer planners.Put(p)
	p.write(&desired, &observed)
	text := link.Names{
		Set:            names.Set,
		ClaimTemplates: lines(names.ClaimTemplates),
		Nodes:          lines(names.Nodes),
		Volumes:        lines(names.Volumes),
		Budgets:        lines(names.Budgets),
	}
	var buffer buffer
	return buffer.text(&p.report, func(out []byte) abi.Code {
		return link.Explain(&p.snapshot, millis(now), &text, out, &p.report)
	})
}

// lines is names as the library takes them.
func lines(names []string) string {
	return strings.Join(names, "\n")
}
