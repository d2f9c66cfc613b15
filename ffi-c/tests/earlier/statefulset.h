/*
 * The header as an earlier version might have had it, written by hand: as much of it as earlier.c needs. The records that
 * may grow end earlier than those of today: the set before its exclusions, pods before their rank, claims without the words
 * that have no meaning yet, actions without
 * the moments of waits.
 */
#ifndef STATEFULSET_H
#define STATEFULSET_H

#include <stddef.h>
#include <stdint.h>

#define STS_CODE_OK 0
#define STS_OBSERVED_FRESH 1
#define STS_OBSERVED_CLAIMS 2
#define STS_DESIRED_ROLLING 1
#define STS_MANAGEMENT_PARALLEL 1
#define STS_PHASE_RUNNING 1
#define STS_POD_READY 1
#define STS_POD_IDENTITY 2
#define STS_POD_STORAGE 4
#define STS_POD_READY_SINCE 8
#define STS_CLAIM_BOUND 1
#define STS_ACCESS_READ_WRITE_ONCE 1
#define STS_ACTION_CREATE_CLAIM 1
#define STS_ACTION_CREATE_POD 3
#define STS_ACTION_WAIT 12
#define STS_GATE_POD_NOT_AVAILABLE 6
#define STS_OUTCOME_DONE 1
#define STS_NEXT_REST 1

typedef struct sts_sizes {
    uint16_t desired, observed, action, pod, claim, volume, node, budget, names, exclusion, reach;
    uint16_t reserved[5];
} sts_sizes;

/* Never grow. */
typedef struct sts_profile {
    uint32_t flags, max_actions, shutdown, give_up;
    int64_t unreachable_after_ms;
    uint64_t reserved[3];
} sts_profile;

typedef struct sts_status {
    int64_t observed_generation;
    uint32_t replicas, ready, available, current, updated, progressing;
    uint64_t current_revision, update_revision;
    uint64_t reserved[2];
} sts_status;

typedef struct sts_plan_id {
    uint64_t view;
    int64_t now_ms;
} sts_plan_id;

typedef struct sts_report {
    uint32_t code, flags, next, kind;
    uint64_t action_count, size;
    int64_t next_wake_ms;
    sts_plan_id plan;
    sts_status status;
    uint32_t list, reserved32;
    uint64_t index;
    char field[32], message[512];
    uint64_t reserved[2];
} sts_report;

/* Shorter than today. */
typedef struct sts_desired {
    int64_t generation, min_ready_ms;
    uint64_t current_revision, update_revision;
    uint32_t replicas, start, template_count, flags, management, strategy, partition, max_unavailable_kind;
    uint32_t max_unavailable, when_deleted, when_scaled, deletion;
    sts_status published;
    sts_profile profile;
} sts_desired;

typedef struct sts_pod {
    uint32_t ordinal, phase, flags, node, budget;
    uint8_t hold, prepared, change, reserved8;
    uint64_t revision;
    int64_t ready_since_ms, terminating_since_ms;
} sts_pod;

typedef struct sts_claim {
    uint32_t ordinal, template_index, phase, flags, set_owner, pod_owner, binding, modes, volume_mode, storage_class;
    uint32_t volume, node;
    int64_t terminating_since_ms;
    uint64_t request;
} sts_claim;

typedef struct sts_action {
    uint32_t kind, reason, stage, ordinal, step, flags, pod, claim, volume, node, template_index, owner, through, on;
    uint32_t on_index, reserved32;
    uint64_t gates, revision;
} sts_action;

typedef struct sts_observed {
    sts_sizes sizes;
    uint32_t flags, reserved;
    const sts_pod *pods;
    size_t pod_count;
    const sts_claim *claims;
    size_t claim_count;
    const void *volumes;
    size_t volume_count;
    const void *nodes;
    size_t node_count;
    const void *budgets;
    size_t budget_count;
    const void *reach;
    size_t reach_count;
} sts_observed;

/* Of volumes, nodes, budgets and names this program has none: their sizes are those of their first versions. */
#define STS_SIZES                                                                                                      \
    ((sts_sizes){sizeof(sts_desired), sizeof(sts_observed), sizeof(sts_action), sizeof(sts_pod), sizeof(sts_claim),    \
                 48, 16, 16, 10 * sizeof(void *), 16, 16, {0, 0, 0, 0, 0}})

sts_profile sts_profile_upstream(void);
uint32_t sts_plan(const sts_desired *, const sts_observed *, int64_t now_ms, sts_action *out, size_t cap, sts_report *);
uint32_t sts_conclude(const sts_desired *, const sts_observed *, int64_t now_ms, const uint32_t *outcomes, size_t count,
                      sts_report *);
size_t sts_action_bound(const sts_desired *, const sts_observed *);

#endif
