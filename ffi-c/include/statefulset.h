/*
 * statefulset: given the StatefulSet someone wants and the cluster as it was last seen, what should be done now, and
 * why not more?
 *
 * It does no I/O and reads no clock. There are two tiers, each useful alone:
 *
 *   Facts. One call, sts_plan(), over records that you own. Carry out what it says, in the order that it says, on the
 *   conditions that it says; tell sts_conclude() how that went and publish the status that it gives; look at the
 *   cluster again; call again. sts_carry_out() is all of that with one function of yours; sts_may_start() keeps the
 *   order for those who do several things at a time.
 *
 *   Kubernetes. A handle, sts_cluster, that is fed with objects as a watch delivers them and gives requests that are
 *   ready to be sent, as JSON. sts_reconcile() does the same in one call for those who do not watch. Where no API
 *   server looks at what people write, sts_normalize() and sts_validate() do. sts_cluster_carry_out() is a set's whole
 *   turn without any JSON, and sts_requests() takes the JSON of a plan apart.
 *
 * What is left to you, such as one planner a set, keeping the status, and backing off, is numbered on the front page of
 * the Rust crate (core/src/lib.rs, "What the caller does"), each duty with what breaks without it.
 *
 * The rules
 *
 * 1. Threads. Any function, from any thread, at any time; nothing has to be initialised. Nobody may change the
 *    arguments during a call. Calls that only look at a cluster run side by side: sts_cluster_due(), _awaited, _plan,
 *    _explain, _diagnose and _may_try. A call that changes it waits until it is alone, and the others wait for that one.
 *    No call waits for anything else. Different clusters do not know of each other.
 *
 * 2. Memory. You own all records, texts and buffers; the library keeps no pointer to them after a call. What is written
 *    (`out`, `report`) may not overlap what is read. Clusters are the only thing to free. A handle that has been freed,
 *    or was never made, gives STS_CODE_NO_SUCH_CLUSTER. Static text is valid for ever. Running out of memory ends the
 *    program; how much a plan may take is bounded by the profile's `max_actions`.
 *
 * 3. NULL. A list, a text or a buffer may be NULL exactly when its count is 0; other pointers may not be. NULL where it
 *    may not be, misaligned pointers and impossible counts give STS_CODE_BAD_POINTER.
 *
 * 4. Numbers. Set what you do not use to 0, best by zeroing the whole record first. An unknown number or an unknown
 *    flag gives STS_CODE_UNKNOWN_NUMBER, a reserved field that is not 0 STS_CODE_RESERVED: so new meanings can be
 *    added without old libraries guessing. A field called optional is there if its flag is set, and 0 if not.
 *    Numbers and names are never renamed or reused.
 *
 * 5. Time. Names that end in _ms are milliseconds: since the Unix epoch for moments. Any value is accepted; sums
 *    saturate.
 *
 * 6. Text. What goes in is sts_text: bytes and their count, no NUL needed, UTF-8. Text that is not UTF-8 gives
 *    STS_CODE_BAD_TEXT; JSON that cannot be read STS_CODE_BAD_JSON or STS_CODE_BAD_OBJECT, and the message says where.
 *    What comes out is written to `out`, which has room for `cap` bytes, and ends with a NUL, which
 *    `report->size` does not count. To learn the size first, pass NULL and 0; another thread that changes the cluster in
 *    between may change the size, too.
 *
 * 7. Failure. The code is returned and repeated in the report, together with the place and a message for people. On any
 *    code but STS_CODE_OK `out` is untouched and nothing has changed, except that STS_CODE_BAD_OBJECT sets the object
 *    aside. No errno, nothing thread-local, no logging. Input that breaks the contract is a failure; a cluster in a bad
 *    state is not: it gives a wait. Any call may give BAD_POINTER and INTERNAL, one that writes more than a record
 *    CAPACITY, one that reads a name BAD_TEXT, one on a cluster NO_SUCH_CLUSTER; which other codes a call may
 *    give is said with it.
 *
 * 8. Bugs. STS_CODE_INTERNAL means that the library panicked. If it happened to a cluster, that one answers so from then
 *    on and can only be freed; nothing else is left in a bad state. Please report it. (The message is printed to stderr
 *    as well, unless the program is Rust with a hook of its own.)
 *
 * 9. Growing. A later version may have longer records, and a program need not be compiled again for that. New fields come
 *    at the end, and 0 in them means as before. `observed.sizes` says how long the records of your program are: always
 *    STS_SIZES. The library reads and writes no more of a record than that. Lists lie in steps of that size. A field that
 *    a record is too short for is 0 when it is read, and left out when it is written. Sizes that the library does not know
 *    give STS_CODE_BAD_SIZE. Records without an entry in sts_sizes never grow; they have room of their own. Numbers that
 *    come out (kinds, reasons, gates, codes) may be new ones: ask the library for their names.
 */


#ifndef STATEFULSET_H
#define STATEFULSET_H

/* Generated by cbindgen from ffi-c/src. To change it: BLESS=1 cargo test -p statefulset-c --test header generates */

#include <stddef.h>
#include <stdint.h>

/* How long the records of this header are: `observed.sizes = STS_SIZES;` */
#ifdef __cplusplus
#define STS_SIZES (sts_sizes{STS_SIZES_})
#else
#define STS_SIZES ((sts_sizes){STS_SIZES_})
#endif
#define STS_SIZES_ \
    sizeof(sts_desired), sizeof(sts_observed), sizeof(sts_action), sizeof(sts_pod), sizeof(sts_claim), \
        sizeof(sts_volume), sizeof(sts_node), sizeof(sts_budget), sizeof(sts_names), sizeof(sts_exclusion), \
        sizeof(sts_reach), {0, 0, 0, 0, 0}


// Number of the binary interface that this header describes. Compare it with sts_abi_version() once, at start.
// A record that grows at its end (rule 9) does not change it; everything else that makes it necessary to compile programs
// again does. 0 means that layouts may still change from one version to the next.
#define STS_ABI_VERSION 0

// The failure is not about an argument.
#define STS_LIST_NONE 0

// It is about `desired`.
#define STS_LIST_DESIRED 1

// It is about `observed`.
#define STS_LIST_OBSERVED 2

// It is about `observed.pods`.
#define STS_LIST_PODS 3

// It is about `observed.claims`.
#define STS_LIST_CLAIMS 4

// It is about `observed.volumes`.
#define STS_LIST_VOLUMES 5

// It is about `observed.nodes`.
#define STS_LIST_NODES 6

// It is about `observed.budgets`.
#define STS_LIST_BUDGETS 7

// It is about `out`.
#define STS_LIST_OUT 8

// It is about the argument that `field` names.
#define STS_LIST_ARGUMENT 9

// It is about `observed.reach`.
#define STS_LIST_REACH 10

// `status` is there.
#define STS_REPORT_STATUS 1

// `next_wake_ms` is there.
#define STS_REPORT_NEXT_WAKE 2

// The plan was cut at `max_actions`.
#define STS_REPORT_MORE 4

// The request may be sent.
#define STS_REPORT_MAY_TRY 8

// `next_wake_ms` is nothing but another try after a failure.
#define STS_REPORT_RETRYING 16

// Sets wait to see something of the cluster.
#define STS_REPORT_AWAITED 32

// `index` may start.
#define STS_REPORT_MAY_START 64

// All has ended.
#define STS_REPORT_OVER 128

// Kubernetes' gate `MaxUnavailableStatefulSet`: honour `max_unavailable`.
#define STS_PROFILE_MAX_UNAVAILABLE 1

// Kubernetes' gate `StatefulSetRecreateStrategy`: accept STS_STRATEGY_RECREATE.
#define STS_PROFILE_RECREATE 2

// The plan binds claims to volumes.
#define STS_PROFILE_BIND_CLAIMS 4

// The plan evicts pods from draining nodes.
#define STS_PROFILE_DRAIN_NODES 8

// The plan replaces pods of lost nodes, and `unreachable_after_ms` is there.
#define STS_PROFILE_LOST_NODES 16

// A node that the operator removed must have been fenced as well. Goes with STS_PROFILE_LOST_NODES.
#define STS_PROFILE_REQUIRE_FENCE 32

// Kubernetes' gate `StatefulSetSemanticRevisionComparison`: a revision that only lacks the API's defaults is the same
// revision. For clusters; to sts_plan() a revision is a number.
#define STS_PROFILE_SEMANTIC_REVISIONS 64

// Kubernetes' gate `StaleControllerConsistencyStatefulSet`: decide nothing until one's own writes have been seen. For
// clusters; sts_plan() is told by STS_OBSERVED_FRESH.
#define STS_PROFILE_READ_YOUR_WRITES 128

// Somebody else shuts the pods of a deleted set down, in any order (Kubernetes' garbage collector).
#define STS_SHUTDOWN_BACKGROUND 0

// The plan does, highest ordinal first; a finalizer keeps the set until the last pod is gone.
#define STS_SHUTDOWN_ORDERED 1

