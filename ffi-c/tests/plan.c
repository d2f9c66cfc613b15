/* A set of three pods, from nothing to a rollout, and the layout that the header promises. */
#include "statefulset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " has another size")
#define AT(type, field, bytes) _Static_assert(offsetof(type, field) == (bytes), #type "." #field " lies elsewhere")
SIZE(sts_desired, 264 + 2 * sizeof(void *));
SIZE(sts_member, 8);
SIZE(sts_exclusion, 16);
SIZE(sts_profile, 48);
SIZE(sts_status, 64);
SIZE(sts_pod, 64);
SIZE(sts_claim, 80);
SIZE(sts_volume, 64);
SIZE(sts_node, 32);
SIZE(sts_budget, 32);
SIZE(sts_reach, 16);
SIZE(sts_action, 96);
SIZE(sts_report, 696);
SIZE(sts_plan_id, 16);
SIZE(sts_cluster, 8);
SIZE(sts_name_parts, 16);
SIZE(sts_text, 2 * sizeof(void *));
SIZE(sts_names, 10 * sizeof(void *));
SIZE(sts_observed, 40 + 12 * sizeof(void *));
SIZE(sts_sizes, 32);
AT(sts_desired, replicas, 32);
AT(sts_desired, published, 80);
AT(sts_desired, profile, 144);
AT(sts_desired, exclusions, 192);
AT(sts_pod, revision, 24);
AT(sts_pod, rank, 48);
AT(sts_claim, terminating_since_ms, 48);
AT(sts_volume, phase, 16);
AT(sts_node, since_ms, 8);
AT(sts_action, gates, 64);
_Static_assert(sizeof(((sts_action *)0)->gates) == 8, "there is room for 64 gates");
AT(sts_report, status, 56);
AT(sts_report, field, 136);
AT(sts_observed, sizes, 0);
AT(sts_observed, pods, 40);
#endif

static int failures;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            failures++; \
        } \
    } while (0)

enum { OLD = 1, NEW = 2, ROOM = 8 };

static sts_desired three_pods(void) {
    sts_desired set;
    memset(&set, 0, sizeof set);
    set.generation = 1;
    set.replicas = 3;
    set.template_count = 1;
    set.flags = STS_DESIRED_ROLLING;
    set.current_revision = OLD;
    set.update_revision = OLD;
    set.profile = sts_profile_upstream();
    return set;
}

static sts_pod ready_pod(uint32_t ordinal) {
    sts_pod pod;
    memset(&pod, 0, sizeof pod);
    pod.ordinal = ordinal;
    pod.phase = STS_PHASE_RUNNING;
    pod.flags = STS_POD_READY | STS_POD_IDENTITY | STS_POD_STORAGE;
    pod.revision = OLD;
    return pod;
}

static sts_claim bound_claim(uint32_t ordinal) {
    sts_claim claim;
    memset(&claim, 0, sizeof claim);
    claim.ordinal = ordinal;
    claim.phase = STS_CLAIM_BOUND;
    claim.modes = STS_ACCESS_READ_WRITE_ONCE;
    return claim;
}

static sts_observed seen(const sts_pod *pods, size_t pod_count, const sts_claim *claims, size_t claim_count) {
    sts_observed observed;
    memset(&observed, 0, sizeof observed);
    observed.sizes = STS_SIZES;
    observed.flags = STS_OBSERVED_FRESH | STS_OBSERVED_CLAIMS;
    observed.pods = pods;
    observed.pod_count = pod_count;
    observed.claims = claims;
    observed.claim_count = claim_count;
    return observed;
}

