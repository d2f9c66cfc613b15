package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/watch"

	"statefulset.internal/testbed/bed"
)

// What a PlannedSet asks for beyond a StatefulSet: the API server knows the fields and refuses what has no meaning, and the
// controller does it.
func TestPolicies(t *testing.T) {
	long(t)
	t.Parallel()
	w := boot(t, builtin, bed.Options{})
	w.must(w.plane.Class("disks", false))
	rights := w.entitle(account, "plannedset.yaml", "rbac.yaml", "rbac-plannedset.yaml")
	w.run("wait --for=condition=Established crd/plannedsets.statefulset.dev --timeout=60s")
	_, err := w.plane.StartOurs(w.plane.URL, append(rights, "--planned-sets")...)
	w.must(err)

	// The API server says that the kind is established, and tells of it a moment later, which is no event.
	for end := time.Now().Add(w.patience); time.Now().Before(end); time.Sleep(time.Second / 5) {
		if _, err := w.kubectl.Run(w.Context(), "explain plannedset.spec.policies"); err == nil {
			break
		}
	}
	told := w.run("explain plannedset.spec.policies")
	for _, field := range []string{"excluded", "partitionBy", "standInFirst", "paused", "ranked", "ties", "scaleOutLimit", "scaleInLimit", "group", "ask", "repair", "paceSeconds", "deadline", "inPlace"} {
		if !strings.Contains(told, "\n  "+field+"\t") {
			t.Errorf("kubectl explain does not tell of %s", field)
		}
	}
	if strings.Contains(told, "<no description>") {
		t.Errorf("a field has no description:\n%s", told)
	}

	// StatefulSets are none of its business: the built-in controller looks after this one.
	w.apply(manifest, "web", 1, "", "")
	w.settle("web")
	planned := strings.NewReplacer("apps/v1", "statefulset.dev/v1alpha1", "StatefulSet", "PlannedSet").Replace(manifest)
	w.apply(planned, "db", 3, "", "")
	w.run("wait --for=jsonpath={.status.readyReplicas}=3 plannedset db --timeout=60s")
	for policies, why := range map[string]string{
		`{"excluded":[{"first":3,"last":5},{"first":4}]}`: "two items exclude the same ordinal",
		`{"excluded":[{"first":3,"last":2}]}`:             "last is below first",
		`{"excluded":[{"first":-1}]}`:                     "spec.policies.excluded[0].first",
		`{"excluded":[{"last":1}]}`:                       "spec.policies.excluded[0].first: Required value",
		`{"paused":["Rolout"]}`:                           "spec.policies.paused[0]: Unsupported value",
		`{"scaleOutLimit":"0%"}`:                          "must be a number of at least 1 or a percentage",
		`{"scaleInLimit":0}`:                              "must be a number of at least 1 or a percentage",
		`{"repair":{"beyondBudget":"all"}}`:               "must be a number of at least 0 or Unlimited",
		`{"repair":{"afterSeconds":-1}}`:                  "spec.policies.repair.afterSeconds",
		`{"deadline":{"then":"Halt"}}`:                    "spec.policies.deadline.afterSeconds: Required value",
		`{"deadline":{"afterSeconds":60,"then":"Stop"}}`:  "spec.policies.deadline.then: Unsupported value",
		`{"inPlace":"Sometimes"}`:                         "spec.policies.inPlace",
		`{"paceSeconds":-1}`:                              "spec.policies.paceSeconds",
		`{"group":""}`:                                    "spec.policies.group",
		`{"ask":["scale-in"]}`:                            "spec.policies.ask[0]: Unsupported value",
	} {
		w.refused(why, `patch plannedset db --type=merge -p '{"spec":{"policies":%s}}'`, policies)
	}

	// A member goes offline, and no rollout replaces anything for now.
	w.run(`patch plannedset db --type=merge -p '{"spec":{"policies":{"excluded":[{"first":1,"keepClaims":true}],"paused":["Rollout"]}}}'`)
	w.until("db-3 stands in for db-1", func() bool { return w.pod("db-1") == nil && ready(w.pod("db-3")) })
	w.run(`patch plannedset db --type=merge -p '{"spec":{"template":{"metadata":{"annotations":{"change":"1"}}}}}'`)
	w.run("wait '--for=jsonpath={.status.held}=paused 0 2-3' plannedset db --timeout=60s")
	if screen := w.run("get plannedset db"); !strings.Contains(screen, "paused 0 2-3") || !strings.Contains(screen, "HELD") {
		t.Errorf("kubectl does not show what is held:\n%s", screen)
	}
	// The leader last.
	w.run("label pod db-2 statefulset.dev/rank=9")
	w.run("label pod db-0 db-3 statefulset.dev/rank=1")
	start := w.now()
	w.run(`patch plannedset db --type=merge -p '{"spec":{"policies":{"paused":null,"ranked":"Tiers"}}}'`)
	w.run("wait --for=jsonpath={.status.updatedReplicas}=3 plannedset db --timeout=60s")
	w.run("wait --for=jsonpath={.status.readyReplicas}=3 plannedset db --timeout=60s")
	w.now()
	var gone []string
	for _, change := range w.record.Changes(bed.In(w.namespace)) {
		if change.Kind() == "Pod" && change.Type == watch.Deleted && change.Version > start {
			gone = append(gone, change.Name())
		}
	}
	if !slices.Equal(gone, []string{"db-3", "db-0", "db-2"}) {
		t.Errorf("replaced in the order %q", gone)
	}
	if screen := w.run("get plannedset db -o jsonpath={.status.held}"); strings.TrimSpace(screen) != "" {
		t.Errorf("still held: %s", screen)
	}
	w.run("get pvc data-db-1")

	// A member is asked before it leaves, stays while nobody answers, and is told when it stays after all.
	w.run(`patch plannedset db --type=merge -p '{"spec":{"replicas":2,"policies":{"ask":["ScaleIn"]}}}'`)
	question := func(word string) func() bool {
		return func() bool {
			pod := w.pod("db-3")
			return pod != nil && pod.DeletionTimestamp == nil && strings.HasPrefix(pod.Annotations["statefulset.dev/prepare"], word+" ")
		}
	}
	answer := func() {
		w.run("annotate pod db-3 --overwrite 'statefulset.dev/prepared=%s'", w.pod("db-3").Annotations["statefulset.dev/prepare"])
	}
	w.until("db-3 is asked to leave", question("leave"))
	w.run("wait '--for=jsonpath={.status.held}=preparing 3' plannedset db --timeout=60s")
	w.run(`patch plannedset db --type=merge -p '{"spec":{"replicas":3}}'`)
	w.until("db-3 is told that it stays", question("stay"))
	answer()
	w.until("db-3 is back", func() bool {
		return strings.TrimSpace(w.run("get plannedset db -o jsonpath={.status.held}")) == ""
	})
	w.run(`patch plannedset db --type=merge -p '{"spec":{"replicas":2}}'`)
	w.until("db-3 is asked again", question("leave"))
	answer()
	w.until("db-3 has left", func() bool { return w.pod("db-3") == nil })
	// Somebody asks for a replacement.
	old := w.pod("db-2").UID
	w.run("annotate pod db-2 statefulset.dev/replace=true")
	w.until("db-2 is replaced", func() bool { pod := w.pod("db-2"); return ready(pod) && pod.UID != old })
}
