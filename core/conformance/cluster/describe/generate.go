package describe

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"

	"statefulset.internal/conformance/cluster"
	"statefulset.internal/conformance/cluster/objects"
	. "statefulset.internal/conformance/draw"
)

// described are the kinds that are asked for.
var described = []string{"Pod", "StatefulSet", "PersistentVolumeClaim", "PersistentVolume", "StorageClass", "Node", "Service", "PodDisruptionBudget",
	"Secret", "ConfigMap", "ServiceAccount", "PriorityClass", "EndpointSlice", "ResourceQuota", "LimitRange", "Namespace",
	"ControllerRevision", "VolumeAttachment", "Event"}

// kinds are those of all judges, and one that only this one needs.
var kinds = append(slices.Clone(cluster.Kinds), cluster.Kind{Name: "LimitRange", APIVersion: "v1", New: func() any { return &core.LimitRange{} }})

// inCluster are the kinds without a namespace.
var inCluster = map[string]bool{"PersistentVolume": true, "StorageClass": true, "Node": true, "VolumeAttachment": true, "PriorityClass": true, "Namespace": true,
	"ValidatingWebhookConfiguration": true, "MutatingWebhookConfiguration": true}

// world is an object to be described, and what belongs to it.
type world struct {
	kind    cluster.Kind
	objects []objects.Object
	version int
	// heard is when the node's lease was last renewed.
	heard time.Time
}

func generate(c *Choices, now time.Time) world {
	wanted := described[c.Below(len(described))]
	w := world{kind: of(wanted)}
	it := w.add(objects.Maker{Choices: c, Now: now, Words: &words}, w.kind, "it")
	complete(c, it)
	near := objects.Maker{Choices: c, Now: now, Words: &beside}
	switch wanted {
	case "Node":
		w.heard = now.Add(-time.Duration(c.Below(100)) * time.Second).Truncate(time.Second)
		w.objects = append(w.objects, objects.Object{"kind": "Lease", "apiVersion": "coordination.k8s.io/v1",
			"metadata": objects.Object{"name": "it", "namespace": core.NamespaceNodeLease},
			"spec":     objects.Object{"holderIdentity": "it", "renewTime": w.heard.UTC().Format("2006-01-02T15:04:05.000000Z07:00")}})
		fallthrough
	case "StatefulSet", "PersistentVolumeClaim":
		for number := range c.Some(4, 3) {
			pod := w.add(near, of("Pod"), fmt.Sprintf("%s-%d", Pick(c, "b", "a"), number))
			whole(pod)
			if wanted == "StatefulSet" {
				selector(it, pod)
			}
		}
	case "Namespace":
		for number := range c.Some(2, 3) {
			kind := of(Pick(c, "ResourceQuota", "LimitRange"))
			its := w.add(objects.Maker{Choices: c, Now: now, Words: &words}, kind, fmt.Sprintf("its-%d", number))
			its["metadata"].(objects.Object)["namespace"] = "it"
			complete(c, its)
		}
	case "Service":
		for number := range c.Some(3, 3) {
			slice := w.add(objects.Maker{Choices: c, Now: now, Words: &words}, of("EndpointSlice"), fmt.Sprintf("it-%d", number))
			slice["metadata"].(objects.Object)["labels"] = objects.Object{discovery.LabelServiceName: Pick(c, "it", "it", "other")}
			complete(c, slice)
		}
	}
	for number := range c.Some(4, 3) {
		w.event(c, now, it, number)
	}
	return w
}

// of is the kind of this name.
func of(name string) cluster.Kind {
	return kinds[slices.IndexFunc(kinds, func(kind cluster.Kind) bool { return kind.Name == name })]
}

// add makes an object of a kind.
func (w *world) add(m objects.Maker, kind cluster.Kind, name string) objects.Object {
	made := m.Object(reflect.TypeOf(kind.New()).Elem())
	made["kind"], made["apiVersion"] = kind.Name, kind.APIVersion
	metadata := made["metadata"].(objects.Object)
	metadata["name"], metadata["uid"] = name, "u-"+name
	// The simulator's store counts in this way, too. Events of one moment follow each other by their versions there: it names
	// them by what they say, and not by when.
	w.version++
	metadata["resourceVersion"] = fmt.Sprint(w.version)
	if !inCluster[kind.Name] {
		metadata["namespace"] = "default"
	}
	w.objects = append(w.objects, made)
	return made
}

