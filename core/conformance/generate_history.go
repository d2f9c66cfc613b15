package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/controller/history"
)

// style is what the pod templates of a case have in common.
type style struct {
	plain               bool
	labels, annotations map[string]string
	finalizers          []string
	hostname, subdomain string
	volumes             []core.Volume
	resources           core.ResourceRequirements
	probe               *core.Probe
	more                func(*core.PodSpec)
	env                 []core.EnvVar
	grace               *int64
}

func (g *generator) newStyle() style {
	s := style{labels: map[string]string{"app": "web"}}
	if !g.Once(3) {
		s.plain = true
		return s
	}
	if g.Once(2) {
		s.labels = Pick(g.Choices,
			map[string]string{"app": "web", "tier": "front"},
			map[string]string{"app": "web", "controller-revision-hash": "mine", "statefulset.kubernetes.io/pod-name": "me"},
			map[string]string{"app": "web", "controller.kubernetes.io/hash": "x", "apps.kubernetes.io/pod-index": "7"},
		)
	}
	s.annotations = Pick(g.Choices, nil, map[string]string{}, map[string]string{"a": "<&>\u2028\b\f\x01é\"\\/", "b": ""})
	s.finalizers = Mostly(g.Choices, 4, nil, []string{"example.com/hold"})
	s.hostname = Mostly(g.Choices, 3, "", "of-template")
	s.subdomain = Mostly(g.Choices, 3, "", "of-template")
	empty := core.VolumeSource{EmptyDir: &core.EmptyDirVolumeSource{}}
	sized := core.VolumeSource{EmptyDir: &core.EmptyDirVolumeSource{SizeLimit: new(resource.MustParse("1.5Gi"))}}
	s.volumes = Pick(g.Choices, nil,
		[]core.Volume{{Name: "scratch", VolumeSource: empty}},
		[]core.Volume{{Name: "data", VolumeSource: empty}, {Name: "scratch", VolumeSource: sized}},
	)
	if g.Once(2) {
		s.resources.Requests = core.ResourceList{
			"cpu":    resource.MustParse(Pick(g.Choices, "1", "0.5", "1500m")),
			"memory": resource.MustParse(Pick(g.Choices, "1Gi", "1024Mi", "1e3", "0.1")),
		}
	}
	if g.Once(2) {
		s.probe = &core.Probe{ProbeHandler: core.ProbeHandler{Exec: &core.ExecAction{Command: []string{"true"}}}, PeriodSeconds: int32(g.Below(3))}
	}
	s.env = Pick(g.Choices, nil, []core.EnvVar{{Name: "A", Value: ""}, {Name: "B", ValueFrom: &core.EnvVarSource{FieldRef: &core.ObjectFieldSelector{FieldPath: "metadata.name"}}}})
	s.more = g.moreFields()
	s.grace = Pick(g.Choices, nil, new(int64(0)), new(int64(5)))
	return s
}

// template is the pod template of a revision.
func (s style) template(number int) core.PodTemplateSpec {
	template := core.PodTemplateSpec{
		ObjectMeta: meta.ObjectMeta{Labels: s.labels, Annotations: s.annotations, Finalizers: s.finalizers},
		Spec: core.PodSpec{
			Containers: []core.Container{{
				Name: "app", Image: fmt.Sprintf("app:%d", number), Resources: s.resources, LivenessProbe: s.probe, Env: s.env,
			}},
			Volumes: s.volumes, Hostname: s.hostname, Subdomain: s.subdomain, TerminationGracePeriodSeconds: s.grace,
		},
	}
	if s.more != nil {
		s.more(&template.Spec)
	}
	return *template.DeepCopy()
}

