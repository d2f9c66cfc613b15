package conformance

import (
	"encoding/json"
	"time"
)

// A judge of another version is a program of its own. Each line that it reads is a case, in the JSON form of what
// [Case.YAML] writes; for each it writes a line with what the real controller did.

// presented is the first line: who judges.
type presented struct {
	// The version that is linked, as 1.33.13.
	Kubernetes string
	// Its gates, as a release has them.
	Usual Gates
}

// told is an [Outcome] of the real controller as such a line.
type told struct {
	Writes  []toldWrite
	Events  []Event
	Failed  bool
	Wake    *time.Duration
	Problem string
}

type toldWrite struct {
	Verb           Verb
	Kind           Kind
	Name           string
	Object         json.RawMessage `json:",omitempty"`
	Unchanged      bool            `json:",omitempty"`
	Error, Problem string          `json:",omitempty"`
}

func tell(outcome Outcome) (told, error) {
	line := told{Events: outcome.Events, Failed: outcome.Failed, Wake: outcome.Wake, Problem: outcome.Problem}
	for _, write := range outcome.Writes {
		it := toldWrite{
			Verb: write.Verb, Kind: write.Kind, Name: write.Name,
			Unchanged: write.form == Unchanged, Error: write.Error, Problem: write.problem,
		}
		if write.Object != nil {
			text, err := json.Marshal(write.Object)
			if err != nil {
				return line, err
			}
			it.Object = text
		}
		line.Writes = append(line.Writes, it)
	}
	return line, nil
}

func (t told) outcome() (Outcome, error) {
	outcome := Outcome{Events: t.Events, Failed: t.Failed, Wake: t.Wake, Problem: t.Problem}
	for _, it := range t.Writes {
		write := Write{attempt: attempt{it.Verb, Ref{it.Kind, it.Name}}, Error: it.Error, problem: it.Problem}
		if len(it.Object) > 0 {
			write.Object = it.Kind.New()
			if err := json.Unmarshal(it.Object, write.Object); err != nil {
				return outcome, err
			}
			write.form = formOf(write.Object)
		}
		if it.Unchanged {
			write.form = Unchanged
		}
		outcome.Writes = append(outcome.Writes, write)
	}
	return outcome, nil
}
