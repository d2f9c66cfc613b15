package statefulset

import (
	"time"

	"statefulset.internal/statefulset/internal/abi"
)

// Upgrade is what an upgrade, or a downgrade, of the control plane changes for one set.
type Upgrade struct {
	Namespace, Name string
	// Changes are what is otherwise afterwards, by effect. There are none if the set fares the same.
	Changes []Change
	// text is the same in words.
	text string
}

// String is the same as text, a line for each change, as "sts upgrade" prints it; it is empty if there are none. Later
// versions may word it differently.
func (u Upgrade) String() string { return u.text }

// Change is one thing that is otherwise after an upgrade.
type Change struct {
	// Effect is what is otherwise.
	Effect Effect
	// Pods are the ordinals of the pods that it is about, in ascending order.
	Pods []uint32
	// Version is the one that changed Kubernetes: the newer one of the two between which the change begins.
	Version Kubernetes
	// Cause says what changed in Kubernetes there.
	Cause string
	// Rule is the rule of this library that says so.
	Rule string
}

// Effect is how pods fare otherwise after an upgrade.
type Effect string

const (
	// EffectRestarts: the pods are up to date before the upgrade and not after it. They are replaced, though nobody has
	// changed the set.
	EffectRestarts Effect = "restarts"
	// EffectStays: the pods are to be replaced before the upgrade, and are up to date after it.
	EffectStays Effect = "stays"
	// EffectStops: the pods are created or deleted now, and would not be after the upgrade.
	EffectStops Effect = "stops"
	// EffectBegins: the pods would be created or deleted now after the upgrade, and are not before it.
	EffectBegins Effect = "begins"
)

// Upgrade says what an upgrade of the control plane from one version of Kubernetes to another would change for a set, or
// a downgrade. It changes nothing.
//
// The set is looked at under both versions, and under those between them, each with its default feature gates. All else
// is decided as the cluster's profile says. It gives [ErrNoSuchSet] if there is no such set, if it cannot be read, or if
// pods or revisions have never been listed.
func (c *Cluster) Upgrade(set string, from, to Kubernetes, now time.Time) (Upgrade, error) {
	text, err := c.ask(func(out []byte, report *abi.Report) abi.Code {
		return c.library.Upgrade(set, uint32(from), uint32(to), millis(now), out, report)
	})
	if err != nil {
		return Upgrade{}, err
	}
	var read struct {
		Upgrade
		Text string
	}
	if err := readText(text, &read); err != nil {
		return Upgrade{}, err
	}
	read.Upgrade.text = read.Text
	return read.Upgrade, nil
}
