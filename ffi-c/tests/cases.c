/* Asks the library the common cases (core/cases/README.md): repeats each question, and puts its own answers behind it. */
#include "statefulset.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *which) {
    fprintf(stderr, "cases: %s: %s\n", what, which);
    exit(2);
}

/* The names of numbers, in their order. */
typedef const char *const words[];
static words managements = {"ordered-ready", "parallel", NULL};
static words strategies = {"rolling-update", "on-delete", "recreate", NULL};
static words limits = {"none", "count", "percent", NULL};
static words keeps = {"retain", "delete", NULL};
static words deletions = {"no", "with-pods", "orphan", NULL};
static words shutdowns = {"background", "ordered", NULL};
static words give_ups = {"owner-references", "delete", NULL};
static words progresses = {"none", "deleting", "creating", "completed", "advancing", "overdue", "arrived", NULL};
static words phases = {"pending", "running", "succeeded", "failed", "unknown", NULL};
static words claim_phases = {"pending", "bound", "lost", NULL};
static words owners = {"absent", "controller", "plain", "other-uid", NULL};
static words bindings = {"immediate", "wait-for-first-consumer", NULL};
static words modes = {"read-write-once", "read-only-many", "read-write-many", "read-write-once-pod", NULL};
static words volume_modes = {"filesystem", "block", NULL};
static words volume_phases = {"pending", "available", "bound", "released", "failed", NULL};
static words node_states = {"ready", "not-ready", "unreachable", "fenced", "gone", NULL};
static words claim_owners = {"nobody", "set", "pod", NULL};
static words ons = {"nothing", "ordinal", "pod", "claim", "node", "budget", "view", NULL};
static words rankeds = {"off", "order", "tiers", NULL};
static words overdues = {"report", "halt", "suggest", NULL};
static words pauses = {"creation", "scale-in", "rollout", "repair", "replacement", NULL};
static words purposes = {"scale-in", "rollout", "repair", "drain", NULL};
static words in_places = {"off", "if-possible", "only", NULL};
static words changes = {"recreate", "in-place", "nothing", NULL};
static words prepareds = {"no", "asked-to-restart", "may-restart", "asked-to-leave", "may-leave", "returning", NULL};
static words outcomes = {"not-tried", "done", "not-found", "already-exists", "failed", NULL};

static uint32_t number_of(const char *const *names, const char *word, size_t length) {
    for (uint32_t i = 0; names[i] != NULL; i++)
        if (strlen(names[i]) == length && memcmp(names[i], word, length) == 0)
            return i;
    give_up("no such word", word);
    return 0;
}

/* How a key of the text is stored in a record: a number or a word at `at`, a bit in `flags`, or both. */
typedef struct {
    const char *key;
    size_t at;
    size_t size; /* 0: only a flag */
    const char *const *names;
    int is_bit_set;
    uint32_t flag;
} field;

/* Stands for the names of versions, which the library reads itself. */
static words versions = {NULL};

#define NUMBER(type, name) {#name, offsetof(type, name), sizeof(((type *)0)->name), NULL, 0, 0}
#define OPTIONAL(type, name, flag) {#name, offsetof(type, name), sizeof(((type *)0)->name), NULL, 0, flag}
#define WORD(type, name, names) {#name, offsetof(type, name), sizeof(((type *)0)->name), names, 0, 0}
#define BITS(type, name, names) {#name, offsetof(type, name), sizeof(((type *)0)->name), names, 1, 0}
#define FLAG(name, flag) {name, 0, 0, NULL, 0, flag}
#define END {NULL, 0, 0, NULL, 0, 0}

static const field desired_fields[] = {
    NUMBER(sts_desired, generation), NUMBER(sts_desired, replicas), NUMBER(sts_desired, start),
    WORD(sts_desired, management, managements), WORD(sts_desired, strategy, strategies),
    FLAG("rolling", STS_DESIRED_ROLLING), NUMBER(sts_desired, partition),
    WORD(sts_desired, max_unavailable_kind, limits), NUMBER(sts_desired, max_unavailable),
    NUMBER(sts_desired, min_ready_ms), NUMBER(sts_desired, template_count), WORD(sts_desired, when_deleted, keeps),
    WORD(sts_desired, when_scaled, keeps), WORD(sts_desired, deletion, deletions),
    FLAG("finalizer_held", STS_DESIRED_FINALIZER_HELD), NUMBER(sts_desired, current_revision),
    NUMBER(sts_desired, update_revision), END};