// Claims that a policy gives up get owner references, for a garbage collector to follow.
#define STS_GIVE_UP_OWNER_REFERENCES 0

// Claims that a policy gives up are deleted by STS_ACTION_DELETE_CLAIM.
#define STS_GIVE_UP_DELETE 1

// One at a time, each only when all before it are available.
#define STS_MANAGEMENT_ORDERED_READY 0

// All at once.
#define STS_MANAGEMENT_PARALLEL 1

// The planner replaces pods, highest ordinal first.
#define STS_STRATEGY_ROLLING_UPDATE 0

// Pods are replaced when somebody deletes them.
#define STS_STRATEGY_ON_DELETE 1

// All pods of old revisions go before the first new one comes.
#define STS_STRATEGY_RECREATE 2

// `max_unavailable` is not given, and is 1.
#define STS_LIMIT_NONE 0

// `max_unavailable` is a number of pods.
#define STS_LIMIT_COUNT 1

// `max_unavailable` is per cent of `replicas`, rounded down.
#define STS_LIMIT_PERCENT 2

// The claim stays.
#define STS_KEEP_RETAIN 0

// The claim goes.
#define STS_KEEP_DELETE 1

// The set is not being deleted.
#define STS_DELETION_NO 0

// It is, and its pods go with it.
#define STS_DELETION_WITH_PODS 1

// It is, and its pods are to stay (`--cascade=orphan`).
#define STS_DELETION_ORPHAN 2

// The `rollingUpdate` block is there: `partition`, `max_unavailable_kind` and `max_unavailable`. The Kubernetes API
// always gives one to STS_STRATEGY_ROLLING_UPDATE; without it, pods re-created in mid-rollout get another revision.
#define STS_DESIRED_ROLLING 1

// The set carries the library's finalizer, which ordered shutdown needs.
#define STS_DESIRED_FINALIZER_HELD 2

// `published` is there.
#define STS_DESIRED_PUBLISHED 4

// There is no `Progressing` condition.
#define STS_PROGRESS_NONE 0

// Pods of old revisions still exist. True, `RecreateInProgress`.
#define STS_PROGRESS_DELETING 1

// They are gone; the new ones are not all there. True, `RecreateInProgress`.
#define STS_PROGRESS_CREATING 2

// All pods are new. False, `RecreateCompleted`.
#define STS_PROGRESS_COMPLETED 3

// The view is at least as new as your own writes. Without it the plan is one wait.
#define STS_OBSERVED_FRESH 1

// `claims` is known.
#define STS_OBSERVED_CLAIMS 2

// `volumes` is known.
#define STS_OBSERVED_VOLUMES 4

// `nodes` is known.
#define STS_OBSERVED_NODES 8

// `budgets` is known.
#define STS_OBSERVED_BUDGETS 16

// Accepted, not started.
#define STS_PHASE_PENDING 0

// At least one container runs.
#define STS_PHASE_RUNNING 1

// All containers ended well.
#define STS_PHASE_SUCCEEDED 2

// All containers ended, one of them badly.
#define STS_PHASE_FAILED 3

// Its node does not say.
#define STS_PHASE_UNKNOWN 4

// It says that it is ready.
#define STS_POD_READY 1

// Its name and identity label are as they should be.
#define STS_POD_IDENTITY 2

// Its volumes refer to the claims that they should refer to.
#define STS_POD_STORAGE 4

// `ready_since_ms` is there.
#define STS_POD_READY_SINCE 8

// It is terminating, and `terminating_since_ms` is there.
#define STS_POD_TERMINATING 16

// `node` is there.
#define STS_POD_NODE 32

// `budget` is there.
#define STS_POD_BUDGET 64

// The ordinal of a pod whose name ends in digits that exceed STS_MAX_ORDINAL.
#define STS_NO_ORDINAL 4294967295

// The node of a pod that names one that `nodes` does not show: it may be gone, or the list may be too old.
#define STS_UNLISTED 4294967295

// The largest ordinal.
#define STS_MAX_ORDINAL 2147483647

// Has no volume yet.
#define STS_CLAIM_PENDING 0

// Has a volume.
#define STS_CLAIM_BOUND 1

// Had a volume that is gone.
#define STS_CLAIM_LOST 2

// No owner reference names this owner.
#define STS_OWNER_ABSENT 0

// One does, with the right uid and `controller: true`.
#define STS_OWNER_CONTROLLER 1

// One does, with the right uid, not as a controller.
#define STS_OWNER_PLAIN 2

// One does, with another uid. For a pod that does not exist, any reference to it is of this kind.
#define STS_OWNER_OTHER_UID 3

// A volume is chosen at once.
#define STS_BINDING_IMMEDIATE 0

// A volume is chosen once the claim's pod has a node.
#define STS_BINDING_WAIT_FOR_FIRST_CONSUMER 1

// Some other owner reference has `controller: true`.
#define STS_CLAIM_FOREIGN_CONTROLLER 1

// `volume` is there.
#define STS_CLAIM_VOLUME 2

// `node` is there.
#define STS_CLAIM_NODE 4

// It is terminating, and `terminating_since_ms` is there.
#define STS_CLAIM_TERMINATING 8

// One node reads and writes.
#define STS_ACCESS_READ_WRITE_ONCE 1

// Many nodes read.
#define STS_ACCESS_READ_ONLY_MANY 2

// Many nodes read and write.
#define STS_ACCESS_READ_WRITE_MANY 4

// One pod reads and writes.
#define STS_ACCESS_READ_WRITE_ONCE_POD 8

// A directory.
#define STS_VOLUME_MODE_FILESYSTEM 0

// A block device.
#define STS_VOLUME_MODE_BLOCK 1

// Not usable yet.
#define STS_VOLUME_PENDING 0

// Free.
#define STS_VOLUME_AVAILABLE 1

// In use.
#define STS_VOLUME_BOUND 2

// Its claim is gone.
#define STS_VOLUME_RELEASED 3

// Could not be reclaimed.
#define STS_VOLUME_FAILED 4

// Somebody has asked for its deletion.
#define STS_VOLUME_TERMINATING 1

// It is reserved for the claim `claim`, by name and, where given, uid.
#define STS_VOLUME_CLAIM 4

// It is reserved for a claim that is not in `claims`, or for an earlier claim of the same name.
#define STS_VOLUME_TAKEN 8

// `reach` is there; without it the volume can be reached from everywhere.
#define STS_VOLUME_REACH 16

// Unready pods may always go (`unhealthyPodEvictionPolicy: AlwaysAllow`).
#define STS_BUDGET_UNHEALTHY_ALWAYS 1

// It reports, and is ready.
#define STS_NODE_READY 0

// It reports, and is not ready.
#define STS_NODE_NOT_READY 1

// It does not report. Its processes may still run.
#define STS_NODE_UNREACHABLE 2

// It cannot run anything: powered off, or cut off from its volumes, and somebody vouches for that.
#define STS_NODE_FENCED 3

// The operator removed it: their word that it is dead. A node is never gone for being missing from `nodes`.
#define STS_NODE_GONE 4

// New pods may not go there.
#define STS_NODE_CORDONED 1

// Its pods are to be moved elsewhere.
#define STS_NODE_DRAINING 2

// `since_ms` is there.
#define STS_NODE_SINCE 4

// Make the ordinal's claim from template `template_index`. Already-exists is a failure.
#define STS_ACTION_CREATE_CLAIM 1

// Reserve `volume` for `claim`, then let the claim name it. Conditional on the volume's version.
#define STS_ACTION_BIND_CLAIM 2

// Make the ordinal's pod from `revision`. Already-exists is a failure.
#define STS_ACTION_CREATE_POD 3

// Put the name labels and the volumes of `pod` right in place.
#define STS_ACTION_UPDATE_POD 4

// Drop every owner reference of `claim` that names the set or the pod; then, unless a foreign controller is in the
// way, add the one that `owner` says.
#define STS_ACTION_SET_CLAIM_OWNER 5

// Delete `pod` gracefully, on condition of its uid. Not-found counts as done.
#define STS_ACTION_DELETE_POD 6

// Ask for the eviction of `pod` under its disruption budget.
#define STS_ACTION_EVICT_POD 7

// Remove `pod` at once, on condition of its uid and, where it is still known, of the identity and state of `node`.
#define STS_ACTION_FORCE_DELETE_POD 8

// Delete `claim`, on condition of its uid. Not-found counts as done.
#define STS_ACTION_DELETE_CLAIM 9

// Add the library's finalizer to the set.
#define STS_ACTION_HOLD_FINALIZER 10

// Take the library's finalizer off the set.
#define STS_ACTION_RELEASE_FINALIZER 11

// Do nothing for the ordinals from `ordinal` to `through`: show why (`gates`, `on`).
#define STS_ACTION_WAIT 12

// Neither the set nor the pod is to own the claim.
#define STS_CLAIM_OWNER_NOBODY 0

// The set is.
#define STS_CLAIM_OWNER_SET 1

// `pod` is.
#define STS_CLAIM_OWNER_POD 2