// moreFields are fields that the API server fills in, or that have odd forms.
func (g *generator) moreFields() func(*core.PodSpec) {
	var all []func(*core.PodSpec)
	sometimes := func(change func(*core.PodSpec)) {
		if g.Once(4) {
			all = append(all, change)
		}
	}
	image := Pick(g.Choices, "helper", "helper:latest", "registry:5000/helper", "helper@sha256:0123", "registry:5000/helper:v1")
	sometimes(func(spec *core.PodSpec) {
		spec.InitContainers = []core.Container{{Name: "init", Image: image, RestartPolicy: new(core.ContainerRestartPolicyAlways)}}
	})
	network := g.Once(2)
	sometimes(func(spec *core.PodSpec) {
		spec.HostNetwork = network
		spec.Containers[0].Ports = []core.ContainerPort{{ContainerPort: 80}, {Name: "dns", ContainerPort: 53, Protocol: core.ProtocolUDP}}
	})
	mode := Pick(g.Choices, nil, new(int32(0o400)))
	sometimes(func(spec *core.PodSpec) {
		for name, source := range map[string]core.VolumeSource{
			"config":    {ConfigMap: &core.ConfigMapVolumeSource{LocalObjectReference: core.LocalObjectReference{Name: "c"}, DefaultMode: mode}},
			"host":      {HostPath: &core.HostPathVolumeSource{Path: "/var"}},
			"labels":    {DownwardAPI: &core.DownwardAPIVolumeSource{Items: []core.DownwardAPIVolumeFile{{Path: "l", FieldRef: &core.ObjectFieldSelector{FieldPath: "metadata.labels"}}}}},
			"nothing":   {},
			"own":       {Ephemeral: &core.EphemeralVolumeSource{VolumeClaimTemplate: &core.PersistentVolumeClaimTemplate{Spec: core.PersistentVolumeClaimSpec{AccessModes: []core.PersistentVolumeAccessMode{core.ReadWriteOnce}}}}},
			"projected": {Projected: &core.ProjectedVolumeSource{Sources: []core.VolumeProjection{{ServiceAccountToken: &core.ServiceAccountTokenProjection{Path: "t"}}}}},
			"secret":    {Secret: &core.SecretVolumeSource{SecretName: "s"}},
		} {
			spec.Volumes = append(slices.Clone(spec.Volumes), core.Volume{Name: name, VolumeSource: source})
		}
		slices.SortFunc(spec.Volumes, func(a, b core.Volume) int { return strings.Compare(a.Name, b.Name) })
	})
	sometimes(func(spec *core.PodSpec) {
		get := core.ProbeHandler{HTTPGet: &core.HTTPGetAction{Port: intstr.FromString("http")}}
		spec.Containers[0].ReadinessProbe = &core.Probe{ProbeHandler: get, InitialDelaySeconds: 3, FailureThreshold: 1}
		spec.Containers[0].StartupProbe = &core.Probe{ProbeHandler: core.ProbeHandler{GRPC: &core.GRPCAction{Port: 1}}}
		spec.Containers[0].Lifecycle = &core.Lifecycle{PreStop: &core.LifecycleHandler{HTTPGet: &core.HTTPGetAction{Port: intstr.FromInt32(80)}}}
	})
	limit := Pick(g.Choices, "1", "1500m", "0.1", "1e3", "100M", "12345Ki")
	sometimes(func(spec *core.PodSpec) {
		spec.Containers[0].Resources.Limits = core.ResourceList{"cpu": resource.MustParse(limit), "example.com/gpu": resource.MustParse("2")}
	})
	sometimes(func(spec *core.PodSpec) {
		spec.ServiceAccountName = "robot"
		spec.SecurityContext = &core.PodSecurityContext{RunAsUser: new(int64(0)), Sysctls: []core.Sysctl{{Name: "a", Value: ""}}}
		spec.Tolerations = []core.Toleration{{Key: "k", Operator: core.TolerationOpExists, TolerationSeconds: new(int64(0))}}
		spec.Affinity = &core.Affinity{NodeAffinity: &core.NodeAffinity{}}
		spec.TopologySpreadConstraints = []core.TopologySpreadConstraint{{MaxSkew: 1, TopologyKey: "zone", WhenUnsatisfiable: core.DoNotSchedule}}
	})
	if len(all) == 0 {
		return nil
	}
	return func(spec *core.PodSpec) {
		for _, change := range all {
			change(spec)
		}
	}
}

// revisions makes a history, and the set's template of one of its templates or of a new one.
func (g *generator) revisions() {
	made := Pick(g.Choices, 0, 1, 2, 2, 3, 4)
	for i := range made {
		g.revision(i)
	}
	newest := made - 1
	if g.Once(4) {
		newest = g.Below(made + 1)
	}
	g.newest = max(0, newest)
	g.Set.Spec.Template = g.style.template(g.newest)
	g.normalize()
}