static const field policy_fields[] = {
    FLAG("partition_by_ordinal", STS_DESIRED_PARTITION_BY_ORDINAL), FLAG("stand_in_first", STS_DESIRED_STAND_IN_FIRST),
    FLAG("lowest_first", STS_DESIRED_LOWEST_FIRST), BITS(sts_desired, paused, pauses),
    BITS(sts_desired, ask, purposes), WORD(sts_desired, in_place, in_places),
    WORD(sts_desired, ranked, rankeds), WORD(sts_desired, scale_out_limit_kind, limits),
    NUMBER(sts_desired, scale_out_limit), WORD(sts_desired, scale_in_limit_kind, limits),
    NUMBER(sts_desired, scale_in_limit), OPTIONAL(sts_desired, allowance, STS_DESIRED_ALLOWANCE),
    OPTIONAL(sts_desired, repair_after_ms, STS_DESIRED_REPAIR), NUMBER(sts_desired, repair_beyond_budget),
    FLAG("repair_ordered", STS_DESIRED_REPAIR_ORDERED), FLAG("repair_pending", STS_DESIRED_REPAIR_PENDING),
    OPTIONAL(sts_desired, pace_ms, STS_DESIRED_PACE),
    OPTIONAL(sts_desired, deadline_after_ms, STS_DESIRED_DEADLINE), WORD(sts_desired, deadline_then, overdues), END};

static const field exclusion_fields[] = {
    NUMBER(sts_exclusion, first), NUMBER(sts_exclusion, last), FLAG("keep_claims", STS_EXCLUSION_KEEP_CLAIMS), END};

static const field profile_fields[] = {
    WORD(sts_profile, kubernetes, versions), NUMBER(sts_profile, max_actions), WORD(sts_profile, shutdown, shutdowns), WORD(sts_profile, give_up, give_ups),
    FLAG("max_unavailable", STS_PROFILE_MAX_UNAVAILABLE), FLAG("recreate", STS_PROFILE_RECREATE),
    FLAG("walk", STS_PROFILE_WALK),
    FLAG("bind_claims", STS_PROFILE_BIND_CLAIMS), FLAG("drain_nodes", STS_PROFILE_DRAIN_NODES),
    OPTIONAL(sts_profile, unreachable_after_ms, STS_PROFILE_LOST_NODES),
    FLAG("require_fence", STS_PROFILE_REQUIRE_FENCE), END};

static const field status_fields[] = {
    NUMBER(sts_status, observed_generation), NUMBER(sts_status, replicas), NUMBER(sts_status, ready),
    NUMBER(sts_status, available), NUMBER(sts_status, current), NUMBER(sts_status, updated),
    NUMBER(sts_status, current_revision), NUMBER(sts_status, update_revision),
    WORD(sts_status, progressing, progresses), NUMBER(sts_status, progressed_at_ms),
    NUMBER(sts_status, disrupted_at_ms), END};

static const field observed_fields[] = {
    FLAG("fresh", STS_OBSERVED_FRESH), FLAG("claims", STS_OBSERVED_CLAIMS), FLAG("volumes", STS_OBSERVED_VOLUMES),
    FLAG("nodes", STS_OBSERVED_NODES), FLAG("budgets", STS_OBSERVED_BUDGETS), END};

static const field pod_fields[] = {
    NUMBER(sts_pod, ordinal), WORD(sts_pod, phase, phases), FLAG("ready", STS_POD_READY),
    FLAG("identity", STS_POD_IDENTITY), FLAG("storage", STS_POD_STORAGE), NUMBER(sts_pod, revision),
    OPTIONAL(sts_pod, ready_since_ms, STS_POD_READY_SINCE),
    OPTIONAL(sts_pod, terminating_since_ms, STS_POD_TERMINATING), OPTIONAL(sts_pod, node, STS_POD_NODE),
    OPTIONAL(sts_pod, budget, STS_POD_BUDGET), NUMBER(sts_pod, rank), BITS(sts_pod, hold, purposes),
    FLAG("replace", STS_POD_REPLACE), WORD(sts_pod, prepared, prepareds), WORD(sts_pod, change, changes),
    FLAG("changing", STS_POD_CHANGING), END};

static const field claim_fields[] = {
    NUMBER(sts_claim, ordinal), NUMBER(sts_claim, template_index), WORD(sts_claim, phase, claim_phases),
    WORD(sts_claim, set_owner, owners), WORD(sts_claim, pod_owner, owners),
    FLAG("foreign_controller", STS_CLAIM_FOREIGN_CONTROLLER), WORD(sts_claim, binding, bindings),
    BITS(sts_claim, modes, modes), WORD(sts_claim, volume_mode, volume_modes), NUMBER(sts_claim, storage_class),
    NUMBER(sts_claim, request), OPTIONAL(sts_claim, volume, STS_CLAIM_VOLUME), OPTIONAL(sts_claim, node, STS_CLAIM_NODE),
    OPTIONAL(sts_claim, terminating_since_ms, STS_CLAIM_TERMINATING), END};

