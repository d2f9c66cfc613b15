package cluster

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// Ours is the simulator's program while it runs.
type Ours struct {
	process   *exec.Cmd
	questions io.WriteCloser
	answers   *bufio.Reader
}

// Start starts the program at this path.
func Start(path string) (*Ours, error) {
	if path == "" {
		return nil, errors.New("-ours is missing: the path of the simulator's program (cargo build -p statefulset-simulate --example judged)")
	}
	process := exec.Command(path)
	process.Stderr = os.Stderr
	questions, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	return &Ours{process, questions, bufio.NewReaderSize(answers, 1<<16)}, nil
}

// Ask asks one question, and reads the answer.
func (o *Ours) Ask(question, answer any) error {
	text, err := json.Marshal(question)
	if err != nil {
		return err
	}
	if _, err := o.questions.Write(append(text, '\n')); err != nil {
		return err
	}
	line, err := o.answers.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	return json.Unmarshal(line, answer)
}

// Stop lets the program end.
func (o *Ours) Stop() error {
	if err := o.questions.Close(); err != nil {
		return err
	}
	return o.process.Wait()
}
