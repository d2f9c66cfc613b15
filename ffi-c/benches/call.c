/* What sts_plan() costs for a settled set of as many pods as the argument says: nanoseconds of processor time for one call,
 * the mean of one run. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "statefulset.h"

static double seconds(void) {
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static double nanoseconds(uint32_t count) {
    sts_pod *pods = calloc(count, sizeof *pods);
    sts_claim *claims = calloc(count, sizeof *claims);
    double start, took;
    unsigned calls = 0;
    sts_desired set;
    sts_observed seen;
    sts_report report;
    if (pods == NULL || claims == NULL)
        exit(1);
    for (uint32_t i = 0; i < count; i++) {
        pods[i].ordinal = claims[i].ordinal = i;
        pods[i].phase = STS_PHASE_RUNNING;
        pods[i].flags = STS_POD_READY | STS_POD_IDENTITY | STS_POD_STORAGE;
        pods[i].revision = 1;
        claims[i].phase = STS_CLAIM_BOUND;
        claims[i].modes = STS_ACCESS_READ_WRITE_ONCE;
    }
    memset(&set, 0, sizeof set);
    set.generation = 1;
    set.replicas = count;
    set.template_count = 1;
    set.flags = STS_DESIRED_ROLLING;
    set.current_revision = set.update_revision = 1;
    set.profile = sts_profile_upstream();
    memset(&seen, 0, sizeof seen);
    seen.sizes = STS_SIZES;
    seen.flags = STS_OBSERVED_FRESH | STS_OBSERVED_CLAIMS;
    seen.pods = pods;
    seen.claims = claims;
    seen.pod_count = seen.claim_count = count;
    start = seconds();
    do {
        for (int i = 0; i < 16; i++)
            if (sts_plan(&set, &seen, 1000000, NULL, 0, &report) != STS_CODE_OK || report.action_count != 0)
                exit(1);
        calls += 16;
        took = seconds() - start;
    } while (took < 0.03);
    free(pods);
    free(claims);
    return took * 1e9 / calls;
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 2;
    printf("%.1f\n", nanoseconds((uint32_t)strtoul(argv[1], NULL, 10)));
    return 0;
}
