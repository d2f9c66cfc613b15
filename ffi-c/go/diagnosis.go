package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Diagnosis describes the state of a set, for people: how it stands, why, and what ends that.
type Diagnosis struct {
	Namespace, Name string
	// Verdict is how the set stands.
	Verdict Verdict
	// Since is when it began to stand so; zero if that cannot be told.
	Since time.Time
	// AtGoal says that the set is up to date: there is nothing to do and nothing to wait for.
	AtGoal bool
	// Wanted is the desired number of pods. Ready is how many of them are ready. Updated is how many pods have the update
	// revision.
	Wanted, Ready, Updated uint32
	// CurrentRevision is the one that was last rolled out in full.
	CurrentRevision string
	// UpdateRevision is the one of the set's template as it is now.
	UpdateRevision string
	// Actions are what would be done now, in order. Neighbouring ordinals with the same answer share one entry.
	Actions []Finding
	// Waits are what pods wait for, by ordinal.
	Waits []Finding
	// Causes say why the set is not as it is wanted: first those that hold it back, then what somebody wants so (a
	// partition, OnDelete), then what is worth knowing.
	Causes []Cause
	// More says that there is more to do than one plan may hold.
	More bool
	// Now is the moment that all this is about.
	Now time.Time
	// text is the same in words.
	text string
}

// String is the same as text of several lines, as "sts explain" prints it. Later versions may word it differently.
func (d Diagnosis) String() string { return d.text }

// Verdict is how a set stands.
type Verdict string

const (
	// VerdictUpToDate: there is nothing to do and nothing to wait for.
	VerdictUpToDate Verdict = "up-to-date"
	// VerdictInProgress: it is on its way.
	VerdictInProgress Verdict = "in-progress"
	// VerdictStuck: it stays as it is until somebody acts.
	VerdictStuck Verdict = "stuck"
)

// Finding is one statement about some ordinals of a set.
type Finding struct {
	// First is the first ordinal that it is about, Last the last. Both are [NoOrdinal] if it is about the set itself, or
	// about pods that have no ordinal.
	First, Last uint32
	Action      ActionKind
	Reason      Reason
	// Gates are all conditions that are not met.
	Gates Gates
	// Since is zero if that is not known.
	Since time.Time
	// Until is when it ends by itself, if nothing else happens; or zero.
	Until time.Time
	// Text is the same in words.
	Text string
	// Fate is what becomes of it, as far as can be told.
	Fate Fate
}

// Fate is what becomes of what is due.
type Fate string

const (
	// FateOpen: nothing speaks against it. Waits have this, too.
	FateOpen Fate = "open"
	// FateRefused: the API server refuses it each time. A cause says why.
	FateRefused Fate = "refused"
	// FateUnreached: something before it is refused.
	FateUnreached Fate = "unreached"
)

// DiagnoseOptions are what a diagnosis may look at. Its zero value is good for a first look.
type DiagnoseOptions struct {
	// Evidence is JSON: an object as the API server shows it, a list ({"items":[…]}), or an array of such. Events, pods,
	// claims, nodes, Services, Secrets, quotas and more are looked at, and other objects are passed over. Events say the
	// most. A list of one kind, such as {"kind":"SecretList"}, also says that there are no others. The cluster does not
	// keep the evidence.
	Evidence []byte
	// Patience is how long something may last before it counts as stuck. Zero stands for 10 minutes.
	Patience time.Duration
}

// Diagnose says how a set stands: what is done now, what is waited for, why, and what ends that. Evidence that cannot
// be read gives an [*InputError] that says where.
func (c *Cluster) Diagnose(set string, now time.Time, options DiagnoseOptions) (Diagnosis, error) {
	evidence, patience := view(options.Evidence), span(options.Patience)
	text, err := c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Diagnose(set, evidence, millis(now), patience, out, report)
	})
	if err != nil {
		return Diagnosis{}, err
	}
	return readDiagnosis(text)
}

// readDiagnosis reads what the library wrote: times are numbers, and what there is not is left out.
func readDiagnosis(text string) (Diagnosis, error) {
	var read struct {
		Diagnosis
		Since          *int64
		Actions, Waits []findingText
		Causes         []causeText
		Now            int64
		Text           string
	}
	if err := readText(text, &read); err != nil {
		return Diagnosis{}, err
	}
	read.Diagnosis.Since = momentOf(read.Since)
	read.Diagnosis.Actions = findings(read.Actions)
	read.Diagnosis.Waits = findings(read.Waits)
	read.Diagnosis.Causes = causes(read.Causes)
	read.Diagnosis.Now = momentOf(&read.Now)
	read.Diagnosis.text = read.Text
	return read.Diagnosis, nil
}

type findingText struct {
	Finding
	First, Last  *uint32
	Gates        []Gate
	Since, Until *int64
}

// ordinalOf is an ordinal, if there is one.
func ordinalOf(ordinal *uint32) uint32 {
	if ordinal == nil {
		return NoOrdinal
	}
	return *ordinal
}

func findings(read []findingText) []Finding {
	var found []Finding
	for _, each := range read {
		each.Finding.First, each.Finding.Last = ordinalOf(each.First), ordinalOf(each.Last)
		each.Finding.Gates = gatesOf(each.Gates)
		each.Finding.Since = momentOf(each.Since)
		each.Finding.Until = momentOf(each.Until)
		found = append(found, each.Finding)
	}
	return found
}