static const field volume_fields[] = {
    NUMBER(sts_volume, capacity), NUMBER(sts_volume, matches), WORD(sts_volume, phase, volume_phases),
    FLAG("terminating", STS_VOLUME_TERMINATING), OPTIONAL(sts_volume, claim, STS_VOLUME_CLAIM),
    FLAG("taken", STS_VOLUME_TAKEN), BITS(sts_volume, modes, modes), WORD(sts_volume, volume_mode, volume_modes),
    NUMBER(sts_volume, storage_class), OPTIONAL(sts_volume, reach, STS_VOLUME_REACH), END};

static const field node_fields[] = {
    WORD(sts_node, state, node_states), FLAG("cordoned", STS_NODE_CORDONED), FLAG("draining", STS_NODE_DRAINING),
    OPTIONAL(sts_node, since_ms, STS_NODE_SINCE), END};

static const field reach_fields[] = {NUMBER(sts_reach, group), NUMBER(sts_reach, node), END};

static const field budget_fields[] = {
    NUMBER(sts_budget, allowed), NUMBER(sts_budget, healthy), NUMBER(sts_budget, desired_healthy),
    FLAG("unhealthy_always", STS_BUDGET_UNHEALTHY_ALWAYS), END};

static uint64_t bits_of(const char *const *names, const char *word) {
    uint64_t bits = 0;
    while (*word != '\0') {
        size_t length = strcspn(word, ",");
        bits |= (uint64_t)1 << number_of(names, word, length);
        word += length + (word[length] == ',');
    }
    return bits;
}

/* Takes one word of a line into a record. */
static void set(const field *fields, char *record, uint32_t *flags, char *word) {
    char *value = strchr(word, '=');
    if (value != NULL)
        *value++ = '\0';
    for (; fields->key != NULL; fields++) {
        uint64_t wide;
        uint32_t narrow;
        if (strcmp(fields->key, word) != 0 || (fields->size == 0) != (value == NULL))
            continue;
        *flags |= fields->flag;
        if (fields->size == 0)
            return;
        wide = fields->is_bit_set           ? bits_of(fields->names, value)
               : fields->names == versions ? sts_kubernetes_of(sts_text_of(value))
               : fields->names != NULL     ? number_of(fields->names, value, strlen(value))
                                           : strtoull(value, NULL, 10); /* a minus sign is understood */
        narrow = (uint32_t)wide;
        memcpy(record + fields->at, fields->size == 8 ? (void *)&wide : (void *)&narrow, fields->size);
        return;
    }
    give_up("no such field", word);
}

/* Takes a line into a record of zeros. */
static void read_record(const field *fields, void *record, uint32_t *flags, char *rest) {
    for (char *word = strtok(rest, " "); word != NULL; word = strtok(NULL, " "))
        set(fields, record, flags, word);
}

/* A list that grows; its records stay zero until they are read. */
typedef struct {
    char *records;
    size_t count, room;
} list;

static void *grow(list *list, size_t size) {
    if (list->count == list->room) {
        list->room = list->room == 0 ? 16 : 2 * list->room;
        list->records = realloc(list->records, list->room * size);
        if (list->records == NULL)
            give_up("no memory", "");
    }
    return memset(list->records + list->count++ * size, 0, size);
}

static struct {
    sts_desired desired;
    uint32_t known;
    list exclusions, pods, claims, volumes, nodes, reach, budgets;
    sts_observed observed;
    int64_t now_ms;
    list actions, outcomes;
} it;

static void begin(void) {
    memset(&it.desired, 0, sizeof it.desired);
    it.known = 0;
    it.pods.count = it.claims.count = it.volumes.count = it.nodes.count = it.reach.count = 0;
    it.budgets.count = it.exclusions.count = 0;
}

static void print_status(const sts_status *status) {
    printf("  status observed_generation=%" PRId64 " replicas=%" PRIu32 " ready=%" PRIu32 " available=%" PRIu32
           " current=%" PRIu32 " updated=%" PRIu32 " current_revision=%" PRIu64 " update_revision=%" PRIu64
           " progressing=%s",
           status->observed_generation, status->replicas, status->ready, status->available, status->current,
           status->updated, status->current_revision, status->update_revision, progresses[status->progressing]);
    if (status->progressed_at_ms != 0)
        printf(" progressed_at_ms=%" PRId64, status->progressed_at_ms);
    if (status->disrupted_at_ms != 0)
        printf(" disrupted_at_ms=%" PRId64, status->disrupted_at_ms);
    printf("\n");
}

