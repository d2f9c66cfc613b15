package statefulset

import (
	"fmt"
	"strings"
	"sync"
)

// word is the entry of a table of words, or the number if the table has none.
func word[N ~uint32](table []string, n N) string {
	if int64(n) < int64(len(table)) && table[n] != "" {
		return table[n]
	}
	return fmt.Sprint(uint32(n))
}

// bit is one value of a set, and its word.
type bit[N ~uint32] struct {
	value N
	word  string
}

// words are those of a set, separated by commas.
func words[N ~uint32](table []bit[N], n N) string {
	var found []string
	for _, each := range table {
		if n&each.value != 0 {
			found = append(found, each.word)
			n &^= each.value
		}
	}
	if n != 0 {
		found = append(found, word(nil, n))
	}
	return strings.Join(found, ",")
}

// unknown is the library's word for numbers without one.
const unknown = "unknown"

// readers give the number that the library has a word for.
var (
	readAction = sync.OnceValue(func() map[string]ActionKind { return numbers(ActionCreateClaim) })
	readReason = sync.OnceValue(func() map[string]Reason { return numbers(ReasonScaleOut) })
	readGate   = sync.OnceValue(func() map[string]Gate { return numbers(GateStaleView) })
	readNext   = sync.OnceValue(func() map[string]Next { return numbers(NextRest) })
)

// numbers are those from the first one on, by the library's words for them.
func numbers[N interface {
	~uint32
	fmt.Stringer
}](first N) map[string]N {
	found := map[string]N{}
	for n := first; n.String() != unknown; n++ {
		found[n.String()] = n
	}
	return found
}

// number is the one that has a word.
func number[N any](numbers map[string]N, word []byte, to *N) error {
	number, known := numbers[string(word)]
	if !known {
		return fmt.Errorf("no %T is called %q", number, word)
	}
	*to = number
	return nil
}