// The wait is for nothing that the lists name.
#define STS_ON_NOTHING 0

// It is for an ordinal that has no pod yet: `on_index`.
#define STS_ON_ORDINAL 1

// It is for a pod: `on_index`.
#define STS_ON_POD 2

// It is for a claim: `on_index`.
#define STS_ON_CLAIM 3

// It is for a node: `on_index`.
#define STS_ON_NODE 4

// It is for a disruption budget: `on_index`.
#define STS_ON_BUDGET 5

// It is for a fresher view.
#define STS_ON_VIEW 6

// `pod` is there.
#define STS_ACTION_HAS_POD 1

// `claim` is there.
#define STS_ACTION_HAS_CLAIM 2

// `volume` is there.
#define STS_ACTION_HAS_VOLUME 4

// `node` is there.
#define STS_ACTION_HAS_NODE 8

// `on_index` is there.
#define STS_ACTION_HAS_ON_INDEX 16

// `since_ms` is there.
#define STS_ACTION_HAS_SINCE 32

// `until_ms` is there.
#define STS_ACTION_HAS_UNTIL 64

// The ordinal is wanted and has no pod.
#define STS_REASON_SCALE_OUT 1

// The ordinal is not wanted and has a pod.
#define STS_REASON_SCALE_IN 2

// The pod is not at the revision it should be at.
#define STS_REASON_ROLLOUT 3

// The pod's processes have ended; it is replaced.
#define STS_REASON_TERMINAL_POD 4

// The pod is there and is not available yet.
#define STS_REASON_HEALTH 5

// A pod that has not started lacks a claim.
#define STS_REASON_LOST_CLAIM 6

// The claim's owners are not what the retention policy asks for.
#define STS_REASON_RETENTION 7

// The pod's identity or storage is not as it should be.
#define STS_REASON_REPAIR 8

// The claim needs a volume.
#define STS_REASON_BINDING 9

// The set is being deleted.
#define STS_REASON_SHUTDOWN 10

// A policy gives the claim up.
#define STS_REASON_GIVE_UP 11

// The pod's node is being drained.
#define STS_REASON_DRAIN 12

// The pod's node is lost.
#define STS_REASON_NODE_GONE 13

// The view is too old to decide anything.
#define STS_REASON_STALE_VIEW 14

// There is nothing to do: a wait.
#define STS_PLACE_NOTHING 1

// Its failure stops nothing but its chain.
#define STS_PLACE_DUTY 2

// It does not run beside others of its chain, not even of its own step, and it runs also after one of its own step has
// failed. Owners of claims are put right like this.
#define STS_PLACE_IN_TURN 4

// Not-found is a success for it.
#define STS_PLACE_MAY_BE_GONE 8

// That the server refuses it as invalid is a success for it.
#define STS_PLACE_MAY_BE_INVALID 16

// The view is older than one's own writes.
#define STS_GATE_STALE_VIEW 0

// The claims are not known.
#define STS_GATE_CLAIMS_UNKNOWN 1

// The pod is terminating; its successor may not start before it is gone.
#define STS_GATE_POD_TERMINATING 2

// The pod has not started.
#define STS_GATE_POD_PENDING 3

// The pod does not run.
#define STS_GATE_POD_NOT_RUNNING 4

// The pod is not ready.
#define STS_GATE_POD_NOT_READY 5

// The pod has not been ready for long enough.
#define STS_GATE_POD_NOT_AVAILABLE 6

// The pod does not say since when it is ready, so a `min_ready_ms` above 0 never ends.
#define STS_GATE_READY_SINCE_MISSING 7

// Another ordinal comes first.
#define STS_GATE_ORDER 8

// A claim is terminating and must be gone before it can be made again.
#define STS_GATE_CLAIM_TERMINATING 9

// A claim has no volume.
#define STS_GATE_CLAIM_UNBOUND 10

// A claim still belongs to an earlier pod of the same name.
#define STS_GATE_CLAIM_STALE 11

// As many pods are unavailable as maxUnavailable allows.
#define STS_GATE_MAX_UNAVAILABLE 12

// Scale-in waits until all wanted pods are available.
#define STS_GATE_REPLICAS_NOT_AVAILABLE 13

// The pod to leave is unhealthy, and another unhealthy one with a lower ordinal must recover first.
#define STS_GATE_UNHEALTHY_LEAVER 14

// The pod is broken and not at the update revision; OrderedReady never replaces it (kubernetes#67250).
#define STS_GATE_BROKEN_REVISION 15

// The set is being deleted; somebody else takes its pods away.
#define STS_GATE_SET_DELETING 16

// The strategy is not known under this profile.
#define STS_GATE_UNKNOWN_STRATEGY 17

// Pods of old revisions must all be gone first.
#define STS_GATE_OLD_PODS_EXIST 18

// No volume fits the claim.
#define STS_GATE_NO_VOLUME 19

// The claim's volume is chosen once its pod has a node.
#define STS_GATE_POD_UNSCHEDULED 20

// The volumes are not known.
#define STS_GATE_VOLUMES_UNKNOWN 21

// The nodes are not known.
#define STS_GATE_NODES_UNKNOWN 22

// The pod's node does not report.
#define STS_GATE_NODE_UNREACHABLE 23

// The pod's node must be fenced first.
#define STS_GATE_NODE_NOT_FENCED 24

// The disruption budget allows nothing now.
#define STS_GATE_BUDGET 25

// Somebody deletes the claim; it is still there.
#define STS_GATE_CLAIM_REMAINS 26

// An object could not be read and was set aside.
#define STS_GATE_BAD_OBJECT 27

// Something else occupies a name that the set needs.
#define STS_GATE_NAME_TAKEN 28

// No node at all is ready: it may be the observer that is cut off.
#define STS_GATE_NO_NODE_READY 29

// The disruption budgets are not known.
#define STS_GATE_BUDGETS_UNKNOWN 30

// It was not tried, because something before it failed, or because it is a wait.
#define STS_OUTCOME_NOT_TRIED 0

// It was done.
#define STS_OUTCOME_DONE 1

// The object was not there. Success for deletes.
#define STS_OUTCOME_NOT_FOUND 2

// The object was there already. A failure for creates.
#define STS_OUTCOME_ALREADY_EXISTS 3

// It failed in another way, a refused precondition included.
#define STS_OUTCOME_FAILED 4

// It is under way: for sts_may_start() alone.
#define STS_OUTCOME_RUNNING 5

// It was not tried, and is not to be tried now: NOT_TRIED for those who ask sts_may_start().
#define STS_OUTCOME_HELD_BACK 6

// Plan again when something changes, or at `next_wake_ms` of the plan.
#define STS_NEXT_REST 1

// At once: the plan was cut at `max_actions`.
#define STS_NEXT_AGAIN 2

// After a back-off: something failed, or Kubernetes' own controller would have failed here.
#define STS_NEXT_RETRY 3

// `apps/v1`
#define STS_KIND_STATEFUL_SET 1

// `v1`
#define STS_KIND_POD 2

// `v1`
#define STS_KIND_PERSISTENT_VOLUME_CLAIM 3

// `v1`, without a namespace
#define STS_KIND_PERSISTENT_VOLUME 4

// `storage.k8s.io/v1`, without a namespace
#define STS_KIND_STORAGE_CLASS 5

// `v1`, without a namespace
#define STS_KIND_NODE 6

// `policy/v1`
#define STS_KIND_POD_DISRUPTION_BUDGET 7

// `apps/v1`
#define STS_KIND_CONTROLLER_REVISION 8

// `v1`. Accepted and ignored: no decision depends on it.
#define STS_KIND_SERVICE 9

// The event is of the type Normal.
#define STS_EVENT_NORMAL 1

// It is of the type Warning.
#define STS_EVENT_WARNING 2

// How a call ended: one of STS_CODE_*.
typedef uint32_t sts_code;

// Text or JSON that you own: `size` bytes of UTF-8, without a NUL at its end. `data` may be NULL if `size` is 0.
typedef struct sts_text {
  // Its first byte.
  const char *data;
  // How many bytes it has.
  size_t size;
} sts_text;

// Which behaviour is wanted. Start from sts_profile_upstream() or sts_profile_standalone(): one of zeros is a dry run.
typedef struct sts_profile {
  // STS_PROFILE_*
  uint32_t flags;
  // At most so many actions in one plan, waits not counted. 0 is a dry run.
  uint32_t max_actions;
  // STS_SHUTDOWN_*
  uint32_t shutdown;
  // STS_GIVE_UP_*
  uint32_t give_up;
  // How long a node must have been unreachable before its pods are asked to go. Optional.
  int64_t unreachable_after_ms;
  // Must be 0.
  uint64_t reserved[3];
} sts_profile;

