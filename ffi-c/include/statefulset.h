/*
 * statefulset: Kubernetes' StatefulSet decision function. You give it the StatefulSet and the objects that you can see.
 * It returns the actions to take now, in order, and for every pod that is not up to date the reason why it has to wait.
 *
 * The library does no I/O and reads no clock. It has two tiers. Each is useful alone:
 *
 *   Facts. sts_plan() is one call over records that you own. You carry out its actions in their order and on their
 *   conditions. You tell sts_conclude() how each action went, and it gives the status to publish. Then you look at the
 *   cluster again and call sts_plan() again. sts_carry_out() plans, acts and concludes in one call; your function does
 *   the single action. A program that runs several actions at a time asks sts_may_start() what may start.
 *
 *   Kubernetes. sts_cluster is a handle. You feed it objects as JSON, as a watch delivers them. It gives requests to
 *   the API server that are ready to be sent. sts_cluster_carry_out() does one round for one set (plan, requests,
 *   status, events) without any JSON; your function sends the single request. sts_cluster_plan() gives the plan as JSON
 *   instead, and sts_requests() splits that JSON into records. A program that does not watch calls sts_reconcile(): it
 *   takes all objects and returns all requests in one call. Where no API server checks manifests, sts_normalize() fills
 *   in the defaults, and sts_validate() says what an API server would refuse.
 *
 * There are two libraries. `statefulset` has both tiers. `statefulset-facts` has the facts tier alone and is small.
 * Define STATEFULSET_FACTS_ONLY before this header if your program is linked with that one: the header then ends with
 * the facts tier. pkg-config and CMake define it. Both libraries use the same names, so link one of them.
 *
 * Some things only the caller can do: to run one planner per set, to keep the status, to back off after failures. The
 * front page of the Rust crate lists them under "What the caller does" (core/src/lib.rs). They are numbered, and each
 * says what breaks without it.
 *
 * The rules
 *
 * 1. Threads. You may call any function from any thread at any time. Nothing has to be initialised. Nobody may change
 *    the arguments during a call. Calls that only read a cluster run together: sts_cluster_due(), _awaited, _plan,
 *    _explain, _diagnose, _diagnose_text, _upgrade, _upgrade_text and _may_try. A call that changes a cluster waits
 *    until no other call uses it, and other calls on that cluster wait until it ends. No call waits for anything else.
 *    Two clusters share nothing.
 *
 * 2. Memory. You own all records, texts and buffers. The library keeps no pointer to them after a call. What the
 *    library writes (`out`, `report`) may not overlap with what it reads. You free clusters and nothing else. A handle
 *    that was freed or never made gives STS_CODE_NO_SUCH_CLUSTER. Static text is valid for ever. The program ends when
 *    memory runs out. The profile's `max_actions` bounds the memory that a plan takes.
 *
 * 3. NULL. A list, a text or a buffer may be NULL exactly when its count is 0. Other pointers may not be NULL. A NULL
 *    where none is allowed, a misaligned pointer or an impossible count gives STS_CODE_BAD_POINTER.
 *
 * 4. Numbers. Set every field that you do not use to 0; the easiest way is to zero the whole record first. An unknown
 *    number or an unknown flag gives STS_CODE_UNKNOWN_NUMBER. A reserved field that is not 0 gives STS_CODE_RESERVED.
 *    Thus a later version can give these a meaning, and an older library refuses them instead of guessing. An optional
 *    field is present if its flag is set, and must be 0 otherwise. Numbers and names are never renamed or reused.
 *
 * 5. Time. A name that ends in _ms is a number of milliseconds. A moment counts from the Unix epoch. Any value of a
 *    moment is accepted, and sums saturate.
 *
 * 6. Text. You pass text as sts_text: bytes of UTF-8 and their count. It needs no NUL. Text that is not UTF-8 gives
 *    STS_CODE_BAD_TEXT. JSON that cannot be read gives STS_CODE_BAD_JSON or STS_CODE_BAD_OBJECT, and the message says
 *    where. The library writes text to `out`, which has room for `cap` bytes. The text ends with a NUL, and
 *    `report->size` does not count it. To learn the size first, pass NULL and 0. If another thread changes the cluster
 *    in between, the size may change, too.
 *
 * 7. Failure. A call returns a code and repeats it in the report, with the place of the mistake and a message for
 *    people. On any code but STS_CODE_OK `out` is untouched and nothing has changed. The one exception is
 *    STS_CODE_BAD_OBJECT, which sets the object aside. The library does not use errno or thread-local state, and it
 *    does not log. Input that breaks the contract is a failure. A cluster in a bad state is not a failure: the plan
 *    then has a wait. Any call may give BAD_POINTER and INTERNAL. A call that writes more than one record may give
 *    CAPACITY, a call that reads a name BAD_TEXT, and a call on a cluster NO_SUCH_CLUSTER. The description of a call
 *    names its other codes.
 *
 * 8. Bugs. STS_CODE_INTERNAL means that the library panicked. Please report it. If the call was on a cluster, every
 *    later call on that cluster gives the same code, and the cluster can only be freed. Nothing else is left in a bad
 *    state. The library also prints the message to stderr, unless the program is Rust with a panic hook of its own. The
 *    library `statefulset-facts` has no way to stop a panic: it prints the message and calls abort().
 *
 * 9. Growing. A later version may have longer records. A program need not be compiled again for that. New fields come
 *    at the end, and 0 in them means "as before". Set `observed.sizes = STS_SIZES`: this tells the library how long the
 *    records of your program are, and it reads and writes no more of a record than that. The entries of a list lie in
 *    steps of that size. If a record is too short for a field, the library reads 0 for it and does not write it. Sizes
 *    that the library does not know give STS_CODE_BAD_SIZE. Records that have no entry in sts_sizes never grow; they
 *    have reserved fields instead. A later version may also give new numbers (kinds, reasons, gates, codes). Ask the
 *    library for their names. What else may change is said at STS_ABI_VERSION.
 *
 * Contents
 *
 *   The facts tier
 *     Versions of the library
 *     Codes: how a call ended
 *     Texts: those of the caller, and those for the caller
 *     The status: it goes in as it was published, and comes out as it is to be published
 *     The report: everything that a call says besides its actions
 *     Sizes: how long the records of the caller are
 *     The profile: how to decide where clusters differ
 *     Which Kubernetes: the versions by number and by name
 *     The set, as somebody wants it
 *     What a set asks for beyond Kubernetes
 *     Pods
 *     Claims
 *     Volumes, and the nodes that reach them
 *     Nodes
 *     Disruption budgets
 *     The cluster, as it was last seen
 *     Actions and waits
 *     Reasons: why an action is taken
 *     Gates: what must hold before something is done
 *     The plan: what to do now, and what follows from how that went
 *     Sets that belong together
 *     Outcomes: how actions went, and when to plan again
 *     Carrying out a plan with a function of the caller's, one action after the other
 *     Carrying out several things at a time: the order of what is to be done
 *     Plans in sentences
 *     Names of pods and claims from ordinals, and back
 *
 *   The Kubernetes tier
 *     Kinds of objects
 *     Clusters: their handles, and what they are told
 *     A round for one set: due, planned, finished, settled
 *     Requests and events as records, without JSON
 *     A whole round with a function of the caller's, which sends one request after the other
 *     Taking apart the JSON that the library writes, without a JSON library
 *     Diagnosis: how a set stands, why, and what ends that
 *     Upgrades of the control plane, looked at before they are done
 *     Manifests where no API server looks at them: defaults and mistakes
 */

#ifndef STATEFULSET_H
#define STATEFULSET_H

/* Generated from ffi-c/src. To change it: BLESS=1 cargo test -p statefulset-c --test header generates */

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

#ifdef __cplusplus
extern "C" {
#endif

// -----------------------------------------------------------------------------------------------------------------
// Versions of the library
// -----------------------------------------------------------------------------------------------------------------

// Number of the binary interface that this header describes. Compare it with sts_abi_version() once, at start.
//
// As long as the number is the same, a program that was compiled with an earlier header works with a later library. New
// versions may add functions and numbers, and they may make records longer that are named in sts_sizes (rule 9). They
// change no function, no number and no field that was there. Whatever else makes it necessary to compile programs again
// raises this number, and with it the name of the shared library (libstatefulset.so.1). A program that uses a function
// needs a library that has it: the dynamic linker says so when the program starts or when it first calls the function.
#define STS_ABI_VERSION 1

// The version of the library, such as "0.2.0". Static text.
const char *sts_version(void);

// The STS_ABI_VERSION that the library was built with.
uint32_t sts_abi_version(void);

// -----------------------------------------------------------------------------------------------------------------
// Codes: how a call ended
// -----------------------------------------------------------------------------------------------------------------

// How a call ended: one of STS_CODE_*.
typedef uint32_t sts_code;

// Done.
#define STS_CODE_OK 0

// `out` is too small. `action_count` or `size` in the report says how much there is. Nothing else was written, and
// nothing has changed: the same call with enough room succeeds.
#define STS_CODE_CAPACITY 1

// The library has a bug. Please report it with the message. A cluster in whose call it happened answers so from then
// on; nothing else is left in a bad state.
#define STS_CODE_INTERNAL 2

// A pointer is NULL where it may not be, or misaligned, or its count is impossible.
#define STS_CODE_BAD_POINTER 3

// A number or a flag has no meaning.
#define STS_CODE_UNKNOWN_NUMBER 4

// A field that must be 0 is not 0: it is reserved, or its flag is missing.
#define STS_CODE_RESERVED 5

// A number is too large.
#define STS_CODE_TOO_LARGE 6

// The last desired ordinal is above 2147483647.
#define STS_CODE_OVERFLOW 7

// A number is below 0.
#define STS_CODE_NEGATIVE 8

// An index points at an entry that is not there, or into a list that is not known.
#define STS_CODE_NO_SUCH_ENTRY 9

// Two entries stand for the same thing.
#define STS_CODE_DUPLICATE 10

// A list has too many entries.
#define STS_CODE_TOO_MANY 11

// No call gives this code any more. Calls on one cluster wait for each other.
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

// The sizes of the records are not those of any header that this library knows: `observed.sizes` was not set, or the
// header is newer than the library.
#define STS_CODE_BAD_SIZE 19

// The profile switches a feature gate on that its version of Kubernetes does not have.
#define STS_CODE_NO_SUCH_GATE 20

// A range ends before it begins.
#define STS_CODE_EMPTY_RANGE 21

// A range does not begin after the end of the one before it in the list.
#define STS_CODE_DISORDER 22

// A limit is 0, or more than 100 percent.
#define STS_CODE_NO_LIMIT 23

// The name of a code, such as "no-such-entry"; "unknown" for any other number. Static text.
const char *sts_code_name(sts_code code);

// -----------------------------------------------------------------------------------------------------------------
// Texts: those of the caller, and those for the caller
// -----------------------------------------------------------------------------------------------------------------

// Text or JSON that you own: `size` bytes of UTF-8, without a NUL at its end. `data` may be NULL if `size` is 0.
typedef struct sts_text {
  // Its first byte.
  const char *data;
  // How many bytes it has.
  size_t size;
} sts_text;

// The text of a C string, without its NUL. NULL gives the empty text. The text is valid as long as the string is.
sts_text sts_text_of(const char *string);

// -----------------------------------------------------------------------------------------------------------------
// The status: it goes in as it was published, and comes out as it is to be published
// -----------------------------------------------------------------------------------------------------------------

// There is no `Progressing` condition.
#define STS_PROGRESS_NONE 0

// Pods of old revisions still exist. The condition is True, with reason `RecreateInProgress`.
#define STS_PROGRESS_DELETING 1

// The old pods are gone, and not all of the new ones exist yet. The condition is True, with reason
// `RecreateInProgress`.
#define STS_PROGRESS_CREATING 2

// All pods have the new revision. The condition is False, with reason `RecreateCompleted`.
#define STS_PROGRESS_COMPLETED 3

// With a deadline: pods are missing or are still to be replaced. The condition is True, with reason `RolloutInProgress`.
#define STS_PROGRESS_ADVANCING 4

// With a deadline: the set has gone too long without progress. The condition is False, with reason
// `ProgressDeadlineExceeded`.
#define STS_PROGRESS_OVERDUE 5

// With a deadline: every pod is available and up to date. The condition is False, with reason `RolloutCompleted`.
#define STS_PROGRESS_ARRIVED 6

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
  // Pods at the current revision that are not terminating, less one for each deletion that the rollout makes now.
  uint32_t current;
  // Pods at the update revision that are not terminating.
  uint32_t updated;
  // STS_PROGRESS_*: the `Progressing` condition, which STS_STRATEGY_RECREATE sets, and a deadline.
  uint32_t progressing;
  // The revision that was last rolled out in full.
  uint64_t current_revision;
  // The revision of the template.
  uint64_t update_revision;
  // When the set last came closer to having all its pods; 0 while it has, and without a deadline.
  int64_t progressed_at_ms;
  // When an available pod was last taken away; 0 if none was, and without a pace.
  int64_t disrupted_at_ms;
} sts_status;

