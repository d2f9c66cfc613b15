package bed

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// AddNode adds a node whose kubelet is alive.
func (p *Plane) AddNode(name string) error {
	_, err := p.Client.CoreV1().Nodes().Create(context.Background(), &corev1.Node{ObjectMeta: metav1.ObjectMeta{
		Name:   name,
		Labels: map[string]string{"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", kubeletLabel: "true"},
	}}, metav1.CreateOptions{})
	return err
}

// SilenceNode cuts the node off: its lease is not renewed, and its pods are neither started nor stopped.
func (p *Plane) SilenceNode(name string) error { return p.labelNode(name, "false") }

// ReviveNode ends that.
func (p *Plane) ReviveNode(name string) error { return p.labelNode(name, "true") }

func (p *Plane) labelNode(name, alive string) error {
	patch := fmt.Sprintf(`{"metadata":{"labels":{%q:%q}}}`, kubeletLabel, alive)
	_, err := p.Client.CoreV1().Nodes().Patch(context.Background(), name, types.MergePatchType, []byte(patch), metav1.PatchOptions{})
	return err
}

func (p *Plane) untilNode(ctx context.Context, name string, holds func(*corev1.Node) bool) error {
	return until(ctx, func() bool {
		node, err := p.Client.CoreV1().Nodes().Get(ctx, name, metav1.GetOptions{})
		return err == nil && holds(node)
	})
}

func nodeReady(node *corev1.Node) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady {
			return condition.Status == corev1.ConditionTrue
		}
	}
	return false
}
