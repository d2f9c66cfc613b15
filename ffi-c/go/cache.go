package statefulset

import "statefulset.internal/statefulset/internal/link"

// CacheModule keeps the compiled library in a folder, so that the next start of the program does not compile it again.
// Call it before anything else of this package. It gives an error if the folder cannot be used, or if the library was
// compiled already.
//
// The folder is made if it is missing. What is in it is executed, so nobody else may be able to write to it. Several
// programs may use the same folder. With the build tag statefulset_cgo nothing is compiled, and the call does nothing.
func CacheModule(folder string) error { return link.CacheModule(folder) }
