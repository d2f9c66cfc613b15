module statefulset.internal/examples

go 1.25

require statefulset.internal/statefulset v0.0.0

replace statefulset.internal/statefulset => ../../ffi-c/go
