// Command decommission looks after the pods of one set: it moves the data of those that are to leave, and answers the questions
// that the controller writes on them. It may be stopped at any moment: what it has done is written on the pod, and the next one
// goes on from there.
//
// Its data are a counter. A database's own program has the same shape.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/pflag"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	typed "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	// The controller's question: a word and a moment.
	question = "statefulset.dev/prepare"
	// The answer is the question's text.
	answer = "statefulset.dev/prepared"
	// What the pod must not go for now.
	hold = "statefulset.dev/hold"
	// How much has been moved, and for which question.
	moved = "example.org/moved"
)

// program is what looks after the pods.
type program struct {
	pods     typed.PodInterface
	selector string
	// parts are how many there are of a member's data. One is moved at each look.
	parts int
	// needs is how many others must be ready before a member may leave.
	needs int
}

func main() {
	kubeconfig := pflag.String("kubeconfig", "", "path of the kubeconfig; without it that of the environment or of the pod")
	namespace := pflag.StringP("namespace", "n", metav1.NamespaceDefault, "namespace of the pods")
	selector := pflag.StringP("selector", "l", "", "labels of the pods, such as app=db")
	every := pflag.Duration("every", time.Second, "how often it looks; a question may wait for hours, and a look is one list of a few pods")
	parts := pflag.Int("parts", 5, "how many parts a member's data have; one is moved at each look")
	needs := pflag.Int("needs", 1, "how many other members must be ready before one may leave")
	pflag.Parse()
	rules := clientcmd.NewDefaultClientConfigLoadingRules()
	rules.ExplicitPath = *kubeconfig
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, nil).ClientConfig()
	if err != nil {
		fail(err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := program{client.CoreV1().Pods(*namespace), *selector, *parts, *needs}
	for ticks := time.Tick(*every); ; {
		// A look that fails is followed by the next one.
		if err := p.look(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("cannot look after the pods now", "error", err)
		}
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "decommission:", err)
	os.Exit(1)
}

// look goes one step further with every pod that was asked something.
func (p *program) look(ctx context.Context) error {
	list, err := p.pods.List(ctx, metav1.ListOptions{LabelSelector: p.selector})
	if err != nil {
		return err
	}
	for i := range list.Items {
		pod := &list.Items[i]
		change := p.next(pod, list.Items)
		if change == nil {
			continue
		}
		// Somebody else has written it in the meantime, or it is gone: the next look sees that.
		if err := p.write(ctx, pod, change); err != nil && !apierrors.IsConflict(err) && !apierrors.IsNotFound(err) {
			return err
		}
		slog.Info("looked after", "pod", pod.Name, "asked", pod.Annotations[question], "wrote", change)
	}
	return nil
}

// next is what is written on a pod now: annotations, where nil takes one away. It is nil where there is nothing to do.
func (p *program) next(pod *corev1.Pod, all []corev1.Pod) map[string]any {
	asked := pod.Annotations[question]
	if asked == "" || asked == pod.Annotations[answer] || pod.DeletionTimestamp != nil {
		return nil
	}
	switch word, _, _ := strings.Cut(asked, " "); word {
	case "leave":
		return p.leave(pod, asked, all)
	case "stay":
		// What was moved comes back.
		return map[string]any{moved: nil, hold: nil, answer: asked}
	default:
		// A counter leads nothing that would have to be handed over.
		return map[string]any{answer: asked}
	}
}

func (p *program) leave(pod *corev1.Pod, asked string, all []corev1.Pod) map[string]any {
	others := 0
	for i := range all {
		if all[i].Name != pod.Name && ready(&all[i]) {
			others++
		}
	}
	_, held := pod.Annotations[hold]
	switch done := parts(pod, asked); {
	case others < p.needs && held:
		return nil
	case others < p.needs:
		// It refuses for now: too few would be left.
		return map[string]any{hold: "ScaleIn"}
	case done < p.parts:
		return map[string]any{hold: nil, moved: fmt.Sprintf("%d %s", done+1, asked)}
	default:
		return map[string]any{answer: asked}
	}
}

// parts are how many have been moved for this question.
func parts(pod *corev1.Pod, asked string) int {
	count, of, _ := strings.Cut(pod.Annotations[moved], " ")
	number, err := strconv.Atoi(count)
	if err != nil || of != asked {
		return 0
	}
	return number
}

func ready(pod *corev1.Pod) bool {
	return pod.DeletionTimestamp == nil && slices.ContainsFunc(pod.Status.Conditions, func(c corev1.PodCondition) bool {
		return c.Type == corev1.PodReady && c.Status == corev1.ConditionTrue
	})
}

// write changes annotations of the pod as it was seen, so that of two programs one fails.
func (p *program) write(ctx context.Context, pod *corev1.Pod, annotations map[string]any) error {
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{
		"uid":             pod.UID,
		"resourceVersion": pod.ResourceVersion,
		"annotations":     annotations,
	}})
	if err != nil {
		return err
	}
	_, err = p.pods.Patch(ctx, pod.Name, types.MergePatchType, patch, metav1.PatchOptions{})
	return err
}