// -----------------------------------------------------------------------------------------------------------------
// The report: everything that a call says besides its actions
// -----------------------------------------------------------------------------------------------------------------

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

// `exclusions` of the desired set.
#define STS_LIST_EXCLUSIONS 11

// `status` is present.
#define STS_REPORT_STATUS 1

// `next_wake_ms` is present.
#define STS_REPORT_NEXT_WAKE 2

// The plan was cut at `max_actions`.
#define STS_REPORT_MORE 4

// The request may be sent.
#define STS_REPORT_MAY_TRY 8

// `next_wake_ms` is only the time of the next attempt after a failure.
#define STS_REPORT_RETRYING 16

// Sets wait until the cluster has been shown something. sts_cluster_awaited() says what.
#define STS_REPORT_AWAITED 32

// The entry number `index` may start.
#define STS_REPORT_MAY_START 64

// Everything has ended.
#define STS_REPORT_OVER 128

// `suggested_revision` is present.
#define STS_REPORT_SUGGESTS 256

// The name of a plan that a cluster made.
typedef struct sts_plan_id {
  // How many changes the cluster had been told of.
  uint64_t view;
  // The moment that the plan was made for.
  int64_t now_ms;
} sts_plan_id;

// What a call says besides what it writes to `out`. It need not be initialised.
//
// After STS_CODE_OK the call has filled the fields that its description names. After STS_CODE_CAPACITY it has filled
// `action_count` or `size`, and `message`. After any other code it has filled `list`, `index`, `field` and `message`,
// and `kind` with STS_CODE_BAD_OBJECT. Everything else is 0.
typedef struct sts_report {
  // The code that the call returned.
  sts_code code;
  // STS_REPORT_*
  uint32_t flags;
  // STS_NEXT_*: when to plan again. It is 0 where a call does not say.
  uint32_t next;
  // STS_KIND_* of the object that cannot be read, or 0.
  uint32_t kind;
  // How many actions and waits the plan has. Where a cluster made the plan, how many requests it has. For
  // sts_cluster_due(), how many sets are due.
  uint64_t action_count;
  // How many bytes the text has. `out` needs room for one more, the NUL.
  uint64_t size;
  // The earliest moment at which the same snapshot gives another plan. Optional.
  int64_t next_wake_ms;
  // The name of the plan, for sts_cluster_finish() and the calls around it.
  sts_plan_id plan;
  // The status to publish. Optional.
  sts_status status;
  // STS_LIST_*: which argument is wrong.
  uint32_t list;
  // 0.
  uint32_t reserved32;
  // The index of the wrong entry in that list; or, with MAY_START, of the entry that may start.
  uint64_t index;
  // The wrong field, NUL-terminated UTF-8. It is empty if the whole entry is wrong.
  char field[32];
  // What was expected, for people: NUL-terminated UTF-8. It is cut if it is too long.
  char message[512];
  // The revision to go back to, where a set that is overdue asks for one. Optional.
  uint64_t suggested_revision;
  // 0.
  uint64_t reserved;
} sts_report;

// The name of an STS_LIST_*, such as "pods"; "unknown" for any other number. Static text.
const char *sts_list_name(uint32_t list);

// -----------------------------------------------------------------------------------------------------------------
// Sizes: how long the records of the caller are
// -----------------------------------------------------------------------------------------------------------------

// How long the records are that may grow in a later version, in bytes (rule 9). The value is always STS_SIZES. It
// comes from the header that the program is compiled with.
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

// -----------------------------------------------------------------------------------------------------------------
// The profile: how to decide where clusters differ
// -----------------------------------------------------------------------------------------------------------------

// Kubernetes' gate `MaxUnavailableStatefulSet`: honour `max_unavailable`.
#define STS_PROFILE_MAX_UNAVAILABLE 1

// Kubernetes' gate `StatefulSetRecreateStrategy`: accept STS_STRATEGY_RECREATE.
#define STS_PROFILE_RECREATE 2

// The plan binds claims to volumes.
#define STS_PROFILE_BIND_CLAIMS 4

// The plan evicts pods from draining nodes.
#define STS_PROFILE_DRAIN_NODES 8

// The plan replaces pods of lost nodes. `unreachable_after_ms` is present.
#define STS_PROFILE_LOST_NODES 16

// A node that the operator removed must have been fenced as well, before its pods are replaced. It may only be set
// together with STS_PROFILE_LOST_NODES.
#define STS_PROFILE_REQUIRE_FENCE 32

// Kubernetes' gate `StatefulSetSemanticRevisionComparison`: two revisions are the same if they differ only in defaults
// of the API. Only clusters use this. For sts_plan() a revision is a number.
#define STS_PROFILE_SEMANTIC_REVISIONS 64

// Kubernetes' gate `StaleControllerConsistencyStatefulSet`: wait until the watch has shown every write that this
// controller made. Only clusters use this. For sts_plan() the caller sets STS_OBSERVED_FRESH instead.
#define STS_PROFILE_READ_YOUR_WRITES 128

// A rolling update is one walk over the pods, as in OpenKruise's Advanced StatefulSet, whatever `kubernetes` does.
#define STS_PROFILE_WALK 256

// Something else deletes the pods of a deleted set, in any order: on a cluster, Kubernetes' garbage collector.
#define STS_SHUTDOWN_BACKGROUND 0

// The plan deletes them, the highest ordinal first. A finalizer keeps the set until the last pod is gone.
#define STS_SHUTDOWN_ORDERED 1

// When the retention policy says Delete, the claim gets an owner reference, and a garbage collector deletes the claim.
#define STS_GIVE_UP_OWNER_REFERENCES 0

// When the retention policy says Delete, the plan deletes the claim by STS_ACTION_DELETE_CLAIM.
#define STS_GIVE_UP_DELETE 1

// Only sets of a resource of one's own ask for anything, in their field `spec.policies`.
#define STS_POLICIES_RESOURCE 0

// StatefulSets do so, too, as JSON in their annotation `statefulset.dev/policies`.
#define STS_POLICIES_ANNOTATIONS 1

// The same, and sets of one namespace with one value of the label `rollout-group` are a group.
#define STS_POLICIES_ZONES 2

// Sets have the fields of OpenKruise's Advanced StatefulSet.
#define STS_POLICIES_KRUISE 3

// Sets have the annotations of PingCAP's advanced StatefulSet.
#define STS_POLICIES_PINGCAP 4

// Which behaviour the planner has. Start from sts_profile_upstream() or sts_profile_standalone(). A record of zeros is
// a dry run.
typedef struct sts_profile {
  // STS_PROFILE_*
  uint32_t flags;
  // The largest number of actions in one plan. Waits do not count. 0 is a dry run.
  uint32_t max_actions;
  // STS_SHUTDOWN_*: who deletes the pods of a deleted set.
  uint32_t shutdown;
  // STS_GIVE_UP_*: how a claim is deleted when the retention policy says Delete.
  uint32_t give_up;
  // How long a node must have been unreachable before the plan deletes its pods. Optional.
  int64_t unreachable_after_ms;
  // STS_KUBERNETES_*: whose decisions these are. The gates among `flags` are those of this version: one that it does
  // not have must be off (STS_CODE_NO_SUCH_GATE).
  uint32_t kubernetes;
  // STS_POLICIES_*: where sets say what they ask for beyond Kubernetes. Only clusters use this. For sts_plan() the caller
  // sets the desired state's policies instead.
  uint32_t policies;
  // Must be 0.
  uint64_t reserved[2];
} sts_profile;

// The decisions of Kubernetes 1.37 with its default feature gates.
sts_profile sts_profile_upstream(void);

// The same decisions for a host on which no other controller runs. The plan then also does what other controllers do
// on a cluster: it deletes the pods of a deleted set in order, deletes claims, binds claims to volumes, and replaces
// the pods of draining and of lost nodes.
sts_profile sts_profile_standalone(void);

// The decisions of Kubernetes 1.37, and those of OpenKruise's Advanced StatefulSet as far as the policies go:
// `reserveOrdinals`, `scaleStrategy`, `paused` and `unorderedUpdate`. Rollouts are one walk (STS_PROFILE_WALK).
sts_profile sts_profile_kruise(void);

// The decisions of Kubernetes without `maxUnavailable`, and the annotations of PingCAP's advanced StatefulSet.
sts_profile sts_profile_pingcap(void);

// The decisions of Kubernetes 1.37 for sets that stand for the zones of one program, of which one is disturbed at a time.
sts_profile sts_profile_zones(void);

// -----------------------------------------------------------------------------------------------------------------
// Which Kubernetes: the versions by number and by name
// -----------------------------------------------------------------------------------------------------------------

// The newest version that is released when the library is: Kubernetes 1.37 in this one.
#define STS_KUBERNETES_LATEST 0

// What sts_kubernetes_of() gives for a text that names no known version. No call takes it.
#define STS_KUBERNETES_UNKNOWN 1

// Kubernetes 1.28.0 to 1.28.3, in which an update is complete once all pods that there are have been updated.
#define STS_KUBERNETES_1_28_0 12801

// Kubernetes 1.28.4 to 1.28.12, 1.29.0 to 1.29.7 and 1.30.0 to 1.30.3, in which claims are not controlled by their owners.
#define STS_KUBERNETES_1_28_4 12804

// Kubernetes 1.28, from 1.28.13 on.
#define STS_KUBERNETES_1_28 12800

// Kubernetes 1.29, from 1.29.8 on.
#define STS_KUBERNETES_1_29 12900

// Kubernetes 1.30, from 1.30.4 on.
#define STS_KUBERNETES_1_30 13000

// Kubernetes 1.31.
#define STS_KUBERNETES_1_31 13100

// Kubernetes 1.32.
#define STS_KUBERNETES_1_32 13200

// Kubernetes 1.33.
#define STS_KUBERNETES_1_33 13300

// Kubernetes 1.34.0 and 1.34.1, which do not compare revisions by what they mean.
#define STS_KUBERNETES_1_34_0 13400

// Kubernetes 1.34, from 1.34.2 on.
#define STS_KUBERNETES_1_34 13402

