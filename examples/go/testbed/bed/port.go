package bed

import (
	"fmt"
	"math/rand/v2"
	"net"
)

// freePort is a port of this machine on which nobody listens. It is below those that the kernel gives to outgoing connections,
// so that none of them takes it before its owner is up, or while its owner is being restarted.
func freePort() (int, error) {
	for range 1000 {
		port := 20000 + rand.IntN(12000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, listener.Close()
		}
	}
	return 0, fmt.Errorf("no free port between 20000 and 32000")
}
