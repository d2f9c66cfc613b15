package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
)

// watcher follows a collection. The library reads JSON, so the lines of the watch go there as the API server sent them; an
// informer would read each of them, write it again, and keep it.
type watcher struct {
	// name is what the log and the metrics call it.
	name   string
	path   string
	labels string
	fields string
	client rest.Interface
	sink   sink
	ended  prometheus.Counter
	seen   prometheus.Counter

	// synced is closed once everything has been shown.
	synced chan struct{}
	sync   func()
	// initial says that the watch is still showing what was there when it began.
	initial bool
	// last is the last line of a watch that shows changes. It knows from where to go on.
	last []byte
	// version is the same, where there was no line yet; empty for a watch that has to begin with everything.
	version string
	// lists says that the API server cannot begin a watch with everything there is, so that this has to be listed.
	lists bool
}

// sink takes in what a watcher sees.
type sink interface {
	// begin: all that there is will be shown, then the end of that, by an event or by end.
	begin() error
	// event is a line of a watch, of the initial ones or one that just happened. It is good until event returns.
	event(what string, line []byte, initial bool) error
	// object is one of a list.
	object(object []byte) error
	// end of a list.
	end(version string) error
}

// errGone says that the API server does not remember what happened since.
var errGone = errors.New("the watch has to begin anew")

// pause between tries: from 0.1 s to some 10 s, with some luck in it, so that not all come at once.
func pause() wait.Backoff {
	return wait.Backoff{Duration: 100 * time.Millisecond, Factor: 2, Jitter: 0.5, Steps: 8, Cap: 10 * time.Second}
}

// run watches until ctx ends.
func (w *watcher) run(ctx context.Context) error {
	backoff := pause()
	for ctx.Err() == nil {
		began := time.Now()
		err := w.watch(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, errGone) || apierrors.IsResourceExpired(err) || apierrors.IsGone(err):
			w.version, w.last = "", nil
		case err != nil:
			slog.Warn("a watch was cut off", "of", w.name, "error", err)
		}
		w.ended.Inc()
		if time.Since(began) > time.Minute {
			backoff = pause()
		}
		if err == nil {
			// It has come to its time.
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(backoff.Step()):
		}
	}
	return nil
}

// watch goes on where the last one ended.
func (w *watcher) watch(ctx context.Context) error {
	if w.last != nil {
		w.version = versionOf(w.last)
		w.last = nil
	}
	if w.version == "" && w.lists {
		if err := w.list(ctx); err != nil {
			return err
		}
	}
	request := w.client.Get().AbsPath(w.path).
		Param("watch", "true").
		Param("allowWatchBookmarks", "true").
		// Not all watches end at the same time.
		Param("timeoutSeconds", strconv.Itoa(300+rand.IntN(300)))
	w.selected(request)
	if w.initial = w.version == ""; w.initial {
		request.Param("sendInitialEvents", "true").
			Param("resourceVersionMatch", string(metav1.ResourceVersionMatchNotOlderThan))
		if err := w.sink.begin(); err != nil {
			return err
		}
	} else {
		request.Param("resourceVersion", w.version)
	}
	stream, err := request.Stream(ctx)
	if w.initial && apierrors.IsInvalid(err) {
		w.lists = true
		return err
	} else if err != nil {
		return err
	}
	defer stream.Close()
	return w.read(stream)
}

func (w *watcher) selected(request *rest.Request) {
	if w.labels != "" {
		request.Param("labelSelector", w.labels)
	}
	if w.fields != "" {
		request.Param("fieldSelector", w.fields)
	}
}

// read shows each line to the view.
func (w *watcher) read(stream io.Reader) error {
	reader := bufio.NewReaderSize(stream, 64<<10)
	var line []byte
	for {
		var err error
		line, err = readLine(reader, line[:0])
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		what := typeOf(line)
		if what == "ERROR" {
			return errorOf(line)
		}
		w.seen.Inc()
		if err := w.sink.event(what, line, w.initial); err != nil {
			return err
		}
		if w.initial && what == "BOOKMARK" && bytes.Contains(line, []byte(metav1.InitialEventsAnnotationKey)) {
			w.initial = false
			w.sync()
		}
		if !w.initial {
			w.last, line = line, w.last
		}
	}
}

// list is for API servers that cannot begin a watch with everything there is.
func (w *watcher) list(ctx context.Context) error {
	if err := w.sink.begin(); err != nil {
		return err
	}
	var page struct {
		Metadata metav1.ListMeta
		Items    []json.RawMessage
	}
	for {
		request := w.client.Get().AbsPath(w.path).Param("limit", "500")
		w.selected(request)
		if page.Metadata.Continue != "" {
			request.Param("continue", page.Metadata.Continue)
		}
		body, err := request.Do(ctx).Raw()
		if err != nil {
			return err
		}
		page.Metadata, page.Items = metav1.ListMeta{}, nil
		if err := json.Unmarshal(body, &page); err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := w.sink.object(item); err != nil {
				return err
			}
		}
		if page.Metadata.Continue == "" {
			break
		}
	}
	version := page.Metadata.ResourceVersion
	if err := w.sink.end(version); err != nil {
		return err
	}
	w.version = version
	w.sync()
	return nil
}

// readLine appends a line, without its end.
func readLine(reader *bufio.Reader, line []byte) ([]byte, error) {
	for {
		part, err := reader.ReadSlice('\n')
		line = append(line, part...)
		if err != bufio.ErrBufferFull {
			return bytes.TrimSuffix(line, []byte("\n")), err
		}
	}
}

// typeOf is what an event says it is. API servers say it first.
func typeOf(line []byte) string {
	if rest, first := bytes.CutPrefix(line, []byte(`{"type":"`)); first {
		what, _, _ := bytes.Cut(rest, []byte(`"`))
		return string(what)
	}
	var event struct{ Type string }
	_ = json.Unmarshal(line, &event)
	return event.Type
}

// versionOf is the resourceVersion of an event's object.
func versionOf(line []byte) string {
	var event struct {
		Object struct{ Metadata metav1.ListMeta }
	}
	_ = json.Unmarshal(line, &event)
	return event.Object.Metadata.ResourceVersion
}

// objectOf is an event's object.
func objectOf(line []byte) []byte {
	var event struct{ Object json.RawMessage }
	_ = json.Unmarshal(line, &event)
	return event.Object
}

// errorOf is what an ERROR tells.
func errorOf(line []byte) error {
	var event struct{ Object metav1.Status }
	if err := json.Unmarshal(line, &event); err != nil {
		return err
	}
	if event.Object.Code == http.StatusGone || event.Object.Reason == metav1.StatusReasonExpired {
		return errGone
	}
	return fmt.Errorf("%w: %s", errors.New("the API server ended the watch"), event.Object.Message)
}
