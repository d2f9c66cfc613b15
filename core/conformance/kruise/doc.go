// Package kruise judges the library's policies by a controller that has some of them: OpenKruise's Advanced StatefulSet.
//
// A [Moment] is one set at one moment, with random `reserveOrdinals`, partition, `scaleStrategy`, `maxUnavailable`, pause and
// priorities. [Theirs] lets the controller of the linked OpenKruise act on it, [Ours] asks the library what to do, under the
// profile of that name. [Compare] says where the two differ, apart from the differences that are wanted and have names
// ([Difference]).
//
// What OpenKruise has and the library does not is left out of the moments: updates in place, hooks, deletions that
// somebody asked for, and growing claims. So are pods that claim to be ready without running.
//
// A difference is printed as a YAML file, made as simple as can be. It is judged again by
//
//	go test -run File -file moment.yaml
//
// and belongs into the folder past once its cause is mended.
package kruise
