package conformance

import (
	"testing"
	"testing/synctest"
	"time"
)

// Judge lets both have a go at a case and says where they differ. The real controller runs where time stands still, at
// the moment of the case, so that its conditions have that time, and its pauses take none.
func Judge(t *testing.T, make func() *Case) (c *Case, theirs Outcome, verdict Verdict) {
	synctest.Test(t, func(t *testing.T) {
		c = make()
		time.Sleep(c.Now.Sub(time.Now()))
		theirs = Theirs(c)
	})
	return c, theirs, Compare(c, theirs, Ours(c))
}

// JudgeChoices judges the case that choices make.
func JudgeChoices(t *testing.T, choices *Choices, gates Gates) (*Case, Outcome, Verdict) {
	return Judge(t, func() *Case { return Generate(choices, gates) })
}
