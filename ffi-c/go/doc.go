// Package statefulset is Kubernetes' StatefulSet decision function: given the set that someone wants and the cluster as
// it was last seen, what should be done now, and why not more?
//
// It decides as Kubernetes 1.37.0 does, does no I/O and reads no clock. There are two tiers, each useful alone.
//
// # Facts
//
// [Plan] takes plain structs and gives plain structs; carrying the actions out is the caller's part:
//
//  1. Look: fill [Desired] and [Observed] from one view of the cluster. Leave Fresh false while that view is older than
//     your own writes, and leave lists that you do not know nil.
//  2. Plan: call [Plan] as often as you like; it keeps nothing.
//  3. Act: carry out [Decision.Actions] in the order that [Action] describes. Put the pod's uid into the precondition of
//     every deletion, so that a view that has grown old does no harm. Waits need nothing but to be shown.
//  4. Conclude: hand the outcomes to [Conclude], and publish the status that it gives, if any.
//  5. Come back when something changes, when [Conclusion.Next] says so, and at [Decision.NextWake].
//
// [CarryOut] is the second to the fourth in one call. What is left to you, such as one planner a set, keeping the status, and
// backing off, is numbered on the front page of the Rust crate (core/src/lib.rs, "What the caller does"), each duty with
// what breaks without it.
//
// Any subset of the actions may be carried out; planning again leads to the same goal. Errors are for broken contracts,
// waits for states of a cluster. [Explain] puts a plan into sentences.
//
// # Kubernetes
//
// A [Cluster] takes objects as JSON, as a watch delivers them, and gives requests that are ready to be sent. It sends
// nothing itself: [Cluster.CarryOut] is a set's turn with a function of yours that does. [Reconcile] does the same in one call for those who do not watch.
// Where no API server looks at what people write, [Normalize] fills in its defaults and [Validate] says what it would refuse.
//
// # Times
//
// Times are kept to the millisecond. The zero [time.Time] is "not there". The answers' times are in UTC.
//
// # What grows
//
// Later versions add fields, whose zero value means "as before". Name the fields in composite literals, and start a
// [Profile] from [Upstream] or [Standalone]. Enumerations get more values: a switch needs a default, and String names
// also those that the linked library knows and this package does not.
//
// # Building
//
// The package is a layer over the C library, so it needs cgo, a C compiler and the library, which pkg-config finds by the
// name statefulset. In a checkout of the repository
//
//	make go
//
// builds the library and says what to put into the environment; after make install, pkg-config finds it without. A module
// outside of the checkout depends on it by
//
//	go mod edit -replace statefulset.internal/statefulset=/path/to/checkout/ffi-c/go
//	go get statefulset.internal/statefulset
//
// A program whose header and library differ in their binary interface panics at start.
package statefulset
