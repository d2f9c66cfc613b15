// Package bed is a Kubernetes control plane on one machine, for tests: etcd, API server, controllers and scheduler as they are,
// kubelets that KWOK simulates, and volumes that exist only in name. All of it is one executable, listens on loopback only, keeps
// its data in a folder of its own, and is gone when the test is, whatever ends it.
package bed

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	_ "embed"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// The users of the API that a bed knows. The two StatefulSet controllers are counted apart (see Requests).
const (
	Admin   = "admin"
	Builtin = "builtin-statefulset-controller"
	Ours    = "statefulset-controller"
)

const masters = "system:masters"

//go:embed stages.yaml
var stages []byte

// Options of a bed; the zero value is meant to be good.
type Options struct {
	Executable string        // the program testbed; $TESTBED where empty
	Nodes      []string      // node-1, node-2, node-3 where empty
	NodeGrace  time.Duration // after which a silent node is unreachable; 12 s where zero
	Toleration time.Duration // of pods on an unreachable node; 10 s where zero
	NoVolumes  bool          // nobody makes volumes for claims
	APIServer  []string      // more arguments of the API server
}

// Plane is a running control plane.
type Plane struct {
	Dir    string // everything it writes is in there, and is deleted by Stop
	URL    string // of the API server
	Client kubernetes.Interface
	// Dynamic is the same for any kind of objects.
	Dynamic dynamic.Interface

	options                                   Options
	authority                                 *authority
	port, etcdPort, peerPort                  int
	managerPort, schedulerPort                int
	etcd, apiServer, manager, scheduler, kwok *Process
	janitor                                   *os.File
	stopVolumes                               context.CancelFunc
}

// Start boots a control plane without a StatefulSet controller. It takes about four seconds.
func Start(options Options) (plane *Plane, err error) {
	if options.Executable == "" {
		options.Executable = os.Getenv("TESTBED")
	}
	if options.Executable == "" {
		return nil, errors.New("TESTBED must be the path of the program testbed: `make testbed` builds it")
	}
	if len(options.Nodes) == 0 {
		options.Nodes = []string{"node-1", "node-2", "node-3"}
	}
	if options.NodeGrace == 0 {
		options.NodeGrace = 12 * time.Second
	}
	if options.Toleration == 0 {
		options.Toleration = 10 * time.Second
	}
	dir, err := os.MkdirTemp("", "testbed-")
	if err != nil {
		return nil, err
	}
	p := &Plane{Dir: dir, options: options}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, p.Tails(15))
			p.Stop()
		}
	}()
	if err := p.hireJanitor(); err != nil {
		return nil, err
	}
	for _, port := range []*int{&p.port, &p.etcdPort, &p.peerPort, &p.managerPort, &p.schedulerPort} {
		if *port, err = freePort(); err != nil {
			return nil, err
		}
	}
	p.URL = fmt.Sprintf("https://127.0.0.1:%d", p.port)
	if err := p.writeFiles(); err != nil {
		return nil, err
	}
	if err := p.StartEtcd(); err != nil {
		return nil, err
	}
	if err := p.StartAPIServer(); err != nil {
		return nil, err
	}
	if err := p.connect(); err != nil {
		return nil, err
	}
	if err := p.guardPods(); err != nil {
		return nil, err
	}
	if err := p.startFollowers(); err != nil {
		return nil, err
	}
	for _, name := range options.Nodes {
		if err := p.AddNode(name); err != nil {
			return nil, err
		}
	}
	if !options.NoVolumes {
		ctx, cancel := context.WithCancel(context.Background())
		p.stopVolumes = cancel
		go p.provision(ctx)
	}
	return p, p.settle()
}

// Stop ends all parts, newest first, and deletes the folder.
func (p *Plane) Stop() {
	if p.stopVolumes != nil {
		p.stopVolumes()
	}
	for _, part := range []*Process{p.kwok, p.scheduler, p.manager, p.apiServer, p.etcd} {
		part.Kill()
	}
	_ = os.RemoveAll(p.Dir)
	if p.janitor != nil {
		_ = p.janitor.Close()
	}
}

// Tails is the end of what each part printed: for a test that failed.
func (p *Plane) Tails(lines int) string {
	var text string
	for _, part := range []*Process{p.etcd, p.apiServer, p.manager, p.scheduler, p.kwok} {
		if part != nil {
			text += "--- " + part.Name + "\n" + part.Tail(lines) + "\n"
		}
	}
	return text
}

// hireJanitor starts a process that outlives this one, however it ends, by as long as it takes to delete the folder.
func (p *Plane) hireJanitor() error {
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close()
	janitor := &exec.Cmd{
		Path:        p.options.Executable,
		Args:        []string{Janitor, p.Dir},
		Stdin:       read,
		SysProcAttr: &syscall.SysProcAttr{Setpgid: true},
	}
	if err := janitor.Start(); err != nil {
		return err
	}
	go func() { _ = janitor.Wait() }()
	p.janitor = write
	return nil
}

