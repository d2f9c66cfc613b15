package statefulset_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"statefulset.internal/statefulset"
)

// The set should have three pods. Two exist, and one of them is not ready.
func ExamplePlan() {
	web := statefulset.Desired{Generation: 1, Replicas: 3, CurrentRevision: 1, UpdateRevision: 1}
	seen := statefulset.Observed{
		Fresh: true,
		Pods: []statefulset.Pod{
			{Ordinal: 0, Phase: statefulset.PhaseRunning, Revision: 1, Ready: true},
			{Ordinal: 1, Phase: statefulset.PhaseRunning, Revision: 1},
		},
	}
	decision, err := statefulset.Plan(web, seen, time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, action := range decision.Actions {
		fmt.Println(action)
	}
	fmt.Println("publish:", decision.Publish, "ready:", decision.Status.Ready)
	// Output:
	// wait 1 (health): pod-not-ready
	// wait 2 (scale-out): order
	// publish: true ready: 1
}

// CarryOut plans and calls a function for each action. Here the pod is created, and the next one has to wait for it.
func ExampleCarryOut() {
	web := statefulset.Desired{Replicas: 2, Templates: 1, CurrentRevision: 1, UpdateRevision: 1}
	seen := statefulset.Observed{Fresh: true, Claims: []statefulset.Claim{}}
	act := func(_ context.Context, action statefulset.Action) statefulset.Outcome {
		fmt.Println(action)
		return statefulset.OutcomeDone
	}
	// One action at a time.
	conclusion, err := statefulset.CarryOut(context.Background(), web, seen, time.Now(), 1, act)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("publish:", conclusion.Publish, "next:", conclusion.Next)
	// Output:
	// create-claim 0 (scale-out)
	// create-pod 0 (scale-out)
	// publish: true next: rest
}

// A rollout deletes the pod with the highest ordinal, named by its place in the list.
func ExampleAction() {
	web := statefulset.Desired{Replicas: 2, CurrentRevision: 1, UpdateRevision: 2}
	pods := []statefulset.Pod{
		{Ordinal: 1, Phase: statefulset.PhaseRunning, Revision: 1, Ready: true},
		{Ordinal: 0, Phase: statefulset.PhaseRunning, Revision: 1, Ready: true},
	}
	uids := []string{"uid of web-1", "uid of web-0"}
	decision, err := statefulset.Plan(web, statefulset.Observed{Fresh: true, Pods: pods}, time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, action := range decision.Actions {
		switch action.Kind {
		case statefulset.ActionDeletePod:
			fmt.Printf("delete web-%d if it is the one with %q: %s\n",
				action.Ordinal, uids[action.Pod.Int()], action.Reason)
		case statefulset.ActionWait:
			fmt.Printf("web-%d to web-%d wait: %s\n", action.Ordinal, action.Wait.Through, action.Wait.Gates)
		}
	}
	// Output:
	// delete web-1 if it is the one with "uid of web-1": rollout
	// web-0 to web-0 wait: max-unavailable
}

// A list of claims that is not known is not the same as an empty one.
func ExampleObserved() {
	web := statefulset.Desired{Replicas: 1, Templates: 1, CurrentRevision: 1, UpdateRevision: 1}
	for _, claims := range [][]statefulset.Claim{nil, {}} {
		decision, err := statefulset.Plan(web, statefulset.Observed{Fresh: true, Claims: claims}, time.Now())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(decision.Actions)
	}
	// Output:
	// [wait 0 (scale-out): claims-unknown]
	// [create-claim 0 (scale-out) create-pod 0 (scale-out)]
}

// The limit of unavailable pods is a number of pods or a percentage.
func ExampleLimit() {
	web := statefulset.Desired{
		Replicas: 4, Management: statefulset.Parallel, CurrentRevision: 1, UpdateRevision: 2,
		Rolling: statefulset.Rolling{
			MaxUnavailable: statefulset.Limit{Kind: statefulset.LimitPercent, Value: 50},
		},
	}
	var pods []statefulset.Pod
	for ordinal := range uint32(4) {
		pods = append(pods, statefulset.Pod{
			Ordinal: ordinal, Phase: statefulset.PhaseRunning, Revision: 1, Ready: true,
		})
	}
	decision, err := statefulset.Plan(web, statefulset.Observed{Fresh: true, Pods: pods}, time.Now())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, action := range decision.Actions {
		fmt.Println(action)
	}
	// Output:
	// delete-pod 3 (rollout)
	// delete-pod 2 (rollout)
	// wait 0-1 (rollout): max-unavailable
}

// Errors name the list, the entry and the field.
func ExampleInputError() {
	web := statefulset.Desired{Replicas: 1}
	pods := []statefulset.Pod{{Ordinal: 0, Node: statefulset.At(5)}}
	_, err := statefulset.Plan(web, statefulset.Observed{Pods: pods}, time.Now())

	var wrong *statefulset.InputError
	if errors.As(err, &wrong) {
		fmt.Println(wrong.Code, wrong.List, wrong.Index, wrong.Field)
		fmt.Println(wrong)
	}
	// Output:
	// no-such-entry pods 0 node
	// pods[0].node: refers to an entry that does not exist
}

// A planner keeps its buffers, for programs that plan often.
func ExamplePlanner() {
	var planner statefulset.Planner
	web := statefulset.Desired{CurrentRevision: 1, UpdateRevision: 1}
	for web.Replicas = range uint32(3) {
		decision, err := planner.Plan(&web, &statefulset.Observed{Fresh: true}, time.Now())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(decision.Actions)
	}
	// Output:
	// []
	// [create-pod 0 (scale-out)]
	// [create-pod 0 (scale-out) wait 1 (scale-out): order]
}
