package conformance

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"time"
)

// Helper is a process with the library in it.
type Helper struct {
	in  io.Writer
	out *bufio.Reader
}

func NewHelper() *Helper {
	cmd := exec.Command("/tmp/w/target-judge/debug/judge-helper")
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	return &Helper{in, bufio.NewReaderSize(out, 1<<20)}
}

func (h *Helper) say(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	h.in.Write(append(text, '\n'))
}

// Ours lets the library have a go at a case.
func (h *Helper) Ours(c *Case) Outcome {
	store := NewStore(c)
	var objects [][2]string
	for _, object := range c.Objects() {
		text, err := json.Marshal(object)
		if err != nil {
			panic(err)
		}
		objects = append(objects, [2]string{string(KindOf(object)), string(text)})
	}
	h.say(map[string]any{"gates": c.Gates, "now": c.Now.UnixMilli(), "objects": objects, "namespace": c.Set.Namespace, "name": c.Set.Name})
	var outcome Outcome
	for {
		line, err := h.out.ReadBytes('\n')
		if err != nil {
			panic(err)
		}
		var said struct {
			Request *struct {
				place
				Method, Path, ContentType, Body string
			}
			Refused string
			Problem string
			Events  []Event
			Failed  bool
			Wake    *int64
			Waits   []string
		}
		if err := json.Unmarshal(line, &said); err != nil {
			panic(string(line))
		}
		if said.Request != nil {
			before := len(store.Writes)
			r := request{said.Request.Method, said.Request.Path, said.Request.ContentType, json.RawMessage(said.Request.Body), said.Request.place}
			object, err := send(store, r)
			for range store.Writes[before:] {
				outcome.places = append(outcome.places, r.place)
			}
			h.say(answerTo(object, err))
			continue
		}
		outcome.Writes = store.Writes
		outcome.Refused = said.Refused
		outcome.Problem = said.Problem
		outcome.Events = said.Events
		outcome.Failed = said.Failed
		outcome.Waits = said.Waits
		if said.Wake != nil {
			after := time.UnixMilli(*said.Wake).Sub(c.Now.Time)
			outcome.Wake = &after
		}
		return outcome
	}
}