static void print_wait(const sts_action *wait) {
    const char *comma = "";
    printf(" through=%" PRIu32 " gates=", wait->through);
    for (uint32_t gate = 0; gate < 64; gate++)
        if (wait->gates >> gate & 1) {
            printf("%s%s", comma, sts_gate_name(gate));
            comma = ",";
        }
    printf(" on=%s", ons[wait->on]);
    if (wait->flags & STS_ACTION_HAS_ON_INDEX)
        printf(" on_index=%" PRIu32, wait->on_index);
    if (wait->flags & STS_ACTION_HAS_SINCE)
        printf(" since_ms=%" PRId64, wait->since_ms);
    if (wait->flags & STS_ACTION_HAS_UNTIL)
        printf(" until_ms=%" PRId64, wait->until_ms);
}

static void print_action(const sts_action *action) {
    printf("  action kind=%s reason=%s stage=%" PRIu32 " ordinal=%" PRIu32 " step=%" PRIu32,
           sts_action_name(action->kind), sts_reason_name(action->reason), action->stage, action->ordinal,
           action->step);
    if (action->flags & STS_ACTION_HAS_POD)
        printf(" pod=%" PRIu32, action->pod);
    if (action->flags & STS_ACTION_HAS_CLAIM)
        printf(" claim=%" PRIu32, action->claim);
    if (action->flags & STS_ACTION_HAS_VOLUME)
        printf(" volume=%" PRIu32, action->volume);
    if (action->flags & STS_ACTION_HAS_NODE)
        printf(" node=%" PRIu32, action->node);
    if (action->kind == STS_ACTION_CREATE_CLAIM)
        printf(" template_index=%" PRIu32, action->template_index);
    if (action->kind == STS_ACTION_SET_CLAIM_OWNER)
        printf(" owner=%s", claim_owners[action->owner]);
    if (action->kind == STS_ACTION_CREATE_POD || action->kind == STS_ACTION_UPDATE_IN_PLACE)
        printf(" revision=%" PRIu64, action->revision);
    if (action->kind == STS_ACTION_WAIT)
        print_wait(action);
    if (action->flags & STS_ACTION_FOR_GOOD)
        printf(" for_good");
    if (action->flags & STS_ACTION_MUST_EXIST)
        printf(" must_exist");
    putchar('\n');
}

static void observe(void) {
    sts_observed seen;
    memset(&seen, 0, sizeof seen);
    seen.sizes = STS_SIZES;
    seen.flags = it.known;
    seen.pods = (const sts_pod *)(void *)it.pods.records;
    seen.pod_count = it.pods.count;
    seen.claims = (const sts_claim *)(void *)it.claims.records;
    seen.claim_count = it.claims.count;
    seen.volumes = (const sts_volume *)(void *)it.volumes.records;
    seen.volume_count = it.volumes.count;
    seen.nodes = (const sts_node *)(void *)it.nodes.records;
    seen.node_count = it.nodes.count;
    seen.reach = (const sts_reach *)(void *)it.reach.records;
    seen.reach_count = it.reach.count;
    seen.budgets = (const sts_budget *)(void *)it.budgets.records;
    seen.budget_count = it.budgets.count;
    it.observed = seen;
}

static void answer_plan(char *rest) {
    sts_report report;
    sts_action *actions;
    sts_code code;
    it.now_ms = strtoll(rest + strlen("now_ms="), NULL, 10);
    it.desired.exclusions = (const sts_exclusion *)(void *)it.exclusions.records;
    it.desired.exclusion_count = it.exclusions.count;
    observe();
    code = sts_plan(&it.desired, &it.observed, it.now_ms, NULL, 0, &report);
    it.actions.count = 0;
    while (it.actions.count < report.action_count)
        grow(&it.actions, sizeof(sts_action));
    actions = (sts_action *)(void *)it.actions.records;
    if (code == STS_CODE_CAPACITY)
        code = sts_plan(&it.desired, &it.observed, it.now_ms, actions, it.actions.count, &report);
    if (code != STS_CODE_OK) {
        printf("  error code=%s list=%s index=%" PRIu64 " field=%s message=%s\n", sts_code_name(code),
               sts_list_name(report.list), report.index, report.field, report.message);
        return;
    }
    for (size_t i = 0; i < report.action_count; i++)
        print_action(&actions[i]);
    if (report.flags & STS_REPORT_STATUS)
        print_status(&report.status);
    if (report.flags & (STS_REPORT_NEXT_WAKE | STS_REPORT_SUGGESTS | STS_REPORT_MORE)) {
        printf("  later");
        if (report.flags & STS_REPORT_NEXT_WAKE)
            printf(" next_wake_ms=%" PRId64, report.next_wake_ms);
        if (report.flags & STS_REPORT_SUGGESTS)
            printf(" suggested_revision=%" PRIu64, report.suggested_revision);
        printf("%s\n", report.flags & STS_REPORT_MORE ? " more" : "");
    }
}

