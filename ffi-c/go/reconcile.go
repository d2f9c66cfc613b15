package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
	"statefulset.internal/statefulset/internal/link"
)

// Reconciled is the answer of [Reconcile].
type Reconciled struct {
	// Requests have no ID: there is no plan to finish.
	Requests Requests
	// Tail is what is left to do if every request succeeds. If one fails, look again instead.
	Tail Tail
	// Errors name the objects that cannot be read.
	Errors []string
}

// Reconcile says what to do for a set now, without a [Cluster]: objects in, requests out, nothing kept. It is for
// programs that look only once in a while. The objects are JSON: one object, a list as an API server or kubectl gives
// it ({"items":[…]}), or an array of such. They are all objects of the given kinds. Other kinds are unknown. Nothing is
// decided without [KindStatefulSet], [KindPod] and [KindControllerRevision].
func Reconcile(profile Profile, set string, kinds []Kind, objects []byte, now time.Time) (Reconciled, error) {
	var record abi.Profile
	profile.write(&record)
	var all uint32
	for _, kind := range kinds {
		all |= 1 << kind
	}
	var report abi.Report
	var buffer buffer
	text, err := buffer.text(&report, func(out []byte) abi.Code {
		return link.Reconcile(&record, set, all, view(objects), millis(now), out, &report)
	})
	if err != nil {
		return Reconciled{}, err
	}
	var read struct {
		requestsText
		Tail   Tail     `json:"tail"`
		Errors []string `json:"errors"`
	}
	if err := readText(text, &read); err != nil {
		return Reconciled{}, err
	}
	return Reconciled{Requests: read.requests(), Tail: read.Tail, Errors: read.Errors}, nil
}
