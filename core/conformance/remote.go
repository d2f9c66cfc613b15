package conformance

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"

	"statefulset.internal/statefulset"
)

// Remote is the judge of another version of Kubernetes: programs that each answer one case after the other.
type Remote struct {
	program string
	gates   Gates
	mu      sync.Mutex
	idle    []*remoteJudge
}

type remoteJudge struct {
	presented presented
	command   *exec.Cmd
	in        io.WriteCloser
	out       *bufio.Reader
}

// remote judges instead of the linked controller, if there is one.
var remote *Remote

// NewRemote is the judge that a program is, with these gates.
func NewRemote(program string, gates Gates) (*Remote, error) {
	r := &Remote{program: program, gates: gates}
	first, err := r.start()
	if err != nil {
		return nil, err
	}
	r.idle = []*remoteJudge{first}
	return r, nil
}

func (r *Remote) start() (*remoteJudge, error) {
	gates, err := json.Marshal(r.gates)
	if err != nil {
		return nil, err
	}
	command := exec.Command(r.program, "-test.run=TestJudge$", "-test.timeout=0", "-gates="+string(gates))
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	judge := &remoteJudge{command: command, in: in, out: bufio.NewReaderSize(out, 1<<20)}
	return judge, judge.read(&judge.presented)
}

// read takes in a line. What a program says that cannot judge is not one, and is shown.
func (j *remoteJudge) read(into any) error {
	line, err := j.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, into)
	}
	if err != nil {
		rest, _ := io.ReadAll(j.out)
		return fmt.Errorf("the judge says: %s%s: %w", line, rest, err)
	}
	return nil
}

// presented is who judges.
func (r *Remote) presented() presented {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.idle[0].presented
}

// isOf tells what is wrong with a judge: it is of another version, or that version's usual gates are not those that the
// library takes for them.
func (p presented) isOf(gates Gates) error {
	// The library knows which patches decide alike.
	linked, err := statefulset.ParseKubernetes(p.Kubernetes)
	if err != nil {
		return err
	}
	if linked.String() != gates.Kubernetes {
		return fmt.Errorf("the judge of Kubernetes %s is of %s, which decides as %v", gates.Kubernetes, p.Kubernetes, linked)
	}
	usual := GatesOf(gates.Kubernetes, "")
	p.Usual.Kubernetes = gates.Kubernetes
	if p.Usual != usual {
		return fmt.Errorf("the gates of Kubernetes %s are %v; the library says %v", p.Kubernetes, p.Usual, usual)
	}
	return nil
}

// Theirs lets the judge's controller sync the set of a case once.
func (r *Remote) Theirs(c *Case) (Outcome, error) {
	judge, err := r.take()
	if err != nil {
		return Outcome{}, err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return Outcome{}, err
	}
	if _, err := judge.in.Write(append(text, '\n')); err != nil {
		return Outcome{}, err
	}
	var answer told
	if err := judge.read(&answer); err != nil {
		return Outcome{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idle = append(r.idle, judge)
	return answer.outcome()
}

func (r *Remote) take() (*remoteJudge, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if last := len(r.idle) - 1; last >= 0 {
		judge := r.idle[last]
		r.idle = r.idle[:last]
		return judge, nil
	}
	return r.start()
}

// Close ends the programs.
func (r *Remote) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, judge := range r.idle {
		if err := judge.in.Close(); err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, judge.out); err != nil {
			return err
		}
		if err := judge.command.Wait(); err != nil {
			return err
		}
	}
	r.idle = nil
	return nil
}
