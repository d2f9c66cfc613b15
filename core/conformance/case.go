package conformance

import (
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// Case is one moment of one set: what the API server holds, what it will refuse, and when.
type Case struct {
	Gates     Gates                         `json:"gates"`
	Now       meta.Time                     `json:"now"`
	Set       *apps.StatefulSet             `json:"set"`
	Pods      []*core.Pod                   `json:"pods,omitempty"`
	Claims    []*core.PersistentVolumeClaim `json:"claims,omitempty"`
	Revisions []*apps.ControllerRevision    `json:"revisions,omitempty"`
	Faults    []Fault                       `json:"faults,omitempty"`

	// Pods that have the ordinal of another one, which is the rightful one; and whether there are such without a rightful
	// one.
	losers  []*core.Pod
	unclear bool
}

// Objects are all objects of the case.
func (c *Case) Objects() []Object {
	var objects []Object
	if c.Set != nil {
		objects = append(objects, c.Set)
	}
	for _, pod := range c.Pods {
		objects = append(objects, pod)
	}
	for _, claim := range c.Claims {
		objects = append(objects, claim)
	}
	for _, revision := range c.Revisions {
		objects = append(objects, revision)
	}
	return objects
}

// YAML is the case as a file that can be replayed.
func (c *Case) YAML() string {
	text, err := yaml.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// ReadCase reads such a file.
func ReadCase(text []byte) (*Case, error) {
	var c Case
	return &c, yaml.UnmarshalStrict(text, &c)
}

// Outcome is what came of a case.
type Outcome struct {
	Writes []Write
	Events []Event
	// Whether the sync is to be tried again.
	Failed bool
	// When the set is to be looked at again if nothing happens before.
	Wake *time.Duration
	// What went wrong, and what is waited for, in words. For people: it is not compared.
	Problem string
	Waits   []Wait
	// Why the library would not plan at all.
	Refused string
	// Where in the plan each write stands; only the library says so.
	places []place
}

// place is where in the order of a plan a write stands.
type place struct {
	Stage, Chain, Step uint32
}

// Wait is something that the library waits for.
type Wait struct {
	// Whether somebody has the name of what is to be made.
	NameTaken bool
	// In words.
	Text string
}

// Event is something that was told to people.
type Event struct {
	Type, Reason, Message string
}
