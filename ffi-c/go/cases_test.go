package statefulset_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// casesFile holds what every language is asked, with the answers of the planner in Rust; core/cases/README.md describes it.
const casesFile = "../../target/cases.txt"

// The answers are those of the planner in Rust, byte by byte: the package adds nothing and loses nothing.
func TestCommonCases(t *testing.T) {
	file, err := os.Open(casesFile)
	if err != nil {
		t.Fatalf("%v (make cases writes it)", err)
	}
	defer file.Close()

	var asked, want, got strings.Builder
	cases, wrong := 0, 0
	var replay replay
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		text := lines.Text()
		if strings.HasPrefix(text, "  ") {
			want.WriteString(text + "\n")
			continue
		}
		asked.WriteString(text + "\n")
		answer, err := replay.line(text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, asked.String())
		}
		got.WriteString(answer)
		if text != "" {
			continue
		}
		cases++
		if want.String() != got.String() {
			if wrong++; wrong <= 3 {
				t.Errorf("asked\n%sgot\n%swant\n%s", asked.String(), got.String(), want.String())
			}
		}
		asked.Reset()
		want.Reset()
		got.Reset()
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if cases < 3000 || asked.Len() > 0 {
		t.Errorf("%s is not complete: %d cases", casesFile, cases)
	}
	if wrong > 0 {
		t.Errorf("%d of %d cases are answered in another way", wrong, cases)
	}
}
