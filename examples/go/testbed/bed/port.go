package bed

import (
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
)

// The lowest port that the testbed uses, and the first above those that it uses. They are below the ports that the kernel gives
// to outgoing connections, so that none of these takes a port before its owner is up, or while its owner is being restarted.
const lowestPort, endOfPorts = 20000, 32000

// claimed holds a UDP socket for each port that freePort has returned. It is never read, and keeps the sockets open.
var claimed = struct {
	sync.Mutex
	sockets []net.PacketConn
}{}

// freePort is a TCP port of this machine on which nobody listens, and which no other call returns, in this process or in another
// one, as long as this process lives. Its owner listens only later, and not while it is being restarted. Until then the UDP port
// of the same number, which nobody else has a use for, is what says that the number is taken.
func freePort() (int, error) {
	for range 1000 {
		port := lowestPort + rand.IntN(endOfPorts-lowestPort)
		if claim(port) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("no free port between %d and %d", lowestPort, endOfPorts-1)
}

// claim takes a port for this process, unless somebody has claimed it or listens on it.
func claim(port int) bool {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		return false
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		socket.Close()
		return false
	}
	listener.Close()
	claimed.Lock()
	claimed.sockets = append(claimed.sockets, socket)
	claimed.Unlock()
	return true
}
