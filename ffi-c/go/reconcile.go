package statefulset

/*
#include "call.h"
*/
import "C"

import "time"

// Reconciled is what to do for a set, for those who look only once in a while.
type Reconciled struct {
	// Requests has no ID: there is no plan to finish.
	Requests Requests
	// Tail is what is left to do if every request succeeds. If one fails, look again instead.
	Tail Tail
	// Errors tell of objects that cannot be read.
	Errors []string
}

// Reconcile is what to do for a set now: objects in, requests out, nothing kept. The objects are JSON: one, a list as an
// API server or kubectl gives it ({"items":[…]}), or an array of such. They are all that there are of the given kinds; other
// kinds are unknown. Nothing is decided without [KindStatefulSet], [KindPod] and [KindControllerRevision].
func Reconcile(profile Profile, set string, kinds []Kind, objects []byte, now time.Time) (Reconciled, error) {
	var record C.sts_profile
	profile.write(&record)
	var all C.uint32_t
	for _, kind := range kinds {
		all |= 1 << kind
	}
	var report C.sts_report
	var buffer buffer
	text, err := buffer.text(&report, func(out *C.char, room C.size_t) C.sts_code {
		return C.call_reconcile(&record, set, all, view(objects), millis(now), out, room, &report)
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
