package statefulset_test

import (
	"log"
	"os"
	"testing"

	"statefulset.internal/statefulset"
)

// Tests begin sooner where the module was compiled before.
func TestMain(m *testing.M) {
	if err := statefulset.CacheModule("../../target/go/compiled"); err != nil {
		log.Fatal(err)
	}
	os.Exit(m.Run())
}
