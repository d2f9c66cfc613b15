package main

import (
	"os"
	"strings"
	"testing"
)

// Numbers and records are those of the header. If it has changed, `make go-abi` writes them again.
func TestItIsWhatTheHeaderSays(t *testing.T) {
	header, err := os.ReadFile("../../../include/statefulset.h")
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(string(header))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../internal/abi/abi.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("internal/abi/abi.go is out of date: make go-abi writes it")
	}
}

func TestRecords(t *testing.T) {
	for _, test := range []struct{ header, want, refusal string }{
		{
			header: "#define STS_CODE_BAD_JSON 15\n",
			want:   "CodeBadJSON = 15",
		}, {
			header: "typedef struct sts_text {\n  // Its first byte.\n  const char *data;\n  size_t size;\n} sts_text;\n" +
				"typedef struct sts_name {\n  struct sts_text text;\n  char field[32];\n} sts_name;\n",
			want: "type Text struct {\n\tData Pointer\n\tSize Size\n}\n\ntype Name struct {\n\tText  Text\n\tField [32]byte\n}\n",
		}, {
			header:  "typedef struct sts_gap {\n  uint32_t kind;\n  uint64_t size;\n} sts_gap;\n",
			refusal: "sts_gap has hidden padding",
		}, {
			header:  "typedef struct sts_end {\n  uint64_t size;\n  uint32_t kind;\n} sts_end;\n",
			refusal: "sts_end has hidden padding",
		}, {
			// Eight bytes follow a pointer: no padding where it has eight itself, four bytes where it has four.
			header:  "typedef struct sts_wide {\n  const char *data;\n  uint64_t size;\n} sts_wide;\n",
			refusal: "sts_wide has hidden padding",
		}, {
			header:  "typedef struct sts_odd {\n  double share;\n} sts_odd;\n",
			refusal: "sts_odd.share: no Go type is known for double",
		},
	} {
		got, err := generate(test.header)
		switch {
		case test.refusal != "":
			if err == nil || !strings.Contains(err.Error(), test.refusal) {
				t.Errorf("%s is not refused by %q: %v", test.header, test.refusal, err)
			}
		case err != nil || !strings.Contains(string(got), test.want):
			t.Errorf("got\n%s%v\nwant\n%s", got, err, test.want)
		}
	}
}