// complete does what an API server does with the fields of an object that depend on each other.
func complete(c *Choices, made objects.Object) {
	metadata := made["metadata"].(objects.Object)
	if metadata["deletionTimestamp"] != nil {
		if c.Once(2) {
			delete(metadata, "deletionTimestamp")
		} else if made["kind"] == "Pod" {
			metadata["deletionGracePeriodSeconds"] = Pick(c, 30.0, 0.0)
		}
	}
	requirements(made)
	spec, _ := made["spec"].(objects.Object)
	status, _ := made["status"].(objects.Object)
	switch made["kind"] {
	case "Pod":
		name(spec)
	case "StatefulSet":
		template, _ := spec["template"].(objects.Object)
		within, _ := template["spec"].(objects.Object)
		name(within)
		claims, _ := spec["volumeClaimTemplates"].([]any)
		for number, claim := range claims {
			claim.(objects.Object)["metadata"].(objects.Object)["name"] = fmt.Sprintf("claim-%d", number)
		}
	case "Node":
		// What a node without processors or without memory is used for is no number, which each machine prints in another way.
		for _, amounts := range []string{"allocatable", "capacity"} {
			if its, ok := status[amounts].(objects.Object); ok || amounts == "capacity" {
				if its == nil {
					its = objects.Object{}
					status[amounts] = its
				}
				its["cpu"], its["memory"] = Pick(c, "2", "1500m", "64"), Pick(c, "1Gi", "64Gi", "100M")
			}
		}
	case "ControllerRevision":
		made["data"] = anything(c, 4)
	case "LimitRange":
		// kubectl prints the resources of a limit in the order of a map, which is another one each time.
		limits, _ := spec["limits"].([]any)
		for _, limit := range limits {
			for _, amounts := range limit.(objects.Object) {
				if amounts, ok := amounts.(objects.Object); ok && len(amounts) > 0 {
					amount := amounts[slices.Min(slices.Collect(maps.Keys(amounts)))]
					clear(amounts)
					amounts["cpu"] = amount
				}
			}
		}
	case "EndpointSlice":
		endpoints, _ := made["endpoints"].([]any)
		for _, endpoint := range endpoints {
			endpoint := endpoint.(objects.Object)
			if its, _ := endpoint["addresses"].([]any); len(its) == 0 {
				endpoint["addresses"] = []any{"1.2.3.6"}
			}
		}
	}
}

// titled are names of fields from which titles are made.
var titled = []string{"spec", "hostIP", "podIPs", "volumeUUIDs", "uid", "clientURL", "apiGUIDs", "URLs", "kebab-case", "Upper", "f:metadata", "x1", "under_score"}

// anything makes an object of no type.
func anything(c *Choices, depth int) objects.Object {
	made := objects.Object{}
	for range c.Some(3, 4) {
		made[titled[c.Below(len(titled))]] = member(c, depth-1)
	}
	return made
}

func member(c *Choices, depth int) any {
	value := Pick[any](c, "text", 1, 0, -1.5, 1e30, 0.000001, true, nil, "two\nlines", "")
	if depth == 0 {
		return value
	}
	switch c.Below(4) {
	case 1:
		return anything(c, depth)
	case 2:
		items := []any{}
		for range c.Some(3, 3) {
			items = append(items, member(c, depth-1))
		}
		return items
	}
	return value
}

// requirements makes those of selectors ones that an API server takes: with values where they are compared with some.
func requirements(value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			requirements(item)
		}
	case objects.Object:
		for _, member := range value {
			requirements(member)
		}
		expressions, _ := value["matchExpressions"].([]any)
		for _, expression := range expressions {
			expression := expression.(objects.Object)
			if expression["key"] == nil {
				expression["key"] = "app"
			}
			values, _ := expression["values"].([]any)
			switch expression["operator"] {
			case "In", "NotIn":
				if len(values) == 0 {
					expression["values"] = []any{"a"}
				}
			default:
				delete(expression, "values")
				if expression["operator"] != "DoesNotExist" {
					expression["operator"] = "Exists"
				}
			}
		}
	}
}

// name gives the containers and volumes of a pod names of their own.
func name(spec objects.Object) {
	for _, list := range []string{"initContainers", "containers", "volumes", "ephemeralContainers"} {
		its, _ := spec[list].([]any)
		for number, one := range its {
			prefix := list[:1]
			if list == "containers" {
				prefix = ""
			}
			one.(objects.Object)["name"] = prefix + string(rune('a'+number))
		}
	}
}

// whole leaves a pod as a whole with those resources that an API server takes for it.
func whole(pod objects.Object) {
	its, _ := pod["spec"].(objects.Object)["resources"].(objects.Object)
	for _, amounts := range its {
		for name := range amounts.(objects.Object) {
			if name != "cpu" && name != "memory" {
				delete(amounts.(objects.Object), name)
			}
		}
	}
}

// selector makes a set's selector one that an API server takes, and sometimes one that has the pod in it.
func selector(set, pod objects.Object) {
	labels, _ := pod["metadata"].(objects.Object)["labels"].(objects.Object)
	selector, _ := set["spec"].(objects.Object)["selector"].(objects.Object)
	matched, _ := selector["matchLabels"].(objects.Object)
	for key, value := range matched {
		if labels[key] != nil {
			labels[key] = value
		}
	}
}

// event makes one that is about the object, or about nearly that.
func (w *world) event(c *Choices, now time.Time, it objects.Object, number int) {
	event := w.add(objects.Maker{Choices: c, Now: now, Words: &words}, of("Event"), fmt.Sprintf("it.%d", number))
	about := objects.Object{"kind": it["kind"], "apiVersion": it["apiVersion"], "name": "it", "uid": "u-it"}
	if !inCluster[w.kind.Name] {
		about["namespace"] = "default"
	}
	if c.Once(6) {
		about["fieldPath"] = "spec.containers{a}"
	}
	switch c.Below(12) {
	case 1:
		about["uid"] = "u-other"
	case 2:
		about["name"] = "other"
	case 3:
		about["kind"] = "Other"
	case 4, 5:
		about["uid"] = "it"
	}
	event["involvedObject"] = about
}