// Kubernetes 1.35.0 to 1.35.3, in which the gate `MaxUnavailableStatefulSet` is on.
#define STS_KUBERNETES_1_35_0 13500

// Kubernetes 1.35, from 1.35.4 on.
#define STS_KUBERNETES_1_35 13504

// Kubernetes 1.36.
#define STS_KUBERNETES_1_36 13600

// Kubernetes 1.37.
#define STS_KUBERNETES_1_37 13700

// Kubernetes 1.38, as far as it is decided: it follows 1.38.0-beta.0.
#define STS_KUBERNETES_1_38 13800

// The decisions of a version of Kubernetes (STS_KUBERNETES_*) with its default feature gates. For a number without a
// meaning it is a profile with that number, which every call refuses (STS_CODE_UNKNOWN_NUMBER).
sts_profile sts_profile_of(uint32_t kubernetes);

// The STS_KUBERNETES_* of a version. The text is a minor version, such as "1.33", or what a cluster says of itself, such as
// "v1.33.5-gke.100". For any other text, and for versions before 1.28 and after 1.38, it is STS_KUBERNETES_UNKNOWN.
uint32_t sts_kubernetes_of(sts_text text);

// The name of an STS_KUBERNETES_*, such as "1.33"; "unknown" for any other number. STS_KUBERNETES_LATEST has the name of the
// version that it stands for. Static text.
const char *sts_kubernetes_name(uint32_t kubernetes);

// -----------------------------------------------------------------------------------------------------------------
// The set, as somebody wants it
// -----------------------------------------------------------------------------------------------------------------

// Pods are created one at a time, each only when all pods before it are available.
#define STS_MANAGEMENT_ORDERED_READY 0

// All pods are created at once.
#define STS_MANAGEMENT_PARALLEL 1

// The planner replaces pods, highest ordinal first.
#define STS_STRATEGY_ROLLING_UPDATE 0

// A pod is replaced when somebody deletes it.
#define STS_STRATEGY_ON_DELETE 1

// All pods of old revisions are deleted before the first new one is created.
#define STS_STRATEGY_RECREATE 2

// `max_unavailable` is not given. It counts as 1.
#define STS_LIMIT_NONE 0

// `max_unavailable` is a number of pods.
#define STS_LIMIT_COUNT 1

// `max_unavailable` is a percentage of `replicas`, rounded down.
#define STS_LIMIT_PERCENT 2

// The claim stays.
#define STS_KEEP_RETAIN 0

// The claim is deleted.
#define STS_KEEP_DELETE 1

// The set is not being deleted.
#define STS_DELETION_NO 0

// The set is being deleted, and its pods are deleted with it.
#define STS_DELETION_WITH_PODS 1

// The set is being deleted, and its pods stay (`--cascade=orphan`).
#define STS_DELETION_ORPHAN 2

// The manifest has a `rollingUpdate` block: `partition`, `max_unavailable_kind` and `max_unavailable`. The Kubernetes
// API always fills in one for STS_STRATEGY_ROLLING_UPDATE. A set without the block differs from a set with an empty
// one: a pod that is re-created during a rollout gets the old revision.
#define STS_DESIRED_ROLLING 1

// The set has the library's finalizer. Ordered shutdown needs it.
#define STS_DESIRED_FINALIZER_HELD 2

// `published` is present.
#define STS_DESIRED_PUBLISHED 4

// Ordinals that get no pod, from the first to the last.
typedef struct sts_exclusion {
  // The first one.
  uint32_t first;
  // The last one, at most STS_MAX_ORDINAL.
  uint32_t last;
  // STS_EXCLUSION_*
  uint32_t flags;
  // Must be 0.
  uint32_t reserved;
} sts_exclusion;

// One StatefulSet, reduced to what decisions need.
typedef struct sts_desired {
  // The generation of the specification. The status repeats it.
  int64_t generation;
  // How long a pod must have been ready to count as available: 0 or more.
  int64_t min_ready_ms;
  // The revision that was last rolled out in full. A revision is a number of your own; the planner only compares it.
  uint64_t current_revision;
  // The revision of the set's template as it is now.
  uint64_t update_revision;
  // The desired number of pods, at most 2147483647.
  uint32_t replicas;
  // The first ordinal. The last desired one is at most STS_MAX_ORDINAL.
  uint32_t start;
  // How many claims every pod gets, at most 65535.
  uint32_t template_count;
  // STS_DESIRED_*
  uint32_t flags;
  // STS_MANAGEMENT_*
  uint32_t management;
  // STS_STRATEGY_*
  uint32_t strategy;
  // A pod whose index (how many desired ordinals are below its own) is below this keeps its revision. The number may be larger than `replicas`.
  // Optional.
  uint32_t partition;
  // STS_LIMIT_*. Optional.
  uint32_t max_unavailable_kind;
  // How many pods may be unavailable during a rollout. It is 0 with STS_LIMIT_NONE.
  uint32_t max_unavailable;
  // STS_KEEP_*: what happens to the claims when the set is deleted.
  uint32_t when_deleted;
  // STS_KEEP_*: what happens to a pod's claims when the set is scaled in.
  uint32_t when_scaled;
  // STS_DELETION_*
  uint32_t deletion;
  // The status as it is published now. Optional.
  sts_status published;
  // Which behaviour the planner has.
  sts_profile profile;
  // Ordinals that get no pod, in ascending order and without overlaps. NULL if there are none.
  const sts_exclusion *exclusions;
  // How many entries `exclusions` has.
  size_t exclusion_count;
  // STS_LIMIT_*, for STS_MANAGEMENT_PARALLEL. Optional.
  uint32_t scale_out_limit_kind;
  // How many slots may be on their way to a new pod at a time: at least 1, and at most 100 percent. It is 0 with
  // STS_LIMIT_NONE.
  uint32_t scale_out_limit;
  // STS_LIMIT_*, for STS_MANAGEMENT_PARALLEL. Optional.
  uint32_t scale_in_limit_kind;
  // How many pods that are not desired may be leaving at a time: at least 1, and at most 100 percent. It is 0 with
  // STS_LIMIT_NONE.
  uint32_t scale_in_limit;
  // How many available pods may be taken away now, as a group of sets allows it. Optional.
  uint32_t allowance;
  // STS_PAUSED_*: what is not done for now.
  uint32_t paused;
  // STS_RANKED_*: whether `rank` of the pods decides the order of a rollout.
  uint32_t ranked;
  // By how many pods `max_unavailable` may be exceeded when broken pods of old revisions are replaced. 4294967295 sets no
  // limit. Optional.
  uint32_t repair_beyond_budget;
  // How long such a pod must have been not ready: 0 or more. Optional.
  int64_t repair_after_ms;
  // STS_PURPOSE_*: for what a pod is asked before it goes.
  uint32_t ask;
  // STS_OVERDUE_*: what follows once the deadline is over. Optional.
  uint32_t deadline_then;
  // The shortest time between two disruptions: so long after an available pod was taken away, no other one is. 0 or more.
  // Optional.
  int64_t pace_ms;
  // How long the set may be without an available pod in one of its places and without progress: 0 or more. Optional.
  int64_t deadline_after_ms;
  // STS_IN_PLACE_*: whether a rollout changes pods where they run.
  uint32_t in_place;
  // Must be 0.
  uint32_t reserved32;
} sts_desired;

// -----------------------------------------------------------------------------------------------------------------
// What a set asks for beyond Kubernetes
// -----------------------------------------------------------------------------------------------------------------

// `allowance` is present.
#define STS_DESIRED_ALLOWANCE 8

// The partition counts excluded ordinals, too.
#define STS_DESIRED_PARTITION_BY_ORDINAL 16

// The pod of an excluded ordinal stays until every desired pod is available.
#define STS_DESIRED_STAND_IN_FIRST 32

// Of two pods of one rank the one with the lowest ordinal is replaced first.
#define STS_DESIRED_LOWEST_FIRST 64

// Broken pods of old revisions are replaced out of turn: `repair_after_ms` and `repair_beyond_budget` are present.
#define STS_DESIRED_REPAIR 128

// They are in STS_MANAGEMENT_ORDERED_READY, too.
#define STS_DESIRED_REPAIR_ORDERED 256

// A pod that has not started is broken at once.
#define STS_DESIRED_REPAIR_PENDING 512

// `pace_ms` is present.
#define STS_DESIRED_PACE 1024

// `deadline_after_ms` and `deadline_then` are present.
#define STS_DESIRED_DEADLINE 2048

// A set that is overdue says so in its status, and nothing else follows.
#define STS_OVERDUE_REPORT 0

// Its rollout is held as if it were paused. Creation, repairs and scale-in go on.
#define STS_OVERDUE_HALT 1

// The rollout is held, and `suggested_revision` of the report names the revision to go back to.
#define STS_OVERDUE_SUGGEST 2

// A rollout makes pods again.
#define STS_IN_PLACE_OFF 0

// It changes pods where they run if `change` of the pod says that this is possible, and makes the others again.
#define STS_IN_PLACE_IF_POSSIBLE 1

// It changes pods where they run if that is possible, and leaves the others as they are.
#define STS_IN_PLACE_ONLY 2

// Ranks do not matter.
#define STS_RANKED_OFF 0

// A rollout replaces the lowest rank first.
#define STS_RANKED_ORDER 1

// The same, and a rank waits until all ranks before it are updated and available.
#define STS_RANKED_TIERS 2

// Pods and claims of empty slots are not created.
#define STS_PAUSED_CREATION 1

// Pods that are not desired are not deleted.
#define STS_PAUSED_SCALE_IN 2

// No pod is replaced for a new revision.
#define STS_PAUSED_ROLLOUT 4

// No broken pod is replaced out of turn.
#define STS_PAUSED_REPAIR 8

// Pods whose containers have ended are not replaced.
#define STS_PAUSED_REPLACEMENT 16

// Nothing at all is done. The status is still published.
#define STS_PAUSED_ALL 31

// A pod goes because its ordinal is not desired.
#define STS_PURPOSE_SCALE_IN 1

// A pod goes for a new revision, or because somebody asks for it.
#define STS_PURPOSE_ROLLOUT 2

// A pod goes because it has ended or is broken.
#define STS_PURPOSE_REPAIR 4

// A pod goes because its node is being drained.
#define STS_PURPOSE_DRAIN 8

// All of them.
#define STS_PURPOSE_ALL 15

// The claims of these ordinals stay, whatever `when_scaled` says.
#define STS_EXCLUSION_KEEP_CLAIMS 1

// -----------------------------------------------------------------------------------------------------------------
// Pods
// -----------------------------------------------------------------------------------------------------------------

// The pod is accepted and not started.
#define STS_PHASE_PENDING 0

// At least one container runs.
#define STS_PHASE_RUNNING 1

// All containers ended well.
#define STS_PHASE_SUCCEEDED 2

// All containers ended, one of them badly.
#define STS_PHASE_FAILED 3

// Its node does not report the phase.
#define STS_PHASE_UNKNOWN 4

// The pod is ready.
#define STS_POD_READY 1

// Its name and its identity label are right.
#define STS_POD_IDENTITY 2

// Its volumes refer to the right claims.
#define STS_POD_STORAGE 4

// `ready_since_ms` is present.
#define STS_POD_READY_SINCE 8

// It is terminating, and `terminating_since_ms` is present.
#define STS_POD_TERMINATING 16

// `node` is present.
#define STS_POD_NODE 32

// `budget` is present.
#define STS_POD_BUDGET 64

// It is to be replaced although nothing else asks for it.
#define STS_POD_REPLACE 128

