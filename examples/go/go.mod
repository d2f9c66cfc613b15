module statefulset.internal/examples

go 1.25.0

require statefulset.internal/statefulset v0.0.0

require (
	github.com/tetratelabs/wazero v1.12.0 // indirect
	golang.org/x/sys v0.44.0 // indirect
)

replace statefulset.internal/statefulset => ../../ffi-c/go
