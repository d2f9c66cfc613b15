package e2e

import (
	"fmt"
	"slices"
	"strings"
)

// difference shows the first line in which two lists differ, with what is around it; it is empty where there is none.
func difference(us, them []string) string {
	if slices.Equal(us, them) {
		return ""
	}
	at := 0
	for at < len(us) && at < len(them) && us[at] == them[at] {
		at++
	}
	around := func(lines []string) string {
		return strings.Join(lines[max(0, at-2):min(len(lines), at+3)], "\n    ")
	}
	return fmt.Sprintf("  from line %d on\n  ours\n    %s\n  built-in\n    %s", at, around(us), around(them))
}
