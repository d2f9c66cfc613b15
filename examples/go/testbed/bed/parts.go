package bed

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// The executable is all parts of the control plane, and kubectl: which one, its name says when it is called.
const (
	Etcd              = "etcd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Kubelets          = "kwok"
	Kubectl           = "kubectl"
	Janitor           = "janitor"
)

// The label of nodes whose kubelet is alive.
const kubeletLabel = "kubelet.test/alive"

func (p *Plane) etcdArguments() []string {
	return []string{
		"--data-dir=" + filepath.Join(p.Dir, "etcd"),
		fmt.Sprintf("--client-url=http://127.0.0.1:%d", p.etcdPort),
		fmt.Sprintf("--peer-url=http://127.0.0.1:%d", p.peerPort),
	}
}

func (p *Plane) apiServerArguments() []string {
	file := func(name string) string { return filepath.Join(p.Dir, name) }
	return append([]string{
		fmt.Sprintf("--etcd-servers=http://127.0.0.1:%d", p.etcdPort),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", p.port),
		"--endpoint-reconciler-type=none",
		"--tls-cert-file=" + file("server.crt"),
		"--tls-private-key-file=" + file("server.key"),
		"--client-ca-file=" + file("ca.crt"),
		"--authorization-mode=Node,RBAC",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + file("accounts.pub"),
		"--service-account-signing-key-file=" + file("accounts.key"),
		"--service-cluster-ip-range=10.96.0.0/16",
		seconds("--default-not-ready-toleration-seconds", p.options.Toleration),
		seconds("--default-unreachable-toleration-seconds", p.options.Toleration),
		"--audit-policy-file=" + file("audit-policy.yaml"),
		"--audit-log-path=" + file("audit.log"),
		"--profiling=false",
	}, p.options.APIServer...)
}

// Who asked for what is written down for the StatefulSet controllers, whichever they are.
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Request
  users: ["` + Builtin + `", "` + Ours + `"]
  verbs: [delete]
- level: Metadata
  users: ["` + Builtin + `", "` + Ours + `"]
- level: None
`

func (p *Plane) managerArguments(controllers, kubeconfig string, port int) []string {
	file := func(name string) string { return filepath.Join(p.Dir, name) }
	return []string{
		"--kubeconfig=" + kubeconfig,
		"--authentication-kubeconfig=" + kubeconfig,
		"--authorization-kubeconfig=" + kubeconfig,
		"--authentication-skip-lookup=true",
		"--authorization-always-allow-paths=/healthz,/readyz,/livez,/metrics",
		"--tls-cert-file=" + file("server.crt"),
		"--tls-private-key-file=" + file("server.key"),
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--leader-elect=false",
		"--controllers=" + controllers,
		"--service-account-private-key-file=" + file("accounts.key"),
		"--root-ca-file=" + file("ca.crt"),
		"--node-monitor-period=1s",
		"--node-monitor-grace-period=" + p.options.NodeGrace.String(),
		"--kube-api-qps=1000",
		"--kube-api-burst=1000",
		"--concurrent-gc-syncs=20",
		"--concurrent-statefulset-syncs=5",
	}
}

func (p *Plane) schedulerArguments(kubeconfig string) []string {
	return []string{
		"--kubeconfig=" + kubeconfig,
		"--authentication-kubeconfig=" + kubeconfig,
		"--authorization-kubeconfig=" + kubeconfig,
		"--authentication-skip-lookup=true",
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", p.schedulerPort),
		"--leader-elect=false",
		"--kube-api-qps=1000",
		"--kube-api-burst=1000",
	}
}

func (p *Plane) kubeletArguments(kubeconfig string) []string {
	return []string{
		"--kubeconfig=" + kubeconfig,
		"--config=" + filepath.Join(p.Dir, "stages.yaml"),
		"--manage-all-nodes=false",
		"--manage-nodes-with-label-selector=" + kubeletLabel + "=true",
		seconds("--node-lease-duration-seconds", p.options.NodeGrace*2/3),
		"--node-port=0",
		"--server-address=",
		"--cidr=10.128.0.1/9",
	}
}

func seconds(flag string, d time.Duration) string {
	return fmt.Sprintf("%s=%d", flag, int(d.Seconds()))
}

// without is "all controllers but these".
func without(controllers ...string) string {
	return "*,-" + strings.Join(controllers, ",-")
}