// The set's status.
typedef struct sts_status {
  // Generation of the set that this status was computed from.
  int64_t observed_generation;
  // Pods that exist, terminating and failed ones included.
  uint32_t replicas;
  // Pods that are running and ready.
  uint32_t ready;
  // Pods that are running, and ready for at least `min_ready_ms`.
  uint32_t available;
  // Pods at the current revision that are not terminating, less one for each rolling deletion.
  uint32_t current;
  // Pods at the update revision that are not terminating.
  uint32_t updated;
  // STS_PROGRESS_*: the `Progressing` condition, which only STS_STRATEGY_RECREATE sets.
  uint32_t progressing;
  // The revision that was last rolled out in full.
  uint64_t current_revision;
  // The revision of the template.
  uint64_t update_revision;
  // Must be 0.
  uint64_t reserved[2];
} sts_status;

// Ordinals that get no pod, from the first to the last. For later use.
typedef struct sts_exclusion {
  // The first one.
  uint32_t first;
  // The last one.
  uint32_t last;
  // Must be 0.
  uint32_t flags;
  // Must be 0.
  uint32_t reserved;
} sts_exclusion;

// What someone wants: one StatefulSet, reduced to what decisions need.
typedef struct sts_desired {
  // Version of the specification; the status repeats it.
  int64_t generation;
  // How long a pod must have been ready to count as available; 0 or more.
  int64_t min_ready_ms;
  // The revision that was last rolled out in full. Revisions are numbers of your own, compared for equality only.
  uint64_t current_revision;
  // The revision of the set's template now.
  uint64_t update_revision;
  // Number of pods wanted, at most 2147483647.
  uint32_t replicas;
  // The first ordinal. `start + replicas - 1` is at most STS_MAX_ORDINAL.
  uint32_t start;
  // How many claims every pod gets, at most 65535.
  uint32_t template_count;
  // STS_DESIRED_*
  uint32_t flags;
  // STS_MANAGEMENT_*
  uint32_t management;
  // STS_STRATEGY_*
  uint32_t strategy;
  // Pods whose index (ordinal - start) is below this keep their revision. May exceed `replicas`. Optional.
  uint32_t partition;
  // STS_LIMIT_*. Optional.
  uint32_t max_unavailable_kind;
  // How many pods may be unavailable during a rollout. 0 with STS_LIMIT_NONE.
  uint32_t max_unavailable;
  // STS_KEEP_*: what becomes of claims when the set is deleted.
  uint32_t when_deleted;
  // STS_KEEP_*: what becomes of claims when the set is scaled in.
  uint32_t when_scaled;
  // STS_DELETION_*
  uint32_t deletion;
  // The status as it stands published. Optional.
  struct sts_status published;
  // Which behaviour.
  struct sts_profile profile;
  // For later use (ordinals that get no pod); must be NULL.
  const struct sts_exclusion *exclusions;
  // Must be 0.
  size_t exclusion_count;
  // For later use (how many pods may be in the making at a time); must be 0.
  uint32_t scale_out_limit_kind;
  // Must be 0.
  uint32_t scale_out_limit;
  // For later use (how many pods may be leaving at a time); must be 0.
  uint32_t scale_in_limit_kind;
  // Must be 0.
  uint32_t scale_in_limit;
  // For later use (how many more available pods may be disturbed now); must be 0.
  uint32_t allowance;
  // For later use (phases that are passed over); must be 0.
  uint32_t paused;
  // Must be 0.
  uint64_t reserved[2];
} sts_desired;

// How many bytes the records have of which a later version may have longer ones (rule 9). It is always STS_SIZES, which
// belongs to the header that the program is compiled with.
typedef struct sts_sizes {
  // Of an sts_desired.
  uint16_t desired;
  // Of an sts_observed.
  uint16_t observed;
  // Of an sts_action.
  uint16_t action;
  // Of an sts_pod.
  uint16_t pod;
  // Of an sts_claim.
  uint16_t claim;
  // Of an sts_volume.
  uint16_t volume;
  // Of an sts_node.
  uint16_t node;
  // Of an sts_budget.
  uint16_t budget;
  // Of an sts_names.
  uint16_t names;
  // Of an sts_exclusion.
  uint16_t exclusion;
  // Of an sts_reach.
  uint16_t reach;
  // Must be 0.
  uint16_t reserved[5];
} sts_sizes;

// One pod of the set, as last seen. Actions name it by its index; keep its name and uid beside it.
typedef struct sts_pod {
  // At most STS_MAX_ORDINAL, or STS_NO_ORDINAL.
  uint32_t ordinal;
  // STS_PHASE_*
  uint32_t phase;
  // STS_POD_*
  uint32_t flags;
  // Index in `nodes` of its node, or STS_UNLISTED. Optional.
  uint32_t node;
  // Index in `budgets` of the disruption budget that covers it. Optional.
  uint32_t budget;
  // For later use (vetoes against touching the pod); must be 0.
  uint8_t hold;
  // For later use (how far you have prepared for its end); must be 0.
  uint8_t prepared;
  // For later use (how it gets to the update revision); must be 0.
  uint8_t change;
  // Must be 0.
  uint8_t reserved8;
  // The revision that it was made from.
  uint64_t revision;
  // When its readiness last changed. Optional; may be in the future.
  int64_t ready_since_ms;
  // Since when it is terminating. Optional.
  int64_t terminating_since_ms;
  // For later use (update order other than by ordinal); must be 0.
  uint32_t rank;
  // Must be 0.
  uint32_t reserved32;
  // Must be 0.
  uint64_t reserved;
} sts_pod;

// One claim whose name is that of a template of the set and an ordinal.
typedef struct sts_claim {
  // Ordinal in its name.
  uint32_t ordinal;
  // Index of its template, below `desired.template_count`.
  uint32_t template_index;
  // STS_CLAIM_PENDING, STS_CLAIM_BOUND or STS_CLAIM_LOST
  uint32_t phase;
  // STS_CLAIM_FOREIGN_CONTROLLER, STS_CLAIM_VOLUME, STS_CLAIM_NODE, STS_CLAIM_TERMINATING
  uint32_t flags;
  // STS_OWNER_*: the owner reference that names the set.
  uint32_t set_owner;
  // STS_OWNER_*: the owner reference that names the pod.
  uint32_t pod_owner;
  // STS_BINDING_*
  uint32_t binding;
  // STS_ACCESS_*: what it asks for.
  uint32_t modes;
  // STS_VOLUME_MODE_*
  uint32_t volume_mode;
  // Storage class, a number of your own; 0 is the empty class.
  uint32_t storage_class;
  // Index in `volumes` of the volume that it names, bound to it or not yet. Optional.
  uint32_t volume;
  // Index in `nodes` of the node that its pod was scheduled to. Optional.
  uint32_t node;
  // Since when it is terminating. Optional.
  int64_t terminating_since_ms;
  // Bytes that it asks for.
  uint64_t request;
  // Must be 0.
  uint64_t reserved[2];
} sts_claim;

// One volume that claims may be bound to. Whoever carries out a binding makes it conditional on the volume's version.
typedef struct sts_volume {
  // Bytes.
  uint64_t capacity;
  // Bit i says that the claim selector of template i matches this volume; all ones without selectors.
  uint64_t matches;
  // STS_VOLUME_PENDING … STS_VOLUME_FAILED
  uint32_t phase;
  // STS_VOLUME_TERMINATING, STS_VOLUME_REACH, and one of STS_VOLUME_CLAIM and STS_VOLUME_TAKEN
  uint32_t flags;
  // Index in `claims` of the claim that it is reserved for. Optional.
  uint32_t claim;
  // Storage class, as in sts_claim.
  uint32_t storage_class;
  // STS_ACCESS_*: what it offers.
  uint32_t modes;
  // STS_VOLUME_MODE_*
  uint32_t volume_mode;
  // The group of nodes that it can be reached from, a number of your own: `reach` in sts_observed says which nodes are
  // in it. Optional.
  uint32_t reach;
  // Must be 0.
  uint32_t reserved32;
  // Must be 0.
  uint64_t reserved[2];
} sts_volume;

// One node.
typedef struct sts_node {
  // STS_NODE_READY … STS_NODE_GONE
  uint32_t state;
  // STS_NODE_CORDONED, STS_NODE_DRAINING, STS_NODE_SINCE
  uint32_t flags;
  // Since when it is in its state. Optional.
  int64_t since_ms;
  // Must be 0.
  uint64_t reserved[2];
} sts_node;

// One disruption budget. Shared with other pods: whoever evicts re-checks it.
typedef struct sts_budget {
  // How many more pods may be disturbed now.
  uint32_t allowed;
  // How many pods are healthy.
  uint32_t healthy;
  // How many must stay healthy.
  uint32_t desired_healthy;
  // STS_BUDGET_*
  uint32_t flags;
  // Must be 0.
  uint64_t reserved[2];
} sts_budget;

// One node of a group that volumes can be reached from: a zone with three nodes has three of these.
typedef struct sts_reach {
  // The group, as in sts_volume.
  uint32_t group;
  // Index in `nodes`.
  uint32_t node;
  // Must be 0.
  uint64_t reserved;
} sts_reach;

