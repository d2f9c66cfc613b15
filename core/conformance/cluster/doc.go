// Package cluster judges parts of the simulated cluster (core/simulate) by the parts of Kubernetes that they stand for:
// the scheduler, patches, who manages which fields, and what kubectl prints of objects in rows and in descriptions. Each has
// a package below this one.
//
// Both are given the same objects, made at random by a sequence of choices. The simulator's side is a program
// (core/simulate/examples/judged.rs) that reads one question in a line, and answers in a line. What differs is printed
// as small as it can be made, with its seed and number; it is asked again by -seed and -from with -cases 1.
package cluster
