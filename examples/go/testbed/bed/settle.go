package bed

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
)

// settle waits until pods can be made: nodes are ready, the guard is on duty, and namespace default has its account.
func (p *Plane) settle() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, name := range p.options.Nodes {
		if err := p.untilNode(ctx, name, func(node *corev1.Node) bool { return nodeReady(node) && len(node.Spec.Taints) == 0 }); err != nil {
			return fmt.Errorf("node %s does not become ready: %w", name, err)
		}
	}
	if err := p.untilAccount(ctx, metav1.NamespaceDefault); err != nil {
		return err
	}
	return p.untilGuarded(ctx)
}

// Namespace makes a namespace in which pods can be made.
func (p *Plane) Namespace(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := p.Client.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	return p.untilAccount(ctx, name)
}

func (p *Plane) untilAccount(ctx context.Context, namespace string) error {
	err := until(ctx, func() bool {
		_, err := p.Client.CoreV1().ServiceAccounts(namespace).Get(ctx, "default", metav1.GetOptions{})
		return err == nil
	})
	if err != nil {
		return fmt.Errorf("namespace %s has no account: %w", namespace, err)
	}
	return nil
}

// until asks again and again, of things in whose order nobody is interested.
func until(ctx context.Context, holds func() bool) error {
	return wait.PollUntilContextCancel(ctx, 20*time.Millisecond, true, func(context.Context) (bool, error) { return holds(), nil })
}