// A snapshot. Lists may be in any order; actions refer to their entries by index.
//
// Unknown is not absent: a list that is not known has no flag and a count of 0, and what is not known never leads to an
// eviction, a forced deletion or a deleted claim. A list that is known and empty has its flag and a count of 0.
typedef struct sts_observed {
  // STS_SIZES: how long the records of your program are.
  struct sts_sizes sizes;
  // STS_OBSERVED_*
  uint32_t flags;
  // Must be 0.
  uint32_t reserved;
  // The set's pods.
  const struct sts_pod *pods;
  // How many.
  size_t pod_count;
  // Claims named after the set's templates, of any ordinal. Optional.
  const struct sts_claim *claims;
  // How many.
  size_t claim_count;
  // Volumes that claims may be bound to. Optional.
  const struct sts_volume *volumes;
  // How many.
  size_t volume_count;
  // Nodes. Optional.
  const struct sts_node *nodes;
  // How many.
  size_t node_count;
  // Disruption budgets. Optional.
  const struct sts_budget *budgets;
  // How many.
  size_t budget_count;
  // The nodes of each group that a volume's `reach` names, one record a node, in any order. A node may be in several
  // groups, and a record may be there twice. A group without a record can be reached from no node. Nodes that no claim
  // refers to may be left out.
  const struct sts_reach *reach;
  // How many; 0 where no volume has a `reach`, or nodes are not known.
  size_t reach_count;
} sts_observed;

// One thing to do, or one wait. `kind` says which fields below it mean something; the others are 0.
//
// Order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, so different
// ordinals may run at the same time; a chain goes by `step`, and actions of one step may run together, but SET_CLAIM_OWNER,
// which waits for what stands before it in its chain. When an action fails, its chain stops at the end of its step, the
// rest of its stage still runs, and later stages are skipped; but the failure of a BIND_CLAIM, EVICT_POD, FORCE_DELETE_POD
// or DELETE_CLAIM ends its own chain only. sts_carry_out() keeps these rules, and sts_may_start() does for those who do
// several things at a time.
typedef struct sts_action {
  // STS_ACTION_CREATE_CLAIM … STS_ACTION_WAIT
  uint32_t kind;
  // STS_REASON_*
  uint32_t reason;
  // Stages are finished in this order.
  uint32_t stage;
  // The ordinal that it is done for.
  uint32_t ordinal;
  // Place within the ordinal's chain.
  uint32_t step;
  // STS_ACTION_HAS_*
  uint32_t flags;
  // Index in `pods`. Optional.
  uint32_t pod;
  // Index in `claims`. Optional.
  uint32_t claim;
  // Index in `volumes`. Optional.
  uint32_t volume;
  // Index in `nodes`. Optional.
  uint32_t node;
  // CREATE_CLAIM: index of the template.
  uint32_t template_index;
  // SET_CLAIM_OWNER: STS_CLAIM_OWNER_*
  uint32_t owner;
  // WAIT: the last ordinal that it covers.
  uint32_t through;
  // WAIT: STS_ON_*, what it waits for.
  uint32_t on;
  // WAIT: index in the list that `on` says, or the ordinal. Optional.
  uint32_t on_index;
  // 0.
  uint32_t reserved32;
  // WAIT: bit g, from 0 to 63, is set for each STS_GATE_* g that blocks; all of them, not only the first.
  uint64_t gates;
  // CREATE_POD: the revision to make it from.
  uint64_t revision;
  // WAIT: since when. Optional.
  int64_t since_ms;
  // WAIT: until when, where time alone ends it. Optional.
  int64_t until_ms;
} sts_action;

// Names a plan that a cluster made.
typedef struct sts_plan_id {
  // How often the view of the cluster had changed.
  uint64_t view;
  // The moment that the plan was made for.
  int64_t now_ms;
} sts_plan_id;

// What a call says besides what it writes to `out`. Need not be initialised.
//
// After STS_CODE_OK: the fields that the call's description names. After STS_CODE_CAPACITY: `action_count` or `size`,
// and `message`. After any other code: `list`, `index`, `field`, `message`, and `kind` with STS_CODE_BAD_OBJECT.
// Everything else is 0.
typedef struct sts_report {
  // The code that the call returned.
  sts_code code;
  // STS_REPORT_*
  uint32_t flags;
  // STS_NEXT_*: when to plan again. 0 where a call does not say.
  uint32_t next;
  // STS_KIND_* of the object that cannot be read. 0 otherwise.
  uint32_t kind;
  // How many actions and waits the plan has; how many requests, where it was made by a cluster; how many sets are due.
  uint64_t action_count;
  // How many bytes the text has. `out` needs room for one more, its NUL.
  uint64_t size;
  // The earliest moment at which the same snapshot gives another plan. Optional.
  int64_t next_wake_ms;
  // Names the plan, for sts_cluster_finish() and the calls around it.
  struct sts_plan_id plan;
  // The status to publish. Optional.
  struct sts_status status;
  // STS_LIST_*: which argument is wrong.
  uint32_t list;
  // 0.
  uint32_t reserved32;
  // Index of the wrong entry within it; or of what may start (MAY_START).
  uint64_t index;
  // The wrong field, NUL-terminated UTF-8; empty if the entry as a whole is wrong.
  char field[32];
  // What was expected, for people, NUL-terminated UTF-8; cut if too long.
  char message[512];
  // 0.
  uint64_t reserved[2];
} sts_report;

// Does an action, and says how that went: STS_OUTCOME_*. `index` is its place in the plan; `action` is good for the time of
// the call. NOT_TRIED keeps back what depends on it; a number without a meaning counts as FAILED. It may call the library,
// and may not leave by an exception or longjmp.
typedef uint32_t (*sts_act)(void *user, const struct sts_action *action, size_t index);

// Where an action or a request stands in the order. Stages run one after the other. Inside a stage the chains run side
// by side; each goes by `step`, and what is of one step may run side by side, too, but for IN_TURN.
typedef struct sts_place {
  // Stages are finished in this order.
  uint32_t stage;
  // What goes in order inside the stage: the ordinal, or a number that says as much.
  uint32_t chain;
  // Place within the chain: 0 to 255.
  uint32_t step;
  // STS_PLACE_*
  uint32_t flags;
} sts_place;

// Names for sentences. Each list is one text, its names separated by newlines, in the order of the records; what has
// no name is called by its number.
typedef struct sts_names {
  // The set.
  struct sts_text set;
  // Its claim templates.
  struct sts_text claim_templates;
  // `observed.nodes`
  struct sts_text nodes;
  // `observed.volumes`
  struct sts_text volumes;
  // `observed.budgets`
  struct sts_text budgets;
} sts_names;

// What a name is made of.
typedef struct sts_name_parts {
  // How many bytes at its beginning are the name of the set (of a pod) or of the claim template (of a claim).
  uint64_t size;
  // The ordinal at its end, or STS_NO_ORDINAL if that exceeds STS_MAX_ORDINAL.
  uint32_t ordinal;
  // 0.
  uint32_t reserved;
} sts_name_parts;

// A cluster as a watch shows it: the handle of the kubernetes tier. Copy it as you like, it is a number; all copies
// name one cluster. One of zeros names none.
//
// Feed it with what a watch delivers, ask it what is due, plan, send, and report how that went:
//
//     sts_cluster_new
//     sts_cluster_begin_list, sts_cluster_apply …, sts_cluster_end_list      for each kind
//     sts_cluster_apply, sts_cluster_remove, sts_cluster_bookmark …          as things happen
//     or, instead of both: sts_cluster_begin_list, then sts_cluster_watch … with the events as they come
//         sts_cluster_due        which sets; or sts_cluster_take_due, for several workers
//         sts_cluster_plan       its requests
//         sts_cluster_may_try    which of them, as outcomes come in
//         sts_cluster_finish     the rest: the status, old revisions, events
//         sts_cluster_settle     how that went
//         or, instead of the last four: sts_cluster_carry_out, a whole turn
//     sts_cluster_free
typedef struct sts_cluster {
  // For the library only.
  uint64_t id;
} sts_cluster;

// One request to the API server, ready to be sent. Its texts lie where the call says that gives it, and have no NUL at
// their end.
typedef struct sts_request {
  // Its place in the order.
  struct sts_place place;
  // STS_REASON_*: why, where a decision of the planner stands behind it; or 0.
  uint32_t reason;
  // 0.
  uint32_t reserved32;
  // POST, PUT, PATCH or DELETE.
  struct sts_text method;
  // Such as /api/v1/namespaces/default/pods/web-0.
  struct sts_text path;
  // The header Content-Type.
  struct sts_text content_type;
  // The body, to be sent byte by byte. Its preconditions are in it.
  struct sts_text body;
  // The uid that the object must have; empty if that is not asked. To be known, not to be sent.
  struct sts_text uid;
  // The resourceVersion that it must have; empty if that is not asked.
  struct sts_text resource_version;
  // 0.
  uint64_t reserved[2];
} sts_request;

