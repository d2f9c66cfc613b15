// Package conformance judges the library by the controller that it stands in for: both are given the same objects,
// each writes to a store of its own, and everything that they did is compared.
//
// A [Case] is one moment of one set. [Generate] makes one from a sequence of choices. [Theirs] lets the controller of
// the linked Kubernetes have a go at it, [Ours] the library; [Compare] says where the two differ, apart from the
// differences that are wanted and have names ([Difference]). [Live] lets a set live in two clusters, whose controllers
// change places. [Lag] lets both act on views that are older than their own writes.
//
// The judge may also be another version of Kubernetes, which is then a program of its own ([Remote]): the files that
// versions/versions.json lists, built with a module file of that version. It is asked about single cases. How the library
// changes from one version to the next is in [versionChange]; cases have to meet all of it.
//
// A difference is printed as a YAML file, made as simple as can be. It is judged again by
//
//	go test -run File -file case.yaml
//
// and belongs into the folder past once its cause is mended. The gates of the real controller are the same for a whole
// process: -flip says which are not as usual, and -settings runs a process for each of some settings.
package conformance
