package conformance

import (
	"flag"
	"testing"
)

var handOvers = flag.Int64("hand-overs", 100, "how many times a controller takes over from another one in mid-rollout")

func TestHandOver(t *testing.T) {
	work := &work{kind: "hand-overs", count: *handOvers}
	work.run(t, func(number uint64, seen Coverage) bool {
		return len(HandOver(RandomChoices(*seed, number), gates, seen)) == 0
	}, func(t *testing.T, number uint64) string {
		return reportTold(t, number, func(choices *Choices) []string { return HandOver(choices, gates, Coverage{}) })
	})
	work.requires(t, 200, inHandOvers)
	done, circles := *handOvers, ran.Covered["hand-over: in circles"]
	if done >= 200 && int64(circles)*20 > done {
		t.Errorf("%d of %d in circles", circles, done)
	}
}
