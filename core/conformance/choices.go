package conformance

import "statefulset.internal/conformance/draw"

// Choices make a case.
type Choices = draw.Choices

var (
	// RandomChoices are drawn as the seed says.
	RandomChoices = draw.Random
	// GivenChoices are those; beyond their end, the simplest.
	GivenChoices = draw.Given
	// Shrink makes a sequence of choices simpler, as long as what is asked stays true of it.
	Shrink = draw.Shrink
)

// Pick is one of these.
func Pick[T any](c *Choices, first T, others ...T) T {
	return draw.Pick(c, first, others...)
}

// Mostly is the first, in all but one of so many times; then it is one of the others.
func Mostly[T any](c *Choices, in int, first T, others ...T) T {
	return draw.Mostly(c, in, first, others...)
}
