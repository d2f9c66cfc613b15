package bed

import (
	"fmt"
	"net"
	"testing"
)

// A port is given to one owner only, although its owner does not listen yet.
func TestAPortIsGivenOnce(t *testing.T) {
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	if claim(port) {
		t.Errorf("port %d was given twice", port)
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatalf("its owner cannot listen on port %d: %v", port, err)
	}
	listener.Close()
}

// Many owners in a row get ports that differ, which numbers drawn without memory do not: of 400 out of 12,000, some six are twice there.
func TestManyPortsDiffer(t *testing.T) {
	seen := map[int]bool{}
	for range 400 {
		port, err := freePort()
		if err != nil {
			t.Fatal(err)
		}
		if seen[port] {
			t.Fatalf("port %d was given twice", port)
		}
		seen[port] = true
	}
}

// A port on which somebody listens is not given, and is not kept either.
func TestAPortInUseIsNotGiven(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if claim(port) {
		t.Errorf("port %d, on which somebody listens, was given", port)
	}
	listener.Close()
	if !claim(port) {
		t.Errorf("port %d was not given after its owner had left", port)
	}
}
