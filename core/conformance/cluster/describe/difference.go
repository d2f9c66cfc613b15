package describe

import (
	"fmt"
	"slices"
	"strings"
)

// around is how many lines of what is alike are shown before a difference.
const around = 3

// first is where two texts part for the first time, with the lines around it.
func first(theirs, ours string) string {
	one, other := strings.Split(theirs, "\n"), strings.Split(ours, "\n")
	at := 0
	for at < min(len(one), len(other)) && one[at] == other[at] {
		at++
	}
	part := func(lines []string) string {
		lines = slices.Clone(lines[max(at-around, 0):min(at+around+1, len(lines))])
		for i, line := range lines {
			lines[i] = fmt.Sprintf("  %q", line)
		}
		return strings.Join(lines, "\n")
	}
	return fmt.Sprintf("line %d:\ntheirs\n%s\nours\n%s", at+1, part(one), part(other))
}
