//! What acts in the cluster: each component follows the store's log and has moments of its own.

use statefulset::Millis;

use crate::store::Store;

/// A controller, the scheduler, the kubelets…
pub(crate) trait Component {
    /// Follows the changes since its last turn and does all that is to be done at this moment. It is called again
    /// until nobody writes any more.
    fn act(&mut self, store: &mut Store);

    /// In whose name it writes: most are parts of one program.
    fn program(&self) -> &'static str {
        "kube-controller-manager"
    }

    /// The next moment at which it acts by time alone.
    fn next(&self) -> Option<Millis>;

    /// Whether all its moments are only heartbeats and back-off, for which a settled cluster does not wait.
    fn idle_after(&self) -> bool {
        false
    }
}
