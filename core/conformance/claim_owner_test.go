package conformance

import (
	"fmt"
	"testing"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Rule C-6. A claim that is made in a sync gets its owner in the next one. The real controller asks its lister again after
// the pod was created; if the lister does not show the new claim yet, it leaves it alone, too.
func TestOwnerOfANewClaim(t *testing.T) {
	m := &Manifest{Gates: gates, Set: goodSet(GivenChoices([]uint32{1}))}
	put(m.Set, []string{"spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted"}, "Delete")
	read, err := decode(m.Set)
	if err != nil {
		t.Fatal(err)
	}
	set, err := stored(read)
	if err != nil {
		t.Fatal(err)
	}
	set.Generation = 1
	first := &Case{Gates: gates, Now: meta.NewTime(time.Unix(1e9, 0).UTC()), Set: set}
	for side, sync := range map[string]func(*Case) Outcome{"theirs": Theirs, "ours": Ours} {
		made := claimsOf(sync(first))
		if len(made) != 1 || len(made[0].OwnerReferences) > 0 {
			t.Fatalf("%s: %d claims are written: %v", side, len(made), made)
		}
		second := *first
		claim := made[0].DeepCopy()
		claim.Status.Phase = core.ClaimBound
		second.Claims = []*core.PersistentVolumeClaim{claim}
		owned := claimsOf(sync(&second))
		if len(owned) != 1 || len(owned[0].OwnerReferences) != 1 || owned[0].OwnerReferences[0].Kind != "StatefulSet" {
			t.Errorf("%s: once the claim is seen: %v", side, fmt.Sprint(owned))
		}
	}
}

func claimsOf(outcome Outcome) []*core.PersistentVolumeClaim {
	var claims []*core.PersistentVolumeClaim
	for _, write := range outcome.Writes {
		if claim, ok := write.Object.(*core.PersistentVolumeClaim); ok {
			claims = append(claims, claim)
		}
	}
	return claims
}
