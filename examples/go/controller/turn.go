package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"time"

	"statefulset.internal/statefulset"
)

type controller struct {
	cluster *statefulset.Cluster
	lines   <-chan []byte
	out     *bufio.Writer
}

// timeOf is the time that a line tells. A line that tells none, or tells it badly, is like any other.
func timeOf(line []byte) (time.Time, bool) {
	var told struct {
		Type string
		Now  int64
	}
	if !bytes.HasPrefix(line, []byte(`{"type":"TIME"`)) || json.Unmarshal(line, &told) != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(told.Now), true
}

// see takes in an event. A line that makes no sense changes nothing.
func (c *controller) see(line []byte) {
	if err := c.cluster.Watch(line); err != nil {
		log.Print(err)
	}
}

// turn does all that is due now, and gives the time when to look again.
func (c *controller) turn(now time.Time) (time.Time, error) {
	due, err := c.cluster.Due(now)
	if err != nil {
		return time.Time{}, err
	}
	for _, set := range due.Sets {
		if err := c.sync(set, now); err != nil {
			return time.Time{}, err
		}
	}
	due, err = c.cluster.Due(now)
	if err != nil {
		return time.Time{}, err
	}
	return due.Next, c.say(struct {
		Idle idle `json:"idle"`
	}{idleOf(due)})
}

// idle says that there is nothing more to do now.
type idle struct {
	Sets     []string `json:"sets,omitempty"`
	Next     *int64   `json:"next,omitempty"`
	Retrying bool     `json:"retrying,omitempty"`
}

func idleOf(due statefulset.Due) idle {
	idle := idle{Sets: due.Sets, Retrying: due.Retrying}
	if !due.Next.IsZero() {
		next := due.Next.UnixMilli()
		idle.Next = &next
	}
	return idle
}

// sync looks at one set.
func (c *controller) sync(set string, now time.Time) error {
	var broken error
	send := func(_ context.Context, request statefulset.Request) (response statefulset.Response) {
		if broken == nil {
			response, broken = c.ask(request)
		}
		return response
	}
	tail, err := c.cluster.CarryOut(context.Background(), set, now, 1, send)
	var unreadable *statefulset.ObjectError
	if errors.Is(err, statefulset.ErrNoSuchSet) || errors.As(err, &unreadable) {
		log.Print(err)
		return nil
	}
	if err = errors.Join(broken, err); err != nil {
		return err
	}
	for _, event := range tail.Events {
		told := struct {
			Set   string            `json:"set"`
			Event statefulset.Event `json:"event"`
		}{set, event}
		if err := c.say(told); err != nil {
			return err
		}
	}
	return nil
}

// ask sends one request. What is to be seen before its outcome comes is taken in.
func (c *controller) ask(request statefulset.Request) (statefulset.Response, error) {
	head := struct {
		Method      string `json:"method"`
		Path        string `json:"path"`
		ContentType string `json:"contentType"`
		Reason      string `json:"reason,omitempty"`
	}{request.Method, request.Path, request.ContentType, ""}
	if request.Reason != 0 {
		head.Reason = request.Reason.String()
	}
	text, err := json.Marshal(head)
	if err != nil {
		return statefulset.Response{}, err
	}
	// The body goes out as it is; Marshal would write it anew.
	fmt.Fprintf(c.out, "%s,\"body\":%s}\n", bytes.TrimSuffix(text, []byte("}")), request.Body)
	if err := c.out.Flush(); err != nil {
		return statefulset.Response{}, err
	}
	for line := range c.lines {
		if bytes.HasPrefix(line, []byte(`{"type":`)) {
			c.see(line)
			continue
		}
		response, err := responseOf(line)
		if err == nil {
			return response, nil
		}
		log.Printf("expected an outcome: %v: %s", err, line)
	}
	return statefulset.Response{}, io.ErrUnexpectedEOF
}

func responseOf(line []byte) (statefulset.Response, error) {
	var response statefulset.Response
	reader := json.NewDecoder(bytes.NewReader(line))
	reader.DisallowUnknownFields()
	err := reader.Decode(&response)
	if err == nil && (response.Status == "") == (response.HTTP == 0) {
		err = fmt.Errorf("expected one of status and http")
	}
	return response, err
}

// say prints a line.
func (c *controller) say(line any) error {
	if err := json.NewEncoder(c.out).Encode(line); err != nil {
		return err
	}
	return c.out.Flush()
}
