module statefulset.internal/statefulset/tools

go 1.25
