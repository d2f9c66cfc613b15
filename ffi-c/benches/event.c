/* What one event costs beside other sets: a pod's status changes, what is due is asked for, planned for and finished. The
 * argument is the folder with the objects of one set. Each line is a round: over how many of the sets the events are spread,
 * and the nanoseconds of processor time for one event among 10, 1,000 and 10,000 sets. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "statefulset.h"

#define ROUNDS 21
#define EVENTS 250
#define NOW INT64_C(1800000000000)
#define CHECK(holds)                                                                                                       \
    do {                                                                                                                   \
        if (!(holds)) {                                                                                                    \
            fprintf(stderr, "line %d: %s\n", __LINE__, #holds);                                                            \
            exit(1);                                                                                                       \
        }                                                                                                                  \
    } while (0)

/* A cluster of settled sets with one pod each. Each set lives in a namespace of its own. */
struct many {
    sts_cluster cluster;
    unsigned sets;
    /* The newest resource version of a pod. */
    unsigned version;
    /* Counts the sets that have had their events. */
    unsigned next;
};

static sts_report report;
static char out[1 << 20];
static const char *folder, *set, *claim, *revision, *ready, *failing;

static double seconds(void) {
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static const char *file(const char *name) {
    char path[4096];
    char *text = calloc(1, 1 << 16);
    FILE *stream;
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    stream = fopen(path, "rb");
    CHECK(text && stream && fread(text, 1, (1 << 16) - 1, stream) > 0);
    fclose(stream);
    return text;
}

/* The object of the set with this number; the caller frees it. */
static char *object(const char *pattern, unsigned number, unsigned version) {
    char *text = malloc(strlen(pattern) + 64);
    char *end = text;
    CHECK(text);
    for (; *pattern; pattern++) {
        if (*pattern == 1)
            end += sprintf(end, "team-%u", number);
        else if (*pattern == 2)
            end += sprintf(end, "%u", version);
        else
            *end++ = *pattern;
    }
    *end = 0;
    return text;
}

static void plan_and_finish(sts_cluster cluster, sts_text name) {
    CHECK(sts_cluster_plan(cluster, name, NOW, out, sizeof out, &report) == STS_CODE_OK);
    CHECK(sts_cluster_finish(cluster, name, report.plan, sts_text_of("[]"), NOW, out, sizeof out, &report) == STS_CODE_OK);
}

static struct many many_of(unsigned sets) {
    struct many many = {{0}, 0, 1, 0};
    sts_profile profile = sts_profile_upstream();
    many.sets = sets;
    CHECK(sts_cluster_new(&profile, &many.cluster, &report) == STS_CODE_OK);
    for (uint32_t kind = STS_KIND_STATEFUL_SET; kind <= STS_KIND_SERVICE; kind++) {
        const char *pattern = kind == STS_KIND_STATEFUL_SET              ? set
                              : kind == STS_KIND_POD                     ? ready
                              : kind == STS_KIND_PERSISTENT_VOLUME_CLAIM ? claim
                              : kind == STS_KIND_CONTROLLER_REVISION     ? revision
                                                                         : NULL;
        CHECK(sts_cluster_begin_list(many.cluster, kind, &report) == STS_CODE_OK);
        for (unsigned i = 0; pattern && i < sets; i++) {
            char *json = object(pattern, i, 1);
            CHECK(sts_cluster_apply(many.cluster, kind, sts_text_of(json), &report) == STS_CODE_OK);
            free(json);
        }
        CHECK(sts_cluster_end_list(many.cluster, kind, sts_text_of("1"), &report) == STS_CODE_OK);
    }
    CHECK(sts_cluster_take_due(many.cluster, NOW, out, sizeof out, &report) == STS_CODE_OK && report.action_count == sets);
    for (unsigned i = 0; i < sets; i++) {
        char name[64];
        sprintf(name, "team-%u/web", i);
        plan_and_finish(many.cluster, sts_text_of(name));
    }
    return many;
}

/* Nanoseconds for one event, spread over so many sets. */
static double events(struct many *many, unsigned spread) {
    static char *texts[EVENTS];
    double start, took;
    for (unsigned event = 0; event < EVENTS; event++) {
        /* A prime step: neighbours in order are not neighbours in time. Each pod fails and comes back. */
        unsigned number = many->next * 7919u % spread;
        texts[event] = object(event % 2 ? ready : failing, number, ++many->version);
        many->next += event % 2;
    }
    start = seconds();
    for (unsigned event = 0; event < EVENTS; event++) {
        char name[64];
        CHECK(sts_cluster_apply(many->cluster, STS_KIND_POD, sts_text_of(texts[event]), &report) == STS_CODE_OK);
        CHECK(sts_cluster_take_due(many->cluster, NOW, name, sizeof name, &report) == STS_CODE_OK);
        CHECK(report.action_count == 1);
        name[report.size - 1] = 0;
        plan_and_finish(many->cluster, sts_text_of(name));
    }
    took = seconds() - start;
    for (unsigned event = 0; event < EVENTS; event++)
        free(texts[event]);
    return took * 1e9 / EVENTS;
}

int main(int argc, char **argv) {
    struct many few, more, most;
    if (argc != 2)
        return 2;
    folder = argv[1];
    set = file("set"), claim = file("claim"), revision = file("revision");
    ready = file("ready"), failing = file("failing");
    few = many_of(10), more = many_of(1000), most = many_of(10000);
    for (int all = 0; all < 2; all++)
        /* The first one warms up. */
        for (int round = 0; round <= ROUNDS; round++) {
            double a = events(&few, 10), b = events(&more, all ? more.sets : 10), c = events(&most, all ? most.sets : 10);
            if (round > 0)
                printf("%s %.1f %.1f %.1f\n", all ? "all" : "ten", a, b, c);
        }
    return 0;
}
