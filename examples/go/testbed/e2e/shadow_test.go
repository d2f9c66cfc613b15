package e2e

import (
	"strings"
	"time"
)

// shadowGrace is how long either controller may be behind the other, on a machine with much to do.
const shadowGrace = 15 * time.Second

// shadowed starts a shadow beside the built-in controller. It has no right but to look, and when the test ends, it must have seen
// nothing that it would have done otherwise.
func (w *world) shadowed() {
	w.Helper()
	rights := w.entitle("system:serviceaccount:kube-system:statefulset-controller-shadow", "rbac-shadow.yaml")
	shadow, err := w.plane.StartOurs(w.plane.URL, append(rights, "--shadow", "--shadow-grace="+shadowGrace.String())...)
	w.must(err)
	w.Cleanup(func() {
		if w.Failed() {
			return
		}
		// What was planned last is told of only after a while.
		time.Sleep(shadowGrace + 3*time.Second)
		differences, err := shadow.Counted("statefulset_controller_shadow_disagreements_total", nil)
		if err != nil {
			w.Fatalf("%v\n--- shadow\n%s", err, shadow.Tail(60))
		}
		agreements, err := shadow.Counted("statefulset_controller_shadow_agreements_total", nil)
		w.must(err)
		w.Logf("a shadow agreed %v times", agreements)
		if differences > 0 || agreements == 0 {
			var said []string
			for line := range strings.Lines(shadow.Tail(200)) {
				if strings.Contains(line, "disagreement") {
					said = append(said, line)
				}
			}
			w.Errorf("a shadow agreed %v times and differed %v times:\n%s", agreements, differences, strings.Join(said, ""))
		}
	})
}
