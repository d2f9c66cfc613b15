package statefulset_test

import (
	"fmt"
	"testing"

	"statefulset.internal/statefulset"
)

func BenchmarkPlan(b *testing.B) {
	for _, replicas := range []uint32{3, 100, 1000} {
		b.Run(fmt.Sprint(replicas), func(b *testing.B) {
			desired, observed := settled(replicas)
			var planner statefulset.Planner
			b.ReportAllocs()
			for b.Loop() {
				if _, err := planner.Plan(&desired, &observed, noon); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
