package bed

import (
	"context"
	"fmt"

	admission "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const guard = "kubelets-end-only-what-terminates"

// guardPods lets the simulated kubelets take away terminating pods only: KWOK deletes by name, and a pod's successor has its name.
func (p *Plane) guardPods() error {
	ctx := context.Background()
	policies := p.Client.AdmissionregistrationV1()
	fail := admission.Fail
	_, err := policies.ValidatingAdmissionPolicies().Create(ctx, &admission.ValidatingAdmissionPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: guard},
		Spec: admission.ValidatingAdmissionPolicySpec{
			FailurePolicy: &fail,
			MatchConstraints: &admission.MatchResources{ResourceRules: []admission.NamedRuleWithOperations{{
				RuleWithOperations: admission.RuleWithOperations{
					Operations: []admission.OperationType{admission.Delete},
					Rule:       admission.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}},
				},
			}}},
			MatchConditions: []admission.MatchCondition{{Name: "kubelets", Expression: fmt.Sprintf("request.userInfo.username == %q", Kubelets)}},
			Validations:     []admission.Validation{{Expression: "has(oldObject.metadata.deletionTimestamp)", Message: "this pod does not terminate"}},
		},
	}, metav1.CreateOptions{})
	if err != nil {
		return err
	}
	_, err = policies.ValidatingAdmissionPolicyBindings().Create(ctx, &admission.ValidatingAdmissionPolicyBinding{
		ObjectMeta: metav1.ObjectMeta{Name: guard},
		Spec: admission.ValidatingAdmissionPolicyBindingSpec{
			PolicyName:        guard,
			ValidationActions: []admission.ValidationAction{admission.Deny},
		},
	}, metav1.CreateOptions{})
	return err
}

// untilGuarded tries it: a policy takes effect some time after it was made.
func (p *Plane) untilGuarded(ctx context.Context) error {
	config, err := p.Config(Kubelets)
	if err != nil {
		return err
	}
	kubelets, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	pods := kubelets.CoreV1().Pods(metav1.NamespaceDefault)
	bait := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "bait"},
		Spec: corev1.PodSpec{
			Containers:    []corev1.Container{{Name: "bait", Image: "bait"}},
			SchedulerName: "nobody",
		},
	}
	err = until(ctx, func() bool {
		if _, err := pods.Create(ctx, bait, metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
			return false
		}
		return apierrors.IsInvalid(pods.Delete(ctx, bait.Name, metav1.DeleteOptions{}))
	})
	if err != nil {
		return fmt.Errorf("policy %s does not take effect: %w", guard, err)
	}
	return p.Client.CoreV1().Pods(metav1.NamespaceDefault).Delete(ctx, bait.Name, metav1.DeleteOptions{})
}
