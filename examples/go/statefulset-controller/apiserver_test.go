package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// apiServer is as much of an API server as the controller needs: it keeps objects, shows changes, and its pods are ready
// at once.
type apiServer struct {
	*httptest.Server
	lock    sync.Mutex
	version int
	objects map[string]map[string]any
	watches map[*watching]bool
	// sent is what changed something, but for leases and events: verb and path.
	sent []string
	// told is what events say.
	told []string
	// kubernetes is what it says of itself.
	kubernetes string
	// broken lets new pods not become ready.
	broken bool
	// listsOnly refuses watches that begin with everything, as old API servers do.
	listsOnly bool
	// history is what happened since the version that is forgotten.
	history   []happening
	forgotten int
	// refuse may answer in the place of the server.
	refuse func(method, at string) int
}

// happening is an event of a watch.
type happening struct {
	version  int
	at, line string
}

// watching is one watch of a collection.
type watching struct {
	at    string
	lines chan string
}

var kindsByResource = map[string][2]string{
	"statefulsets":           {"apps/v1", "StatefulSet"},
	"plannedsets":            {"statefulset.dev/v1alpha1", "PlannedSet"},
	"pods":                   {"v1", "Pod"},
	"persistentvolumeclaims": {"v1", "PersistentVolumeClaim"},
	"controllerrevisions":    {"apps/v1", "ControllerRevision"},
	"leases":                 {"coordination.k8s.io/v1", "Lease"},
	"events":                 {"v1", "Event"},
}

func newAPIServer(t *testing.T) *apiServer {
	t.Helper()
	s := &apiServer{objects: map[string]map[string]any{}, watches: map[*watching]bool{}, version: 100, kubernetes: "v1.37.0"}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.cut()
		s.Close()
	})
	return s
}

func (s *apiServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := strings.TrimSuffix(r.URL.Path, "/status")
	body, _ := io.ReadAll(r.Body)
	s.lock.Lock()
	if s.refuse != nil {
		if code := s.refuse(r.Method, r.URL.Path); code != 0 {
			s.lock.Unlock()
			fail(w, code)
			return
		}
	}
	if r.URL.Query().Get("watch") != "" {
		s.watch(w, r)
		return
	}
	defer s.lock.Unlock()
	if r.URL.Path == "/version" {
		answerJSON(w, http.StatusOK, map[string]string{"gitVersion": s.kubernetes})
		return
	}
	resource := path.Base(path.Dir(at))
	if r.Method == http.MethodPost {
		resource = path.Base(at)
	}
	if r.Method != http.MethodGet && resource != "leases" && resource != "events" {
		s.sent = append(s.sent, r.Method+" "+r.URL.Path)
	}
	switch r.Method {
	case http.MethodGet:
		if _, collection := kindsByResource[path.Base(at)]; collection {
			s.list(w, at)
		} else if object := s.objects[at]; object != nil {
			answerJSON(w, http.StatusOK, object)
		} else {
			fail(w, http.StatusNotFound)
		}
	case http.MethodPost:
		s.create(w, at, read(body))
	case http.MethodPut:
		answerJSON(w, http.StatusOK, s.put("MODIFIED", at, read(body)))
	case http.MethodPatch:
		if s.objects[at] == nil {
			fail(w, http.StatusNotFound)
			return
		}
		answerJSON(w, http.StatusOK, s.put("MODIFIED", at, merged(s.objects[at], read(body)).(map[string]any)))
	case http.MethodDelete:
		s.remove(at)
		answerJSON(w, http.StatusOK, map[string]any{"kind": "Status", "status": "Success"})
	}
}

func answerJSON(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, code int) {
	reasons := map[int]string{404: "NotFound", 409: "AlreadyExists", 410: "Expired", 422: "Invalid", 403: "Forbidden"}
	answerJSON(w, code, map[string]any{
		"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "reason": reasons[code], "message": "refused by the test",
	})
}

func read(body []byte) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(body, &object)
	return object
}

func (s *apiServer) create(w http.ResponseWriter, collection string, object map[string]any) {
	meta := object["metadata"].(map[string]any)
	at := collection + "/" + meta["name"].(string)
	if s.objects[at] != nil {
		fail(w, http.StatusConflict)
		return
	}
	meta["namespace"] = path.Base(path.Dir(collection))
	switch path.Base(collection) {
	case "events":
		s.told = append(s.told, fmt.Sprint(object["type"], " ", object["reason"], " ", object["message"]))
	case "pods":
		ready := "True"
		if s.broken {
			ready = "False"
		}
		since := time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)
		object["status"] = map[string]any{"phase": "Running", "conditions": []any{
			map[string]any{"type": "Ready", "status": ready, "lastTransitionTime": since},
		}}
	}
	answerJSON(w, http.StatusCreated, s.put("ADDED", at, object))
}

