package bed

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// Controller is a StatefulSet controller at work on a bed.
type Controller struct {
	*Process
	User    string // as whom it speaks to the API
	address string // where it tells its metrics
	client  *http.Client
}

// StartBuiltin starts the StatefulSet controller of Kubernetes, alone in a kube-controller-manager of its own, so that it can be
// stopped, counted and measured apart from the others.
func (p *Plane) StartBuiltin() (*Controller, error) {
	kubeconfig, err := p.Kubeconfig(Builtin)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	process, err := Run(p.Dir, Builtin, p.options.Executable, ControllerManager, p.managerArguments("statefulset-controller", kubeconfig, port), nil)
	if err != nil {
		return nil, err
	}
	client, err := p.client()
	if err != nil {
		return nil, err
	}
	c := &Controller{process, Builtin, fmt.Sprintf("https://127.0.0.1:%d", port), client}
	return c, p.answers(process, c.address+"/healthz")
}

// StartOurs starts the controller under test, which is $STATEFULSET_CONTROLLER, with more arguments than those it needs here.
// It speaks to the API at url, p.URL or that of a Proxy.
func (p *Plane) StartOurs(url string, arguments ...string) (*Controller, error) {
	executable := os.Getenv("STATEFULSET_CONTROLLER")
	if executable == "" {
		return nil, errors.New("STATEFULSET_CONTROLLER must be the path of the controller under test: `make e2e` builds it")
	}
	kubeconfig, err := p.kubeconfig(url, Ours, nil)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	arguments = append([]string{
		"--kubeconfig=" + kubeconfig,
		"--metrics-bind-address=" + address,
		"--kube-api-qps=1000",
		"--kube-api-burst=1000",
	}, arguments...)
	process, err := Run(p.Dir, fmt.Sprintf("%s-%d", Ours, port), executable, Ours, arguments, nil)
	if err != nil {
		return nil, err
	}
	c := &Controller{process, Ours, "http://" + address, http.DefaultClient}
	return c, p.answers(process, c.address+"/healthz")
}

// Metrics are what the controller tells of itself now.
func (c *Controller) Metrics() (map[string]*dto.MetricFamily, error) {
	answer, err := c.client.Get(c.address + "/metrics")
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	return parser.TextToMetricFamilies(answer.Body)
}

// Counted sums the counters or gauges called name, over all of their labels for which keep holds.
func (c *Controller) Counted(name string, keep func(labels map[string]string) bool) (float64, error) {
	families, err := c.Metrics()
	if err != nil {
		return 0, err
	}
	var sum float64
	for _, metric := range families[name].GetMetric() {
		labels := map[string]string{}
		for _, pair := range metric.GetLabel() {
			labels[pair.GetName()] = pair.GetValue()
		}
		if keep == nil || keep(labels) {
			sum += metric.GetCounter().GetValue() + metric.GetGauge().GetValue()
		}
	}
	return sum, nil
}
