package statefulset

import (
	"encoding/json"
	"fmt"
	"time"
)

// Requests is what to do for a set now.
type Requests struct {
	// ID is the name of the plan, for [Cluster.Finish] and the calls around it.
	ID PlanID
	// List is the requests to send, in order.
	List []Request
	// Waits say why there is not more to do.
	Waits []SetWait
	// NextWake is when to plan again if nothing happens before; zero if time alone changes nothing.
	NextWake time.Time
	// More says that the plan was cut at [Profile.MaxActions].
	More bool
}

// Request is one request to the API server.
//
// Stages run one after the other. Inside a stage each chain goes by Step. Different chains may run at the same time,
// and so may requests of one step, except with InTurn. [Requests.CarryOut] keeps this order, and skips what must be
// skipped after a failure.
type Request struct {
	// Stage is the stage. A stage begins when the one before it has ended.
	Stage uint32 `json:"stage"`
	// Chain is the ordinal, or another number that stands for one.
	Chain uint32 `json:"chain"`
	// Step is the place within the chain.
	Step uint32 `json:"step"`
	// Duty says that only its own chain stops if it fails.
	Duty bool `json:"duty"`
	// InTurn says that it waits for everything that stands before it in its chain, also in its own step.
	InTurn bool `json:"inTurn"`
	// Reason says why the planner decided this. It is 0 for a request that is not the planner's decision, such as the
	// status.
	Reason Reason `json:"reason"`
	// Method is the HTTP method.
	Method string `json:"method"`
	// Path is the path, such as /api/v1/namespaces/default/pods/web-0.
	Path string `json:"path"`
	// ContentType is that of Body.
	ContentType string `json:"contentType"`
	// Tolerates names outcomes other than success that are a success for it: "not-found", "invalid".
	Tolerates []string `json:"tolerates"`
	// Body is the body. Send it byte by byte as it is. The preconditions (uid, resourceVersion) are in it. Parsing and
	// writing it again, as [json.Marshal] does, may change numbers in it, and with them the meaning of a revision.
	Body json.RawMessage `json:"body"`
}

// SetWait says why nothing is done now for ordinals of a set that are not up to date.
type SetWait struct {
	// Ordinal is the first one that it covers, Through the last.
	Ordinal, Through uint32
	Reason           Reason
	// Gates are all conditions that are not met, not only the first.
	Gates Gates
	// OnKind and OnName say what it waits for, such as "Pod" and "web-0". They are empty if that has no name.
	OnKind, OnName string
	// Unseen says what of that object the cluster has not been shown yet, if this is what the set waits for. OnName is
	// empty for a list.
	Unseen Unseen
	// Version is the resource version of the write that has not been seen. Seen is the one up to which its kind has been
	// seen.
	Version, Seen uint64
	// Since is zero if that is not known.
	Since time.Time
	// Until is when it ends by itself, if nothing else happens; or zero.
	Until time.Time
}

// Tail is what is left to do after the requests of a plan.
type Tail struct {
	// Requests are to be sent one by one, in the order of the list. Stop at the first that fails, unless it has Duty.
	// [Tail.CarryOut] does this.
	Requests []Request `json:"requests"`
	// Events about the set, for you to record as they are.
	Events []Event `json:"events"`
	// Next says when the set is looked at again. [Cluster.Due] knows it, too.
	Next Next `json:"next"`
}

// Event is an event to record.
type Event struct {
	// Type is Normal or Warning.
	Type    string `json:"type"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// requestsText is what a plan says. Fields without a value are left out of it, others than these it has not.
type requestsText struct {
	Requests []Request  `json:"requests"`
	Waits    []waitText `json:"waits"`
	NextWake *int64     `json:"nextWake"`
	More     bool       `json:"more"`
}

type waitText struct {
	Ordinal uint32 `json:"ordinal"`
	Through uint32 `json:"through"`
	Reason  Reason `json:"reason"`
	Gates   []Gate `json:"gates"`
	On      onText `json:"on"`
	Since   *int64 `json:"since"`
	Until   *int64 `json:"until"`
}

type onText struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Unseen  Unseen `json:"unseen"`
	Version uint64 `json:"version"`
	Seen    uint64 `json:"seen"`
}

type awaitedText struct {
	onText
	Set   string `json:"set"`
	Since *int64 `json:"since"`
	Text  string `json:"text"`
}

func readAwaited(text string) ([]Awaited, error) {
	var read []awaitedText
	err := readText(text, &read)
	awaited := make([]Awaited, 0, len(read))
	for _, one := range read {
		awaited = append(awaited, Awaited{
			Set: one.Set, Kind: one.Kind, Name: one.Name, Unseen: one.Unseen, Version: one.Version, Seen: one.Seen,
			Since: momentOf(one.Since), Text: one.Text,
		})
	}
	return awaited, err
}

func (t *requestsText) requests() Requests {
	requests := Requests{List: t.Requests, NextWake: momentOf(t.NextWake), More: t.More}
	for _, wait := range t.Waits {
		requests.Waits = append(requests.Waits, wait.wait())
	}
	return requests
}

func (t *waitText) wait() SetWait {
	return SetWait{
		Ordinal: t.Ordinal,
		Through: t.Through,
		Reason:  t.Reason,
		OnKind:  t.On.Kind,
		OnName:  t.On.Name,
		Unseen:  t.On.Unseen,
		Version: t.On.Version,
		Seen:    t.On.Seen,
		Gates:   gatesOf(t.Gates),
		Since:   momentOf(t.Since),
		Until:   momentOf(t.Until),
	}
}

func readRequests(text string) (Requests, error) {
	var read requestsText
	err := readText(text, &read)
	return read.requests(), err
}

func readTail(text string) (tail Tail, err error) {
	err = readText(text, &tail)
	return tail, err
}

// readText reads what the library wrote; what it cannot read is no fault of the caller's.
func readText(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("%w: %w", ErrInternal, err)
	}
	return nil
}