static void answer_conclude(char *rest) {
    sts_report report;
    it.outcomes.count = 0;
    for (char *word = strtok(rest, " "); word != NULL; word = strtok(NULL, " ")) {
        uint32_t *outcome = grow(&it.outcomes, sizeof *outcome);
        *outcome = number_of(outcomes, word, strlen(word));
    }
    if (sts_conclude(&it.desired, &it.observed, it.now_ms, (const uint32_t *)(void *)it.outcomes.records,
                     it.outcomes.count, &report) != STS_CODE_OK)
        give_up("no conclusion", report.message);
    printf("  conclusion next=%s\n", sts_next_name(report.next));
    if (report.flags & STS_REPORT_STATUS)
        print_status(&report.status);
}

#define ENTRY(list, type, fields) \
    do { \
        type *entry = grow(&(list), sizeof(type)); \
        read_record(fields, entry, &entry->flags, rest); \
    } while (0)

static void take(const char *head, char *rest) {
    uint32_t none = 0;
    if (strcmp(head, "case") == 0)
        begin();
    else if (strcmp(head, "desired") == 0)
        read_record(desired_fields, &it.desired, &it.desired.flags, rest);
    else if (strcmp(head, "profile") == 0)
        read_record(profile_fields, &it.desired.profile, &it.desired.profile.flags, rest);
    else if (strcmp(head, "published") == 0) {
        it.desired.flags |= STS_DESIRED_PUBLISHED;
        read_record(status_fields, &it.desired.published, &none, rest);
    } else if (strcmp(head, "policies") == 0)
        read_record(policy_fields, &it.desired, &it.desired.flags, rest);
    else if (strcmp(head, "exclusion") == 0)
        ENTRY(it.exclusions, sts_exclusion, exclusion_fields);
    else if (strcmp(head, "observed") == 0)
        read_record(observed_fields, NULL, &it.known, rest);
    else if (strcmp(head, "pod") == 0)
        ENTRY(it.pods, sts_pod, pod_fields);
    else if (strcmp(head, "claim") == 0)
        ENTRY(it.claims, sts_claim, claim_fields);
    else if (strcmp(head, "volume") == 0)
        ENTRY(it.volumes, sts_volume, volume_fields);
    else if (strcmp(head, "node") == 0)
        ENTRY(it.nodes, sts_node, node_fields);
    else if (strcmp(head, "reach") == 0)
        read_record(reach_fields, grow(&it.reach, sizeof(sts_reach)), &none, rest);
    else if (strcmp(head, "budget") == 0)
        ENTRY(it.budgets, sts_budget, budget_fields);
    else if (strcmp(head, "plan") == 0)
        answer_plan(rest);
    else if (strcmp(head, "conclude") == 0)
        answer_conclude(rest);
    else if (*head != '\0')
        give_up("no such line", head);
}

int main(void) {
    list text = {NULL, 0, 0};
    for (int c; (c = getchar()) != EOF;)
        *(char *)grow(&text, 1) = (char)c;
    *(char *)grow(&text, 1) = '\0';
    const char *last = text.records + text.count - 1;
    /* Not strchr: Zig's own looks for the end of the whole text first, for each line. */
    for (char *line = text.records, *end; (end = memchr(line, '\n', (size_t)(last - line))) != NULL; line = end + 1) {
        char *rest;
        *end = '\0';
        if (*line == ' ')
            continue; /* somebody else's answer */
        puts(line);
        rest = line + strcspn(line, " ");
        if (*rest == ' ')
            *rest++ = '\0';
        take(line, rest);
    }
    free(text.records);
    free(it.exclusions.records);
    free(it.pods.records);
    free(it.claims.records);
    free(it.volumes.records);
    free(it.nodes.records);
    free(it.reach.records);
    free(it.budgets.records);
    free(it.actions.records);
    free(it.outcomes.records);
    return 0;
}