// How a request went. Either `http` and `text` are what the API server answered, or `http` is 0 and `outcome` says it in
// one word. All zeros: it was not sent.
typedef struct sts_response {
  // The server's status code, such as 201; or 0.
  uint32_t http;
  // STS_OUTCOME_*, where `http` is 0.
  uint32_t outcome;
  // The body of the answer; or, where `http` is 0, the object's resourceVersion after DONE and what went wrong after
  // FAILED. It stays yours.
  struct sts_text text;
  // 0.
  uint64_t reserved[2];
} sts_response;

// Sends a request, and says in `response`, which is all zeros before, how that went. `request` and its texts are good for
// the time of the call; the text of the response must be good until `send` is called again or the turn ends. It may call
// the library, for this cluster, too, and may not leave by an exception or longjmp.
typedef void (*sts_send)(void *user, const struct sts_request *request, struct sts_response *response);

// An event to be recorded about the set.
typedef struct sts_event {
  // STS_EVENT_*: its type.
  uint32_t kind;
  // 0.
  uint32_t reserved32;
  // Such as SuccessfulCreate.
  struct sts_text reason;
  // For people.
  struct sts_text message;
  // 0.
  uint64_t reserved[2];
} sts_event;

// Records an event about the set. It is good for the time of the call, and its texts are plain.
typedef void (*sts_record)(void *user, const struct sts_event *event);

// Done.
#define STS_CODE_OK 0

// `out` is too small. The report says how much there is: `action_count` or `size`. Nothing else was written, and
// nothing has changed: the same call with enough room succeeds.
#define STS_CODE_CAPACITY 1

// The library has a bug. Please report it with the message. A cluster in whose call it happened answers so from then
// on; nothing else is left in a bad state.
#define STS_CODE_INTERNAL 2

// A pointer is NULL where it may not be, or misaligned, or its count is impossible.
#define STS_CODE_BAD_POINTER 3

// A number or a flag has no meaning.
#define STS_CODE_UNKNOWN_NUMBER 4

// A field that must be 0 is not: it is reserved, or its flag is missing.
#define STS_CODE_RESERVED 5

// A number is too large.
#define STS_CODE_TOO_LARGE 6

// `start + replicas - 1` is above 2147483647.
#define STS_CODE_OVERFLOW 7

// A number is below 0.
#define STS_CODE_NEGATIVE 8

// An index points at an entry that is not there, or into a list that is not known.
#define STS_CODE_NO_SUCH_ENTRY 9

// Two entries stand for the same thing.
#define STS_CODE_DUPLICATE 10

// A list has too many entries.
#define STS_CODE_TOO_MANY 11

// No call gives it any more: calls on one cluster wait for each other.
#define STS_CODE_BUSY 12

// The cluster was never made, or has been freed.
#define STS_CODE_NO_SUCH_CLUSTER 13

// A text is not UTF-8.
#define STS_CODE_BAD_TEXT 14

// JSON is not what it should be. The message begins with the path of the mistake. Nothing was done.
#define STS_CODE_BAD_JSON 15

// An object cannot be read: the message is "Kind namespace/name: path: problem". It was set aside; what depends on it
// waits, everything else goes on.
#define STS_CODE_BAD_OBJECT 16

// There is no set of this name, or it cannot be read; the message says which.
#define STS_CODE_NO_SUCH_SET 17

// A name does not end as names of pods or claims of a set do, or a text is no name at all.
#define STS_CODE_NOT_A_NAME 18

// The records have sizes that no header has had which this library knows: `observed.sizes` was not set, or the header
// is newer than the library.
#define STS_CODE_BAD_SIZE 19

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the library, such as "0.1.0". Static text.
const char *sts_version(void);

// The STS_ABI_VERSION that the library was built with.
uint32_t sts_abi_version(void);

// The name of a code, such as "no-such-entry"; "unknown" for any other number. Static text.
const char *sts_code_name(sts_code code);

// The name of an STS_LIST_*, such as "pods"; "unknown" for any other number. Static text.
const char *sts_list_name(uint32_t list);

// The text of a C string, without its NUL. NULL gives the empty text. It is valid as long as the string is.
struct sts_text sts_text_of(const char *string);

// Kubernetes 1.37.0 with its default gates.
struct sts_profile sts_profile_upstream(void);

// The same decisions, for hosts that have no controllers but this library.
struct sts_profile sts_profile_standalone(void);

// Decides what to do now, and why not more: writes the actions and waits to `out`, in order, and everything else to
// `report`: `action_count`, MORE, `next_wake_ms`, and the `status` to publish if every action succeeds.
//
// `desired`, `observed` and `report` may not be NULL; `out` may be NULL if `cap` is 0. `now_ms` is the present
// moment, in milliseconds since the Unix epoch. If the plan has more than `cap` actions, the answer is
// STS_CODE_CAPACITY, `report->action_count` says how many, and calling again with the same arguments and so much room
// succeeds; sts_action_bound() gives a room that always suffices. On any code but STS_CODE_OK `out` is untouched. The
// report is always written, unless it is itself a bad pointer.
//
// Records that break the contract give UNKNOWN_NUMBER, RESERVED, TOO_LARGE, OVERFLOW, NEGATIVE, NO_SUCH_ENTRY,
// DUPLICATE, TOO_MANY or BAD_SIZE, with the list, the index and the field.
sts_code sts_plan(const struct sts_desired *desired,
                  const struct sts_observed *observed,
                  int64_t now_ms,
                  struct sts_action *out,
                  size_t cap,
                  struct sts_report *report);

// What follows from how the actions went: the `status` to publish, if any, and `next`, when to plan again. Publishes
// less than sts_plan() promised where an action failed.
//
// The first three arguments are those of the sts_plan() call that gave the actions. `outcomes` has `count`
// STS_OUTCOME_*, one for each action and wait in their order; what is missing at the end was not tried, and those of
// waits are ignored. UNKNOWN_NUMBER for an outcome without a meaning, NO_SUCH_ENTRY for more outcomes than actions,
// and the codes of sts_plan().
sts_code sts_conclude(const struct sts_desired *desired,
                      const struct sts_observed *observed,
                      int64_t now_ms,
                      const uint32_t *outcomes,
                      size_t count,
                      struct sts_report *report);

// So many actions and waits, at most, has any plan for these arguments: one allocation always suffices. It grows with
// the lists and with `replicas`, and is cut by `profile.max_actions`. Only numbers are read, not the lists; 0 if a
// pointer is NULL or misaligned, or the sizes are bad.
size_t sts_action_bound(const struct sts_desired *desired, const struct sts_observed *observed);

// The name of an action's kind, such as "create-pod"; "unknown" for any other number. Static text.
const char *sts_action_name(uint32_t kind);

// The name of a reason, such as "scale-out"; "unknown" for any other number. Static text.
const char *sts_reason_name(uint32_t reason);

// A whole turn: makes the plan that sts_plan() makes, calls `act` for each action that may be tried, one after the other
// and never for a wait, and says what sts_conclude() says: the `status` to publish, if any, and `next`; and
// `action_count`, MORE and `next_wake_ms` of the plan.
//
// `user` is handed to `act` as it is. The arguments are read before `act` is called for the first time. `act` may not be
// NULL; the codes are those of sts_plan(), and whatever the code, `act` is called only if the plan could be made.
sts_code sts_carry_out(const struct sts_desired *desired,
                       const struct sts_observed *observed,
                       int64_t now_ms,
                       sts_act act,
                       void *user,
                       struct sts_report *report);

// Where an action stands in the order, for sts_may_start(). Of NULL, and of a record that sts_plan() did not write, that
// there is nothing to do.
struct sts_place sts_action_place(const struct sts_action *action);

// What may start now, for those who do several things at a time: call it again and again, whenever an outcome has come.
// (Those who do one after the other have sts_carry_out() and sts_cluster_carry_out(), which keep the order themselves.)
//
// `places` are those of all actions (sts_action_place()) or of all requests (sts_request), in their order. `outcomes` has
// as many entries: NOT_TRIED for what has not begun, RUNNING for what is under way, and the outcome of what has ended;
// HELD_BACK for what you do not want to do now. If something may start, MAY_START is set in the report's flags and
// `index` says what, the first in the list: set its outcome to RUNNING, begin it, and call again. If neither MAY_START
// nor OVER is set, nothing may start before another outcome comes. OVER: all has ended; what is NOT_TRIED stays so.
//
// The report need not be looked at for anything else, and nothing is kept between calls: the order is worked out from
// the outcomes each time. UNKNOWN_NUMBER for an outcome without a meaning.
sts_code sts_may_start(const struct sts_place *places,
                       const uint32_t *outcomes,
                       size_t count,
                       struct sts_report *report);

// The name of a gate (of its number, not of its bit), such as "pod-not-ready"; "unknown" for any other number.
// Static text.
const char *sts_gate_name(uint32_t gate);

// The name of an outcome, such as "not-found"; "unknown" for any other number. Static text.
const char *sts_outcome_name(uint32_t outcome);

// The name of an STS_NEXT_*, such as "retry"; "unknown" for any other number. Static text.
const char *sts_next_name(uint32_t next);

