package statefulset_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"statefulset.internal/statefulset"
)

// webSet is a set as an API server stores it.
const webSet = `{
  "apiVersion": "apps/v1", "kind": "StatefulSet",
  "metadata": {"name": "web", "namespace": "default", "uid": "u-1", "resourceVersion": "10", "generation": 1},
  "spec": {
    "replicas": 2, "serviceName": "web", "revisionHistoryLimit": 10, "podManagementPolicy": "OrderedReady",
    "selector": {"matchLabels": {"app": "web"}},
    "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
    "template": {
      "metadata": {"labels": {"app": "web"}},
      "spec": {"containers": [{"name": "web", "image": "nginx", "args": ["<a&b>"]}]}
    }
  }
}`

// A cluster is shown a set and complete lists that are otherwise empty. The program prints the requests instead of sending
// them, and says that all of them succeed.
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

	send := func(_ context.Context, request statefulset.Request) statefulset.Response {
		fmt.Println(request.Method, request.Path)
		return statefulset.Response{HTTP: 201, Body: request.Body}
	}
	now := time.Now()
	due, err := cluster.TakeDue(now)
	if err != nil {
		log.Fatal(err)
	}
	for _, set := range due.Sets {
		// One request at a time.
		tail, err := cluster.CarryOut(context.Background(), set, now, 1, send)
		if err != nil {
			log.Fatal(err)
		}
		for _, event := range tail.Events {
			fmt.Println(event.Type, event.Reason, event.Message)
		}
		fmt.Println("next:", tail.Next)
	}
	// Output:
	// POST /apis/apps/v1/namespaces/default/controllerrevisions
	// POST /api/v1/namespaces/default/pods
	// PATCH /apis/apps/v1/namespaces/default/statefulsets/web/status
	// Normal SuccessfulCreate Create Pod web-0 in StatefulSet web successful
	// next: rest
}

// A kind that was never listed holds every set up. The cluster says which one it is.
func ExampleAwaited() {
	cluster, err := statefulset.NewCluster(statefulset.Upstream())
	if err != nil {
		log.Fatal(err)
	}
	defer cluster.Close()
	for _, kind := range []statefulset.Kind{statefulset.KindStatefulSet, statefulset.KindControllerRevision} {
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
	if _, err := cluster.CarryOut(context.Background(), "default/web", now, 1, nil); err != nil {
		log.Fatal(err)
	}
	due, err := cluster.Due(now)
	if err != nil {
		log.Fatal(err)
	}
	for _, awaited := range due.Awaited {
		fmt.Println(awaited.Set, "waits for", awaited.Unseen, "of", awaited.Kind)
	}
	// Output:
	// default/web waits for list of Pod
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