// put stores an object and shows it.
func (s *apiServer) put(what, at string, object map[string]any) map[string]any {
	kind := kindsByResource[path.Base(path.Dir(at))]
	object["apiVersion"], object["kind"] = kind[0], kind[1]
	meta := object["metadata"].(map[string]any)
	s.version++
	meta["resourceVersion"] = fmt.Sprint(s.version)
	if meta["uid"] == nil {
		meta["uid"] = fmt.Sprint("uid-", s.version)
		meta["creationTimestamp"] = time.Now().UTC().Format(time.RFC3339)
	}
	s.objects[at] = object
	s.show(what, at, object)
	return object
}

func (s *apiServer) remove(at string) {
	object := s.objects[at]
	if object == nil {
		return
	}
	delete(s.objects, at)
	s.version++
	gone := maps.Clone(object)
	gone["metadata"] = maps.Clone(object["metadata"].(map[string]any))
	gone["metadata"].(map[string]any)["resourceVersion"] = fmt.Sprint(s.version)
	s.show("DELETED", at, gone)
}

// within says whether an object is of a collection, which may be that of all namespaces.
func within(collection, at string) bool {
	parts := strings.Split(path.Dir(at), "/namespaces/")
	return collection == path.Dir(at) || len(parts) == 2 && collection == parts[0]+"/"+path.Base(at[:strings.LastIndex(at, "/")])
}

func line(what string, object any) string {
	text, _ := json.Marshal(object)
	return fmt.Sprintf(`{"type":%q,"object":%s}`+"\n", what, text)
}

func (s *apiServer) show(what, at string, object map[string]any) {
	now := happening{s.version, at, line(what, object)}
	s.history = append(s.history, now)
	for watch := range s.watches {
		if within(watch.at, at) {
			watch.lines <- now.line
		}
	}
}

// forget lets no watch go on from before now.
func (s *apiServer) forget() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.forgotten, s.history = s.version, nil
}

func (s *apiServer) bookmark(at string, annotations map[string]any) map[string]any {
	kind := kindsByResource[path.Base(at)]
	return map[string]any{"apiVersion": kind[0], "kind": kind[1], "metadata": map[string]any{
		"resourceVersion": fmt.Sprint(s.version), "annotations": annotations,
	}}
}

// watch shows changes of a collection until the client goes or the watch is cut.
func (s *apiServer) watch(w http.ResponseWriter, r *http.Request) {
	initial := r.URL.Query().Get("sendInitialEvents") == "true"
	if initial && s.listsOnly {
		s.lock.Unlock()
		fail(w, http.StatusUnprocessableEntity)
		return
	}
	watch := &watching{at: r.URL.Path, lines: make(chan string, 10000)}
	since, _ := strconv.Atoi(r.URL.Query().Get("resourceVersion"))
	if initial {
		for at, object := range s.objects {
			if within(watch.at, at) {
				watch.lines <- line("ADDED", object)
			}
		}
		watch.lines <- line("BOOKMARK", s.bookmark(watch.at, map[string]any{"k8s.io/initial-events-end": "true"}))
	} else if since < s.forgotten {
		watch.lines <- line("ERROR", map[string]any{"kind": "Status", "code": 410, "reason": "Expired"})
	} else {
		for _, then := range s.history {
			if then.version > since && within(watch.at, then.at) {
				watch.lines <- then.line
			}
		}
	}
	s.watches[watch] = true
	s.lock.Unlock()
	w.Header().Set("Content-Type", "application/json")
	for {
		select {
		case text, more := <-watch.lines:
			if !more {
				return
			}
			_, _ = io.WriteString(w, text)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			s.lock.Lock()
			defer s.lock.Unlock()
			delete(s.watches, watch)
			return
		}
	}
}

// cut ends all watches.
func (s *apiServer) cut() {
	s.lock.Lock()
	defer s.lock.Unlock()
	for watch := range s.watches {
		close(watch.lines)
		delete(s.watches, watch)
	}
}

// list leaves out of the items what they are, as API servers do.
func (s *apiServer) list(w http.ResponseWriter, collection string) {
	items := []any{}
	for at, object := range s.objects {
		if within(collection, at) {
			item := maps.Clone(object)
			delete(item, "kind")
			delete(item, "apiVersion")
			items = append(items, item)
		}
	}
	answerJSON(w, http.StatusOK, map[string]any{
		"metadata": map[string]any{"resourceVersion": fmt.Sprint(s.version)}, "items": items,
	})
}

// merged is what a merge patch makes of a value.
func merged(value, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	fields, _ := value.(map[string]any)
	fields = maps.Clone(fields)
	if fields == nil {
		fields = map[string]any{}
	}
	for key, change := range changes {
		if change == nil {
			delete(fields, key)
		} else {
			fields[key] = merged(fields[key], change)
		}
	}
	return fields
}

// status is a set's status.
func (s *apiServer) status(set string) map[string]any {
	s.lock.Lock()
	defer s.lock.Unlock()
	status, _ := s.objects["/apis/apps/v1/namespaces/default/statefulsets/"+set]["status"].(map[string]any)
	return maps.Clone(status)
}

func (s *apiServer) sentSoFar() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.sent)
}
