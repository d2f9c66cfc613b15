package bed

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"k8s.io/client-go/rest"
)

// Fault says what happens to a request instead of what should: the answer is this code where it is not zero (1: none at all, the connection
// breaks), after this delay.
type Fault struct {
	Code  int
	Delay time.Duration
	// Late faults come after the request has been carried out: only its answer is lost.
	Late bool
}

// Proxy stands between a controller and the API server, and spoils what passes. Behind it everybody is the user it was made for.
type Proxy struct {
	URL     string
	Count   atomic.Int64 // of the requests that came
	server  *http.Server
	mutex   sync.Mutex
	fault   func(*http.Request) Fault
	cancels map[*http.Request]context.CancelFunc
}

// Proxy starts a proxy for a user.
func (p *Plane) Proxy(user string) (*Proxy, error) {
	config, err := p.Config(user)
	if err != nil {
		return nil, err
	}
	transport, err := rest.TransportFor(config)
	if err != nil {
		return nil, err
	}
	target, err := url.Parse(p.URL)
	if err != nil {
		return nil, err
	}
	certificate, key, err := p.authority.server()
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}})
	if err != nil {
		return nil, err
	}
	proxy := &Proxy{URL: fmt.Sprintf("https://127.0.0.1:%d", listener.Addr().(*net.TCPAddr).Port), cancels: map[*http.Request]context.CancelFunc{}}
	silent := log.New(io.Discard, "", 0)
	forward := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(target) },
		Transport:     transport,
		FlushInterval: -1,
		ErrorLog:      silent,
	}
	proxy.server = &http.Server{ErrorLog: silent, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { proxy.pass(forward, w, r) })}
	go func() {
		if err := proxy.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(err)
		}
	}()
	return proxy, nil
}

func (x *Proxy) pass(forward http.Handler, w http.ResponseWriter, r *http.Request) {
	x.Count.Add(1)
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	r = r.WithContext(ctx)
	x.mutex.Lock()
	x.cancels[r] = cancel
	var fault Fault
	if x.fault != nil {
		fault = x.fault(r)
	}
	x.mutex.Unlock()
	defer func() {
		x.mutex.Lock()
		delete(x.cancels, r)
		x.mutex.Unlock()
	}()
	select {
	case <-time.After(fault.Delay):
	case <-ctx.Done():
		// To return would be to answer that all is well.
		panic(http.ErrAbortHandler)
	}
	if fault.Late {
		forward.ServeHTTP(nowhere{}, r)
	}
	switch fault.Code {
	case 0:
		forward.ServeHTTP(w, r)
	case 1:
		panic(http.ErrAbortHandler)
	default:
		w.Header().Set("Retry-After", "1")
		http.Error(w, "spoilt by the test", fault.Code)
	}
}

// Spoil asks fault about every request from now on; nil ends that. It is called by one request at a time.
func (x *Proxy) Spoil(fault func(*http.Request) Fault) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.fault = fault
}

// Cut breaks all requests that are under way, watches above all.
func (x *Proxy) Cut() {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	for _, cancel := range x.cancels {
		cancel()
	}
}

// Close ends the proxy.
func (x *Proxy) Close() { _ = x.server.Close() }

// Watching says whether a request is a watch.
func Watching(r *http.Request) bool { return r.URL.Query().Get("watch") != "" }

// nowhere is where an answer goes that is lost.
type nowhere struct{}

func (nowhere) Header() http.Header         { return http.Header{} }
func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) WriteHeader(int)             {}
