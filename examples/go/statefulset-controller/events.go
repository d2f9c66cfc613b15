package main

import (
	"encoding/json"
	"sync"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
	"statefulset.internal/statefulset"
)

// events records what the library wants to be told about sets.
type events struct {
	broadcaster record.EventBroadcaster
	recorder    record.EventRecorder
	resource    statefulset.SetResource

	lock sync.Mutex
	sets map[string]*corev1.ObjectReference
}

func newEvents(client kubernetes.Interface, o *options) *events {
	broadcaster := record.NewBroadcaster()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})
	return &events{
		broadcaster: broadcaster,
		// For StatefulSets that is upstream's name, so that what looks for their events finds them.
		recorder: broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: o.name}),
		resource: o.resource,
		sets:     map[string]*corev1.ObjectReference{},
	}
}

// see remembers how a set is called, uid included. What cannot be read is complained of elsewhere. In a list, objects do
// not say what they are.
func (e *events) see(set []byte, gone bool) {
	var read struct{ Metadata metav1.ObjectMeta }
	if json.Unmarshal(set, &read) != nil {
		return
	}
	meta := read.Metadata
	e.lock.Lock()
	defer e.lock.Unlock()
	if gone {
		delete(e.sets, meta.Namespace+"/"+meta.Name)
		return
	}
	e.sets[meta.Namespace+"/"+meta.Name] = &corev1.ObjectReference{
		APIVersion:      e.resource.APIVersion,
		Kind:            e.resource.Kind,
		Namespace:       meta.Namespace,
		Name:            meta.Name,
		UID:             meta.UID,
		ResourceVersion: meta.ResourceVersion,
	}
}

func (e *events) record(set string, all []statefulset.Event) {
	e.lock.Lock()
	about := e.sets[set]
	e.lock.Unlock()
	if about == nil {
		// It is gone; events live as long as what they are about.
		return
	}
	for _, event := range all {
		e.recorder.Event(about, event.Type, event.Reason, event.Message)
	}
}
