// Package conformance judges the library by the controller that it stands in for: both are given the same objects,
// each writes to a store of its own, and everything that they did is compared.
//
// A [Case] is one moment of one set. [Generate] makes one from a sequence of choices. [Theirs] lets the controller of
// the linked Kubernetes have a go at it, [Ours] the library; [Compare] says where the two differ, apart from the
// differences that are wanted and have names ([Difference]).
package conformance
