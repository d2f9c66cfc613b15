package statefulset

import (
	"errors"
	"runtime"
	"testing"
	"time"
)

// A cluster that nobody closed is freed once nobody can use it any more.
func TestForgottenClustersAreFreed(t *testing.T) {
	forgotten, err := NewCluster(Upstream())
	if err != nil {
		t.Fatal(err)
	}
	// The same handle, which keeps nothing alive.
	witness := Cluster{library: forgotten.library}
	if err := witness.BeginList(KindPod); err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(forgotten)
	for range 200 {
		runtime.GC()
		if err := witness.BeginList(KindPod); errors.Is(err, ErrClosed) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("it is still there")
}