func (p *Plane) writeFiles() (err error) {
	if p.authority, err = newAuthority(); err != nil {
		return err
	}
	certificate, key, err := p.authority.server()
	if err != nil {
		return err
	}
	private, public, err := newKey()
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return err
	}
	for name, contents := range map[string][]byte{
		"ca.crt":            p.authority.pem,
		"server.crt":        certificate,
		"server.key":        key,
		"accounts.key":      private,
		"accounts.pub":      pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		"audit-policy.yaml": []byte(auditPolicy),
		"stages.yaml":       stages,
	} {
		if err := write(filepath.Join(p.Dir, name), contents); err != nil {
			return err
		}
	}
	return nil
}

// Kubeconfig writes a file with which a program speaks to the API as user, an administrator where no groups are named.
func (p *Plane) Kubeconfig(user string, groups ...string) (string, error) {
	return p.kubeconfig(p.URL, user, groups)
}

// KubeconfigAt is the same for an API server at url, p.URL or that of a Proxy.
func (p *Plane) KubeconfigAt(url, user string) (string, error) { return p.kubeconfig(url, user, nil) }

func (p *Plane) kubeconfig(url, user string, groups []string) (string, error) {
	if len(groups) == 0 {
		groups = []string{masters}
	}
	certificate, key, err := p.authority.client(user, groups)
	if err != nil {
		return "", err
	}
	config := clientcmdapi.NewConfig()
	config.Clusters["testbed"] = &clientcmdapi.Cluster{Server: url, CertificateAuthorityData: p.authority.pem}
	config.AuthInfos[user] = &clientcmdapi.AuthInfo{ClientCertificateData: certificate, ClientKeyData: key}
	config.Contexts["testbed"] = &clientcmdapi.Context{Cluster: "testbed", AuthInfo: user}
	config.CurrentContext = "testbed"
	file, err := os.CreateTemp(p.Dir, user+"-*.kubeconfig")
	if err != nil {
		return "", err
	}
	return file.Name(), errors.Join(file.Close(), clientcmd.WriteToFile(*config, file.Name()))
}

// Config is the same for a client in this process, without a limit of its own.
func (p *Plane) Config(user string, groups ...string) (*rest.Config, error) {
	path, err := p.Kubeconfig(user, groups...)
	if err != nil {
		return nil, err
	}
	config, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = -1, -1
	config.UserAgent = user
	return config, nil
}

func (p *Plane) connect() error {
	config, err := p.Config(Admin)
	if err != nil {
		return err
	}
	if p.Client, err = kubernetes.NewForConfig(config); err != nil {
		return err
	}
	p.Dynamic, err = dynamic.NewForConfig(config)
	return err
}

// run starts a part. Of memory there is more than of processor time, which collecting garbage less often saves.
func (p *Plane) run(name string, args []string) (*Process, error) {
	return Run(p.Dir, name, p.options.Executable, name, args, lavish)
}

// keep is run for a part that is started again where it ends by itself: a scheduler does when it finds its cache corrupt.
func (p *Plane) keep(name string, args []string) (*Process, error) {
	return Keep(p.Dir, name, p.options.Executable, name, args, lavish)
}

var lavish = []string{"GOGC=300"}

// StartEtcd starts etcd, also again where KillEtcd ended it: its data is as it was.
func (p *Plane) StartEtcd() (err error) {
	if p.etcd, err = p.run(Etcd, p.etcdArguments()); err != nil {
		return err
	}
	return p.answers(p.etcd, fmt.Sprintf("http://127.0.0.1:%d/health", p.etcdPort))
}

// KillEtcd ends etcd as a power cut would.
func (p *Plane) KillEtcd() { p.etcd.Kill() }

// StartAPIServer starts the API server, also again.
func (p *Plane) StartAPIServer() (err error) {
	if p.apiServer, err = p.run(APIServer, p.apiServerArguments()); err != nil {
		return err
	}
	return p.answers(p.apiServer, p.URL+"/readyz")
}

// KillAPIServer ends the API server and all its connections.
func (p *Plane) KillAPIServer() { p.apiServer.Kill() }

// startFollowers starts all that needs nothing but the API server, and keeps it running.
func (p *Plane) startFollowers() error {
	kubeconfigs := map[string]string{}
	for _, user := range []string{ControllerManager, Scheduler, Kubelets} {
		path, err := p.Kubeconfig(user)
		if err != nil {
			return err
		}
		kubeconfigs[user] = path
	}
	var err error
	if p.manager, err = p.keep(ControllerManager, p.managerArguments(without("statefulset-controller"), kubeconfigs[ControllerManager], p.managerPort)); err != nil {
		return err
	}
	if p.scheduler, err = p.keep(Scheduler, p.schedulerArguments(kubeconfigs[Scheduler])); err != nil {
		return err
	}
	p.kwok, err = p.keep(Kubelets, p.kubeletArguments(kubeconfigs[Kubelets]))
	return err
}

// client is an HTTP client that trusts the bed's parts, as they do it.
func (p *Plane) client() (*http.Client, error) {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(p.authority.pem)
	certificate, key, err := p.authority.client(Admin, []string{masters})
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	return &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}, DisableKeepAlives: true},
	}, nil
}

// answers waits until there is an answer of 200 at url, or until process has ended.
func (p *Plane) answers(process *Process, url string) error {
	client, err := p.client()
	if err != nil {
		return err
	}
	deadline := time.Now().Add(2 * time.Minute)
	for process.Alive() && time.Now().Before(deadline) {
		if answer, err := client.Get(url); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer at %s:\n%s", process.Name, url, process.Tail(15))
}
