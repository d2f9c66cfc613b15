package conformance

import (
	"fmt"

	"statefulset.internal/statefulset"
)

// OurSync is one turn of the library: the plan, what came of it, and the rest. Afterwards it is shown the scene again.
func OurSync(s Scene, times int) Cost {
	seat, err := newSeat(s.Gates, NewStore(s.Case))
	must(err)
	defer seat.close()
	cluster := seat.cluster
	version := 200000
	victim := []byte(nil)
	for _, pod := range s.Pods {
		if pod.Name == s.Victim {
			pod = pod.DeepCopy()
			// Another pod each time: one that was deleted does not come back.
			pod.ResourceVersion, pod.UID = "%[1]d", "%[1]d"
			victim = wireText(pod)
		}
	}
	return measure(times, nothing, func(int) {
		version++
		plan := turn(cluster, s, version)
		if wanted := min(len(s.Victim), 1); len(plan.List) != wanted {
			panic(fmt.Sprintf("%s, version %d: %v, waits %v", s.Name, version, plan.List, plan.Waits))
		}
	}, func(int) {
		if s.Victim == "" {
			return
		}
		version++
		must(cluster.Remove(statefulset.KindPod, s.Set.Namespace+"/"+s.Victim, ""))
		if victim != nil {
			must(cluster.Apply(statefulset.KindPod, fmt.Appendf(nil, string(victim), version)))
		}
		must(cluster.Bookmark(statefulset.KindPod, fmt.Sprint(version)))
	})
}

// turn carries a plan out, as far as the library can tell.
func turn(cluster *statefulset.Cluster, s Scene, version int) statefulset.Requests {
	set := s.Set.Namespace + "/" + s.Set.Name
	plan, err := cluster.Plan(set, s.Now.Time)
	must(err)
	responses := make([]statefulset.Response, len(plan.List))
	for i := range responses {
		responses[i] = statefulset.Response{Status: statefulset.StatusDone, ResourceVersion: fmt.Sprint(version)}
	}
	_, err = cluster.Finish(set, plan.ID, responses, s.Now.Time)
	must(err)
	return plan
}

// OurEvent is one event about a pod, from the bytes of the watch to the end of the turn.
func OurEvent(s Scene, times int) Cost {
	seat, err := newSeat(s.Gates, NewStore(s.Case))
	must(err)
	defer seat.close()
	cluster := seat.cluster
	texts := make([][]byte, times)
	for i, pod := range eventPods(s, times) {
		texts[i] = wireText(pod)
	}
	return measure(times, nothing, func(i int) {
		must(cluster.Apply(statefulset.KindPod, texts[i]))
		turn(cluster, s, 0)
	}, nothing)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
