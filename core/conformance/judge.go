package conformance

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// Judge lets both have a go at a case and says where they differ. It has to be called where time stands still, at the
// moment of the case, so that the real controller's conditions have that time, and its pauses take none: see [Stand].
func Judge(c *Case) (theirs Outcome, verdict Verdict) {
	time.Sleep(c.Now.Sub(time.Now()))
	c.settleTwins()
	theirs = Theirs(c.withoutLosers())
	return theirs, Compare(c, theirs, Ours(c))
}

// Theirs lets the real controller sync the set of a case once: the one that is linked, or that of another version.
func Theirs(c *Case) Outcome {
	if remote == nil {
		return Linked(c)
	}
	outcome, err := remote.Theirs(c)
	if err != nil {
		panic(fmt.Errorf("%w: %s", err, c.YAML()))
	}
	return outcome
}

// Stand lets time stand still at the epoch while something is done. It goes on by itself where all are asleep.
func Stand(t *testing.T, do func()) {
	synctest.Test(t, func(*testing.T) { do() })
}
