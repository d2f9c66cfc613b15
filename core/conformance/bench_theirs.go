package conformance

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/cache"
)

// Cost is what something costs, each time.
type Cost struct {
	Time               time.Duration
	Allocations, Bytes float64
}

// measure does something so many times. What is done before and after each time does not count.
func measure(times int, before, work, after func(int)) Cost {
	for i := range min(times, 3) {
		before(i)
		work(i)
		after(i)
	}
	var all []time.Duration
	for i := range times {
		before(i)
		began := processorTime()
		work(i)
		all = append(all, processorTime()-began)
		after(i)
	}
	// The one in the middle: what a busy machine does to single ones does not count.
	slices.Sort(all)
	cost := Cost{Time: all[len(all)/2]}
	// Counting what is allocated takes its own time.
	counted := min(times, 20)
	var from, to runtime.MemStats
	for i := range counted {
		before(i)
		runtime.ReadMemStats(&from)
		work(i)
		runtime.ReadMemStats(&to)
		cost.Allocations += float64(to.Mallocs-from.Mallocs) / float64(counted)
		cost.Bytes += float64(to.TotalAlloc-from.TotalAlloc) / float64(counted)
		after(i)
	}
	return cost
}

// processorTime is what the process has used of processors, collecting its garbage included. Others' work on the same
// machine is not in it.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func nothing(int) {}

// TheirSync is one sync of the real controller. Its listers show the scene all the time; the store behind its client
// forgets what it did.
func TheirSync(s Scene, times int) Cost {
	store := NewStore(s.Case)
	ref := Ref{Pod, s.Victim}
	before := store.objects[ref]
	bed := newBed(s.Gates, store)
	key := s.Set.Namespace + "/" + s.Set.Name
	return measure(times, nothing, func(int) {
		if err := syncOnce(&bed.StatefulSetController, context.Background(), key); err != nil {
			panic(err)
		}
	}, func(int) {
		if before == nil {
			delete(store.objects, ref)
		} else {
			store.objects[ref] = before
		}
		if s.Victim != "" && len(store.Writes) != 1 {
			panic(fmt.Sprintf("%s: %v", s.Name, store.Writes))
		}
		bed.forget(Pod)
	})
}

// forget makes nothing of what was written to objects of a kind.
func (b *bed) forget(kind Kind) {
	b.store.Writes, b.events = nil, nil
	b.bookmark(kind, b.store.version)
}

// TheirEvent is one event about a pod, from the bytes of the watch to the end of the sync.
func TheirEvent(s Scene, times int, format Format) Cost {
	store := NewStore(s.Case)
	bed := newBed(s.Gates, store)
	key := s.Set.Namespace + "/" + s.Set.Name
	texts := make([][]byte, times)
	for i, pod := range eventPods(s, times) {
		texts[i] = format.write(pod)
	}
	return measure(times, nothing, func(i int) {
		var pod core.Pod
		format.read(texts[i], &pod)
		if err := bed.caches[Pod].Update(&pod); err != nil {
			panic(err)
		}
		if err := syncOnce(&bed.StatefulSetController, context.Background(), key); err != nil {
			panic(err)
		}
	}, func(int) {
		// The lister's set is as it was, so it must not have been written to.
		store.objects[Ref{Set, s.Set.Name}] = s.Set
		bed.forget(Set)
	})
}

// eventPods are pods all over the set, one after the other failing and coming back.
func eventPods(s Scene, times int) []*core.Pod {
	var all []*core.Pod
	for i := range times {
		pod := s.Pods[i/2*7919%len(s.Pods)]
		if i%2 == 0 {
			pod = flipped(pod, 100000+i)
		} else {
			pod = flipped(flipped(pod, 0), 100000+i)
		}
		all = append(all, pod)
	}
	return all
}

// Format is how objects are written on the wire.
type Format struct {
	Name  string
	write func(*core.Pod) []byte
	read  func([]byte, *core.Pod)
}

// Formats are what an API server offers.
var Formats = []Format{
	{"JSON", func(pod *core.Pod) []byte { return wireText(pod) }, func(text []byte, pod *core.Pod) {
		if _, _, err := scheme.Codecs.UniversalDeserializer().Decode(text, nil, pod); err != nil {
			panic(err)
		}
	}},
	{"protobuf", func(pod *core.Pod) []byte {
		var text bytesBuffer
		if err := protobufs.Encode(pod, &text); err != nil {
			panic(err)
		}
		return text.bytes
	}, func(text []byte, pod *core.Pod) {
		if _, _, err := protobufs.Decode(text, nil, pod); err != nil {
			panic(err)
		}
	}},
}

var protobufs = protobuf.NewSerializer(scheme.Scheme, scheme.Scheme)

type bytesBuffer struct{ bytes []byte }

func (b *bytesBuffer) Write(text []byte) (int, error) {
	b.bytes = append(b.bytes, text...)
	return len(text), nil
}

// TheirMemory is how many bytes a pod takes in an informer's cache, alone and with its claim.
func TheirMemory(pod *core.Pod, claim *core.PersistentVolumeClaim, count int) (alone, both float64) {
	text := Formats[1].write(pod)
	var claimText bytesBuffer
	if err := protobufs.Encode(claim, &claimText); err != nil {
		panic(err)
	}
	before := heap()
	pods := newCache(Pod)
	for i := range count {
		var pod core.Pod
		Formats[1].read(text, &pod)
		rename(&pod.ObjectMeta, i)
		if err := pods.Add(&pod); err != nil {
			panic(err)
		}
	}
	middle := heap()
	claims := newCache(Claim)
	for i := range count {
		var claim core.PersistentVolumeClaim
		if _, _, err := protobufs.Decode(claimText.bytes, nil, &claim); err != nil {
			panic(err)
		}
		rename(&claim.ObjectMeta, i)
		if err := claims.Add(&claim); err != nil {
			panic(err)
		}
	}
	after := heap()
	runtime.KeepAlive([]cache.Indexer{pods, claims})
	return float64(middle-before) / float64(count), float64(after-before) / float64(count)
}

func rename(object *meta.ObjectMeta, number int) {
	object.Name = fmt.Sprintf("%s%d", object.Name, number)
}

func heap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
