// Package statefulset is Kubernetes' StatefulSet decision function. You give it the StatefulSet and the objects that
// you can see. It returns the actions to take now, in order, and for every pod that is not up to date the reason why it
// has to wait.
//
// It decides as Kubernetes 1.37 does, or as another version ([UpstreamOf]). It does no I/O and reads no clock. It has
// two tiers. Each is useful alone.
//
// # Facts
//
// [Plan] takes plain structs and returns plain structs. You carry the actions out:
//
//  1. Look: fill [Desired] and [Observed] from the cluster. Leave Fresh false while your lists are older than your own
//     writes. Leave a list that you do not know nil.
//  2. Plan: call [Plan] as often as you like. It keeps nothing.
//  3. Act: carry out [Decision.Actions] in the order that [Action] describes. Put the pod's uid into the precondition of
//     every deletion, so that an old list does no harm. Show the waits to the user.
//  4. Conclude: give the outcomes to [Conclude], and publish the status that it returns, if there is one.
//  5. Come back when something changes, when [Conclusion.Next] says so, and at [Decision.NextWake].
//
// [CarryOut] does steps 2 to 4 in one call. Your function does the single action. Actions that may run together run in
// goroutines.
//
// Some things only the caller can do: to run one planner per set, to keep the status, to back off after failures. The
// front page of the Rust crate lists them under "What the caller does" (core/src/lib.rs). They are numbered, and each
// says what breaks without it.
//
// You may carry out any subset of the actions. A later plan has the rest. Errors are for arguments that break the
// contract, and waits are for states of a cluster. [Explain] gives a plan in sentences.
//
// # Kubernetes
//
// A [Cluster] takes objects as JSON, as a watch delivers them, and gives requests that are ready to be sent.
// [Cluster.Due] says which sets to look at, and what they wait to see. [Cluster.TakeDue] does the same for programs
// with several workers: it gives each set out once. [Cluster.CarryOut] does one round for a set: plan, requests,
// status. It sends nothing itself; your function sends the single request. A program that does not watch calls
// [Reconcile]: it takes all objects and returns all requests in one call. Where no API server checks manifests,
// [Normalize] fills in the defaults, and [Validate] says what an API server would refuse. [Cluster.Diagnose] says how a
// set stands, why, and what ends that. [Cluster.Upgrade] says what another version of Kubernetes would do to it.
//
// # Concurrency
//
// Any number of goroutines may call any function, and may use one [Cluster] together. Calls on one cluster wait for each
// other. Only a [Planner] belongs to one goroutine at a time.
//
// A context ends what [CarryOut] and its namesakes do: nothing more is sent once it is cancelled. A call that decides is
// not interrupted. It waits for nothing but other calls on the same cluster.
//
// # Times
//
// Times are kept to the millisecond. The zero [time.Time] means that there is none. The times of answers are in UTC.
//
// # What grows
//
// Later versions add fields. Their zero value means "as before". Name the fields in composite literals, and start a
// [Profile] from [Upstream] or [Standalone]. Enumerations get more values, so a switch needs a default. String also
// names values that the library knows and this package does not.
//
// # Building
//
// The package is a layer over the C library, which is a part of it, as WebAssembly. Nothing but Go is needed, and
// CGO_ENABLED=0 and cross-compiling work as for any package. The first call makes machine code of the library, which
// takes a second or two of processor time; [CacheModule] keeps that code for the next start of the program. On
// platforms for which wazero has no compiler the library is interpreted, which is dozens of times slower.
//
// Each [Cluster] has a memory of its own that grows and does not shrink, up to 4 GiB. [Cluster.Close] gives it back.
//
// With the build tag statefulset_cgo the package links the C library instead. It then needs cgo, a C compiler and the
// library, which pkg-config finds by the name statefulset (make install). This saves the first second, and most of what
// a call costs on top of the decision itself. Calls that only read a cluster (Due, Plan, Explain, Diagnose, Upgrade
// and MayTry) then run together. A program panics at start if its header and its library differ in their binary interface.
//
// The WebAssembly is no part of the repository. In a checkout
//
//	make go
//
// builds it. A module outside of the checkout depends on that by
//
//	go mod edit -replace statefulset.internal/statefulset=/path/to/checkout/ffi-c/go
//	go get statefulset.internal/statefulset
package statefulset
