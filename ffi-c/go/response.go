package statefulset

import (
	"encoding/json"
	"strings"
)

// Response says how a request went. Either HTTP and Body are the API server's answer, or Status says it in one word.
// The zero value means that the request was not sent.
type Response struct {
	// HTTP is the API server's status code, such as 201.
	HTTP int `json:"http,omitempty"`
	// Body is what the server answered: the object, or the Status of a failure. A body that is not JSON is ignored.
	Body json.RawMessage `json:"body,omitempty"`
	// Status is one of StatusDone … StatusNotTried, where HTTP is 0.
	Status string `json:"status,omitempty"`
	// ResourceVersion is that of the object after [StatusDone].
	ResourceVersion string `json:"resourceVersion,omitempty"`
	// Message tells more about [StatusInvalid] and [StatusFailed].
	Message string `json:"message,omitempty"`
}

// The outcome of a request, where HTTP does not say it.
const (
	// StatusDone: it was done.
	StatusDone = "done"
	// StatusNotFound: the object was not found. This is a success for a deletion.
	StatusNotFound = "not-found"
	// StatusAlreadyExists: the object existed already.
	StatusAlreadyExists = "already-exists"
	// StatusConflict: a precondition did not hold.
	StatusConflict = "conflict"
	// StatusInvalid: the API server refused the object.
	StatusInvalid = "invalid"
	// StatusFailed: it failed in another way.
	StatusFailed = "failed"
	// StatusNotTried: it was not sent.
	StatusNotTried = "not-tried"
)

// Failed is the response to a request that the server did not answer.
func Failed(err error) Response {
	return Response{Status: StatusFailed, Message: err.Error()}
}

// writeResponses is responses as the library takes them.
func writeResponses(responses []Response) (string, error) {
	said := make([]Response, len(responses))
	for i, response := range responses {
		if response.HTTP == 0 && response.Status == "" {
			response.Status = StatusNotTried
		}
		if len(response.Body) > 0 && !json.Valid(response.Body) {
			response.Body = nil
		}
		said[i] = response
	}
	text, err := json.Marshal(said)
	return string(text), err
}

// writeSuccesses is the same in short, where objects make no difference: for it is written again for each request.
func writeSuccesses(responses []Response) (string, error) {
	const done = `{"status":"done"}`
	var text strings.Builder
	text.WriteByte('[')
	for i, response := range responses {
		if i > 0 {
			text.WriteByte(',')
		}
		if response.HTTP/100 == 2 || response.Status == StatusDone {
			text.WriteString(done)
			continue
		}
		one, err := writeResponses(responses[i : i+1])
		if err != nil {
			return "", err
		}
		text.WriteString(one[1 : len(one)-1])
	}
	text.WriteByte(']')
	return text.String(), nil
}