func (g *generator) revision(number int) {
	data := g.revisionData(number)
	if g.Once(20) {
		// As a template looked before it was defaulted, or as other releases wrote it.
		data = slices.Concat([]byte(`{"spec":{"template":`), g.undefaulted(number), []byte(`}}`))
	}
	collisions := int32(Mostly(g.Choices, 8, 0, 1, 3))
	revision := &apps.ControllerRevision{
		TypeMeta: meta.TypeMeta{APIVersion: "apps/v1", Kind: "ControllerRevision"},
		ObjectMeta: meta.ObjectMeta{
			Name:              g.revisionName(number, collisions),
			Namespace:         namespace,
			UID:               g.uid(),
			ResourceVersion:   fmt.Sprint(100 + number),
			CreationTimestamp: g.ago(Mostly(g.Choices, 5, 6000, 5000) - 10*number),
			Labels:            Mostly(g.Choices, 20, map[string]string{"app": "web"}, map[string]string{"app": "other"}),
			OwnerReferences:   g.owner(Set, g.Set.Name, setUID, 10),
		},
		Data:     runtime.RawExtension{Raw: data},
		Revision: int64(number+1) + int64(Mostly(g.Choices, 8, 0, 1, 2, -1)),
	}
	if g.Once(30) {
		revision.Name = fmt.Sprintf("%s-odd-%d", g.Set.Name, number)
	}
	for _, other := range g.Revisions {
		if other.Name == revision.Name {
			return
		}
	}
	g.Revisions = append(g.Revisions, revision)
}

// owner is the reference to a controller: the rightful one, or once in so many times none or another.
func (g *generator) owner(kind Kind, name string, uid types.UID, oddOnce int) []meta.OwnerReference {
	reference := func(kind Kind, name string, uid types.UID) []meta.OwnerReference {
		version := kind.Version().String()
		return []meta.OwnerReference{{APIVersion: version, Kind: string(kind), Name: name, UID: uid, Controller: new(true), BlockOwnerDeletion: new(true)}}
	}
	return Mostly(g.Choices, oddOnce, reference(kind, name, uid),
		nil, nil, reference(kind, name, otherUID), reference("ReplicaSet", name, otherUID))
}

// revisionData are the bytes of a template's revision, as the judge's version writes them.
func (g *generator) revisionData(number int) []byte {
	if data, known := g.data[number]; known {
		return data
	}
	if g.style.plain {
		if data, known := plainData.Load(number); known {
			return data.([]byte)
		}
	}
	set := &apps.StatefulSet{Spec: apps.StatefulSetSpec{Template: g.style.template(number)}}
	legacyscheme.Scheme.Default(set)
	data := patchOf(set.Spec.Template, g.Gates)
	if g.style.plain {
		plainData.Store(number, data)
		return data
	}
	if g.data == nil {
		g.data = map[int][]byte{}
	}
	g.data[number] = data
	return data
}

// plainData are the bytes of the templates that most cases have.
var plainData sync.Map

// undefaulted are the bytes of a template that lacks what the API server fills in, or has a field that means nothing.
func (g *generator) undefaulted(number int) []byte {
	template := g.style.template(number)
	if g.Once(2) {
		set := &apps.StatefulSet{Spec: apps.StatefulSetSpec{Template: template}}
		legacyscheme.Scheme.Default(set)
		template = set.Spec.Template
	}
	var fields map[string]any
	remake(template, &fields)
	fields["$patch"] = "replace"
	if metadata, ok := fields["metadata"].(map[string]any); ok && g.Once(2) {
		metadata["creationTimestamp"] = nil
	}
	text, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return text
}

// patchOf are the bytes of a template's revision, as the judge's version writes them.
func patchOf(template core.PodTemplateSpec, gates Gates) []byte {
	var fields map[string]any
	remake(template, &fields)
	fields["$patch"] = "replace"
	if gates.writesNullTimes() {
		addNullTimes(fields)
	}
	text, err := json.Marshal(map[string]any{"spec": map[string]any{"template": fields}})
	if err != nil {
		panic(err)
	}
	return text
}

// addNullTimes says of a template, and of those inside it, that nobody has created it.
func addNullTimes(template map[string]any) {
	template["metadata"].(map[string]any)["creationTimestamp"] = nil
	volumes, _ := template["spec"].(map[string]any)["volumes"].([]any)
	for _, volume := range volumes {
		if own, is := volume.(map[string]any)["ephemeral"].(map[string]any); is {
			addNullTimes(own["volumeClaimTemplate"].(map[string]any))
		}
	}
}

func remake(from, to any) {
	text, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		panic(err)
	}
}

func (g *generator) revisionName(number int, collisions int32) string {
	revision := &apps.ControllerRevision{Data: runtime.RawExtension{Raw: g.revisionData(number)}}
	return history.ControllerRevisionName(g.Set.Name, history.HashControllerRevision(revision, &collisions))
}
