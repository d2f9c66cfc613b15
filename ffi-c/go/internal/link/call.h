// The calls as Go makes them. What holds pointers is put together here, on the C stack: built in Go, it would be Go memory
// that holds Go pointers, which may not be passed. As arguments they may, and nothing has to be pinned.

#include <statefulset.h>

static inline sts_text text(_GoString_ string) {
    const sts_text text = {_GoStringPtr(string), _GoStringLen(string)};
    return text;
}

// The lists of a snapshot.
#define LISTS                                                                                                          \
    const sts_desired *desired, const sts_exclusion *exclusions, size_t exclusion_count, uint32_t known,               \
        const sts_pod *pods, size_t pod_count, const sts_claim *claims, size_t claim_count,              \
        const sts_volume *volumes, size_t volume_count, const sts_node *nodes, size_t node_count,  \
        const sts_budget *budgets, size_t budget_count, const sts_reach *reach, size_t reach_count
#define OBSERVED                                                                                                       \
    {                                                                                                                  \
        .sizes = STS_SIZES, .flags = known, .pods = pods, .pod_count = pod_count, .claims = claims,                    \
        .claim_count = claim_count, .volumes = volumes, .volume_count = volume_count, .nodes = nodes,                  \
        .node_count = node_count, .budgets = budgets, .budget_count = budget_count, .reach = reach, .reach_count = reach_count,                                      \
    }

static inline sts_desired with_exclusions(const sts_desired *desired, const sts_exclusion *exclusions, size_t count) {
    sts_desired whole = *desired;
    whole.exclusions = exclusions;
    whole.exclusion_count = count;
    return whole;
}

static inline sts_code call_plan(LISTS, int64_t now_ms, sts_action *out, size_t cap, sts_report *report) {
    const sts_desired whole = with_exclusions(desired, exclusions, exclusion_count);
    const sts_observed observed = OBSERVED;
    return sts_plan(&whole, &observed, now_ms, out, cap, report);
}

static inline sts_code call_conclude(LISTS, int64_t now_ms, const uint32_t *outcomes, size_t count, sts_report *report) {
    const sts_desired whole = with_exclusions(desired, exclusions, exclusion_count);
    const sts_observed observed = OBSERVED;
    return sts_conclude(&whole, &observed, now_ms, outcomes, count, report);
}

static inline sts_code call_explain(LISTS, int64_t now_ms, _GoString_ set, _GoString_ claim_templates,
                                    _GoString_ node_names, _GoString_ volume_names, _GoString_ budget_names, char *out,
                                    size_t cap, sts_report *report) {
    const sts_desired whole = with_exclusions(desired, exclusions, exclusion_count);
    const sts_observed observed = OBSERVED;
    const sts_names names = {
        .set = text(set),
        .claim_templates = text(claim_templates),
        .nodes = text(node_names),
        .volumes = text(volume_names),
        .budgets = text(budget_names),
    };
    return sts_explain(&whole, &observed, now_ms, &names, out, cap, report);
}

static inline sts_code call_member_of(LISTS, int64_t now_ms, sts_member *out, sts_report *report) {
    const sts_desired whole = with_exclusions(desired, exclusions, exclusion_count);
    const sts_observed observed = OBSERVED;
    return sts_member_of(&whole, &observed, now_ms, out, report);
}

#undef LISTS
#undef OBSERVED

static inline sts_code call_cluster_new_of(const sts_profile *profile, _GoString_ api_version, _GoString_ kind,
                                           _GoString_ plural, sts_cluster *out, sts_report *report) {
    return sts_cluster_new_of(profile, text(api_version), text(kind), text(plural), out, report);
}

static inline sts_code call_pod_name(_GoString_ set, uint32_t ordinal, char *out, size_t cap, sts_report *report) {
    return sts_pod_name(text(set), ordinal, out, cap, report);
}

static inline sts_code call_claim_name(_GoString_ claim_template, _GoString_ set, uint32_t ordinal, char *out,
                                       size_t cap, sts_report *report) {
    return sts_claim_name(text(claim_template), text(set), ordinal, out, cap, report);
}

static inline sts_code call_pod_name_parts(_GoString_ name, sts_name_parts *out, sts_report *report) {
    return sts_pod_name_parts(text(name), out, report);
}

static inline sts_code call_claim_name_parts(_GoString_ name, _GoString_ set, sts_name_parts *out,
                                             sts_report *report) {
    return sts_claim_name_parts(text(name), text(set), out, report);
}

