package statefulset

import "fmt"

// word is the entry of a table of words, or the number if the table has none.
func word[N ~uint32](table []string, n N) string {
	if int64(n) < int64(len(table)) && table[n] != "" {
		return table[n]
	}
	return fmt.Sprint(uint32(n))
}
