// Package draw makes cases at random, and makes those that fail smaller.
package draw

import (
	"iter"
	"math/rand/v2"
)

// Choices is a sequence of choices: drawn at random, or given. A case is a function of such a sequence, so that a
// simpler sequence makes a simpler case. The first of the things to choose from is always the simplest.
type Choices struct {
	random *rand.Rand
	given  []uint32
	// Made are the choices so far.
	Made []uint32
	// Spans are stretches of the choices that make one thing each: without them the thing is not there.
	Spans []Span
}

// Span is a stretch of choices.
type Span struct{ From, To int }

// Random are drawn as the seed says.
func Random(seed, number uint64) *Choices {
	return &Choices{random: rand.New(rand.NewPCG(seed, number))}
}

// Given are those; beyond their end, the simplest.
func Given(given []uint32) *Choices {
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

// Some are the numbers from 0 on, up to a limit. Each is asked for by a choice of its own, so that any of them can be left
// out; `rare` says how likely it is that there is no further one.
func (c *Choices) Some(most, rare int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for number := 0; ; number++ {
			from := len(c.Made)
			if number == most {
				// The same choice as if there were just so many, so that one of them can be left out.
				c.Made = append(c.Made, 0)
				return
			}
			if c.Below(rare) == 0 || !yield(number) {
				return
			}
			c.Spans = append(c.Spans, Span{from, len(c.Made)})
		}
	}
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
