package statefulset

import "statefulset.internal/statefulset/internal/link"

// Version is the version of the library, such as "0.2.0".
func Version() string { return link.Version() }
