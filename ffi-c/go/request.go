package statefulset

import (
	"encoding/json"
	"fmt"
	"time"
)

// Requests is what a [Cluster] wants to be done for a set now.
type Requests struct {
	// ID names the plan, for [Cluster.Finish] and the calls around it.
	ID PlanID
	// List is what to send, in order.
	List []Request
	// Waits is why not more.
	Waits []SetWait
	// NextWake is when to plan again if nothing happens before; zero if time alone changes nothing.
	NextWake time.Time
	// More says that the plan was cut at [Profile.MaxActions].
	More bool
}

// Request is one request to the API server.
//
// Stages run one after the other. Inside a stage each chain goes by Step; different chains may run at the same time, and
// so may requests of one step, but for InTurn. [Requests.CarryOut] keeps the order and leaves out what is not to be sent
// after a failure.
type Request struct {
	// Stage: stages are finished in this order.
	Stage uint32 `json:"stage"`
	// Chain is what must be done in order inside the stage: the ordinal, or a number of its own.
	Chain uint32 `json:"chain"`
	// Step is the place within the chain.
	Step uint32 `json:"step"`
	// Duty says that its failure stops nothing but its chain.
	Duty bool `json:"duty"`
	// InTurn says that it waits for all that stands before it in its chain, also in its own step.
	InTurn bool `json:"inTurn"`
	// Reason is 0 where no decision of the planner stands behind it.
	Reason Reason `json:"reason"`
	// Method is HTTP's.
	Method string `json:"method"`
	// Path is where, such as /api/v1/namespaces/default/pods/web-0.
	Path string `json:"path"`
	// ContentType is that of Body.
	ContentType string `json:"contentType"`
	// Tolerates names the outcomes besides success that are a success for it: "not-found", "invalid".
	Tolerates []string `json:"tolerates"`
	// Body is to be sent byte by byte as it is. Preconditions (uid, resourceVersion) sit in it. Parsing and writing it
	// again may change numbers, and with them the meaning of a revision; so does [json.Marshal].
	Body json.RawMessage `json:"body"`
}

// SetWait says why ordinals of a set are not at their goal and nothing is done for them now.
type SetWait struct {
	// Ordinal is the first one that it covers, Through the last.
	Ordinal, Through uint32
	Reason           Reason
	// Gates is all that blocks, not only the first.
	Gates Gates
	// OnKind and OnName are what it waits for, such as "Pod" and "web-0"; empty for nothing that has a name.
	OnKind, OnName string
	// Unseen is what has not been seen of that, where it is the view that is waited for; OnName is empty for a list.
	Unseen Unseen
	// Version is the resource version of the write that has not been seen, Seen that up to which its kind has been.
	Version, Seen uint64
	// Since is zero if that is not known.
	Since time.Time
	// Until is when time alone ends it; zero if it does not.
	Until time.Time
}

// Tail is what there is to do after the requests of a plan.
type Tail struct {
	// Requests are to be sent one by one; the first that fails ends them. Their order is that of the list.
	Requests []Request `json:"requests"`
	// Events are about the set, and are to be recorded as they are.
	Events []Event `json:"events"`
	// Next is when the set is looked at again. [Cluster.Due] knows it, too.
	Next Next `json:"next"`
}

// Event is one to be recorded.
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
