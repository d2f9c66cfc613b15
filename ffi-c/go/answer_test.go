package statefulset_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"statefulset.internal/statefulset"
)

// answer is text in the making, in the form of the common cases.
type answer struct {
	strings.Builder
}

func (a *answer) field(key string, value any) {
	fmt.Fprintf(a, " %s=%v", key, value)
}

func (a *answer) index(key string, value statefulset.Index) {
	if value.Known() {
		a.field(key, value.Int())
	}
}

func (a *answer) moment(key string, value time.Time) {
	if !value.IsZero() {
		a.field(key, value.UnixMilli())
	}
}

// answerTo is what a call said.
func answerTo(decision statefulset.Decision, err error) string {
	var a answer
	if err != nil {
		a.failure(err)
		return a.String()
	}
	for _, action := range decision.Actions {
		a.action(action)
	}
	if decision.Publish {
		a.status(decision.Status)
	}
	if decision.More || decision.Suggests != nil || !decision.NextWake.IsZero() {
		a.WriteString("  later")
		a.moment("next_wake_ms", decision.NextWake)
		if decision.Suggests != nil {
			a.field("suggested_revision", *decision.Suggests)
		}
		if decision.More {
			a.WriteString(" more")
		}
		a.WriteString("\n")
	}
	return a.String()
}

// answerToOutcomes is what follows from them.
func answerToOutcomes(conclusion statefulset.Conclusion, err error) string {
	var a answer
	if err != nil {
		a.failure(err)
		return a.String()
	}
	a.WriteString("  conclusion")
	a.field("next", conclusion.Next)
	a.WriteString("\n")
	if conclusion.Publish {
		a.status(conclusion.Status)
	}
	return a.String()
}

func (a *answer) failure(err error) {
	var wrong *statefulset.InputError
	if !errors.As(err, &wrong) {
		fmt.Fprintf(a, "  %v\n", err)
		return
	}
	a.WriteString("  error")
	a.field("code", wrong.Code)
	a.field("list", wrong.List)
	a.field("index", wrong.Index)
	a.field("field", wrong.Field)
	a.field("message", wrong.Message)
	a.WriteString("\n")
}

func (a *answer) action(action statefulset.Action) {
	a.WriteString("  action")
	a.field("kind", action.Kind)
	a.field("reason", action.Reason)
	a.field("stage", action.Stage)
	a.field("ordinal", action.Ordinal)
	a.field("step", action.Step)
	a.index("pod", action.Pod)
	a.index("claim", action.Claim)
	a.index("volume", action.Volume)
	a.index("node", action.Node)
	switch action.Kind {
	case statefulset.ActionCreateClaim:
		a.field("template_index", action.Template)
	case statefulset.ActionSetClaimOwner:
		a.field("owner", action.Owner)
	case statefulset.ActionCreatePod, statefulset.ActionUpdateInPlace:
		a.field("revision", action.Revision)
	case statefulset.ActionWait:
		wait := action.Wait
		a.field("through", wait.Through)
		a.field("gates", wait.Gates)
		a.field("on", wait.On)
		a.index("on_index", wait.Entry)
		a.moment("since_ms", wait.Since)
		a.moment("until_ms", wait.Until)
	}
	if action.ForGood {
		a.WriteString(" for_good")
	}
	if action.MustExist {
		a.WriteString(" must_exist")
	}
	a.WriteString("\n")
}

func (a *answer) status(status statefulset.Status) {
	a.WriteString("  status")
	a.field("observed_generation", status.ObservedGeneration)
	a.field("replicas", status.Replicas)
	a.field("ready", status.Ready)
	a.field("available", status.Available)
	a.field("current", status.Current)
	a.field("updated", status.Updated)
	a.field("current_revision", status.CurrentRevision)
	a.field("update_revision", status.UpdateRevision)
	a.field("progressing", status.Progressing)
	a.moment("progressed_at_ms", status.ProgressedAt)
	a.moment("disrupted_at_ms", status.DisruptedAt)
	a.WriteString("\n")
}