int main(void) {
    sts_desired set = three_pods();
    sts_pod pods[3] = {ready_pod(2), ready_pod(0), ready_pod(1)};
    sts_claim claims[3] = {bound_claim(0), bound_claim(1), bound_claim(2)};
    sts_observed nothing = seen(NULL, 0, NULL, 0);
    sts_observed all = seen(pods, 3, claims, 3);
    sts_action out[ROOM];
    sts_report report;

    CHECK(sts_abi_version() == STS_ABI_VERSION);

    /* Nothing there: the claim and the pod of ordinal 0, and the others wait for their turn. */
    CHECK(sts_plan(&set, &nothing, 0, out, ROOM, &report) == STS_CODE_OK);
    CHECK(report.action_count == 3);
    CHECK(out[0].kind == STS_ACTION_CREATE_CLAIM && out[0].ordinal == 0 && out[0].template_index == 0);
    CHECK(out[1].kind == STS_ACTION_CREATE_POD && out[1].ordinal == 0 && out[1].revision == OLD);
    CHECK(out[0].stage == out[1].stage && out[0].step < out[1].step);
    CHECK(strcmp(sts_reason_name(out[1].reason), "scale-out") == 0);
    CHECK(out[2].kind == STS_ACTION_WAIT && out[2].ordinal == 1 && out[2].through == 2);
    CHECK(out[2].gates >> STS_GATE_ORDER & 1);
    CHECK(report.flags & STS_REPORT_STATUS);
    CHECK(report.status.observed_generation == 1 && report.status.ready == 0);

    /* Too little room: the size is told, nothing is written. */
    memset(out, 0, sizeof out);
    CHECK(sts_plan(&set, &nothing, 0, out, 2, &report) == STS_CODE_CAPACITY);
    CHECK(report.action_count == 3 && out[0].kind == 0);

    /* All there: nothing to do. */
    CHECK(sts_plan(&set, &all, 0, NULL, 0, &report) == STS_CODE_OK);
    CHECK(report.action_count == 0);
    CHECK(report.status.replicas == 3 && report.status.ready == 3 && report.status.available == 3);

    /* A new revision: the highest ordinal goes first, named by its place in the caller's list. */
    set.update_revision = NEW;
    CHECK(sts_plan(&set, &all, 0, out, ROOM, &report) == STS_CODE_OK);
    CHECK(report.action_count == 2);
    CHECK(out[0].kind == STS_ACTION_DELETE_POD && out[0].ordinal == 2);
    CHECK(out[0].flags & STS_ACTION_HAS_POD && out[0].pod == 0);
    CHECK(out[0].reason == STS_REASON_ROLLOUT);
    CHECK(out[1].kind == STS_ACTION_WAIT && out[1].ordinal == 0 && out[1].through == 1);

    /* What became of it: only a deletion that succeeded lowers the count, and not found is as good as done. */
    {
        uint32_t outcomes[2] = {STS_OUTCOME_DONE, STS_OUTCOME_NOT_TRIED};
        CHECK(sts_conclude(&set, &all, 0, outcomes, 2, &report) == STS_CODE_OK);
        CHECK(report.next == STS_NEXT_REST && report.flags & STS_REPORT_STATUS && report.status.current == 2);
        outcomes[0] = STS_OUTCOME_NOT_FOUND;
        CHECK(sts_conclude(&set, &all, 0, outcomes, 1, &report) == STS_CODE_OK && report.next == STS_NEXT_REST);
        outcomes[0] = STS_OUTCOME_FAILED;
        CHECK(sts_conclude(&set, &all, 0, outcomes, 2, &report) == STS_CODE_OK);
        CHECK(report.next == STS_NEXT_RETRY && report.status.current == 3);
        CHECK(sts_conclude(&set, &all, 0, NULL, 0, &report) == STS_CODE_OK && report.next == STS_NEXT_AGAIN);
        outcomes[1] = 7;
        CHECK(sts_conclude(&set, &all, 0, outcomes, 2, &report) == STS_CODE_UNKNOWN_NUMBER);
        CHECK(strcmp(report.field, "outcomes") == 0 && report.index == 1);
    }

    /* The same in words, in a buffer that is just large enough. */
    {
        const char *expected = "web-2: delete the pod: it is not at the update revision\n"
                               "web-0, web-1: not at the update revision yet: ";
        sts_names names;
        char *text;
        memset(&names, 0, sizeof names);
        names.set = sts_text_of("web");
        names.claim_templates = sts_text_of("www");
        CHECK(sts_explain(&set, &all, 0, &names, NULL, 0, &report) == STS_CODE_CAPACITY);
        text = malloc((size_t)report.size + 1);
        CHECK(sts_explain(&set, &all, 0, &names, text, (size_t)report.size + 1, &report) == STS_CODE_OK);
        CHECK(strncmp(text, expected, strlen(expected)) == 0);
        free(text);
    }

    /* One allocation suffices. */
    {
        size_t room = sts_action_bound(&set, &all);
        sts_action *actions = malloc(room * sizeof *actions);
        CHECK(room >= 2 && room < 100);
        CHECK(sts_plan(&set, &all, 0, actions, room, &report) == STS_CODE_OK);
        free(actions);
    }

    /* A view older than one's own writes: one wait. */
    all.flags &= ~(uint32_t)STS_OBSERVED_FRESH;
    CHECK(sts_plan(&set, &all, 0, out, ROOM, &report) == STS_CODE_OK);
    CHECK(report.action_count == 1 && out[0].kind == STS_ACTION_WAIT && out[0].on == STS_ON_VIEW);
    CHECK(out[0].gates == (uint64_t)1 << STS_GATE_STALE_VIEW);

    /* A number without a meaning: where, and what. */
    pods[1].phase = 9;
    CHECK(sts_plan(&set, &all, 0, out, ROOM, &report) == STS_CODE_UNKNOWN_NUMBER);
    CHECK(report.list == STS_LIST_PODS && report.index == 1 && strcmp(report.field, "phase") == 0);
    CHECK(strcmp(report.message, "pods[1].phase: 9 has no meaning here") == 0);

    return failures == 0 ? 0 : 1;
}
