package conformance

import "math/rand/v2"

// Choices is a sequence of choices: drawn at random, or given. A case is a function of such a sequence, so that a
// simpler sequence makes a simpler case. The first of the things to choose from is always the simplest.
type Choices struct {
	random *rand.Rand
	given  []uint32
	// Made are the choices so far.
	Made []uint32
}

// RandomChoices are drawn as the seed says.
func RandomChoices(seed, number uint64) *Choices {
	return &Choices{random: rand.New(rand.NewPCG(seed, number))}
}

// GivenChoices are those; beyond their end, the simplest.
func GivenChoices(given []uint32) *Choices {
	return &Choices{given: given}
}

// Below is a number less than n.
func (c *Choices) Below(n int) int {
	var choice int
	switch place := len(c.Made); {
	case c.random != nil:
		choice = c.random.IntN(n)
	case place < len(c.given):
		choice = min(int(c.given[place]), n-1)
	}
	c.Made = append(c.Made, uint32(choice))
	return choice
}

// Once is true once in so many times.
func (c *Choices) Once(in int) bool {
	return c.Below(in) == in-1
}

// Pick is one of these.
func Pick[T any](c *Choices, first T, others ...T) T {
	if i := c.Below(1 + len(others)); i > 0 {
		return others[i-1]
	}
	return first
}

// Mostly is the first, in all but one of so many times; then it is one of the others.
func Mostly[T any](c *Choices, in int, first T, others ...T) T {
	if c.Once(in) {
		return Pick(c, others[0], others[1:]...)
	}
	return first
}
