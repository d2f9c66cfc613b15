//go:build !statefulset_cgo

package link

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"statefulset.internal/statefulset/internal/abi"
)

const compiled = "../../../../target/go/compiled"

func TestMain(m *testing.M) {
	// Little memory is soon exhausted.
	pages = 1 << 9
	if err := CacheModule(compiled); err != nil {
		log.Fatal(err)
	}
	os.Exit(m.Run())
}

// The machine code is kept in the folder, and it is too late for another folder once the module was compiled.
func TestCache(t *testing.T) {
	if Version() == "" {
		t.Error("the version is empty")
	}
	if kept, err := os.ReadDir(compiled); err != nil || len(kept) == 0 {
		t.Error(kept, err)
	}
	if err := CacheModule(t.TempDir()); err == nil {
		t.Error("it is compiled twice")
	}
}

// settled is a set whose pods are all as they should be.
func settled(count uint32) *Snapshot {
	snapshot := &Snapshot{
		Desired: abi.Desired{
			Replicas: count, CurrentRevision: 1, UpdateRevision: 1, Flags: abi.DesiredRolling, Profile: ProfileUpstream(),
		},
		Flags: abi.ObservedFresh | abi.ObservedClaims,
	}
	for ordinal := range count {
		snapshot.Pods = append(snapshot.Pods, abi.Pod{
			Ordinal: ordinal, Phase: abi.PhaseRunning, Flags: abi.PodReady | abi.PodIdentity | abi.PodStorage, Revision: 1,
		})
	}
	return snapshot
}

func message(report *abi.Report) string {
	text, _, _ := bytes.Cut(report.Message[:], []byte{0})
	return string(text)
}

func newCluster(t *testing.T) *Cluster {
	t.Helper()
	var report abi.Report
	profile := ProfileUpstream()
	cluster := NewCluster(&profile, "apps/v1", "StatefulSet", "statefulsets", &report)
	if cluster == nil {
		t.Fatal(message(&report))
	}
	return cluster
}

// An argument that finds no room is an error, and so is every later call on the cluster. Nothing else is touched.
func TestTextThatDoesNotFitBreaksOneCluster(t *testing.T) {
	broken, whole := newCluster(t), newCluster(t)
	var report abi.Report
	text := strings.Repeat(" ", int(pages)*page)
	for range 2 {
		if code := broken.Apply(abi.KindPod, text, &report); code != abi.CodeInternal || message(&report) == "" {
			t.Error(code, message(&report))
		}
		text = "{}"
	}
	if code := whole.BeginList(abi.KindPod, &report); code != abi.CodeOK {
		t.Error(message(&report))
	}
	for _, cluster := range []*Cluster{broken, whole} {
		if code := cluster.Free(); cluster == whole && code != abi.CodeOK {
			t.Error(code)
		}
		if code := cluster.Free(); code != abi.CodeNoSuchCluster {
			t.Error(code)
		}
	}
}

// A library that stops in the middle of a call, here because it finds no memory, breaks its cluster.
func TestTrapBreaksOneCluster(t *testing.T) {
	cluster := newCluster(t)
	defer cluster.Free()
	var report abi.Report
	apply := func(pod int) abi.Code {
		label := fmt.Sprintf("%0*d", page/2, pod)
		object := fmt.Sprintf(`{"metadata":{"name":"web-%d","namespace":"default","labels":{"app":"%s"}},"spec":{}}`, pod, label)
		return cluster.Apply(abi.KindPod, object, &report)
	}
	// The first object makes room for its text. Then the rest of the memory is taken away.
	pod := 0
	for apply(pod) == abi.CodeOK {
		if pod == 0 {
			memory := cluster.instance.memory
			if _, grown := memory.Grow(pages - memory.Size()/page); !grown {
				t.Fatal("it has less memory than it may have")
			}
		}
		if pod++; pod > int(pages) {
			t.Fatal("memory has no end")
		}
	}
	first := message(&report)
	if report.Code != abi.CodeInternal || !strings.Contains(first, "sts_cluster_apply") {
		t.Error(report.Code, first)
	}
	if code := cluster.BeginList(abi.KindPod, &report); code != abi.CodeInternal || message(&report) != first {
		t.Error(code, message(&report))
	}
}

// A call that keeps nothing gets another instance after a trap.
func TestTrappedInstanceIsNotUsedAgain(t *testing.T) {
	var report abi.Report
	code := Normalize(&abi.Profile{}, strings.Repeat(" ", int(pages)*page), nil, &report)
	if code != abi.CodeInternal {
		t.Error(code, message(&report))
	}
	// A bad address that the library cannot know to be one.
	i := take()
	i.number(uint64(pages) * page)
	i.number(1 << 20)
	if i.call("sts_causes", &report); i.broken == nil {
		t.Error("bad arguments are taken")
	}
	give(i)
	for range 2 * cap(idle) {
		if code := Plan(settled(3), 0, nil, &report); code != abi.CodeOK {
			t.Error(message(&report))
		}
	}
}

