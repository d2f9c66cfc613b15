package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	internal "k8s.io/kubernetes/pkg/apis/apps"
	"k8s.io/kubernetes/pkg/capabilities"
	registry "k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"statefulset.internal/statefulset"
)

func init() {
	// As API servers are run.
	capabilities.Setup(true, 0)
}

// Judgement is what comes of a manifest: what would be stored, and what is refused in it.
type Judgement struct {
	Stored
	Mistakes []statefulset.FieldError
	// Closed are the bytes of the set's specification without the fields whose feature gates are closed, where it has such.
	Closed []byte
}

// TheirJudgement takes a manifest the way that it takes through an API server: it is decoded, defaulted, and goes through
// the strategy of the registry with its declarative validation. Its warnings are left out: they may panic.
func TheirJudgement(m *Manifest) (Judgement, error) {
	set, err := decode(m.Set)
	if err != nil {
		return Judgement{}, err
	}
	judgement, err := keep(set)
	if err != nil {
		return Judgement{}, err
	}
	ctx := request.WithNamespace(context.Background(), set.Namespace)
	ctx = request.WithRequestInfo(ctx, &request.RequestInfo{IsResourceRequest: true, APIGroup: "apps", APIVersion: "v1", Resource: "statefulsets", Namespace: set.Namespace})
	if m.Old != nil {
		old, err := decode(m.Old)
		if err != nil {
			return Judgement{}, err
		}
		// Who reads a set and writes it back sends these along; who sends a manifest gets them filled in.
		set.CreationTimestamp, set.DeletionTimestamp = old.CreationTimestamp, old.DeletionTimestamp
		if set.Namespace == "" {
			set.Namespace = old.Namespace
		}
		set.ResourceVersion, set.Generation = "1", old.Generation
		if set.UID == "" {
			set.UID = old.UID
		}
		ctx = request.WithNamespace(ctx, old.Namespace)
		registry.Strategy.PrepareForUpdate(ctx, set, old)
		judgement.Mistakes = mistakesOf(rest.ValidateUpdate(ctx, set, old, registry.Strategy))
		return judgement, judgement.close(set)
	}
	if set.Name == "" && set.GenerateName != "" {
		set.Name = set.GenerateName + "abcde"
	}
	set.UID, set.CreationTimestamp = "u", meta.NewTime(time.Unix(1, 0))
	registry.Strategy.PrepareForCreate(ctx, set)
	judgement.Mistakes = mistakesOf(rest.ValidateCreate(ctx, set, registry.Strategy))
	return judgement, judgement.close(set)
}

// TheirStored is what comes of a manifest that is not judged.
func TheirStored(m *Manifest) (Judgement, error) {
	set, err := decode(m.Set)
	if err != nil {
		return Judgement{}, err
	}
	judgement, err := keep(set)
	if err != nil {
		return judgement, err
	}
	registry.Strategy.PrepareForCreate(request.WithNamespace(context.Background(), set.Namespace), set)
	return judgement, judgement.close(set)
}

func decode(manifest map[string]any) (*internal.StatefulSet, error) {
	text, err := json.Marshal(manifest)
	if err != nil {
		return nil, err
	}
	read, err := runtime.Decode(legacyscheme.Codecs.UniversalDecoder(), text)
	if err != nil {
		return nil, err
	}
	set, ok := read.(*internal.StatefulSet)
	if !ok {
		return nil, fmt.Errorf("it is a %T", read)
	}
	return set, nil
}

func mistakesOf(refusals field.ErrorList) []statefulset.FieldError {
	var mistakes []statefulset.FieldError
	for _, refusal := range refusals {
		mistakes = append(mistakes, statefulset.FieldError{Field: refusal.Field, Reason: string(refusal.Type), Message: refusal.ErrorBody()})
	}
	return mistakes
}

// OurJudgement asks the library.
func OurJudgement(m *Manifest) (Judgement, error) {
	profile := m.Gates.profile()
	set, err := json.Marshal(m.Set)
	if err != nil {
		return Judgement{}, err
	}
	kept, err := ourStored(m.Gates, set)
	if err != nil {
		return Judgement{}, err
	}
	if m.Old == nil {
		mistakes, err := statefulset.Validate(profile, set)
		return Judgement{Stored: kept, Mistakes: mistakes}, err
	}
	old, err := json.Marshal(m.Old)
	if err != nil {
		return Judgement{}, err
	}
	mistakes, err := statefulset.ValidateUpdate(profile, old, set)
	return Judgement{Stored: kept, Mistakes: mistakes}, err
}
