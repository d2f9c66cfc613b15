package bed

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Process is a part of the bed, or a controller under test: it writes to a log of its own, and dies with whoever started it.
type Process struct {
	Name string
	Log  string // the path of what it printed
	new  func() *exec.Cmd
	done chan struct{}
	once sync.Once

	mutex sync.Mutex
	cmd   *exec.Cmd
	// over: it is to end, and not to be started again.
	over context.Context
	end  context.CancelFunc
}

// The kernel sends a parent's death signal when the *thread* that started the process ends: one thread starts them all.
var starts = sync.OnceValue(func() chan func() {
	calls := make(chan func())
	go func() {
		runtime.LockOSThread()
		for call := range calls {
			call()
		}
	}()
	return calls
})

// Run starts executable under the name arg0, with environment added to this process's own.
func Run(dir, name, executable, arg0 string, args, environment []string) (*Process, error) {
	p := newProcess(dir, name, executable, arg0, args, environment)
	if err := p.start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Keep is Run for what is started again where it ends by itself, as a kubelet does it.
func Keep(dir, name, executable, arg0 string, args, environment []string) (*Process, error) {
	p := newProcess(dir, name, executable, arg0, args, environment)
	if err := p.start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(p.done)
		for again := true; again; again = p.start() == nil {
			_ = p.cmd.Wait()
			select {
			case <-time.After(time.Second):
			case <-p.over.Done():
			}
		}
	}()
	return p, nil
}

func newProcess(dir, name, executable, arg0 string, args, environment []string) *Process {
	over, end := context.WithCancel(context.Background())
	return &Process{
		Name: name,
		Log:  filepath.Join(dir, name+".log"),
		done: make(chan struct{}),
		over: over,
		end:  end,
		new: func() *exec.Cmd {
			return &exec.Cmd{
				Path:        executable,
				Args:        append([]string{arg0}, args...),
				Env:         append(os.Environ(), environment...),
				Dir:         dir,
				SysProcAttr: &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL},
			}
		},
	}
}

// start starts it, also again; not where it is to end.
func (p *Process) start() error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.over.Err() != nil {
		return os.ErrProcessDone
	}
	log, err := os.OpenFile(p.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := p.new()
	cmd.Stdout, cmd.Stderr = log, log
	started := make(chan error)
	starts() <- func() { started <- cmd.Start() }
	if err := <-started; err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	p.cmd = cmd
	return nil
}

// Kill ends the process and its children at once, and waits until it is gone.
func (p *Process) Kill() {
	if p == nil {
		return
	}
	p.once.Do(func() { p.signal(-1, syscall.SIGKILL) })
	<-p.done
}

// Stop asks the process to end, and kills it after ten seconds.
func (p *Process) Stop() {
	if p == nil {
		return
	}
	p.signal(1, syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(10 * time.Second):
	}
	p.Kill()
}

// signal sends a signal that is to end the process (1), or its group (-1).
func (p *Process) signal(whom int, signal syscall.Signal) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.end()
	_ = syscall.Kill(whom*p.cmd.Process.Pid, signal)
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Alive says whether the process still runs.
func (p *Process) Alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Tail is the end of what the process printed.
func (p *Process) Tail(lines int) string {
	text, err := os.ReadFile(p.Log)
	if err != nil {
		return err.Error()
	}
	all := bytes.Split(bytes.TrimRight(text, "\n"), []byte("\n"))
	return string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n")))
}

// Usage is what a running process took so far.
type Usage struct {
	CPU  time.Duration
	Peak int64 // of its memory, bytes
	Now  int64 // of its memory, bytes
}

// Usage reads what the kernel knows of the process.
func (p *Process) Usage() (Usage, error) {
	var u Usage
	proc := fmt.Sprintf("/proc/%d/", p.cmd.Process.Pid)
	stat, err := os.ReadFile(proc + "stat")
	if err != nil {
		return u, err
	}
	// The second field, the name, may contain blanks; it ends with the last parenthesis.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const userTime, systemTime, ticksPerSecond = 11, 12, 100
	for _, field := range []string{fields[userTime], fields[systemTime]} {
		ticks, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return u, err
		}
		u.CPU += time.Duration(ticks) * time.Second / ticksPerSecond
	}
	status, err := os.ReadFile(proc + "status")
	if err != nil {
		return u, err
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); err == nil {
			u.Peak = kilobytes << 10
		}
		if _, err := fmt.Sscanf(line, "VmRSS: %d kB", &kilobytes); err == nil {
			u.Now = kilobytes << 10
		}
	}
	return u, nil
}
