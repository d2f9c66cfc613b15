/* The kubernetes tier: one set, from its first revision to its first pod and the status after it. */
#include "statefulset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            printf("%s:%d: not so: %s (%s)\n", __FILE__, __LINE__, #condition, report.message); \
            failures++; \
        } \
    } while (0)

#define NOW INT64_C(1800000000000)

static const char SET[] =
    "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\","
    "\"metadata\":{\"name\":\"web\",\"namespace\":\"default\",\"uid\":\"u-1\",\"resourceVersion\":\"10\",\"generation\":1},"
    "\"spec\":{\"replicas\":2,\"serviceName\":\"web\",\"revisionHistoryLimit\":10,\"podManagementPolicy\":\"OrderedReady\","
    "\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"updateStrategy\":{\"type\":\"RollingUpdate\","
    "\"rollingUpdate\":{\"partition\":0}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},"
    "\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx\"}]}}}}}";

static const uint32_t WATCHED[] = {STS_KIND_STATEFUL_SET, STS_KIND_POD, STS_KIND_PERSISTENT_VOLUME_CLAIM,
                                   STS_KIND_CONTROLLER_REVISION};

/* Ends the lists that began with the watches. */
static void initial_events_end(sts_cluster cluster, uint32_t kind, const char *api_version) {
    char line[512];
    sts_report report;
    snprintf(line, sizeof line,
             "{\"type\":\"BOOKMARK\",\"object\":{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{"
             "\"resourceVersion\":\"11\",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}}",
             api_version, sts_kind_name(kind));
    CHECK(sts_cluster_watch(cluster, sts_text_of(line), &report) == STS_CODE_OK);
}

