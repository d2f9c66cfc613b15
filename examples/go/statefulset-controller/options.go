package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/pflag"
	"k8s.io/apimachinery/pkg/labels"
	"statefulset.internal/statefulset"
)

// options is what the command line says.
type options struct {
	kubeconfig string
	planned    bool
	namespace  string
	selector   string
	profile    string
	policies   string
	kubernetes string
	shutdown   string
	workers    int

	shadow      bool
	shadowGrace time.Duration

	elect          bool
	leaseNamespace string
	leaseName      string
	leaseDuration  time.Duration
	renewDeadline  time.Duration
	retryPeriod    time.Duration

	metricsAddress string
	qps            float32
	burst          int
	logFormat      string
	verbose        bool

	// planner is what profile and shutdown come to. Its version is chosen when the API server has been asked.
	planner statefulset.Profile
	// resource is what sets are.
	resource statefulset.SetResource
	// name is what the controller calls itself.
	name string
}

// plannedSets have the fields of a StatefulSet; manifests/plannedset.yaml defines them.
var plannedSets = statefulset.SetResource{APIVersion: "statefulset.dev/v1alpha1", Kind: "PlannedSet", Plural: "plannedsets"}

const usage = `Runs StatefulSets in the place of Kubernetes' own controller, which must be switched off for it:
kube-controller-manager --controllers=*,-statefulset-controller

usage: statefulset-controller [flags]

`

func parse(arguments []string) (*options, error) {
	o := new(options)
	flags := pflag.NewFlagSet("statefulset-controller", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage, flags.FlagUsages()) }

	flags.StringVar(&o.kubeconfig, "kubeconfig", "",
		"how to reach the API server; without it $KUBECONFIG, ~/.kube/config, or the pod's service account")
	flags.BoolVar(&o.planned, "planned-sets", false,
		"look after PlannedSets in the place of StatefulSets, beside the built-in controller")
	flags.StringVar(&o.namespace, "namespace", "", "look after this namespace only")
	flags.StringVarP(&o.selector, "selector", "l", "",
		"look after the sets with these labels only; several instances can share the sets of a cluster so")
	flags.StringVar(&o.profile, "profile", "upstream",
		"upstream decides as Kubernetes does; standalone also binds claims, drains nodes and replaces the pods of lost ones")
	flags.StringVar(&o.policies, "policies", "resource",
		"where sets say what they ask for beyond Kubernetes: resource (PlannedSets in spec.policies), annotations (StatefulSets in "+
			"statefulset.dev/policies, too), zones (and in the label rollout-group), or pingcap (in PingCAP's annotations)")
	flags.StringVar(&o.kubernetes, "kubernetes", "",
		"decide as this version of Kubernetes does, such as 1.33; without it as the version that the API server has")
	flags.StringVar(&o.shutdown, "shutdown", "",
		"how the pods of a deleted set go: background (the garbage collector) or ordered; without it ordered for PlannedSets, and else the profile's")
	flags.IntVar(&o.workers, "workers", 5, "how many sets are worked on at the same time")

	flags.BoolVar(&o.shadow, "shadow", false,
		"write nothing, and count and log where the built-in controller does otherwise")
	flags.DurationVar(&o.shadowGrace, "shadow-grace", 30*time.Second,
		"how long either controller may be behind the other before --shadow tells of it")

	flags.BoolVar(&o.elect, "leader-elect", true, "work only while holding a lease, so that further instances can stand by")
	flags.StringVar(&o.leaseNamespace, "leader-elect-resource-namespace", "kube-system", "the lease's namespace")
	flags.StringVar(&o.leaseName, "leader-elect-resource-name", "",
		"the lease's name; without it statefulset-controller or plannedset-controller, and a number made of --namespace and --selector if they are given")
	flags.DurationVar(&o.leaseDuration, "leader-elect-lease-duration", 15*time.Second, "how long a lease holds unless it is renewed")
	flags.DurationVar(&o.renewDeadline, "leader-elect-renew-deadline", 10*time.Second, "after how long without renewal the work stops")
	flags.DurationVar(&o.retryPeriod, "leader-elect-retry-period", 2*time.Second, "pause between tries to get or renew the lease")

	flags.StringVar(&o.metricsAddress, "metrics-bind-address", ":8080", "where /metrics, /healthz and /readyz are served; 0 is nowhere")
	flags.Float32Var(&o.qps, "kube-api-qps", 20, "requests per second to the API server")
	flags.IntVar(&o.burst, "kube-api-burst", 30, "requests at once beyond that")
	flags.StringVar(&o.logFormat, "log-format", "text", "text or json")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "log each request")

	if err := flags.Parse(arguments); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return o, o.complete()
}

