package bed

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// KubectlUser types commands.
type KubectlUser struct {
	executable, kubeconfig, home string
	Folder                       string // where it looks for files
	Namespace                    string // in which it works; default where empty
}

// Kubectl is an administrator at a keyboard, in folder.
func (p *Plane) Kubectl(folder string) (*KubectlUser, error) {
	kubeconfig, err := p.Kubeconfig(Admin)
	if err != nil {
		return nil, err
	}
	return &KubectlUser{executable: p.options.Executable, kubeconfig: kubeconfig, home: filepath.Join(p.Dir, "home"), Folder: folder}, nil
}

// Run types one command, without the word kubectl; its words are divided by blanks, single quotes hold some together. It
// returns what a terminal shows, and an error where the exit code says so.
func (k *KubectlUser) Run(ctx context.Context, command string) (string, error) {
	words, err := split(command)
	if err != nil {
		return "", err
	}
	return k.Type(ctx, words...)
}

// Type is Run for words that are divided already.
func (k *KubectlUser) Type(ctx context.Context, words ...string) (string, error) {
	var screen bytes.Buffer
	err := k.command(ctx, &screen, words).Run()
	if err != nil {
		err = fmt.Errorf("kubectl %s: %w: %s", strings.Join(words, " "), err, strings.TrimSpace(screen.String()))
	}
	return screen.String(), err
}

// Start types a command that goes on for long, and returns at once; the screen ends with the context.
func (k *KubectlUser) Start(ctx context.Context, screen io.Writer, command string) (*exec.Cmd, error) {
	words, err := split(command)
	if err != nil {
		return nil, err
	}
	cmd := k.command(ctx, screen, words)
	return cmd, cmd.Start()
}

func (k *KubectlUser) command(ctx context.Context, screen io.Writer, words []string) *exec.Cmd {
	if k.Namespace != "" {
		words = append([]string{"--namespace=" + k.Namespace}, words...)
	}
	cmd := exec.CommandContext(ctx, k.executable, words...)
	cmd.Args[0] = Kubectl
	cmd.Dir = k.Folder
	cmd.Env = append(os.Environ(), "KUBECONFIG="+k.kubeconfig, "HOME="+k.home)
	cmd.Stdout, cmd.Stderr = screen, screen
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

func split(command string) ([]string, error) {
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	if strings.Count(command, "'")%2 == 1 {
		return nil, fmt.Errorf("a quote without its end in %q", command)
	}
	return words, nil
}
