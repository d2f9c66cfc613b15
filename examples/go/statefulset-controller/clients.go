package main

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// clients are the ways to the API server. Each has a limit of its own, so that a flood of one thing delays no other.
type clients struct {
	// watches reads, bytes as they come.
	watches rest.Interface
	// requests writes, bytes as they are.
	requests rest.Interface
	// events records events.
	events kubernetes.Interface
	// lease holds the lease.
	lease kubernetes.Interface
}

func newClients(o *options) (*clients, error) {
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = o.kubeconfig
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, nil).ClientConfig()
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = o.qps, o.burst
	config.WarningHandler = rest.NoWarnings{}
	rest.AddUserAgent(config, "statefulset-controller")
	config.ContentType, config.AcceptContentTypes = runtime.ContentTypeJSON, runtime.ContentTypeJSON

	c := new(clients)
	// There are only a handful of watches; they must not wait for anything.
	if c.watches, err = newBytesClient(config, -1); err != nil {
		return nil, err
	}
	if c.requests, err = newBytesClient(config, o.qps); err != nil {
		return nil, err
	}
	if c.events, err = kubernetes.NewForConfig(config); err != nil {
		return nil, err
	}
	lease := rest.CopyConfig(config)
	lease.Timeout = o.renewDeadline / 2
	c.lease, err = kubernetes.NewForConfig(lease)
	return c, err
}

// newBytesClient is a client that reads and writes JSON without looking into it.
func newBytesClient(config *rest.Config, qps float32) (rest.Interface, error) {
	config = rest.CopyConfig(config)
	config.QPS = qps
	// It is asked to read nothing but the Status of a failure.
	config.NegotiatedSerializer = scheme.Codecs.WithoutConversion()
	return rest.UnversionedRESTClientFor(config)
}
