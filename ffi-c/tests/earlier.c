/*
 * A program that was compiled with an earlier header, whose records are shorter. It works with the library of today, which
 * reads and writes none of the bytes behind them: each list is a block of its own, and Valgrind watches their ends.
 */
#include "earlier/statefulset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                             \
            failures++;                                                                                                \
        }                                                                                                              \
    } while (0)

static void *zeros(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (memory == NULL)
        exit(2);
    return memory;
}

int main(void) {
    sts_desired *set = zeros(1, sizeof *set);
    sts_observed *seen = zeros(1, sizeof *seen);
    sts_pod *pods = zeros(2, sizeof *pods);
    sts_claim *claims = zeros(2, sizeof *claims);
    sts_report *report = zeros(1, sizeof *report);
    sts_action *out;
    size_t room;
    uint32_t i;
    const uint32_t outcomes[3] = {STS_OUTCOME_DONE, STS_OUTCOME_DONE, 0};

    /* Three pods are wanted. One is available, one is ready for 1 s and has to be so for 5 s, and one is missing. */
    set->generation = 1;
    set->replicas = 3;
    set->template_count = 1;
    set->flags = STS_DESIRED_ROLLING;
    set->management = STS_MANAGEMENT_PARALLEL;
    set->min_ready_ms = 5000;
    set->current_revision = set->update_revision = 7;
    set->profile = sts_profile_upstream();
    for (i = 0; i < 2; i++) {
        pods[i].ordinal = claims[i].ordinal = i;
        pods[i].phase = STS_PHASE_RUNNING;
        pods[i].flags = STS_POD_READY | STS_POD_IDENTITY | STS_POD_STORAGE | STS_POD_READY_SINCE;
        pods[i].revision = 7;
        pods[i].ready_since_ms = i == 0 ? -9000 : -1000;
        claims[i].phase = STS_CLAIM_BOUND;
        claims[i].modes = STS_ACCESS_READ_WRITE_ONCE;
    }
    seen->sizes = STS_SIZES;
    seen->flags = STS_OBSERVED_FRESH | STS_OBSERVED_CLAIMS;
    seen->pods = pods;
    seen->claims = claims;
    seen->pod_count = seen->claim_count = 2;

    room = sts_action_bound(set, seen);
    CHECK(room >= 3);
    out = zeros(3, sizeof *out);
    CHECK(sts_plan(set, seen, 0, out, 3, report) == STS_CODE_OK);
    CHECK(report->action_count == 3);
    CHECK(out[0].kind == STS_ACTION_CREATE_CLAIM && out[0].ordinal == 2);
    CHECK(out[1].kind == STS_ACTION_CREATE_POD && out[1].ordinal == 2 && out[1].revision == 7);
    CHECK(out[2].kind == STS_ACTION_WAIT && out[2].ordinal == 1 && out[2].through == 1);
    CHECK(out[2].gates >> STS_GATE_POD_NOT_AVAILABLE & 1);
    CHECK(report->next_wake_ms == 4000);
    CHECK(report->status.replicas == 2 && report->status.available == 1);
    CHECK(sts_conclude(set, seen, 0, outcomes, 3, report) == STS_CODE_OK && report->next == STS_NEXT_REST);

    free(set);
    free(seen);
    free(pods);
    free(claims);
    free(report);
    free(out);
    return failures == 0 ? 0 : 1;
}