// An instance that had to take in much is not kept, as its memory stays large.
func TestLargeInstanceIsNotKept(t *testing.T) {
	i := take()
	i.text(strings.Repeat(" ", most))
	if give(i); i.broken != nil {
		t.Fatal(i.broken)
	}
	for len(idle) > 0 {
		if kept := <-idle; kept == i {
			t.Error("it is kept")
		}
	}
}

// What the memory of this platform holds is what the module would be given elsewhere, field by field.
func TestByteOrder(t *testing.T) {
	pods := make([]abi.Pod, 3)
	random := rand.New(rand.NewPCG(1, 2))
	for i, bytes := 0, raw(pods); i < len(bytes); i++ {
		bytes[i] = byte(random.Uint32())
	}
	here, there, back := newInstance(), newInstance(), make([]abi.Pod, len(pods))
	defer here.close()
	defer there.close()
	bytesOf := func(i *instance, at uint32) []byte {
		bytes, _ := i.memory.Read(at, uint32(size(pods)))
		return bytes
	}
	plain := bytesOf(here, put(here, pods))
	littleEndian = !littleEndian
	at := put(there, pods)
	get(there, at, back)
	full := newInstance()
	defer full.close()
	full.text(strings.Repeat(" ", int(pages)*page))
	littleEndian = !littleEndian
	if full.broken == nil {
		t.Error("text finds room that is not there")
	}
	if here.broken != nil || there.broken != nil || !bytes.Equal(plain, bytesOf(there, at)) {
		t.Errorf("%v, %v\n%x\n%x", here.broken, there.broken, plain, bytesOf(there, at))
	}
	if !bytes.Equal(raw(pods), raw(back)) {
		t.Errorf("%v\n%v", pods, back)
	}
	if binary.Size(pods) != int(size(pods)) {
		t.Error("there is hidden padding")
	}
}

// A million plans, from many goroutines at a time, leave neither instances nor memory behind.
func TestMillionPlans(t *testing.T) {
	const goroutines, rounds = 8, 4
	plans := 1_000_000
	if testing.Short() {
		plans /= 20
	}
	plan := func() {
		snapshot, report := settled(3), abi.Report{}
		for range plans / rounds / goroutines {
			if Plan(snapshot, 0, nil, &report) != abi.CodeOK {
				t.Error(message(&report))
				return
			}
		}
	}
	var heaps, modules []uint64
	for range rounds {
		var group sync.WaitGroup
		for range goroutines {
			group.Go(plan)
		}
		group.Wait()
		runtime.GC()
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		heaps = append(heaps, memory.HeapAlloc)
		kept := make([]*instance, 0, cap(idle))
		for len(idle) > 0 {
			kept = append(kept, <-idle)
		}
		most := uint64(0)
		for _, i := range kept {
			most = max(most, uint64(i.memory.Size()))
			idle <- i
		}
		modules = append(modules, most)
	}
	t.Log("heap", heaps, "module", modules)
	if last := rounds - 1; heaps[last] > heaps[0]+1<<20 || modules[last] > modules[0] {
		t.Errorf("the heap grows: %d; the memory of a module grows: %d", heaps, modules)
	}
}

// Nor do events and plans of a cluster that stays as it is.
func TestClusterStaysAsLarge(t *testing.T) {
	cluster := newCluster(t)
	defer cluster.Free()
	const set = `{"metadata":{"name":"web","namespace":"default","uid":"u","resourceVersion":"1","generation":1},
		"spec":{"replicas":3,"serviceName":"web","revisionHistoryLimit":10,"podManagementPolicy":"OrderedReady",
		"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},"selector":{"matchLabels":{"app":"web"}},
		"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}`
	var report abi.Report
	must := func(code abi.Code) {
		if code != abi.CodeOK {
			t.Fatal(message(&report))
		}
	}
	for kind := uint32(abi.KindStatefulSet); kind <= abi.KindService; kind++ {
		must(cluster.BeginList(kind, &report))
		must(cluster.EndList(kind, "1", &report))
	}
	text := make([]byte, page)
	rounds := func(count int) uint32 {
		for range count {
			must(cluster.Apply(abi.KindStatefulSet, set, &report))
			must(cluster.Plan("default/web", 0, text, &report))
			must(cluster.Finish("default/web", report.Plan, `[{"status":"failed","message":"no"}]`, 0, text, &report))
		}
		return cluster.instance.memory.Size()
	}
	if early, late := rounds(100), rounds(2000); report.Size == 0 || late > early {
		t.Errorf("its memory grows from %d to %d", early, late)
	}
}
