package describe

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/cluster/objects"
)

// server answers the requests that kubectl makes of an API server, out of a few objects.
type server struct {
	objects []objects.Object
}

// resource is the path of a kind's objects below its version, and the mapping that kubectl has for it.
func resource(apiVersion, kind string) (string, *meta.RESTMapping) {
	version, _ := schema.ParseGroupVersion(apiVersion)
	plural, _ := meta.UnsafeGuessKindToResource(version.WithKind(kind))
	path := "/apis/" + apiVersion
	if version.Group == "" {
		path = "/api/" + apiVersion
	}
	return path + "/" + plural.Resource, &meta.RESTMapping{Resource: plural, GroupVersionKind: version.WithKind(kind), Scope: meta.RESTScopeNamespace}
}

// listed are the kinds that kubectl may ask for.
var listed = append(slices.Clone(kinds),
	cluster.Kind{Name: "Lease", APIVersion: "coordination.k8s.io/v1"},
	cluster.Kind{Name: "ResourceSlice", APIVersion: "resource.k8s.io/v1"})

// RoundTrip answers one request.
func (s *server) RoundTrip(request *http.Request) (*http.Response, error) {
	path, namespace, name := split(request.URL.Path)
	for _, kind := range listed {
		if its, _ := resource(kind.APIVersion, kind.Name); its != path {
			continue
		}
		found := []objects.Object{}
		for _, object := range s.objects {
			if object["kind"] == kind.Name && object["apiVersion"] == kind.APIVersion &&
				(namespace == "" || at(object, "metadata.namespace") == namespace) {
				found = append(found, object)
			}
		}
		if name == "" {
			return s.list(request, kind, found)
		}
		for _, object := range found {
			if at(object, "metadata.name") == name {
				return answer(http.StatusOK, object)
			}
		}
	}
	status := objects.Object{"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": http.StatusNotFound, "message": path + "/" + name + " not found"}
	return answer(http.StatusNotFound, status)
}

func (s *server) list(request *http.Request, kind cluster.Kind, found []objects.Object) (*http.Response, error) {
	query := request.URL.Query()
	byLabels, err := labels.Parse(query.Get("labelSelector"))
	if err != nil {
		return nil, err
	}
	byFields, err := fields.ParseSelector(query.Get("fieldSelector"))
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(object objects.Object) bool {
		own := labels.Set{}
		metadata, _ := object["metadata"].(objects.Object)
		its, _ := metadata["labels"].(objects.Object)
		for key, value := range its {
			own[key], _ = value.(string)
		}
		return !byLabels.Matches(own) || !byFields.Matches(path{object})
	})
	// etcd keeps its keys in order.
	slices.SortStableFunc(found, func(a, b objects.Object) int {
		key := func(o objects.Object) string { return at(o, "metadata.namespace") + "/" + at(o, "metadata.name") }
		return strings.Compare(key(a), key(b))
	})
	return answer(http.StatusOK, objects.Object{"kind": kind.Name + "List", "apiVersion": kind.APIVersion, "metadata": objects.Object{}, "items": found})
}

// split tells the path of a kind, a namespace and a name apart.
func split(path string) (kind, namespace, name string) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	version := 2
	if parts[0] == "apis" {
		version = 3
	}
	rest := parts[version:]
	if len(rest) > 2 && rest[0] == "namespaces" {
		namespace, rest = rest[1], rest[2:]
	}
	if len(rest) > 1 {
		name = rest[1]
	}
	return "/" + strings.Join(parts[:version], "/") + "/" + rest[0], namespace, name
}

func answer(code int, body any) (*http.Response, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(bytes.NewReader(text))}, nil
}

// at is the text at a path of fields.
func at(object objects.Object, path string) string {
	var here any = object
	for field := range strings.SplitSeq(path, ".") {
		below, _ := here.(objects.Object)
		here = below[field]
	}
	text, _ := here.(string)
	return text
}

// path finds the fields of an object by their paths.
type path struct{ object objects.Object }

func (p path) Has(field string) bool   { return p.Get(field) != "" }
func (p path) Get(field string) string { return at(p.object, field) }
