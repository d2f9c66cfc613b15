package main

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
	"statefulset.internal/statefulset"
)

// patience is how long an answer may take: as long as the API server works on a request.
const patience = time.Minute

// sender sends requests in their order, as wide as that allows.
type sender struct {
	client  rest.Interface
	view    *view
	metrics *metrics
}

// outcomes are the responses to the requests of a plan so far.
type outcomes struct {
	lock      sync.Mutex
	responses []statefulset.Response
	failed    bool
}

// send sends what a plan holds, stage after stage: in a stage all chains at once, in a chain step after step.
func (s *sender) send(ctx context.Context, set string, plan statefulset.Requests) []statefulset.Response {
	so := &outcomes{responses: make([]statefulset.Response, len(plan.List))}
	for from := 0; from < len(plan.List); {
		stage := plan.List[from].Stage
		to := from
		var chains [][]int
		places := map[uint32]int{}
		for ; to < len(plan.List) && plan.List[to].Stage == stage; to++ {
			chain := plan.List[to].Chain
			place, known := places[chain]
			if !known {
				place = len(chains)
				places[chain] = place
				chains = append(chains, nil)
			}
			chains[place] = append(chains[place], to)
		}
		each(chains, func(chain []int) { s.chain(ctx, set, plan, chain, so) })
		from = to
	}
	return so.responses
}

// chain sends the requests of a chain, those of a step at once.
func (s *sender) chain(ctx context.Context, set string, plan statefulset.Requests, chain []int, so *outcomes) {
	for len(chain) > 0 {
		n := 1
		for n < len(chain) && plan.List[chain[n]].Step == plan.List[chain[0]].Step {
			n++
		}
		each(chain[:n], func(index int) {
			if s.may(set, plan.ID, index, so) {
				so.take(index, s.ask(ctx, set, plan.List[index]))
			}
		})
		chain = chain[n:]
	}
}

// sendTail sends requests one by one.
func (s *sender) sendTail(
	ctx context.Context, set string, plan statefulset.PlanID, requests []statefulset.Request,
) []statefulset.Response {
	so := &outcomes{responses: make([]statefulset.Response, len(requests))}
	for index, request := range requests {
		if s.may(set, plan, index, so) {
			so.take(index, s.ask(ctx, set, request))
		}
	}
	return so.responses
}

// may asks the library whether a request may be sent. Only a failure before it can be a reason against that.
func (s *sender) may(set string, plan statefulset.PlanID, index int, so *outcomes) bool {
	so.lock.Lock()
	defer so.lock.Unlock()
	if !so.failed {
		return true
	}
	may, err := s.view.mayTry(set, plan, index, so.responses[:index])
	if err != nil {
		slog.Error("whether to send a request cannot be told", "set", set, "error", err)
	}
	return may && err == nil
}

func (o *outcomes) take(index int, response statefulset.Response) {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.responses[index] = response
	o.failed = o.failed || response.HTTP/100 != 2
}

// ask sends one request, byte by byte as it is.
func (s *sender) ask(ctx context.Context, set string, request statefulset.Request) statefulset.Response {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	result := s.client.Verb(request.Method).AbsPath(request.Path).
		SetHeader("Content-Type", request.ContentType).
		Body([]byte(request.Body)).
		Do(ctx)
	var response statefulset.Response
	// In words, which the raw one has not.
	err := result.Error()
	result.StatusCode(&response.HTTP)
	if response.HTTP == 0 {
		response = statefulset.Failed(err)
	} else {
		response.Body, _ = result.Raw()
	}
	s.tell(set, request, response, err)
	return response
}

// tell puts a request and its answer into the log and the metrics.
func (s *sender) tell(set string, request statefulset.Request, response statefulset.Response, err error) {
	reason := "none"
	if request.Reason != 0 {
		reason = request.Reason.String()
	}
	outcome := "done"
	if response.HTTP/100 != 2 {
		outcome = "refused"
		if response.HTTP == 0 {
			outcome = "unanswered"
		}
		slog.Warn("a request failed", "set", set, "method", request.Method, "path", request.Path, "reason", reason, "error", err)
	} else {
		slog.Debug("sent", "set", set, "method", request.Method, "path", request.Path, "reason", reason)
	}
	s.metrics.actions.WithLabelValues(actionOf(request.Method, request.Path), reason, outcome).Inc()
}

// actionOf names what a request does: its verb and resource, such as "create pods" or "patch statefulsets/status".
func actionOf(method, path string) string {
	verb := map[string]string{"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}[method]
	parts := strings.Split(strings.Trim(path, "/"), "/")
	// What stands before the resource: api/v1 or apis/group/version, then perhaps namespaces/name.
	parts = parts[min(len(parts), map[string]int{"api": 2, "apis": 3}[parts[0]]):]
	if len(parts) > 2 && parts[0] == "namespaces" {
		parts = parts[2:]
	}
	if len(parts) == 0 {
		return verb
	}
	if len(parts) > 2 {
		return verb + " " + parts[0] + "/" + parts[2]
	}
	return verb + " " + parts[0]
}

// each calls for all at once, and waits.
func each[T any](all []T, call func(T)) {
	if len(all) == 1 {
		call(all[0])
		return
	}
	var group sync.WaitGroup
	for _, one := range all {
		group.Go(func() { call(one) })
	}
	group.Wait()
}
