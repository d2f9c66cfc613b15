#include <stdio.h>
#include <string.h>

#include "statefulset.h"

int main(void) {
    sts_desired set;
    sts_observed seen;
    sts_action actions[16];
    sts_report report;

    memset(&set, 0, sizeof set);
    set.replicas = 3;
    set.template_count = 1;
    set.flags = STS_DESIRED_ROLLING;
    set.current_revision = set.update_revision = 1;
    set.profile = sts_profile_upstream();

    memset(&seen, 0, sizeof seen); /* we have looked, and there are no pods and no claims */
    seen.sizes = STS_SIZES;        /* how long the records of this program are */
    seen.flags = STS_OBSERVED_FRESH | STS_OBSERVED_CLAIMS;

    if (sts_plan(&set, &seen, 0, actions, 16, &report) != STS_CODE_OK) {
        fprintf(stderr, "%s\n", report.message);
        return 1;
    }
    for (uint64_t i = 0; i < report.action_count; i++) {
        const sts_action *action = &actions[i];
        printf("%s web-%u (%s)", sts_action_name(action->kind), action->ordinal, sts_reason_name(action->reason));
        for (uint32_t gate = 0; gate < 64; gate++)
            if (action->gates >> gate & 1)
                printf(" %s", sts_gate_name(gate));
        printf("\n");
    }
    return 0;
}
