module statefulset.internal/statefulset

go 1.25
