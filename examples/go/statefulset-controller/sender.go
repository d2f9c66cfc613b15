package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"k8s.io/client-go/rest"
	"statefulset.internal/statefulset"
)

// patience is how long an answer may take: as long as the API server works on a request.
const patience = time.Minute

// sender sends requests.
type sender struct {
	client  rest.Interface
	metrics *metrics
}

// to sends the requests of a set: what [statefulset.Requests.CarryOut] is to call.
func (s *sender) to(set string) func(context.Context, statefulset.Request) statefulset.Response {
	return func(ctx context.Context, request statefulset.Request) statefulset.Response {
		return s.ask(ctx, set, request)
	}
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
