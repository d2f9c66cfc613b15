// The smallest program: one plan, printed.
package main

import (
	"fmt"
	"log"
	"time"

	"statefulset.internal/statefulset"
)

func main() {
	set := statefulset.Desired{Replicas: 3, Templates: 1, CurrentRevision: 1, UpdateRevision: 1}
	// A cluster without pods and claims, and we know that.
	seen := statefulset.Observed{Fresh: true, Claims: []statefulset.Claim{}}

	decision, err := statefulset.Plan(set, seen, time.Now())
	if err != nil {
		log.Fatal(err)
	}
	for _, action := range decision.Actions {
		fmt.Println(action)
	}
}
