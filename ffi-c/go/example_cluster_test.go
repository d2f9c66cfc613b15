package statefulset_test

import (
	"fmt"
	"log"
	"time"

	"statefulset.internal/statefulset"
)

// A cluster is shown a set and told that there is nothing else. What would go to the API server is printed, and all of it
// succeeds.
func ExampleCluster() {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		log.Fatal(err)
	}
	defer cluster.Close()
	for _, kind := range []statefulset.Kind{
		statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindPersistentVolumeClaim,
		statefulset.KindControllerRevision,
	} {
		if err := cluster.BeginList(kind); err != nil {
			log.Fatal(err)
		}
		if kind == statefulset.KindStatefulSet {
			if err := cluster.Apply(kind, []byte(webSet)); err != nil {
				log.Fatal(err)
			}
		}
		if err := cluster.EndList(kind, "10"); err != nil {
			log.Fatal(err)
		}
	}

	now := time.Now()
	due, err := cluster.Due(now)
	if err != nil {
		log.Fatal(err)
	}
	for _, set := range due.Sets {
		requests, err := cluster.Plan(set, now)
		if err != nil {
			log.Fatal(err)
		}
		var responses []statefulset.Response
		for i, request := range requests.List {
			// After a failure some are not to be sent any more.
			may, err := cluster.MayTry(set, requests.ID, i, responses)
			if err != nil {
				log.Fatal(err)
			}
			var response statefulset.Response
			if may {
				fmt.Println(request.Method, request.Path)
				response = statefulset.Response{HTTP: 201, Body: request.Body}
			}
			responses = append(responses, response)
		}
		for _, wait := range requests.Waits {
			fmt.Printf("%d waits for %s %s: %s\n", wait.Ordinal, wait.OnKind, wait.OnName, wait.Gates)
		}
		tail, err := cluster.Finish(set, requests.ID, responses, now)
		if err != nil {
			log.Fatal(err)
		}
		for _, event := range tail.Events {
			fmt.Println(event.Type, event.Reason, event.Message)
		}
		for _, request := range tail.Requests {
			fmt.Println(request.Method, request.Path)
		}
	}
	// Output:
	// POST /apis/apps/v1/namespaces/default/controllerrevisions
	// POST /api/v1/namespaces/default/pods
	// 1 waits for Pod web-0: order
	// Normal SuccessfulCreate Create Pod web-0 in StatefulSet web successful
	// PATCH /apis/apps/v1/namespaces/default/statefulsets/web/status
}

// One look, with what "kubectl get statefulsets,pods,controllerrevisions -o json" prints.
func ExampleReconcile() {
	objects := `{"kind": "List", "apiVersion": "v1", "items": [` + webSet + `]}`
	answer, err := statefulset.Reconcile(statefulset.Upstream(), "default/web", []statefulset.Kind{
		statefulset.KindStatefulSet, statefulset.KindPod, statefulset.KindControllerRevision,
	}, []byte(objects), time.Now())
	if err != nil {
		log.Fatal(err)
	}
	for _, request := range answer.Requests.List {
		fmt.Println(request.Method, request.Path)
	}
	// Output:
	// POST /apis/apps/v1/namespaces/default/controllerrevisions
	// POST /api/v1/namespaces/default/pods
}

// A plan in sentences.
func ExampleExplain() {
	web := statefulset.Desired{Replicas: 2, CurrentRevision: 1, UpdateRevision: 1}
	now := time.Now()
	seen := statefulset.Observed{Fresh: true, Pods: []statefulset.Pod{
		{Phase: statefulset.PhaseRunning, Revision: 1, TerminatingSince: now.Add(-3 * time.Second)},
	}}
	sentences, err := statefulset.Explain(web, seen, now, statefulset.Names{Set: "web"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(sentences)
	// Output:
	// web-0: not available yet: the pod is terminating and must be gone first (for 3 s)
	// web-1: not created yet: web-0 comes first
}

// What follows from how actions went. After a failure there is another try.
func ExampleConclude() {
	web := statefulset.Desired{Replicas: 1, CurrentRevision: 1, UpdateRevision: 1}
	seen := statefulset.Observed{Fresh: true}
	now := time.Now()
	for _, outcome := range []statefulset.Outcome{statefulset.OutcomeDone, statefulset.OutcomeFailed} {
		conclusion, err := statefulset.Conclude(web, seen, now, []statefulset.Outcome{outcome})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(outcome, conclusion.Next)
	}
	// Output:
	// done rest
	// failed retry
}