// It was changed where it runs, and its containers do not run yet as they were told to.
#define STS_POD_CHANGING 256

// It has to be made again to get to another revision.
#define STS_CHANGE_RECREATE 0

// It can be changed where it runs; its containers may restart for that.
#define STS_CHANGE_IN_PLACE 1

// Nothing that runs differs: it only gets other labels and annotations.
#define STS_CHANGE_NOTHING 2

// Nothing was said to the pod about its end.
#define STS_PREPARED_NO 0

// It was asked to prepare for a restart, and has not answered.
#define STS_PREPARED_ASKED_TO_RESTART 1

// It is prepared for a restart.
#define STS_PREPARED_MAY_RESTART 2

// It was asked to prepare for its end, and has not answered.
#define STS_PREPARED_ASKED_TO_LEAVE 3

// It is prepared for its end.
#define STS_PREPARED_MAY_LEAVE 4

// It was told that it stays, and is not back in service yet.
#define STS_PREPARED_RETURNING 5

// The ordinal of a pod whose name ends in digits that exceed STS_MAX_ORDINAL.
#define STS_NO_ORDINAL 4294967295

// The value of `node` for a pod whose node is not in `nodes`. That node may be gone, or the list may be too old.
#define STS_UNLISTED 4294967295

// The largest ordinal.
#define STS_MAX_ORDINAL 2147483647

// One pod of the set, as you last saw it. Actions refer to it by its index. Keep its name and uid beside it.
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
  // STS_PURPOSE_*: what it must not go for now.
  uint8_t hold;
  // STS_PREPARED_*: what was said to it about its end, where `ask` of the set asks.
  uint8_t prepared;
  // STS_CHANGE_*: how it gets to the update revision, where `in_place` of the set allows more than one way.
  uint8_t change;
  // Must be 0.
  uint8_t reserved8;
  // The revision that it was created from.
  uint64_t revision;
  // When its readiness last changed. The moment may be in the future. Optional.
  int64_t ready_since_ms;
  // Since when it is terminating. Optional.
  int64_t terminating_since_ms;
  // Its place in a rollout, lowest first, if `ranked` of the set says so.
  uint32_t rank;
  // Must be 0.
  uint32_t reserved32;
  // Must be 0.
  uint64_t reserved;
} sts_pod;

// -----------------------------------------------------------------------------------------------------------------
// Claims
// -----------------------------------------------------------------------------------------------------------------

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

// One does, with another uid. Any reference to a pod that does not exist is of this kind.
#define STS_OWNER_OTHER_UID 3

// A volume is chosen at once.
#define STS_BINDING_IMMEDIATE 0

// A volume is chosen once the claim's pod has a node.
#define STS_BINDING_WAIT_FOR_FIRST_CONSUMER 1

// Some other owner reference has `controller: true`.
#define STS_CLAIM_FOREIGN_CONTROLLER 1

// `volume` is present.
#define STS_CLAIM_VOLUME 2

// `node` is present.
#define STS_CLAIM_NODE 4

// It is terminating, and `terminating_since_ms` is present.
#define STS_CLAIM_TERMINATING 8

// One claim whose name is made of a template of the set, the set and an ordinal.
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
  // STS_ACCESS_*: the access modes that it asks for.
  uint32_t modes;
  // STS_VOLUME_MODE_*
  uint32_t volume_mode;
  // Storage class, a number of your own; 0 is the empty class.
  uint32_t storage_class;
  // Index in `volumes` of the volume that the claim names, whether it is bound already or not. Optional.
  uint32_t volume;
  // Index in `nodes` of the node that its pod was scheduled to. Optional.
  uint32_t node;
  // Since when it is terminating. Optional.
  int64_t terminating_since_ms;
  // How many bytes it asks for.
  uint64_t request;
  // Must be 0.
  uint64_t reserved[2];
} sts_claim;

// -----------------------------------------------------------------------------------------------------------------
// Volumes, and the nodes that reach them
// -----------------------------------------------------------------------------------------------------------------

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

// Somebody has deleted it, and it still exists.
#define STS_VOLUME_TERMINATING 1

// It is reserved for the claim number `claim`, by name and, where the volume has one, by uid.
#define STS_VOLUME_CLAIM 4

// It is reserved for a claim that is not in `claims`, or for an earlier claim of the same name.
#define STS_VOLUME_TAKEN 8

// `reach` is present. Without this flag every node reaches the volume.
#define STS_VOLUME_REACH 16

// One volume that claims may be bound to. When you carry out a binding, make the write conditional on the volume's
// version.
typedef struct sts_volume {
  // Bytes.
  uint64_t capacity;
  // Bit i says that the claim selector of template i matches this volume. A template without a selector matches
  // every volume.
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
  // The group of nodes that reach this volume, a number of your own. `reach` in sts_observed lists the nodes of each
  // group. Optional.
  uint32_t reach;
  // Must be 0.
  uint32_t reserved32;
  // Must be 0.
  uint64_t reserved[2];
} sts_volume;

// One node of a group of nodes that reach a volume. A zone with three nodes has three of these records.
typedef struct sts_reach {
  // The group, as in sts_volume.
  uint32_t group;
  // Index in `nodes`.
  uint32_t node;
  // Must be 0.
  uint64_t reserved;
} sts_reach;

// -----------------------------------------------------------------------------------------------------------------
// Nodes
// -----------------------------------------------------------------------------------------------------------------

// It reports, and is ready.
#define STS_NODE_READY 0

// It reports, and is not ready.
#define STS_NODE_NOT_READY 1

// It does not report. Its processes may still run.
#define STS_NODE_UNREACHABLE 2

// It cannot run anything: it is powered off or cut off from its volumes, and somebody has confirmed that.
#define STS_NODE_FENCED 3

// The operator removed it, and so vouches that nothing runs on it. A node that is only missing from `nodes` does not
// count as gone.
#define STS_NODE_GONE 4

// No new pod is placed there.
#define STS_NODE_CORDONED 1

// Its pods are to be moved elsewhere.
#define STS_NODE_DRAINING 2

// `since_ms` is present.
#define STS_NODE_SINCE 4

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

// -----------------------------------------------------------------------------------------------------------------
// Disruption budgets
// -----------------------------------------------------------------------------------------------------------------

// A pod that is not ready may always be evicted (`unhealthyPodEvictionPolicy: AlwaysAllow`).
#define STS_BUDGET_UNHEALTHY_ALWAYS 1