int main(void) {
    sts_profile profile = sts_profile_upstream();
    sts_cluster cluster = {0};
    sts_report report;
    sts_plan_id plan;
    sts_text set, none = {NULL, 0};
    char name[128], json[8192], again[8192];
    size_t i;

    memset(&report, 0, sizeof report);
    CHECK(sts_cluster_new(&profile, &cluster, &report) == STS_CODE_OK);
    for (i = 0; i < sizeof WATCHED / sizeof *WATCHED; i++)
        CHECK(sts_cluster_begin_list(cluster, WATCHED[i], &report) == STS_CODE_OK);
    CHECK(sts_cluster_watch(cluster, sts_text_of(SET), &report) == STS_CODE_OK);
    initial_events_end(cluster, STS_KIND_STATEFUL_SET, "apps/v1");
    initial_events_end(cluster, STS_KIND_POD, "v1");
    initial_events_end(cluster, STS_KIND_PERSISTENT_VOLUME_CLAIM, "v1");
    initial_events_end(cluster, STS_KIND_CONTROLLER_REVISION, "apps/v1");

    /* The set is due, and there is no other. */
    CHECK(sts_cluster_due(cluster, NOW, again, sizeof again, &report) == STS_CODE_OK);
    CHECK(strcmp(again, "default/web\n") == 0 && report.size == strlen(again) && report.action_count == 1);
    CHECK(sts_cluster_take_due(cluster, NOW, name, sizeof name, &report) == STS_CODE_OK);
    CHECK(strcmp(name, again) == 0);
    name[report.size - 1] = 0;
    set = sts_text_of(name);
    CHECK(sts_cluster_take_due(cluster, NOW, again, sizeof again, &report) == STS_CODE_OK && report.size == 0);

    /* First a size, then the plan: a revision, and the pod after it. */
    CHECK(sts_cluster_plan(cluster, set, NOW, NULL, 0, &report) == STS_CODE_CAPACITY);
    CHECK(report.size < sizeof json);
    CHECK(sts_cluster_plan(cluster, set, NOW, json, (size_t)report.size, &report) == STS_CODE_CAPACITY);
    CHECK(sts_cluster_plan(cluster, set, NOW, json, (size_t)report.size + 1, &report) == STS_CODE_OK);
    {
        /* Just enough, with nothing of ours behind it. */
        char *exact = malloc((size_t)report.size + 1);
        CHECK(sts_cluster_plan(cluster, set, NOW, exact, (size_t)report.size + 1, &report) == STS_CODE_OK);
        CHECK(strcmp(exact, json) == 0);
        free(exact);
    }
    CHECK(report.size == strlen(json) && report.action_count == 2);
    CHECK(strstr(json, "/controllerrevisions\"") && strstr(json, "\"name\":\"web-0\""));
    plan = report.plan;
    CHECK(sts_cluster_plan(cluster, set, NOW, again, sizeof again, &report) == STS_CODE_OK);
    CHECK(strcmp(json, again) == 0);
    CHECK(sts_cluster_explain(cluster, set, NOW, again, sizeof again, &report) == STS_CODE_OK);
    CHECK(strstr(again, "web-0: create the pod"));

    /* The pod may be tried once the revision is there, and not if that failed. */
    CHECK(sts_cluster_may_try(cluster, set, plan, 1, sts_text_of("[{\"http\":503}]"), &report) == STS_CODE_OK);
    CHECK(!(report.flags & STS_REPORT_MAY_TRY));
    CHECK(sts_cluster_may_try(cluster, set, plan, 1, sts_text_of("[{\"status\":\"done\"}]"), &report) == STS_CODE_OK);
    CHECK(report.flags & STS_REPORT_MAY_TRY);

    /* Too little room takes nothing in; the same call with enough of it does. */
    {
        sts_text outcomes = sts_text_of("[{\"status\":\"done\",\"resourceVersion\":\"12\"},"
                                        "{\"http\":201,\"body\":{\"metadata\":{\"resourceVersion\":\"13\"}}}]");
        CHECK(sts_cluster_finish(cluster, set, plan, outcomes, NOW, json, 10, &report) == STS_CODE_CAPACITY);
        CHECK(sts_cluster_finish(cluster, set, plan, outcomes, NOW, json, sizeof json, &report) == STS_CODE_OK);
        CHECK(report.next == STS_NEXT_REST);
        CHECK(strstr(json, "\"SuccessfulCreate\"") && strstr(json, "/statefulsets/web/status\""));
    }
    CHECK(sts_cluster_settle(cluster, set, plan, sts_text_of("[{\"status\":\"done\",\"resourceVersion\":\"14\"}]"), NOW,
                             &report) == STS_CODE_OK);
    CHECK(sts_cluster_due(cluster, NOW, again, sizeof again, &report) == STS_CODE_OK);
    CHECK(report.size == 0);

    /* How the set stands. */
    CHECK(sts_cluster_diagnose(cluster, set, none, NOW, 0, json, sizeof json, &report) == STS_CODE_OK);
    CHECK(strstr(json, "\"verdict\":\"in-progress\"") && strstr(json, "\"atGoal\":false"));
    CHECK(sts_cluster_diagnose_text(cluster, set, none, NOW, 0, json, sizeof json, &report) == STS_CODE_OK);
    CHECK(strstr(json, "default/web: in progress: ") == json);
    CHECK(sts_causes(NULL, 0, &report) == STS_CODE_CAPACITY && report.size > 1000);

    /* What an upgrade of the control plane would do to it. */
    CHECK(sts_cluster_upgrade(cluster, set, STS_KUBERNETES_1_33, STS_KUBERNETES_1_37, NOW, json, sizeof json, &report) ==
          STS_CODE_OK);
    CHECK(strcmp(json, "{\"namespace\":\"default\",\"name\":\"web\",\"changes\":[],\"text\":\"\"}") == 0);
    CHECK(sts_cluster_upgrade_text(cluster, set, STS_KUBERNETES_1_33, STS_KUBERNETES_LATEST, NOW, json, sizeof json,
                                   &report) == STS_CODE_OK);
    CHECK(report.size == 0 && *json == 0);

    /* Names, and the way back. */
    {
        sts_name_parts parts;
        CHECK(sts_pod_name(sts_text_of("web"), 7, name, sizeof name, &report) == STS_CODE_OK);
        CHECK(strcmp(name, "web-7") == 0);
        CHECK(sts_pod_name_parts(sts_text_of(name), &parts, &report) == STS_CODE_OK);
        CHECK(parts.size == 3 && parts.ordinal == 7);
        CHECK(sts_claim_name(sts_text_of("www"), sts_text_of("web"), 7, name, sizeof name, &report) == STS_CODE_OK);
        CHECK(sts_claim_name_parts(sts_text_of(name), sts_text_of("web"), &parts, &report) == STS_CODE_OK);
        CHECK(parts.size == 3 && parts.ordinal == 7);
        strcpy(name, "default/web");
    }

    /* An object that cannot be read is named. */
    CHECK(sts_cluster_apply(cluster, STS_KIND_POD, sts_text_of("{\"metadata\":{\"name\":\"web-1\",\"namespace\":\"default\"},"
                                                               "\"spec\":7}"),
                            &report) == STS_CODE_BAD_OBJECT);
    CHECK(report.kind == STS_KIND_POD);
    CHECK(strncmp(report.message, "Pod default/web-1: spec: ", 25) == 0);

    /* One look without a handle. */
    {
        const char *start = strstr(SET, "{\"apiVersion\"");
        sts_text objects = {start, strlen(start) - 1};
        uint32_t kinds = 1u << STS_KIND_STATEFUL_SET | 1u << STS_KIND_POD | 1u << STS_KIND_PERSISTENT_VOLUME_CLAIM |
                         1u << STS_KIND_CONTROLLER_REVISION;
        CHECK(sts_reconcile(&profile, set, kinds, objects, NOW, json, sizeof json, &report) == STS_CODE_OK);
        CHECK(report.action_count == 2 && strstr(json, "\"tail\":{"));
        CHECK(sts_reconcile(&profile, sts_text_of("default/other"), kinds, objects, NOW, json, sizeof json, &report) ==
              STS_CODE_NO_SUCH_SET);
    }

    /* What a set asks for in its annotation counts where the profile says so, and what cannot be read is refused. */
    {
        static const char *const POLICIES[] = {"{\\\"excluded\\\":[{\\\"first\\\":0}]}", "{\\\"exclude\\\":[]}"};
        const char *start = strstr(SET, "{\"apiVersion\""), *meta = strstr(start, "\"name\"");
        uint32_t kinds = 1u << STS_KIND_STATEFUL_SET | 1u << STS_KIND_POD | 1u << STS_KIND_PERSISTENT_VOLUME_CLAIM |
                         1u << STS_KIND_CONTROLLER_REVISION;
        uint32_t code;
        for (i = 0; i < 4; i++) {
            snprintf(again, sizeof again, "%.*s\"annotations\":{\"statefulset.dev/policies\":\"%s\"},%.*s", (int)(meta - start), start,
                     POLICIES[i % 2], (int)(strlen(meta) - 1), meta);
            profile.policies = i < 2 ? STS_POLICIES_ANNOTATIONS : STS_POLICIES_RESOURCE;
            code = sts_reconcile(&profile, set, kinds, sts_text_of(again), NOW, json, sizeof json, &report);
            CHECK(code == (i == 1 ? STS_CODE_NO_SUCH_SET : STS_CODE_OK));
            if (i == 1)
                CHECK(strstr(report.message, "metadata.annotations[statefulset.dev/policies]: exclude: unknown field"));
            else
                CHECK(strstr(json, i == 0 ? "\"name\":\"web-1\"" : "\"name\":\"web-0\""));
        }
        profile.policies = 5;
        CHECK(sts_reconcile(&profile, set, kinds, sts_text_of(again), NOW, json, sizeof json, &report) == STS_CODE_UNKNOWN_NUMBER);
        CHECK(strstr(report.message, "profile.policies"));
        CHECK(sts_profile_kruise().policies == STS_POLICIES_KRUISE && sts_profile_zones().policies == STS_POLICIES_ZONES);
        CHECK(sts_profile_pingcap().policies == STS_POLICIES_PINGCAP);
    }

    CHECK(sts_cluster_free(cluster) == STS_CODE_OK);
    CHECK(sts_cluster_free(cluster) == STS_CODE_NO_SUCH_CLUSTER);
    CHECK(sts_cluster_plan(cluster, set, NOW, json, sizeof json, &report) == STS_CODE_NO_SUCH_CLUSTER);
    return failures == 0 ? 0 : 1;
}
