package e2e

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// capture keeps a dump, as one object a line.
func (w *world) capture(name, dump string) {
	w.Helper()
	folder := os.Getenv("CAPTURE")
	if folder == "" {
		return
	}
	var list unstructured.UnstructuredList
	w.must(json.Unmarshal([]byte(dump), &list))
	var kept []string
	for _, item := range list.Items {
		if namespace := item.GetNamespace(); namespace != "" && namespace != w.namespace {
			continue
		}
		claimant, _, _ := unstructured.NestedString(item.Object, "spec", "claimRef", "namespace")
		if claimant != "" && claimant != w.namespace {
			continue
		}
		trim(&item)
		line, err := json.Marshal(item.Object)
		w.must(err)
		kept = append(kept, string(line))
	}
	text := `{"apiVersion":"v1","kind":"List","items":[` + "\n" + strings.Join(kept, ",\n") + "\n]}\n"
	w.must(os.WriteFile(filepath.Join(folder, name+".json"), []byte(text), 0o644))
}

// keep leaves nothing but these fields of a part of an object.
func keep(object *unstructured.Unstructured, part string, fields ...string) {
	all, _, _ := unstructured.NestedMap(object.Object, part)
	maps.DeleteFunc(all, func(field string, _ any) bool { return !slices.Contains(fields, field) })
	_ = unstructured.SetNestedMap(object.Object, all, part)
}

// trim takes away what says nothing about a set.
func trim(object *unstructured.Unstructured) {
	object.SetManagedFields(nil)
	annotations := object.GetAnnotations()
	delete(annotations, corev1.LastAppliedConfigAnnotation)
	object.SetAnnotations(annotations)
	if len(annotations) == 0 {
		object.SetAnnotations(nil)
	}
	switch object.GetKind() {
	case "Pod":
		keep(object, "spec", "containers", "hostname", "nodeName", "nodeSelector", "schedulingGates", "subdomain", "volumes")
		keep(object, "status", "conditions", "containerStatuses", "phase")
		// What every pod has is left out of its containers and volumes.
		for _, list := range []string{"containers", "volumes"} {
			items, _, _ := unstructured.NestedSlice(object.Object, "spec", list)
			items = slices.DeleteFunc(items, func(item any) bool { return item.(map[string]any)["projected"] != nil })
			for _, item := range items {
				maps.DeleteFunc(item.(map[string]any), func(field string, _ any) bool {
					return !slices.Contains([]string{"image", "name", "persistentVolumeClaim"}, field)
				})
			}
			_ = unstructured.SetNestedSlice(object.Object, items, "spec", list)
		}
	case "Event":
		maps.DeleteFunc(object.Object, func(field string, _ any) bool {
			return !slices.Contains([]string{
				"apiVersion", "count", "firstTimestamp", "involvedObject", "kind", "lastTimestamp", "message", "metadata", "reason",
			}, field)
		})
		keep(object, "metadata", "name", "namespace")
		keep(object, "involvedObject", "kind", "name", "namespace", "uid")
	case "Node":
		keep(object, "metadata", "creationTimestamp", "name", "resourceVersion", "uid")
		keep(object, "spec", "taints", "unschedulable")
		keep(object, "status", "conditions")
		conditions, _, _ := unstructured.NestedSlice(object.Object, "status", "conditions")
		conditions = slices.DeleteFunc(conditions, func(c any) bool { return c.(map[string]any)["type"] != "Ready" })
		_ = unstructured.SetNestedSlice(object.Object, conditions, "status", "conditions")
	}
}