static inline sts_code call_apply(sts_cluster cluster, uint32_t kind, _GoString_ json, sts_report *report) {
    return sts_cluster_apply(cluster, kind, text(json), report);
}

static inline sts_code call_remove(sts_cluster cluster, uint32_t kind, _GoString_ object, _GoString_ uid,
                                   sts_report *report) {
    return sts_cluster_remove(cluster, kind, text(object), text(uid), report);
}

static inline sts_code call_end_list(sts_cluster cluster, uint32_t kind, _GoString_ version, sts_report *report) {
    return sts_cluster_end_list(cluster, kind, text(version), report);
}

static inline sts_code call_bookmark(sts_cluster cluster, uint32_t kind, _GoString_ version, sts_report *report) {
    return sts_cluster_bookmark(cluster, kind, text(version), report);
}

static inline sts_code call_watch(sts_cluster cluster, _GoString_ event, sts_report *report) {
    return sts_cluster_watch(cluster, text(event), report);
}

static inline sts_code call_cluster_plan(sts_cluster cluster, _GoString_ set, int64_t now_ms, char *out, size_t cap,
                                         sts_report *report) {
    return sts_cluster_plan(cluster, text(set), now_ms, out, cap, report);
}

static inline sts_code call_cluster_explain(sts_cluster cluster, _GoString_ set, int64_t now_ms, char *out, size_t cap,
                                            sts_report *report) {
    return sts_cluster_explain(cluster, text(set), now_ms, out, cap, report);
}

static inline sts_code call_diagnose(sts_cluster cluster, _GoString_ set, _GoString_ evidence, int64_t now_ms,
                                     int64_t patience_ms, char *out, size_t cap, sts_report *report) {
    return sts_cluster_diagnose(cluster, text(set), text(evidence), now_ms, patience_ms, out, cap, report);
}

static inline sts_code call_upgrade(sts_cluster cluster, _GoString_ set, uint32_t from, uint32_t to, int64_t now_ms,
                                    char *out, size_t cap, sts_report *report) {
    return sts_cluster_upgrade(cluster, text(set), from, to, now_ms, out, cap, report);
}

static inline sts_code call_may_try(sts_cluster cluster, _GoString_ set, sts_plan_id plan, uint64_t index,
                                    _GoString_ outcomes, sts_report *report) {
    return sts_cluster_may_try(cluster, text(set), plan, index, text(outcomes), report);
}

static inline sts_code call_finish(sts_cluster cluster, _GoString_ set, sts_plan_id plan, _GoString_ outcomes,
                                   int64_t now_ms, char *out, size_t cap, sts_report *report) {
    return sts_cluster_finish(cluster, text(set), plan, text(outcomes), now_ms, out, cap, report);
}

static inline sts_code call_settle(sts_cluster cluster, _GoString_ set, sts_plan_id plan, _GoString_ outcomes,
                                   int64_t now_ms, sts_report *report) {
    return sts_cluster_settle(cluster, text(set), plan, text(outcomes), now_ms, report);
}

static inline sts_code call_normalize(const sts_profile *profile, _GoString_ set, char *out, size_t cap,
                                      sts_report *report) {
    return sts_normalize(profile, text(set), out, cap, report);
}

static inline sts_code call_validate(const sts_profile *profile, _GoString_ set, char *out, size_t cap,
                                     sts_report *report) {
    return sts_validate(profile, text(set), out, cap, report);
}

static inline sts_code call_validate_update(const sts_profile *profile, _GoString_ old, _GoString_ set, char *out,
                                            size_t cap, sts_report *report) {
    return sts_validate_update(profile, text(old), text(set), out, cap, report);
}

static inline sts_code call_reconcile(const sts_profile *profile, _GoString_ set, uint32_t kinds, _GoString_ objects,
                                      int64_t now_ms, char *out, size_t cap, sts_report *report) {
    return sts_reconcile(profile, text(set), kinds, text(objects), now_ms, out, cap, report);
}

static inline sts_code call_may_start(const sts_place *places, const uint32_t *outcomes, size_t count,
                                      sts_report *report) {
    return sts_may_start(places, outcomes, count, report);
}

static inline sts_place call_action_place(const sts_action *action) {
    return sts_action_place(action);
}

static inline uint32_t call_kubernetes_of(_GoString_ version) {
    return sts_kubernetes_of(text(version));
}

static inline uint32_t call_outcome(uint32_t flags, uint32_t http, _GoString_ body) {
    return sts_outcome_of_response(flags, http, text(body));
}
