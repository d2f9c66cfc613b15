module statefulset.internal/conformance/draw

go 1.26.0