// One disruption budget. Other pods may share it, so the API server has to check it again at each eviction.
typedef struct sts_budget {
  // How many more pods may be disrupted now.
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

// -----------------------------------------------------------------------------------------------------------------
// The cluster, as it was last seen
// -----------------------------------------------------------------------------------------------------------------

// Your lists are at least as new as your own writes. Without this flag the plan is one wait.
#define STS_OBSERVED_FRESH 1

// `claims` is known.
#define STS_OBSERVED_CLAIMS 2

// `volumes` is known.
#define STS_OBSERVED_VOLUMES 4

// `nodes` is known.
#define STS_OBSERVED_NODES 8

// `budgets` is known.
#define STS_OBSERVED_BUDGETS 16

// What you see of the cluster. The lists may be in any order. Actions refer to their entries by index.
//
// Unknown is not the same as empty. A list that you do not know has no flag and a count of 0. It never leads to an
// eviction, a forced deletion or a deleted claim. A list that you know to be empty has its flag and a count of 0.
typedef struct sts_observed {
  // STS_SIZES: how long the records of your program are.
  sts_sizes sizes;
  // STS_OBSERVED_*
  uint32_t flags;
  // Must be 0.
  uint32_t reserved;
  // The set's pods.
  const sts_pod *pods;
  // How many.
  size_t pod_count;
  // Claims named after the set's templates, of any ordinal. Optional.
  const sts_claim *claims;
  // How many.
  size_t claim_count;
  // Volumes that claims may be bound to. Optional.
  const sts_volume *volumes;
  // How many.
  size_t volume_count;
  // Nodes. Optional.
  const sts_node *nodes;
  // How many.
  size_t node_count;
  // Disruption budgets. Optional.
  const sts_budget *budgets;
  // How many.
  size_t budget_count;
  // The nodes of each group that a volume's `reach` names. There is one record for each node of a group, in any
  // order. A node may be in several groups, and a record may occur twice. A group without a record is reached from
  // no node. Nodes that no claim refers to may be left out.
  const sts_reach *reach;
  // How many. It is 0 where no volume has a `reach`, or where the nodes are not known.
  size_t reach_count;
} sts_observed;

// -----------------------------------------------------------------------------------------------------------------
// Actions and waits
// -----------------------------------------------------------------------------------------------------------------

// Create the ordinal's claim from template `template_index`. It is a failure if the claim exists.
#define STS_ACTION_CREATE_CLAIM 1

// Reserve `volume` for `claim`, then write the volume's name into the claim. Make the writes conditional on the
// volume's version.
#define STS_ACTION_BIND_CLAIM 2

// Create the ordinal's pod from `revision`. It is a failure if the pod exists.
#define STS_ACTION_CREATE_POD 3

// Correct the name labels and the volumes of `pod` in place.
#define STS_ACTION_UPDATE_POD 4

// Remove every owner reference of `claim` that names the set or the pod. Then add the one that `owner` says, unless
// another controller owns the claim.
#define STS_ACTION_SET_CLAIM_OWNER 5

// Delete `pod` gracefully, with its uid as a precondition. It counts as done if the pod is not found, unless
// STS_ACTION_MUST_EXIST is set.
#define STS_ACTION_DELETE_POD 6

// Ask for the eviction of `pod` under its disruption budget.
#define STS_ACTION_EVICT_POD 7

// Delete `pod` with a grace period of 0, with its uid as a precondition. If the node is known, check that it is still
// the same node in the same state.
#define STS_ACTION_FORCE_DELETE_POD 8

// Delete `claim`, with its uid as a precondition. It counts as done if the claim is not found.
#define STS_ACTION_DELETE_CLAIM 9

// Add the library's finalizer to the set.
#define STS_ACTION_HOLD_FINALIZER 10

// Remove the library's finalizer from the set.
#define STS_ACTION_RELEASE_FINALIZER 11

// Ask `pod` to prepare for its end, with its uid as a precondition, and see to it that nobody else asks it at the same
// time. Say so in `prepared` of the pod from then on: STS_PREPARED_ASKED_TO_LEAVE if the flag STS_ACTION_FOR_GOOD is set, or
// else STS_PREPARED_ASKED_TO_RESTART.
#define STS_ACTION_PREPARE 13

// Tell `pod` that it stays. It is STS_PREPARED_RETURNING from then on, until it is back in service.
#define STS_ACTION_CANCEL_PREPARE 14

// Change `pod` where it runs, so that it is one of `revision`, with its uid as a precondition. Say so in `revision` of the pod
// from then on, and set STS_POD_CHANGING until its containers run as they were told to.
#define STS_ACTION_UPDATE_IN_PLACE 15

// Do nothing for the ordinals from `ordinal` to `through`. Show the user why (`gates`, `on`).
#define STS_ACTION_WAIT 12

// Neither the set nor the pod owns the claim.
#define STS_CLAIM_OWNER_NOBODY 0

// The set owns the claim.
#define STS_CLAIM_OWNER_SET 1

// `pod` owns the claim.
#define STS_CLAIM_OWNER_POD 2

// The wait is for nothing that the lists have.
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

// It is for newer lists: your own writes are not in them yet.
#define STS_ON_VIEW 6

// `pod` is present.
#define STS_ACTION_HAS_POD 1

// `claim` is present.
#define STS_ACTION_HAS_CLAIM 2

// `volume` is present.
#define STS_ACTION_HAS_VOLUME 4

// `node` is present.
#define STS_ACTION_HAS_NODE 8

// `on_index` is present.
#define STS_ACTION_HAS_ON_INDEX 16

// `since_ms` is present.
#define STS_ACTION_HAS_SINCE 32

// `until_ms` is present.
#define STS_ACTION_HAS_UNTIL 64

// DELETE_POD: it is a failure if the pod is not found. Only Kubernetes before 1.36 decides so.
#define STS_ACTION_MUST_EXIST 128

// PREPARE: the pod will not come back.
#define STS_ACTION_FOR_GOOD 256

// One action, or one wait. `kind` says which fields below it mean something. The others are 0.
//
// The order is in the data. Stages run one after the other. Inside a stage each ordinal is a chain of its own, and
// chains may run at the same time. A chain goes by `step`. Actions of one step may run together, except
// SET_CLAIM_OWNER: it waits for everything that stands before it in its chain. When an action fails, its chain stops
// at the end of its step, the rest of its stage still runs, and later stages are skipped. The failure of BIND_CLAIM,
// EVICT_POD, FORCE_DELETE_POD, DELETE_CLAIM or CANCEL_PREPARE only stops its own chain. sts_carry_out() keeps these rules.
// sts_may_start() keeps them for programs that run several actions at a time.
typedef struct sts_action {
  // STS_ACTION_CREATE_CLAIM … STS_ACTION_UPDATE_IN_PLACE
  uint32_t kind;
  // STS_REASON_*
  uint32_t reason;
  // The stage. A stage begins when the one before it has ended.
  uint32_t stage;
  // The ordinal that the action is for. A wait covers the ordinals from this one to `through`. It is STS_NO_ORDINAL if
  // the action is for the set itself, or for pods that have no ordinal.
  uint32_t ordinal;
  // The place within the ordinal's chain.
  uint32_t step;
  // STS_ACTION_HAS_*, STS_ACTION_MUST_EXIST, STS_ACTION_FOR_GOOD
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
  // WAIT: bit g, from 0 to 63, is set for each condition STS_GATE_* g that is not met. All such bits are set, not
  // only the first.
  uint64_t gates;
  // CREATE_POD: the revision to create the pod from. UPDATE_IN_PLACE: the revision that the pod is of then.
  uint64_t revision;
  // WAIT: since when it has to wait. Optional.
  int64_t since_ms;
  // WAIT: when it ends by itself, if nothing else happens. Optional.
  int64_t until_ms;
} sts_action;

// The name of an action's kind, such as "create-pod"; "unknown" for any other number. Static text.
const char *sts_action_name(uint32_t kind);

// -----------------------------------------------------------------------------------------------------------------
// Reasons: why an action is taken
// -----------------------------------------------------------------------------------------------------------------

// The set should have a pod with this ordinal, and there is none.
#define STS_REASON_SCALE_OUT 1

// The pod's ordinal is outside the desired range.
#define STS_REASON_SCALE_IN 2

// The pod does not have the revision that it should have.
#define STS_REASON_ROLLOUT 3

// The pod's containers have ended. It is replaced.
#define STS_REASON_TERMINAL_POD 4

// The pod exists and is not available yet.
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

// The retention policy says that the claim is deleted.
#define STS_REASON_GIVE_UP 11

// The pod's node is being drained.
#define STS_REASON_DRAIN 12

// The pod's node is lost.
#define STS_REASON_NODE_GONE 13

// The lists are older than your own writes, so that nothing is decided.
#define STS_REASON_STALE_VIEW 14

// The pod is broken and at an old revision, and is replaced out of turn.
#define STS_REASON_BROKEN_REVISION 15

// Somebody asks for the pod to be replaced.
#define STS_REASON_REQUESTED 16

// The pod was asked to prepare for its end, and stays after all.
#define STS_REASON_WANTED 17

// The name of a reason, such as "scale-out"; "unknown" for any other number. Static text.
const char *sts_reason_name(uint32_t reason);

// -----------------------------------------------------------------------------------------------------------------
// Gates: what must hold before something is done
// -----------------------------------------------------------------------------------------------------------------

// Your own writes have not been seen yet.
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

// The pod does not say since when it is ready, so that a `min_ready_ms` above 0 never ends.
#define STS_GATE_READY_SINCE_MISSING 7

// Another ordinal comes first.
#define STS_GATE_ORDER 8

// A claim is terminating. It must be gone before it can be created again.
#define STS_GATE_CLAIM_TERMINATING 9

// A claim has no volume.
#define STS_GATE_CLAIM_UNBOUND 10

// A claim still belongs to an earlier pod of the same name.
#define STS_GATE_CLAIM_STALE 11

// As many pods are unavailable as maxUnavailable allows.
#define STS_GATE_MAX_UNAVAILABLE 12

// Scale-in waits until all desired pods are available.
#define STS_GATE_REPLICAS_NOT_AVAILABLE 13

// The pod to delete is unavailable, and an unavailable pod with a lower ordinal must recover first.
#define STS_GATE_UNHEALTHY_LEAVER 14

// The pod is broken and does not have the update revision. OrderedReady never replaces it (kubernetes#67250).
#define STS_GATE_BROKEN_REVISION 15

// The set is being deleted. Something else deletes its pods.
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

// Somebody has deleted the claim, and it still exists.
#define STS_GATE_CLAIM_REMAINS 26

// An object could not be read and was set aside.
#define STS_GATE_BAD_OBJECT 27

// Another object has a name that the set needs.
#define STS_GATE_NAME_TAKEN 28

// No node at all is ready. The observer itself may be cut off.
#define STS_GATE_NO_NODE_READY 29

// The disruption budgets are not known.
#define STS_GATE_BUDGETS_UNKNOWN 30

// The pod's ordinal is excluded, and every desired pod must be available before it goes.
#define STS_GATE_EXCLUDED 31

// Pods of an earlier rank must be updated and available first.
#define STS_GATE_EARLIER_RANK 32

// Actions of this kind are paused.
#define STS_GATE_PAUSED 33

// As many pods are coming or leaving as the set's limits allow.
#define STS_GATE_SCALE_LIMIT 34

// The group that the set belongs to allows no more disruptions now.
#define STS_GATE_GROUP 35

// You do not let the pod go for this purpose now.
#define STS_GATE_HELD 36

// The pod was asked to prepare for its end, or is coming back into service after it was.
#define STS_GATE_PREPARING 37

// An available pod was taken away a short time ago, and the set's pace lets no other one go yet.
#define STS_GATE_PACE 38

// The set has gone too long without progress, and its rollout is held for that.
#define STS_GATE_DEADLINE 39

// The pod would have to be made again, and the set's policy lets a rollout change pods only where they run.
#define STS_GATE_NOT_IN_PLACE 40

// The pod was changed where it runs, and its containers do not run yet as they were told to.
#define STS_GATE_POD_CHANGING 41

// The name of a gate (of its number, not of its bit), such as "pod-not-ready"; "unknown" for any other number.
// Static text.
const char *sts_gate_name(uint32_t gate);

// -----------------------------------------------------------------------------------------------------------------
// The plan: what to do now, and what follows from how that went
// -----------------------------------------------------------------------------------------------------------------

// Decides what to do now. Writes the actions and waits to `out`, in order. Writes to `report`: `action_count`, MORE,
// `next_wake_ms`, `suggested_revision`, and the `status` to publish if every action succeeds.
//
// `desired`, `observed` and `report` may not be NULL. `out` may be NULL if `cap` is 0. `now_ms` is the present moment,
// in milliseconds since the Unix epoch. If the plan has more than `cap` actions, the code is STS_CODE_CAPACITY, and
// `report->action_count` says how many it has. Call again with the same arguments and that much room, or ask
// sts_action_bound() for room that always suffices. On any code but STS_CODE_OK `out` is untouched. The report is
// always written, unless it is itself a bad pointer.
//
// Records that break the contract give UNKNOWN_NUMBER, RESERVED, TOO_LARGE, OVERFLOW, NEGATIVE, NO_SUCH_ENTRY,
// DUPLICATE, TOO_MANY or BAD_SIZE, with the list, the index and the field.
sts_code sts_plan(const sts_desired *desired,
                  const sts_observed *observed,
                  int64_t now_ms,
                  sts_action *out,
                  size_t cap,
                  sts_report *report);

// Says what follows from how the actions went: the `status` to publish, if there is one, and `next`, when to plan
// again. Where an action failed, the status promises less than that of sts_plan().
//
// The first three arguments are those of the sts_plan() call that gave the actions. `outcomes` has `count`
// STS_OUTCOME_*, one for each action and wait, in their order. Outcomes that are missing at the end count as
// NOT_TRIED. Outcomes of waits are ignored. UNKNOWN_NUMBER for an outcome without a meaning, NO_SUCH_ENTRY for more
// outcomes than actions, and the codes of sts_plan().
sts_code sts_conclude(const sts_desired *desired,
                      const sts_observed *observed,
                      int64_t now_ms,
                      const uint32_t *outcomes,
                      size_t count,
                      sts_report *report);

// The largest number of actions and waits that any plan for these arguments can have, so that one allocation always
// suffices. It grows with the lists and with `replicas`. `profile.max_actions` limits it. Only numbers are read, not
// the lists. It is 0 if a pointer is NULL or misaligned, or if the sizes are bad.
size_t sts_action_bound(const sts_desired *desired, const sts_observed *observed);

// -----------------------------------------------------------------------------------------------------------------
// Sets that belong together
// -----------------------------------------------------------------------------------------------------------------

// A set of a group, as far as the others are concerned.
typedef struct sts_member {
  // How many of its desired pods are unavailable, missing ones among them.
  uint32_t unavailable;
  // How many of its pods a rollout or a scale-in is going to take away.
  uint32_t outdated;
} sts_member;

// Writes the member that a set is. The codes are those of sts_plan().
sts_code sts_member_of(const sts_desired *desired,
                       const sts_observed *observed,
                       int64_t now_ms,
                       sts_member *member,
                       sts_report *report);

// Shares a group's disruptions between its sets: writes `count` allowances, in the order of the members. The set that may
// be disturbed gets 4294967295, and its own limits apply; the others get 0. Set STS_DESIRED_ALLOWANCE and `allowance` with
// it in the next call of sts_plan().
//
// If pods of one set are unavailable, that set is the one. If pods of several sets are, none is. If there are none, it is
// the first that has pods to take away.
sts_code sts_allot(const sts_member *members,
                   size_t count,
                   uint32_t *allowances,
                   sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Outcomes: how actions went, and when to plan again
// -----------------------------------------------------------------------------------------------------------------

// It was not tried, because something before it failed or because it is a wait.
#define STS_OUTCOME_NOT_TRIED 0

// It was done.
#define STS_OUTCOME_DONE 1

// The object was not found. This is a success for a deletion.
#define STS_OUTCOME_NOT_FOUND 2

// The object existed already. This is a failure for a creation.
#define STS_OUTCOME_ALREADY_EXISTS 3

// It failed in another way. A precondition that did not hold is such a failure.
#define STS_OUTCOME_FAILED 4

// It has been started and has not ended. Only sts_may_start() takes this.
#define STS_OUTCOME_RUNNING 5

// It was not tried, and shall not be tried now. Only sts_may_start() takes this: to it NOT_TRIED means that the action
// may still start.
#define STS_OUTCOME_HELD_BACK 6

// Plan again when something changes, or at `next_wake_ms` of the plan.
#define STS_NEXT_REST 1

// Plan again at once: the plan was cut at `max_actions`.
#define STS_NEXT_AGAIN 2

// Plan again after a back-off: something failed, or Kubernetes' own controller would have failed here.
#define STS_NEXT_RETRY 3

// The name of an outcome, such as "not-found"; "unknown" for any other number. Static text.
const char *sts_outcome_name(uint32_t outcome);

// The name of an STS_NEXT_*, such as "retry"; "unknown" for any other number. Static text.
const char *sts_next_name(uint32_t next);

// -----------------------------------------------------------------------------------------------------------------
// Carrying out a plan with a function of the caller's, one action after the other
// -----------------------------------------------------------------------------------------------------------------

// Your function that does one action and returns how it went: STS_OUTCOME_*. `index` is the action's place in the
// plan. `action` is valid only during the call. NOT_TRIED keeps back everything that depends on the action. A number
// without a meaning counts as FAILED. The function may call the library. It may not leave by an exception or by
// longjmp.
typedef uint32_t (*sts_act)(void *user, const sts_action *action, size_t index);

// Makes the plan that sts_plan() makes, calls `act` for each action that may be tried, and says what sts_conclude()
// says. It calls `act` for one action after the other, and never for a wait.
//
// The report has `action_count`, MORE and `next_wake_ms` of the plan; the `status` to publish, if there is one; and
// `next`, when to plan again.
//
// `user` is passed to `act` as it is. The other arguments are read before the first call of `act`. `act` may not be
// NULL. The codes are those of sts_plan(). On any of them but STS_CODE_OK, `act` has not been called.
sts_code sts_carry_out(const sts_desired *desired,
                       const sts_observed *observed,
                       int64_t now_ms,
                       sts_act act,
                       void *user,
                       sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Carrying out several things at a time: the order of what is to be done
// -----------------------------------------------------------------------------------------------------------------

// There is nothing to do: it is a wait.
#define STS_PLACE_NOTHING 1

// If it fails, only its own chain stops.
#define STS_PLACE_DUTY 2

// It does not run at the same time as anything else of its chain, not even of its own step. It also runs after
// something of its own step has failed. Changes of a claim's owners are like this.
#define STS_PLACE_IN_TURN 4

// It is a success if the object is not found.
#define STS_PLACE_MAY_BE_GONE 8

// It is a success if the API server refuses it as invalid.
#define STS_PLACE_MAY_BE_INVALID 16

// The place of an action or a request in the order. Stages run one after the other. Inside a stage the chains may run
// at the same time. Each chain goes by `step`. What has the same step may run at the same time, too, except with
// IN_TURN.
typedef struct sts_place {
  // The stage. A stage begins when the one before it has ended.
  uint32_t stage;
  // The chain: the ordinal, or another number that stands for one.
  uint32_t chain;
  // The place within the chain: 0 to 255.
  uint32_t step;
  // STS_PLACE_*
  uint32_t flags;
} sts_place;

// The place of an action in the order, for sts_may_start(). NULL, and a record that sts_plan() did not write, have the
// place of a wait.
sts_place sts_action_place(const sts_action *action);

// Says what may start now, for programs that run several things at a time. Call it at the beginning, and again
// whenever an outcome has come in. A program that runs one thing after the other calls sts_carry_out() or
// sts_cluster_carry_out() instead.
//
// `places` has the place of each action (sts_action_place()) or of each request (sts_request), in their order.
// `outcomes` has as many entries: NOT_TRIED for what has not started, RUNNING for what has started, the outcome for
// what has ended, and HELD_BACK for what you do not want to start now.
//
// If something may start, MAY_START is set in the report's flags, and `index` is the first such entry. Set its outcome
// to RUNNING, start it, and call again. If OVER is set, everything has ended, and what is NOT_TRIED will not start. If
// neither is set, nothing may start before another outcome comes in.
//
// The library keeps nothing between the calls: it works the order out from the outcomes each time. UNKNOWN_NUMBER for
// an outcome without a meaning.
sts_code sts_may_start(const sts_place *places, const uint32_t *outcomes, size_t count, sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Plans in sentences
// -----------------------------------------------------------------------------------------------------------------

// The names that sts_explain() writes into its sentences. Each list is one text: names separated by newlines, in the
// order of the records. An entry without a name is called by its number.
typedef struct sts_names {
  // The set.
  sts_text set;
  // Its claim templates.
  sts_text claim_templates;
  // `observed.nodes`
  sts_text nodes;
  // `observed.volumes`
  sts_text volumes;
  // `observed.budgets`
  sts_text budgets;
} sts_names;

// Writes the plan in sentences, one line for each action and each wait: what would be done, and what keeps the rest
// waiting. The first three arguments are those of sts_plan(). Only `out` may be NULL. The codes are those of
// sts_plan().
sts_code sts_explain(const sts_desired *desired,
                     const sts_observed *observed,
                     int64_t now_ms,
                     const sts_names *names,
                     char *out,
                     size_t cap,
                     sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Names of pods and claims from ordinals, and back
// -----------------------------------------------------------------------------------------------------------------

// The parts of a name.
typedef struct sts_name_parts {
  // How many bytes at its beginning are the name of the set (for a pod) or of the claim template (for a claim).
  uint64_t size;
  // The ordinal at its end, or STS_NO_ORDINAL if that exceeds STS_MAX_ORDINAL.
  uint32_t ordinal;
  // 0.
  uint32_t reserved;
} sts_name_parts;

// Writes the name of a set's pod, "set-ordinal".
sts_code sts_pod_name(sts_text set, uint32_t ordinal, char *out, size_t cap, sts_report *report);

// Writes the name of a pod's claim, "claim_template-set-ordinal".
sts_code sts_claim_name(sts_text claim_template,
                        sts_text set,
                        uint32_t ordinal,
                        char *out,
                        size_t cap,
                        sts_report *report);

// Splits a pod's name at its last dash. Leading zeros count as digits: "web-01" has ordinal 1 and a wrong identity.
// STS_CODE_NOT_A_NAME for a name that does not end in a dash and decimal digits.
sts_code sts_pod_name_parts(sts_text name, sts_name_parts *out, sts_report *report);

// Splits the name of a claim of the set `set`. STS_CODE_NOT_A_NAME for a name that sts_claim_name() would not give for
// any template and ordinal of that set.
sts_code sts_claim_name_parts(sts_text name, sts_text set, sts_name_parts *out, sts_report *report);
#ifndef STATEFULSET_FACTS_ONLY

// -----------------------------------------------------------------------------------------------------------------
// Kinds of objects
// -----------------------------------------------------------------------------------------------------------------

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

// The name of a kind as objects spell it, such as "StatefulSet"; "unknown" for any other number. Static text.
const char *sts_kind_name(uint32_t kind);

// -----------------------------------------------------------------------------------------------------------------
// Clusters: their handles, and what they are told
// -----------------------------------------------------------------------------------------------------------------

// The handle of the Kubernetes tier: a cluster as a watch shows it. It is a number. You may copy it, and all copies
// name one cluster. A handle of zeros names none.
//
// Feed it what a watch delivers, ask which sets are due, plan, send, and report how that went:
//
//     sts_cluster_new
//     sts_cluster_begin_list, sts_cluster_apply …, sts_cluster_end_list      for each kind
//     sts_cluster_apply, sts_cluster_remove, sts_cluster_bookmark …          as things happen
//     or, instead of both: sts_cluster_begin_list, then sts_cluster_watch … with the events as they come
//         sts_cluster_due          which sets; sts_cluster_take_due for several workers
//         sts_cluster_carry_out    one round for a set; or, step by step:
//             sts_cluster_plan     its requests
//             sts_cluster_may_try  which of them may be sent, as outcomes come in
//             sts_cluster_finish   what is left to do: the status, old revisions, events
//             sts_cluster_settle   how that went
//         sts_cluster_awaited      what sets wait to see, if nothing seems to happen
//     sts_cluster_free
typedef struct sts_cluster {
  // For the library only.
  uint64_t id;
} sts_cluster;

// Makes an empty cluster that decides as `profile` says, and writes its handle to `out`. Neither may be NULL. Free it
// with sts_cluster_free(). UNKNOWN_NUMBER and RESERVED for `profile`.
sts_code sts_cluster_new(const sts_profile *profile, sts_cluster *out, sts_report *report);

// Makes a cluster, like sts_cluster_new(), for a custom resource that has the fields of a StatefulSet.
// STS_KIND_STATEFUL_SET then stands for its objects, and requests and owner references name it. `api_version` and
// `kind` are those of its objects, such as "example.org/v1" and "PlannedSet". `plural` is its name in paths, such as
// "plannedsets". It must have the subresource `status`. The defaults that an API server fills into a StatefulSet are
// filled in when a set is read. NOT_A_NAME for one of the three texts, and the codes of sts_cluster_new().
sts_code sts_cluster_new_of(const sts_profile *profile,
                            sts_text api_version,
                            sts_text kind,
                            sts_text plural,
                            sts_cluster *out,
                            sts_report *report);

// Frees a cluster. Its handle names nothing from then on. A call that another thread is making on it still runs to its
// end. The handle of zeros is accepted. STS_CODE_NO_SUCH_CLUSTER for any other handle that names no cluster.
sts_code sts_cluster_free(sts_cluster cluster);

// Tells the cluster of an object as a watch or a list shows it. `json` is the object, of kind `kind` (STS_KIND_*); it
// need not repeat its kind. An object that is older than the one known is ignored. UNKNOWN_NUMBER for `kind`.
// BAD_OBJECT for an object that cannot be read: it is set aside, what depends on it waits, and everything else goes
// on.
sts_code sts_cluster_apply(sts_cluster cluster, uint32_t kind, sts_text json, sts_report *report);

// Tells the cluster that an object was deleted. `object` is "namespace/name", or the name for a kind without a
// namespace. An object of the same name with another `uid` stays; an empty `uid` stands for any. UNKNOWN_NUMBER for
// `kind`.
sts_code sts_cluster_remove(sts_cluster cluster,
                            uint32_t kind,
                            sts_text object,
                            sts_text uid,
                            sts_report *report);

// Begins a complete list of a kind: apply each of its objects, then call sts_cluster_end_list(). A kind that was never
// listed completely is unknown, and what depends on it waits. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_begin_list(sts_cluster cluster, uint32_t kind, sts_report *report);

// Ends a list, at its `resource_version`. Objects that the list did not show are gone. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_end_list(sts_cluster cluster, uint32_t kind, sts_text resource_version, sts_report *report);

// Tells the cluster that everything of a kind up to `resource_version` has been seen. UNKNOWN_NUMBER for `kind`.
sts_code sts_cluster_bookmark(sts_cluster cluster, uint32_t kind, sts_text resource_version, sts_report *report);

// Tells the cluster of an event of a watch as an API server sends it: {"type":"ADDED","object":{…}}, the object with
// its kind and apiVersion. ADDED and MODIFIED are sts_cluster_apply(), DELETED is sts_cluster_remove(), and BOOKMARK
// is sts_cluster_bookmark(). A bookmark that ends the initial events is sts_cluster_end_list(), if
// sts_cluster_begin_list() was called. ERROR gives BAD_JSON with the server's message: begin that watch anew. An event
// that cannot be read gives BAD_JSON, too, and changes nothing. BAD_OBJECT as for sts_cluster_apply().
sts_code sts_cluster_watch(sts_cluster cluster, sts_text event, sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// A round for one set: due, planned, finished, settled
// -----------------------------------------------------------------------------------------------------------------

// Writes the sets to look at now: "namespace/name" of each set that is due, in order of their names. Each name ends
// with a newline, "\n". A set stays due until sts_cluster_finish(). The call takes time for each set that is due, and
// none for the others.
//
// The report has `action_count`, the number of sets that are due. `next_wake_ms`, if present, is the moment at which
// the next set becomes due if nothing happens before. RETRYING says that this is only another attempt after a failure.
// AWAITED says that sets wait to see something of the cluster; sts_cluster_awaited() says what.
sts_code sts_cluster_due(sts_cluster cluster, int64_t now_ms, char *out, size_t cap, sts_report *report);

// Writes the sets that are due, like sts_cluster_due(), and takes them out of the queue. This is for programs with
// several workers. Each set is given out once. After its sts_cluster_finish() it is given out again if something has
// happened to it since its plan, if its time has come, or if it failed. A set that is never finished is not given out
// again, but sts_cluster_due() still names it. To give a set back, call sts_cluster_finish() with a plan of zeros.
// After CAPACITY nothing has been taken.
sts_code sts_cluster_take_due(sts_cluster cluster, int64_t now_ms, char *out, size_t cap, sts_report *report);

// Writes what sets wait to see before anything is decided for them. Many sets may wait for the same, so the answer is
// short: for each kind of object the list that is missing, or the oldest write, each with one set that waits for it;
// and one deletion. It is a JSON array:
//
//     [{"set":"default/web","kind":"Pod","name":"web-1","unseen":"write","version":812,"seen":805,"since":…,
//       "text":"waiting to see our own write: pod web-1 was created at resource version 812, the pod watch is at 805"},
//      {"set":"default/web","kind":"Pod","name":"web-2","unseen":"deletion","seen":805,"since":…,"text":"…"},
//      {"set":"default/db","kind":"PersistentVolumeClaim","unseen":"list","since":…,"text":"…"}]
//
// "list" is a kind that was never listed completely: call sts_cluster_begin_list(), apply its objects, and call
// sts_cluster_end_list(). "write" is a write of your own that no watch has shown yet, and "deletion" is such a
// deletion. These usually come within a moment. If one has been missing for 30 seconds or more, the watch of that kind
// may have ended without notice: list the kind again. `since` is milliseconds since the Unix epoch.
sts_code sts_cluster_awaited(sts_cluster cluster, char *out, size_t cap, sts_report *report);

// Writes what to do now for the set `set`, "namespace/name": requests and waits, as JSON. The report has
// `action_count`, the number of requests, `plan`, MORE and `next_wake_ms`. The call changes nothing. Asking twice
// gives the same.
//
//     {"id":"7.1800000000000",
//      "requests":[{"stage":4,"chain":0,"step":2,"duty":false,"reason":"scale-out","method":"POST",
//                   "path":"/api/v1/namespaces/default/pods","contentType":"application/json",
//                   "tolerates":["not-found"],"body":{…}}],
//      "waits":[{"ordinal":1,"through":2,"reason":"scale-out","gates":["order"],
//                "on":{"kind":"Pod","name":"web-0"},"since":…,"until":…}],
//      "nextWake":…,"more":false}
//
// Fields without a value are left out. Times are milliseconds since the Unix epoch. `on` is the object that is waited
// for. If it has "unseen", the set waits to see something: "list", "write" with "version" and "seen", or "deletion"
// with "seen" (see sts_cluster_awaited()).
//
// Stages run one after the other. Inside a stage each chain goes by step. Different chains may run at the same time,
// and so may requests of one step. A request with "inTurn":true waits for everything that stands before it in its
// chain, also in its own step. If a request with "duty":true fails, only its own chain stops. `tolerates` names
// outcomes other than "done" that are a success for the request. sts_cluster_may_try() says which requests to skip
// after a failure. sts_may_start() says what may start, for programs that send several requests at a time.
// sts_requests() splits this JSON into records.
//
// Send `body` as it is: parsing and writing it again may change numbers in it. NO_SUCH_SET if there is no such set, or
// if it cannot be read. Such a set is never due.
sts_code sts_cluster_plan(sts_cluster cluster, sts_text set, int64_t now_ms, char *out, size_t cap, sts_report *report);

// Writes the plan for the set `set`, "namespace/name", in sentences, one line for each action and each wait.
// NO_SUCH_SET if there is no such set, or if it cannot be read.
sts_code sts_cluster_explain(sts_cluster cluster,
                             sts_text set,
                             int64_t now_ms,
                             char *out,
                             size_t cap,
                             sts_report *report);

// Says whether request number `index` of the plan `plan` may be sent, given the outcomes of the requests before it. If
// so, MAY_TRY is set in the report's flags. A request that may not be sent has the outcome {"status":"not-tried"}.
// After sts_cluster_finish() the call says the same of the requests that this gave.
//
// `outcomes` is as for sts_cluster_finish(). The answer is no if the index is out of range, if an outcome before it is
// missing, and if `plan` is not the last one made for the set. BAD_JSON for outcomes that cannot be read.
sts_code sts_cluster_may_try(sts_cluster cluster,
                             sts_text set,
                             sts_plan_id plan,
                             uint64_t index,
                             sts_text outcomes,
                             sts_report *report);

// Tells the cluster how the requests of the plan `plan` of the set `set` went. Writes what is left to do as JSON, and
// `next` to the report:
//
//     {"requests":[{"stage":0,"chain":0,"step":0,"duty":true,"method":"PATCH","path":"…","contentType":"…","body":{…}}],
//      "events":[{"type":"Normal","reason":"SuccessfulCreate","message":"…"}],
//      "next":"rest"}
//
// `outcomes` is a JSON array with one entry for each request. An entry is a word, or the API server's answer:
//
//     [{"status":"done","resourceVersion":"17"}, {"status":"not-found"}, {"status":"already-exists"},
//      {"status":"conflict"}, {"status":"invalid","message":"…"}, {"status":"failed","message":"…"},
//      {"status":"not-tried"},
//      {"http":409,"body":{…}}]
//
// Outcomes that are missing at the end count as not tried. Send the requests of the answer one by one. Stop at the
// first that fails, unless it has "duty":true. Record the events about the set as they are. `next` says when the set
// is looked at again; sts_cluster_due() knows it, too. If `plan` is not the last one made for the set, the answer is
// empty and the set is looked at again. BAD_JSON for outcomes that cannot be read. After CAPACITY nothing has changed:
// call again with enough room.
sts_code sts_cluster_finish(sts_cluster cluster,
                            sts_text set,
                            sts_plan_id plan,
                            sts_text outcomes,
                            int64_t now_ms,
                            char *out,
                            size_t cap,
                            sts_report *report);

// Tells the cluster how the requests that sts_cluster_finish() gave went. The next plan then waits until the watch has
// shown the new status, and a failed request is tried again. You may leave this call out and rely on the watch of the
// set. `outcomes` is as for sts_cluster_finish(). If `plan` is not the last one that was finished for the set, nothing
// happens. BAD_JSON for outcomes that cannot be read.
sts_code sts_cluster_settle(sts_cluster cluster,
                            sts_text set,
                            sts_plan_id plan,
                            sts_text outcomes,
                            int64_t now_ms,
                            sts_report *report);

// Writes what to do now for the set `set`, without a cluster: objects in, requests out, nothing kept. It is for
// programs that look only once in a while. The JSON is that of sts_cluster_plan() without "id". It has "tail", the
// JSON of sts_cluster_finish() for the case that every request succeeds; if one fails, look again instead. It has
// "errors", an array of texts about objects that cannot be read, if there are any. sts_requests() and sts_tail() split
// this JSON. The report has `action_count`, MORE, `next_wake_ms`, and `next` for the case that every request succeeds.
//
// `objects` is JSON: an object, a list as an API server or kubectl gives it ({"items":[…]}), or an array of such. Bit
// k of `kinds` says that it has all objects of the kind k (STS_KIND_*). Kinds without their bit are unknown. Nothing
// is decided without STATEFUL_SET, POD and CONTROLLER_REVISION. Objects of kinds without a number are ignored.
// UNKNOWN_NUMBER and RESERVED for `profile` and `kinds`, BAD_JSON for `objects` as a whole, NO_SUCH_SET if the set is
// not among them or cannot be read.
sts_code sts_reconcile(const sts_profile *profile,
                       sts_text set,
                       uint32_t kinds,
                       sts_text objects,
                       int64_t now_ms,
                       char *out,
                       size_t cap,
                       sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Requests and events as records, without JSON
// -----------------------------------------------------------------------------------------------------------------

// The event is of the type Normal.
#define STS_EVENT_NORMAL 1

// It is of the type Warning.
#define STS_EVENT_WARNING 2

// One request to the API server, ready to be sent. Its texts have no NUL at their end. The call that gives the record
// says how long they are valid.
typedef struct sts_request {
  // Its place in the order.
  sts_place place;
  // STS_REASON_*: why the planner decided this; 0 for a request that is not the planner's decision, such as the
  // status.
  uint32_t reason;
  // 0.
  uint32_t reserved32;
  // POST, PUT, PATCH or DELETE.
  sts_text method;
  // The path, such as /api/v1/namespaces/default/pods/web-0.
  sts_text path;
  // The value of the header Content-Type.
  sts_text content_type;
  // The body. Send it byte by byte as it is. The preconditions are in it.
  sts_text body;
  // The uid that the object must have, or empty. It is in the body already; this field only shows it.
  sts_text uid;
  // The resourceVersion that the object must have, or empty.
  sts_text resource_version;
  // 0.
  uint64_t reserved[2];
} sts_request;

// An event about the set, for you to record.
typedef struct sts_event {
  // STS_EVENT_*: its type.
  uint32_t kind;
  // 0.
  uint32_t reserved32;
  // The reason, such as SuccessfulCreate.
  sts_text reason;
  // The message, for people.
  sts_text message;
  // 0.
  uint64_t reserved[2];
} sts_event;

// -----------------------------------------------------------------------------------------------------------------
// A whole round with a function of the caller's, which sends one request after the other
// -----------------------------------------------------------------------------------------------------------------

// How a request went. Either `http` and `text` are the API server's answer, or `http` is 0 and `outcome` says it. All
// zeros mean that the request was not sent.
typedef struct sts_response {
  // The API server's status code, such as 201; or 0.
  uint32_t http;
  // STS_OUTCOME_*, where `http` is 0.
  uint32_t outcome;
  // The body of the answer. Where `http` is 0: the object's resourceVersion after DONE, and what went wrong after
  // FAILED. You own it.
  sts_text text;
  // 0.
  uint64_t reserved[2];
} sts_response;

// Your function that sends one request and writes to `response` how it went. `response` is all zeros before. `request`
// and its texts are valid only during the call. The text of the response must stay valid until `send` is called again
// or sts_cluster_carry_out() returns. The function may call the library, for this cluster, too. It may not leave by an
// exception or by longjmp.
typedef void (*sts_send)(void *user, const sts_request *request, sts_response *response);

// Your function that records one event about the set. The event is valid only during the call. Its texts have no
// escapes.
typedef void (*sts_record)(void *user, const sts_event *event);

// Does one round for the set `set`, "namespace/name", without any JSON: it is sts_cluster_plan(), sts_cluster_finish()
// and sts_cluster_settle() in one call. It makes the plan, and calls `send` for each request that may be sent, one
// after the other. It tells the cluster how they went. It calls `record` for each event. It calls `send` for what is
// left to do, such as the status, and tells the cluster how that went.
//
// The report has `plan`, `action_count`, MORE and `next_wake_ms` of the plan, and `next`. If a request was not sent,
// the set stays due. `user` is passed to both functions as it is. `record` may be NULL, `send` may not.
//
// The cluster is free while `send` and `record` run: they and other threads may feed it. Plan for a set in one thread
// at a time. NO_SUCH_SET if there is no such set, or if it cannot be read; then nothing was sent. NO_SUCH_CLUSTER also
// if the cluster was freed in the meantime.
sts_code sts_cluster_carry_out(sts_cluster cluster,
                               sts_text set,
                               int64_t now_ms,
                               sts_send send,
                               sts_record record,
                               void *user,
                               sts_report *report);

// The outcome of a request as one of STS_OUTCOME_*, for sts_may_start(). `flags` are those of its place. `http` and
// `body` are the API server's answer. A refusal that is a success for this request gives DONE.
uint32_t sts_outcome_of_response(uint32_t flags, uint32_t http, sts_text body);

// -----------------------------------------------------------------------------------------------------------------
// Taking apart the JSON that the library writes, without a JSON library
// -----------------------------------------------------------------------------------------------------------------

// Splits the JSON that sts_cluster_plan(), sts_cluster_finish() or sts_reconcile() wrote: writes one record for each
// request to `out`, in their order. Of the JSON of sts_reconcile() these are the requests to send first; those of its
// part "tail" are in the text that sts_tail() gives. The report has `action_count`, the number of requests. CAPACITY if
// there are more than `cap`.
//
// The texts of the records point into `answer`, and are valid as long as it is. A text is what stands between the
// quotes there, and the body is what stands between its braces. If a text has an escape (\), sts_plain_text() removes
// it; no API server accepts a name that has one. BAD_JSON if the library did not write `answer`.
sts_code sts_requests(sts_text answer, sts_request *out, size_t cap, sts_report *report);

// Splits the JSON that sts_cluster_finish() wrote: writes one record for each event, as sts_requests() does for
// requests. Messages may have escapes. sts_plain_text() removes them.
sts_code sts_events(sts_text answer, sts_event *out, size_t cap, sts_report *report);

// The part "tail" of the JSON that sts_reconcile() wrote: what is left to do once every request has succeeded.
// sts_requests() and sts_events() split it. It is valid as long as `answer` is. It is empty if `answer` has no such
// part.
sts_text sts_tail(sts_text answer);

// Writes to `out` the text that `quoted`, the inside of a JSON string, stands for, without its escapes. It is never
// longer than `quoted`. BAD_JSON if `quoted` cannot stand between quotes.
sts_code sts_plain_text(sts_text quoted, char *out, size_t cap, sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Diagnosis: how a set stands, why, and what ends that
// -----------------------------------------------------------------------------------------------------------------

// Writes a diagnosis of the set `set`, "namespace/name", for people: how it stands, why, and what ends that. It is
// JSON:
//
//     {"namespace":"default","name":"web","verdict":"stuck","since":…,"atGoal":false,"wanted":3,"ready":1,"updated":1,
//      "currentRevision":"web-6f9c","updateRevision":"web-6f9c",
//      "actions":[{"first":2,"last":2,"action":"create-pod","reason":"scale-out","text":"…","fate":"refused"}],
//      "waits":[{"first":0,"last":1,"action":"wait","reason":"health","gates":["pod-not-ready"],"since":…,"until":…,
//                "text":"…","fate":"open"}],
//      "causes":[{"name":"image-not-pulled","weight":"hindrance","object":{"kind":"Pod","name":"web-0"},
//                 "first":0,"last":0,"since":…,"text":"…",
//                 "evidence":[{"object":{"kind":"Pod","name":"web-0"},"field":"event Failed","text":"…"}],
//                 "cures":[{"text":"…","warning":"…","commands":["kubectl …","kubectl …"]}]}],
//      "more":false,"now":…,"text":"…"}
//
// `verdict` is "up-to-date" (there is nothing to do and nothing to wait for), "in-progress", or "stuck" (the set stays
// as it is until somebody acts). `since` is the moment from which it has stood so; it is left out if that cannot be
// told. `atGoal` says that there is nothing to do and nothing to wait for. `wanted` is the desired number of pods.
// `ready` is how many pods are ready. `updated` is how many have `updateRevision`, the revision of the set's template;
// `currentRevision` is the one that was last rolled out in full. `more` says that there is more to do than one plan
// may hold. `now` is `now_ms`. `text` is what sts_cluster_diagnose_text() writes. Moments are milliseconds since the
// Unix epoch.
//
// `actions` are what would be done now, in order, and `waits` what pods wait for, by ordinal. An entry is about the
// ordinals from `first` to `last`; both are left out if it is about the set itself. `action` and `reason` are names as
// sts_action_name() and sts_reason_name() give them. `gates` are all conditions that are not met, by their names
// (sts_gate_name()); it is left out if there are none. `since` is the moment from which it has waited, and `until` the
// moment at which time alone ends the wait. Each is left out if it is not known. `text` is the same in words. `fate`
// is "open" (nothing speaks against it; waits have this, too), "refused" (the API server refuses it each time, and a
// cause says why) or "unreached" (something before it is refused).
//
// `causes` say why the set is not as it is wanted, hindrances first. `name` is one of those that sts_causes() writes.
// `weight` is "hindrance" (it keeps the set from what is wanted; if it lasts, the set is stuck), "choice" (somebody
// wants it so, such as a partition) or "remark" (it is worth knowing, and holds nothing back). `object` is the object
// to look at. It is in the namespace of the set if its kind has namespaces. `first` and `last` are as above. `since`
// is the moment from which it has been so, if it may end by itself; it is left out if it may not, or if that moment is
// not known. `text` says what is wrong. `evidence` says where that stands, and is left out if it is empty: an object,
// a field of it ("event" and the event's reason for an event), and the text that stands there.
//
// `cures` are the ways to end a cause. If there are several, a person has to decide between them. `text` says what to
// do. `warning` is to be read before: it says what may be lost, or what must be certain. It is left out if there is
// nothing of this kind. `commands` are to be run in order, as they are; they are left out if there are none.
//
// `evidence` is JSON: an object as the API server shows it, a list ({"items":[…]}), or an array of such. Events, pods,
// claims, nodes, Services, Secrets, quotas and more are looked at, and other objects are passed over. Events say the
// most. Objects say their kind. The items of a list such as {"kind":"SecretList"} need not, and it says that there are
// no others. The cluster does not keep the evidence, and no decision depends on it. An empty text stands for none.
//
// What lasts for longer than `patience_ms` milliseconds counts as stuck. 0 stands for 10 minutes.
//
// BAD_JSON for evidence that cannot be read, NEGATIVE if `patience_ms` is below 0, NO_SUCH_SET if there is no such
// set, or if it cannot be read.
sts_code sts_cluster_diagnose(sts_cluster cluster,
                              sts_text set,
                              sts_text evidence,
                              int64_t now_ms,
                              int64_t patience_ms,
                              char *out,
                              size_t cap,
                              sts_report *report);

// Writes the diagnosis of sts_cluster_diagnose() as text of several lines, without a newline at its end: first how the
// set stands, then each cause with its evidence and what ends it, then what is done and what is waited for. The text
// is for people, and later versions may word it differently. Arguments and codes are those of sts_cluster_diagnose().
sts_code sts_cluster_diagnose_text(sts_cluster cluster,
                                   sts_text set,
                                   sts_text evidence,
                                   int64_t now_ms,
                                   int64_t patience_ms,
                                   char *out,
                                   size_t cap,
                                   sts_report *report);

// Writes all causes that a diagnosis may name, as a JSON array:
//
//     [{"name":"image-not-pulled","weight":"hindrance","meaning":"The image of a container cannot be pulled."},…]
//
// `weight` is the usual one, and a diagnosis may give a cause another weight. `meaning` is one sentence. Names are
// never renamed or reused. A later version may have more of them.
sts_code sts_causes(char *out, size_t cap, sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Upgrades of the control plane, looked at before they are done
// -----------------------------------------------------------------------------------------------------------------

// Writes what an upgrade of the control plane from one version of Kubernetes to another (STS_KUBERNETES_*) would change
// for the set `set`, "namespace/name", or a downgrade. It changes nothing. It is JSON:
//
//     {"namespace":"default","name":"web",
//      "changes":[{"effect":"restarts","pods":[0,1,2],"version":"1.34.0","cause":"…","rule":"K-11"}],"text":"…"}
//
// The set is looked at under both versions, and under those between them, each with its default feature gates. All
// else is decided as the cluster's profile says. `changes` is empty if the set fares the same. `effect` is "restarts"
// (the pods are up to date before and not after it, so they are replaced though nobody changes the set), "stays" (they
// are to be replaced before, and are up to date after it), "stops" (they are created or deleted now, and would not be
// after it) or "begins" (they would be created or deleted at once). A later version may have more of them. `pods` are
// ordinals, in ascending order. `version` is the name of the version that changed Kubernetes: the newer one of the two
// between which the change begins. `cause` says what changed there, and `rule` which rule of the library says so.
// `text` is what sts_cluster_upgrade_text() writes.
//
// UNKNOWN_NUMBER for `from` and `to`. NO_SUCH_SET if there is no such set, if it cannot be read, or if pods or
// revisions have never been listed.
sts_code sts_cluster_upgrade(sts_cluster cluster,
                             sts_text set,
                             uint32_t from,
                             uint32_t to,
                             int64_t now_ms,
                             char *out,
                             size_t cap,
                             sts_report *report);

// Writes what sts_cluster_upgrade() finds as text: a line for each change, without a newline after the last one, and
// nothing if nothing changes. The text is for people, and later versions may word it differently. Arguments and codes
// are those of sts_cluster_upgrade().
sts_code sts_cluster_upgrade_text(sts_cluster cluster,
                                  sts_text set,
                                  uint32_t from,
                                  uint32_t to,
                                  int64_t now_ms,
                                  char *out,
                                  size_t cap,
                                  sts_report *report);

// -----------------------------------------------------------------------------------------------------------------
// Manifests where no API server looks at them: defaults and mistakes
// -----------------------------------------------------------------------------------------------------------------

// Writes the set as an API server would store it, with its pod template and its claim templates. `set` is its JSON, as
// people write it. Defaults are filled in. Fields that no API server knows are dropped, and so are fields that say
// nothing (`false`, 0, empty, `null`). Only the Kubernetes feature gates of the profile matter. UNKNOWN_NUMBER and
// RESERVED for `profile`, BAD_JSON for `set`.
sts_code sts_normalize(const sts_profile *profile, sts_text set, char *out, size_t cap, sts_report *report);

// Writes what an API server would refuse in a new set: a JSON array, "[]" if there is nothing. `set` is its JSON.
// Defaults are filled in first. Each entry is one mistake, in Kubernetes' words:
// {"field":"spec.replicas","reason":"FieldValueInvalid","message":"Invalid value: -1: must be …"}. UNKNOWN_NUMBER and
// RESERVED for `profile`, BAD_JSON for `set`.
sts_code sts_validate(const sts_profile *profile, sts_text set, char *out, size_t cap, sts_report *report);

// Writes what an API server would refuse when the set `old` is changed into `set`: mistakes of the new one, and
// changes that are not allowed. A mistake that the old one has already is not reported. The answer and the codes are
// those of sts_validate().
sts_code sts_validate_update(const sts_profile *profile,
                             sts_text old,
                             sts_text set,
                             char *out,
                             size_t cap,
                             sts_report *report);
#endif /* STATEFULSET_FACTS_ONLY */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* STATEFULSET_H */