// complete checks what was given, and fills in what follows from it.
func (o *options) complete() error {
	switch o.profile {
	case "upstream":
		o.planner = statefulset.Upstream()
	case "standalone":
		o.planner = statefulset.Standalone()
	default:
		return fmt.Errorf("--profile: expected upstream or standalone, found %q", o.profile)
	}
	switch o.policies {
	case "resource":
		o.planner.Policies = statefulset.PoliciesResource
	case "annotations":
		o.planner.Policies = statefulset.PoliciesAnnotations
	case "zones":
		o.planner.Policies = statefulset.PoliciesZones
	case "pingcap":
		o.planner.Policies = statefulset.PoliciesPingCAP
	default:
		return fmt.Errorf("--policies: expected resource, annotations, zones or pingcap, found %q", o.policies)
	}
	if o.kubernetes != "" {
		if _, err := statefulset.ParseKubernetes(o.kubernetes); err != nil {
			return fmt.Errorf("--kubernetes: %w", err)
		}
	}
	o.name, o.resource = "statefulset-controller", statefulset.StatefulSets
	if o.planned {
		if o.kubernetes != "" {
			return fmt.Errorf("--kubernetes: PlannedSets have no other controller that would decide as a version does")
		}
		o.name, o.resource = "plannedset-controller", plannedSets
		// What upstream has not, or only behind a gate, is in reach here.
		o.planner.Shutdown, o.planner.Recreate = statefulset.ShutdownOrdered, true
	}
	switch o.shutdown {
	case "":
	case "background":
		o.planner.Shutdown = statefulset.ShutdownBackground
	case "ordered":
		o.planner.Shutdown = statefulset.ShutdownOrdered
	default:
		return fmt.Errorf("--shutdown: expected background or ordered, found %q", o.shutdown)
	}
	if _, err := labels.Parse(o.selector); err != nil {
		return fmt.Errorf("--selector: %w", err)
	}
	if o.workers < 1 {
		return fmt.Errorf("--workers: expected 1 or more, found %d", o.workers)
	}
	if o.shadow {
		if o.planned {
			return fmt.Errorf("--shadow: PlannedSets have no other controller beside which to run")
		}
		// A cut would be taken for a decision.
		o.planner.MaxActions = 100_000
	}
	if o.logFormat != "text" && o.logFormat != "json" {
		return fmt.Errorf("--log-format: expected text or json, found %q", o.logFormat)
	}
	if o.leaseName == "" {
		o.leaseName = o.name
		if o.namespace != "" || o.selector != "" {
			// Instances that share the sets must not share the lease.
			shard := fnv.New32a()
			fmt.Fprintf(shard, "%s/%s", o.namespace, o.selector)
			o.leaseName = fmt.Sprintf("%s-%08x", o.leaseName, shard.Sum32())
		}
	}
	return nil
}

func (o *options) logHandler(to io.Writer) slog.Handler {
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	handler := &slog.HandlerOptions{Level: level}
	if o.logFormat == "json" {
		return slog.NewJSONHandler(to, handler)
	}
	return slog.NewTextHandler(to, handler)
}
