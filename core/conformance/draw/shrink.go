package draw

import (
	"slices"
)

// Shrink makes a sequence of choices simpler, as long as `fails` stays true of it.
func Shrink(choices []uint32, fails func([]uint32) bool) []uint32 {
	best := slices.Clone(choices)
	try := func(simpler []uint32) bool {
		if !fails(simpler) {
			return false
		}
		best = simpler
		return true
	}
	for improved := true; improved; {
		improved = false
		// Whole stretches are left out, or made as simple as can be, long ones first.
		for size := len(best) / 2; size > 0; size /= 2 {
			for from := 0; from+size <= len(best); {
				cut := slices.Delete(slices.Clone(best), from, from+size)
				zero := slices.Clone(best)
				clear(zero[from : from+size])
				switch {
				case try(cut):
					improved = true
				case !slices.Equal(zero, best) && try(zero):
					improved = true
					from += size
				default:
					from += size
				}
			}
		}
		for i := range best {
			for i < len(best) && best[i] > 0 {
				less := slices.Clone(best)
				less[i]--
				if !try(less) {
					break
				}
				improved = true
			}
		}
	}
	return best
}

// ShrinkSpans leaves out one span after the other, as long as `fails` stays true; then it goes on as Shrink does.
// `remake` makes the case of such choices again, which tells their spans.
func ShrinkSpans(choices []uint32, remake func(*Choices), fails func([]uint32) bool) []uint32 {
	best := slices.Clone(choices)
	for improved := true; improved; {
		improved = false
		made := Given(best)
		remake(made)
		for _, span := range slices.Backward(made.Spans) {
			if span.To > len(best) {
				continue
			}
			if cut := slices.Delete(slices.Clone(best), span.From, span.To); fails(cut) {
				best, improved = cut, true
				break
			}
		}
	}
	return Shrink(best, fails)
}