// The plan in sentences, one line for each action and wait: writes what would be done and what would unblock the
// rest. The first three arguments are those of sts_plan(); none of the pointers but `out` may be NULL. The codes are
// those of sts_plan().
sts_code sts_explain(const struct sts_desired *desired,
                     const struct sts_observed *observed,
                     int64_t now_ms,
                     const struct sts_names *names,
                     char *out,
                     size_t cap,
                     struct sts_report *report);

// The name of a set's pod: writes "set-ordinal".
sts_code sts_pod_name(struct sts_text set, uint32_t ordinal, char *out, size_t cap, struct sts_report *report);

// The name of a pod's claim: writes "claim_template-set-ordinal".
sts_code sts_claim_name(struct sts_text claim_template,
                        struct sts_text set,
                        uint32_t ordinal,
                        char *out,
                        size_t cap,
                        struct sts_report *report);

// The way back from a pod's name: splits it at its last dash. Leading zeros count as digits: "web-01" has ordinal 1,
// and a wrong identity. STS_CODE_NOT_A_NAME for a name that does not end in a dash and decimal digits.
sts_code sts_pod_name_parts(struct sts_text name, struct sts_name_parts *out, struct sts_report *report);

// The way back from the name of a claim of the set `set`. STS_CODE_NOT_A_NAME for a name that sts_claim_name() would
// not give for any template and ordinal of that set.
sts_code sts_claim_name_parts(struct sts_text name,
                              struct sts_text set,
                              struct sts_name_parts *out,
                              struct sts_report *report);

// The name of a kind as objects spell it, such as "StatefulSet"; "unknown" for any other number. Static text.
const char *sts_kind_name(uint32_t kind);

// Makes an empty cluster that decides as `profile` says, and writes its handle to `out`. Neither may be NULL. To be
// freed with sts_cluster_free(). UNKNOWN_NUMBER and RESERVED for `profile`.
sts_code sts_cluster_new(const struct sts_profile *profile, struct sts_cluster *out, struct sts_report *report);

// sts_cluster_new() for a resource of your own with the fields of a StatefulSet: STS_KIND_STATEFUL_SET are its objects,
// requests and owner references name it. `api_version` and `kind` are those of its objects, such as "example.org/v1" and
// "PlannedSet"; `plural` is its name in paths, such as "plannedsets". `status` must be a subresource of it. What an API
// server fills into a StatefulSet is filled in when a set is read. NOT_A_NAME too, for one of the three texts.
sts_code sts_cluster_new_of(const struct sts_profile *profile,
                            struct sts_text api_version,
                            struct sts_text kind,
                            struct sts_text plural,
                            struct sts_cluster *out,
                            struct sts_report *report);

// Frees a cluster. Its handle is good for nothing from then on; a call that another thread is making ends first. The
// handle of zeros is accepted; STS_CODE_NO_SUCH_CLUSTER for any other that names no cluster.
sts_code sts_cluster_free(struct sts_cluster cluster);

// Takes in an object as a watch or a list shows it: `json`, of `kind` (STS_KIND_*), which the object need not repeat.
// One that is older than what is known is ignored. UNKNOWN_NUMBER for `kind`. BAD_OBJECT for an object that cannot be
// read: it is set aside, what depends on it waits, everything else goes on.
sts_code sts_cluster_apply(struct sts_cluster cluster, uint32_t kind, struct sts_text json, struct sts_report *report);

// Takes out an object that was deleted: `object` is "namespace/name", or a name for kinds without a namespace. One of
// the same name with another `uid` stays; an empty one is any. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_remove(struct sts_cluster cluster,
                            uint32_t kind,
                            struct sts_text object,
                            struct sts_text uid,
                            struct sts_report *report);

// A complete list of a kind begins: apply each of its objects, then call sts_cluster_end_list(). A kind of which no
// list has ever been complete is unknown, and gives waits. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_begin_list(struct sts_cluster cluster, uint32_t kind, struct sts_report *report);

// The list is complete, at its `resource_version`: what it did not show is gone. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_end_list(struct sts_cluster cluster,
                              uint32_t kind,
                              struct sts_text resource_version,
                              struct sts_report *report);

// Everything of a kind up to `resource_version` has been seen. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_bookmark(struct sts_cluster cluster,
                              uint32_t kind,
                              struct sts_text resource_version,
                              struct sts_report *report);

// Takes in an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object with its kind and
// apiVersion. ADDED and MODIFIED are sts_cluster_apply(), DELETED is sts_cluster_remove(), BOOKMARK is
// sts_cluster_bookmark(); one that says that the initial events are over is sts_cluster_end_list(), if
// sts_cluster_begin_list() was called. ERROR gives BAD_JSON with the server's words: begin that watch anew. BAD_JSON
// also for an event that cannot be read, which changes nothing, and BAD_OBJECT as for sts_cluster_apply().
sts_code sts_cluster_watch(struct sts_cluster cluster, struct sts_text event, struct sts_report *report);

// Which sets to look at now: writes "namespace/name" of each set that is due, in order of their names, each ended by a
// newline, "\n"; and to the report how many they are (`action_count`). A set stays due until sts_cluster_finish().
// `next_wake_ms`, if there, says when the next one becomes due if nothing happens before; RETRYING, that this is nothing
// but another try after a failure; AWAITED, that sets wait to see something of the cluster, which sts_cluster_awaited()
// tells. The call takes as long as there are sets due, however many others there are.
sts_code sts_cluster_due(struct sts_cluster cluster,
                         int64_t now_ms,
                         char *out,
                         size_t cap,
                         struct sts_report *report);

// Takes the sets that are due out of the queue, and writes them like sts_cluster_due(): for programs with several
// workers. Each set is handed out once, and again only after its sts_cluster_finish(), if something has happened to it
// since it was planned for, if its time has come, or if it failed. One that is never finished is not handed out again,
// but sts_cluster_due() still names it; to hand a set back, finish it with a plan of zeros. CAPACITY takes nothing.
sts_code sts_cluster_take_due(struct sts_cluster cluster,
                              int64_t now_ms,
                              char *out,
                              size_t cap,
                              struct sts_report *report);

// What sets wait to see of the cluster before anything is decided for them, the first of each kind. Writes a JSON array:
//
//     [{"set":"default/web","kind":"Pod","name":"web-1","unseen":"write","version":812,"seen":805,"since":…,
//       "text":"waiting to see our own write: pod web-1 was created at resource version 812, the pod watch is at 805"},
//      {"set":"default/web","kind":"Pod","name":"web-2","unseen":"deletion","seen":805,"since":…,"text":"…"},
//      {"set":"default/db","kind":"PersistentVolumeClaim","unseen":"list","since":…,"text":"…"}]
//
// Most of it comes within a moment. What has been awaited since 30 seconds or longer may never come: the watch of the
// kind may have died, so list the kind again. A "list" is a kind that was never listed completely: sts_cluster_begin_list(),
// then sts_cluster_end_list(). `since` is milliseconds since the Unix epoch.
sts_code sts_cluster_awaited(struct sts_cluster cluster,
                             char *out,
                             size_t cap,
                             struct sts_report *report);

// What to do now for the set `set`, "namespace/name": writes the requests and waits as JSON, and to the report how
// many requests there are (`action_count`), `plan`, MORE and `next_wake_ms`. Changes nothing; asking twice gives the
// same.
//
//     {"id":"7.1800000000000",
//      "requests":[{"stage":4,"chain":0,"step":2,"duty":false,"reason":"scale-out","method":"POST",
//                   "path":"/api/v1/namespaces/default/pods","contentType":"application/json",
//                   "tolerates":["not-found"],"body":{…}}],
//      "waits":[{"ordinal":1,"through":2,"reason":"scale-out","gates":["order"],
//                "on":{"kind":"Pod","name":"web-0"},"since":…,"until":…}],
//      "nextWake":…,"more":false}
//
// `on` is the object that is waited for. Where it has "unseen", it is the view that is waited for, as
// sts_cluster_awaited() tells: "list", "write" with "version" and "seen", or "deletion" with "seen". Fields without a value are left out; times are milliseconds since the Unix epoch. Stages run one after the other.
// Inside a stage each chain goes by step; different chains may run at the same time, and so may requests of one step.
// One with "inTurn":true waits for all that stands before it in its chain, also in its own step. sts_cluster_may_try() says
// what to skip after a failure; sts_may_start() says what may start, for those who send several at a time; sts_requests()
// takes the answer apart for those who do not read JSON. `tolerates` names outcomes that are a success for the
// request besides "done"; the failure of a duty stops nothing but its chain. Send `body` as it stands: parsing and
// writing it again may change numbers in it. NO_SUCH_SET if there is no such set, or it cannot be read; such a set is
// never due.
sts_code sts_cluster_plan(struct sts_cluster cluster,
                          struct sts_text set,
                          int64_t now_ms,
                          char *out,
                          size_t cap,
                          struct sts_report *report);

