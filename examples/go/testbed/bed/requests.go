package bed

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

// Request is one that a StatefulSet controller sent, as the API server wrote it down when it was answered.
type Request struct {
	ID     string `json:"auditID"`
	User   struct{ Username string }
	Verb   string
	Object struct {
		Resource, Subresource, Namespace, Name string
	} `json:"objectRef"`
	Answer struct{ Code int } `json:"responseStatus"`
	Body   json.RawMessage    `json:"requestObject"` // of deletions only
	Stage  string
	At     time.Time `json:"requestReceivedTimestamp"`
}

// Requests are all that user sent since the bed was started, watches among them.
func (p *Plane) Requests(user string) ([]Request, error) {
	file, err := os.Open(filepath.Join(p.Dir, "audit.log"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var requests []Request
	seen := map[string]bool{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var request Request
		if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
			continue // the line that is being written
		}
		// A watch is written down when it begins and when it ends.
		if request.User.Username == user && !seen[request.ID] {
			seen[request.ID] = true
			requests = append(requests, request)
		}
	}
	return requests, lines.Err()
}
