package main

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"
	"time"

	"statefulset.internal/statefulset"
)

// deed is something done to an object, in words that what is planned and what is seen have in common.
type deed struct {
	// what is done, such as "create pods".
	what string
	// name is "namespace/name".
	name string
	// detail is what must be the same besides: the revision of a pod that is created, the uid of one that is deleted.
	detail string
}

// object is what deeds are told by.
type object struct {
	Metadata struct {
		Namespace, Name, UID, ResourceVersion string
		Labels                                map[string]string
		DeletionTimestamp                     *time.Time
		OwnerReferences                       []struct {
			APIVersion, Kind, Name, UID string
			Controller                  bool
		}
	}
	Preconditions struct{ UID string }
}

const revisionLabel = "controller-revision-hash"

func readObject(text []byte) object {
	var read object
	// What cannot be read has done nothing that could be told of.
	_ = json.Unmarshal(text, &read)
	return read
}

func (o *object) key() string { return o.Metadata.Namespace + "/" + o.Metadata.Name }

// setOf is the set that controls an object, as "namespace/name", and its uid.
func (o *object) setOf(sets statefulset.SetResource) (name, uid string) {
	for _, owner := range o.Metadata.OwnerReferences {
		if owner.Controller && owner.Kind == sets.Kind && owner.APIVersion == sets.APIVersion {
			return o.Metadata.Namespace + "/" + owner.Name, owner.UID
		}
	}
	return "", ""
}

// deedOf is what a request would do.
func deedOf(set string, request statefulset.Request) deed {
	namespace, _, _ := strings.Cut(set, "/")
	about := readObject(request.Body)
	done := deed{what: actionOf(request.Method, request.Path), name: namespace + "/" + path.Base(request.Path)}
	switch done.what {
	case createPods:
		done.name, done.detail = namespace+"/"+about.Metadata.Name, about.Metadata.Labels[revisionLabel]
	case createClaims, createRevisions:
		done.name = namespace + "/" + about.Metadata.Name
	case deletePods:
		done.detail = about.Preconditions.UID
	}
	return done
}

const (
	createPods      = "create pods"
	deletePods      = "delete pods"
	createClaims    = "create persistentvolumeclaims"
	createRevisions = "create controllerrevisions"
)

// told is a message of the built-in controller's events: "create Pod web-0 in StatefulSet web successful".
var told = regexp.MustCompile(`(?i)^(create|delete) (pod|claim) (\S+) `)

// toldOf is the deed that an event tells of, without its detail.
func toldOf(namespace, message string) (deed, bool) {
	found := told.FindStringSubmatch(message)
	if found == nil {
		return deed{}, false
	}
	what := strings.ToLower(found[1] + " " + found[2])
	resources := map[string]string{"create pod": createPods, "delete pod": deletePods, "create claim": createClaims}
	return deed{what: resources[what], name: namespace + "/" + found[3]}, resources[what] != ""
}