// The plan for the set `set`, "namespace/name", in sentences: writes one line for each action and wait. NO_SUCH_SET
// if there is no such set, or it cannot be read.
sts_code sts_cluster_explain(struct sts_cluster cluster,
                             struct sts_text set,
                             int64_t now_ms,
                             char *out,
                             size_t cap,
                             struct sts_report *report);

// How the set `set` stands, for people: what is done now, what is waited for, and which known traps it is in. Writes
// JSON:
//
//     {"namespace":"default","name":"web","atGoal":false,"wanted":3,"ready":1,"updated":1,
//      "currentRevision":"web-6f9c","updateRevision":"web-6f9c",
//      "actions":[{"first":1,"last":1,"action":"create-pod","reason":"scale-out","text":"…"}],
//      "waits":[{"first":2,"last":2,"action":"wait","reason":"scale-out","gates":["order"],"text":"…"}],
//      "traps":[{"name":"…","first":2,"last":2,"onPurpose":false,"text":"…","cure":"…"}],"more":false}
//
// A finding is about the ordinals from `first` to `last`; without them it is about the set itself. Waits may have `since`
// and `until`, traps that may pass by themselves `since`. NO_SUCH_SET if there is no such set, or it cannot be read.
sts_code sts_cluster_diagnose(struct sts_cluster cluster,
                              struct sts_text set,
                              int64_t now_ms,
                              char *out,
                              size_t cap,
                              struct sts_report *report);

// Whether request number `index` of the plan `plan` may be sent, given the outcomes of those before it: sets MAY_TRY
// in the report's flags if so. What may not has the outcome {"status":"not-tried"}. After sts_cluster_finish() it
// says the same of the requests that this gave.
//
// `outcomes` is as for sts_cluster_finish(). The answer is no for an index that is out of range, if an outcome before
// it is missing, and if `plan` is not the last one made for the set. BAD_JSON for outcomes that cannot be read.
sts_code sts_cluster_may_try(struct sts_cluster cluster,
                             struct sts_text set,
                             struct sts_plan_id plan,
                             uint64_t index,
                             struct sts_text outcomes,
                             struct sts_report *report);

// Takes in how the requests of the plan `plan` of the set `set` went, and writes what is left to do as JSON, and
// `next` to the report:
//
//     {"requests":[{"stage":0,"chain":0,"step":0,"duty":true,"method":"PATCH","path":"…","contentType":"…","body":{…}}],
//      "events":[{"type":"Normal","reason":"SuccessfulCreate","message":"…"}],
//      "next":"rest"}
//
// `outcomes` is a JSON array with one entry for each request, in words or as the API server answered:
//
//     [{"status":"done","resourceVersion":"17"}, {"status":"not-found"}, {"status":"already-exists"},
//      {"status":"conflict"}, {"status":"invalid","message":"…"}, {"status":"failed","message":"…"},
//      {"status":"not-tried"},
//      {"http":409,"body":{…}}]
//
// What is missing at its end was not tried. The requests go one by one; the first that fails ends them, unless it is
// a duty. The events are about the set, and are to be recorded as they are. `next` says when the set is looked at
// again; sts_cluster_due() knows it, too. If `plan` is not the last one made for the set, nothing follows but another
// look. BAD_JSON for outcomes that cannot be read. CAPACITY takes nothing in: call again with enough room.
sts_code sts_cluster_finish(struct sts_cluster cluster,
                            struct sts_text set,
                            struct sts_plan_id plan,
                            struct sts_text outcomes,
                            int64_t now_ms,
                            char *out,
                            size_t cap,
                            struct sts_report *report);

// Takes in how the requests that sts_cluster_finish() gave went, so that the next plan waits until the new status has
// been seen, and a failed one is tried again. Optional, for those who would rather watch the set. `outcomes` is as
// for sts_cluster_finish(); if `plan` is not the last one that was finished for the set, nothing happens. BAD_JSON
// for outcomes that cannot be read.
sts_code sts_cluster_settle(struct sts_cluster cluster,
                            struct sts_text set,
                            struct sts_plan_id plan,
                            struct sts_text outcomes,
                            int64_t now_ms,
                            struct sts_report *report);

// What to do now for the set `set`, for those who look only once in a while: objects in, requests out, nothing kept.
// Writes the JSON of sts_cluster_plan() without "id"; with "tail", the JSON of sts_cluster_finish() for the case that
// every request succeeds (if one fails, look again instead); and with "errors", an array of texts about objects that
// cannot be read, if there are any. The report has `action_count`, MORE and `next_wake_ms`.
//
// `objects` is JSON: an object, a list as an API server or kubectl gives it ({"items":[…]}), or an array of such. Bit
// k of `kinds` says that it shows all objects of the kind k (STS_KIND_*); other kinds are unknown. Nothing is decided
// without STATEFUL_SET, POD and CONTROLLER_REVISION. Objects of kinds without a number are ignored. UNKNOWN_NUMBER
// and RESERVED for `profile` and `kinds`, BAD_JSON for `objects` as a whole, NO_SUCH_SET if the set is not among them
// or cannot be read.
sts_code sts_reconcile(const struct sts_profile *profile,
                       struct sts_text set,
                       uint32_t kinds,
                       struct sts_text objects,
                       int64_t now_ms,
                       char *out,
                       size_t cap,
                       struct sts_report *report);

// A whole turn of the set `set`, "namespace/name": makes its plan, calls `send` for each request that may be sent, one
// after the other, takes in how that went, calls `record` for each event, calls `send` for what is left to do then, the
// status among it, and takes that in, too. It is sts_cluster_plan(), sts_cluster_finish() and sts_cluster_settle() in one
// call, without any JSON.
//
// The report has `plan`, `action_count`, MORE and `next_wake_ms` of the plan, and `next`. A set for which a request was
// not sent is looked at again. `user` is handed to both functions as it is. `record` may be NULL, `send` may not.
//
// The cluster is not in use while `send` and `record` run: they, and other threads, may feed it. Where another thread is
// using it when the turn goes on, this waits; only at the beginning the answer is BUSY. NO_SUCH_SET if there is no such
// set, or it cannot be read; then nothing is sent. NO_SUCH_CLUSTER also if the cluster was freed meanwhile.
sts_code sts_cluster_carry_out(struct sts_cluster cluster,
                               struct sts_text set,
                               int64_t now_ms,
                               sts_send send,
                               sts_record record,
                               void *user,
                               struct sts_report *report);

// What became of a request, in one word, for sts_may_start(): `flags` are those of its place, `http` and `body` what the API
// server answered. DONE also for a refusal that is a success for this request.
uint32_t sts_outcome_of_response(uint32_t flags,
                                 uint32_t http,
                                 struct sts_text body);

// The requests in what sts_cluster_plan(), sts_cluster_finish() or sts_reconcile() wrote: writes one record for each to
// `out`, in their order, and to the report how many there are (`action_count`). CAPACITY if they are more than `cap`.
//
// Their texts point into `answer`, and are valid as long as it is. They are what stands there between quotes, and the body
// between its braces; a name with an escape in it, which no API server takes, is for sts_plain_text(). BAD_JSON for an
// answer that is none of the library's.
sts_code sts_requests(struct sts_text answer,
                      struct sts_request *out,
                      size_t cap,
                      struct sts_report *report);

// The events in what sts_cluster_finish() wrote: as sts_requests(). A message may well have escapes: sts_plain_text()
// takes them out.
sts_code sts_events(struct sts_text answer, struct sts_event *out, size_t cap, struct sts_report *report);

// The text that stands for `quoted`, the inside of a JSON string, without its escapes: writes it to `out`. It is never
// longer than `quoted`. BAD_JSON if that cannot stand between quotes.
sts_code sts_plain_text(struct sts_text quoted, char *out, size_t cap, struct sts_report *report);

// Writes the set whose JSON is `set` as an API server would store it, with its pod template and its claim templates:
// defaults are filled in; fields that no API server knows, and fields that say nothing (`false`, 0, empty, `null`), are
// dropped. Of the profile only the gates count. UNKNOWN_NUMBER and RESERVED for `profile`, BAD_JSON for `set`.
sts_code sts_normalize(const struct sts_profile *profile,
                       struct sts_text set,
                       char *out,
                       size_t cap,
                       struct sts_report *report);

// Writes what an API server would refuse in a new set: a JSON array, "[]" if nothing. `set` is its JSON; defaults are
// filled in first. Each entry is one mistake in the words of Kubernetes:
// {"field":"spec.replicas","reason":"FieldValueInvalid","message":"Invalid value: -1: must be …"}.
// UNKNOWN_NUMBER and RESERVED for `profile`, BAD_JSON for `set`.
sts_code sts_validate(const struct sts_profile *profile,
                      struct sts_text set,
                      char *out,
                      size_t cap,
                      struct sts_report *report);

// The same for the change of the set `old` into `set`: what is wrong with the new one, and what may not change. Rules
// that the old one breaks already are not held against the new one. As sts_validate().
sts_code sts_validate_update(const struct sts_profile *profile,
                             struct sts_text old,
                             struct sts_text set,
                             char *out,
                             size_t cap,
                             struct sts_report *report);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* STATEFULSET_H */
