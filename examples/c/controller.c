/* A StatefulSet controller that talks in lines: watch events and the time come in, requests go out, their outcomes come
 * back in (examples/README.md). It decides nothing and understands little JSON: it cuts the library's answers into
 * lines. */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "statefulset.h"

static void give_up(const char *why) {
    fprintf(stderr, "controller: %s\n", why);
    exit(1);
}

/* A text that grows; a NUL follows it. */
typedef struct {
    char *bytes;
    size_t size, room;
} text;

static void reserve(text *text, size_t room) {
    if (room <= text->room)
        return;
    text->bytes = realloc(text->bytes, room);
    text->room = room;
    if (text->bytes == NULL)
        give_up("there is no memory");
}

static void append(text *text, const char *bytes, size_t size) {
    if (text->size + size >= text->room)
        reserve(text, 2 * (text->size + size + 1));
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

static sts_text view(const text *text) {
    sts_text view = {text->bytes, text->size};
    return view;
}

/* Writes an answer of the library to `out`; where that is too small, with more room. */
#define ANSWER(out, code, call) \
    do { \
        while ((code = (call)) == STS_CODE_CAPACITY) \
            reserve(out, report.size + 1); \
        if (code == STS_CODE_OK) \
            (out)->size = report.size; \
    } while (0)

static sts_cluster cluster;

/* The present, in milliseconds: as it is told, or else by the computer's clock. */
static int is_told;
static int64_t told_ms;

static int64_t now(void) {
    struct timespec at;
    if (is_told)
        return told_ms;
    clock_gettime(CLOCK_REALTIME, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

enum { LINE, WAKE, END };

/* The next line of the input, without its end; or the moment `wake_ms` (-1: never) comes first, by the computer's clock. */
static int read_line(text *line, int64_t wake_ms) {
    static text input;
    static size_t at; /* up to here the input has been taken */
    for (;;) {
        struct pollfd standard_input = {STDIN_FILENO, POLLIN, 0};
        char *end = input.size > at ? memchr(input.bytes + at, '\n', input.size - at) : NULL;
        int64_t left = wake_ms < 0 || is_told ? -1 : wake_ms > now() ? wake_ms - now() : 0;
        ssize_t size;
        if (end != NULL) {
            line->size = 0;
            append(line, input.bytes + at, (size_t)(end - input.bytes) - at);
            at = (size_t)(end - input.bytes) + 1;
            return LINE;
        }
        if (poll(&standard_input, 1, left > 1000000 ? 1000000 : (int)left) == 0)
            return WAKE;
        if (at > 0)
            memmove(input.bytes, input.bytes + at, input.size -= at);
        at = 0;
        reserve(&input, input.size + 65536);
        size = read(STDIN_FILENO, input.bytes + input.size, 65536 - 1);
        if (size > 0)
            input.size += (size_t)size;
        else if (input.size > 0)
            append(&input, "\n", 1); /* the last line may lack its end */
        else
            return END;
    }
}

static void flush(void) {
    if (fflush(stdout) != 0)
        give_up("nobody listens");
}

static void say(const char *line, size_t size) {
    fwrite(line, 1, size, stdout);
    putchar('\n');
    flush();
}

/* What there is to see. A line that makes no sense changes nothing. */
static void see(const text *line) {
    sts_report report;
    if (sts_cluster_watch(cluster, view(line), &report) != STS_CODE_OK)
        fprintf(stderr, "controller: %s\n", report.message);
}

/* The end of the JSON object or array that begins here: brackets are counted, strings skipped. */
static const char *end_of(const char *at) {
    int depth = 0;
    do {
        if (*at == '"')
            while (*++at != '"')
                at += *at == '\\';
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        at++;
    } while (depth > 0);
    return at;
}

/* The array that is the first member of this name from here on. */
static const char *array(const char *json, const char *name) {
    const char *member = strstr(json, name);
    return member != NULL ? strchr(member, '[') : "[]";
}

/* The element that follows `[` or `,`; NULL at the end of the array. */
static const char *element(const char *before) {
    return *before == ']' || before[1] == ']' ? NULL : before + 1;
}

/* Adds an element to an array that is complete before and after. */
static void add(text *array, const char *bytes, size_t size) {
    array->size--;
    if (array->size > 1)
        append(array, ",", 1);
    append(array, bytes, size);
    append(array, "]", 1);
}

/* Sends a request and adds its outcome to the others. What is to be seen before that comes is taken in. */
static void ask(sts_text set, sts_plan_id plan, const char *request, size_t size, text *outcomes) {
    static text line;
    size_t before = outcomes->size;
    say(request, size);
    while (read_line(&line, -1) == LINE) {
        sts_report report;
        if (strncmp(line.bytes, "{\"type\":", 8) == 0) {
            see(&line);
            continue;
        }
        add(outcomes, line.bytes, line.size);
        if (sts_cluster_may_try(cluster, set, plan, 0, view(outcomes), &report) == STS_CODE_OK)
            return;
        fprintf(stderr, "controller: %s\n", report.message);
        outcomes->size = before;
        outcomes->bytes[before - 1] = ']';
    }
    give_up("the input has ended before an outcome came");
}

/* Sends the requests that may be sent, one after the other. */
static void send_all(sts_text set, sts_plan_id plan, const char *requests, text *outcomes) {
    static const char not_tried[] = "{\"status\":\"not-tried\"}";
    const char *end, *request;
    uint64_t i = 0;
    outcomes->size = 0;
    append(outcomes, "[]", 2);
    for (; (request = element(requests)) != NULL; requests = end) {
        sts_report report;
        end = end_of(request);
        sts_cluster_may_try(cluster, set, plan, i++, view(outcomes), &report);
        if (report.flags & STS_REPORT_MAY_TRY)
            ask(set, plan, request, (size_t)(end - request), outcomes);
        else
            add(outcomes, not_tried, sizeof not_tried - 1);
    }
}

/* Hands on what is to be recorded about a set. */
static void record(sts_text set, const char *events) {
    static text line;
    const char *end, *event;
    for (; (event = element(events)) != NULL; events = end) {
        end = end_of(event);
        line.size = 0;
        append(&line, "{\"set\":\"", 8);
        append(&line, set.data, set.size);
        append(&line, "\",\"event\":", 10);
        append(&line, event, (size_t)(end - event));
        append(&line, "}", 1);
        say(line.bytes, line.size);
    }
}

/* One set's turn: its plan is made and carried out, and then what follows from how that went. */
static void sync(sts_text set, int64_t now_ms) {
    static text answer, outcomes;
    const char *requests;
    sts_report report;
    sts_plan_id plan;
    sts_code code;
    ANSWER(&answer, code, sts_cluster_plan(cluster, set, now_ms, answer.bytes, answer.room, &report));
    if (code != STS_CODE_OK) {
        fprintf(stderr, "controller: %s\n", report.message);
        return;
    }
    plan = report.plan;
    send_all(set, plan, array(answer.bytes, "\"requests\":"), &outcomes);
    ANSWER(&answer, code,
           sts_cluster_finish(cluster, set, plan, view(&outcomes), now_ms, answer.bytes, answer.room, &report));
    if (code != STS_CODE_OK)
        give_up(report.message);
    requests = array(answer.bytes, "\"requests\":");
    record(set, array(end_of(requests), "\"events\":"));
    send_all(set, plan, requests, &outcomes);
    sts_cluster_settle(cluster, set, plan, view(&outcomes), now_ms, &report);
}

/* The sets that are due, each ended by a newline. */
static sts_report due(int64_t now_ms, text *sets) {
    sts_report report;
    sts_code code;
    ANSWER(sets, code, sts_cluster_due(cluster, now_ms, sets->bytes, sets->room, &report));
    if (code != STS_CODE_OK)
        give_up(report.message);
    return report;
}

/* Does all that is due, says so, and gives the moment of the next turn; -1 if only something new leads to one. */
static int64_t turn(void) {
    static text sets;
    const int64_t now_ms = now();
    const char *set, *end;
    sts_report report;
    due(now_ms, &sets);
    for (set = sets.bytes; (end = strchr(set, '\n')) != NULL; set = end + 1) {
        const sts_text name = {set, (size_t)(end - set)};
        sync(name, now_ms);
    }
    report = due(now_ms, &sets);
    if (report.action_count > 0) {
        printf("{\"idle\":{\"sets\":[\"%.*s\"]}}\n", (int)strcspn(sets.bytes, "\n"), sets.bytes);
        report.next_wake_ms = now_ms;
    } else if (report.flags & STS_REPORT_NEXT_WAKE) {
        printf("{\"idle\":{\"next\":%" PRId64 "%s}}\n", report.next_wake_ms,
               report.flags & STS_REPORT_RETRYING ? ",\"retrying\":true" : "");
    } else {
        printf("{\"idle\":{}}\n");
        report.next_wake_ms = -1;
    }
    flush();
    return report.next_wake_ms;
}

int main(void) {
    static text line;
    const char *name = getenv("STATEFULSET_PROFILE");
    int is_alone = name != NULL && strcmp(name, "standalone") == 0;
    sts_profile profile = is_alone ? sts_profile_standalone() : sts_profile_upstream();
    const char *policies = getenv("STATEFULSET_POLICIES");
    if (policies != NULL && strcmp(policies, "annotations") == 0)
        profile.policies = STS_POLICIES_ANNOTATIONS;
    else if (policies != NULL && strcmp(policies, "zones") == 0)
        profile.policies = STS_POLICIES_ZONES;
    else if (policies != NULL && strcmp(policies, "pingcap") == 0)
        profile.policies = STS_POLICIES_PINGCAP;
    int64_t wake_ms = -1;
    sts_report report;
    if (sts_abi_version() != STS_ABI_VERSION)
        give_up("this is another version of the library than that of the header");
    if (sts_cluster_new(&profile, &cluster, &report) != STS_CODE_OK)
        give_up(report.message);
    /* What has not been listed yet is not known. */
    for (uint32_t kind = STS_KIND_STATEFUL_SET; kind <= STS_KIND_SERVICE; kind++)
        sts_cluster_begin_list(cluster, kind, &report);
    for (;;) {
        switch (read_line(&line, wake_ms)) {
        case END:
            return sts_cluster_free(cluster) == STS_CODE_OK ? 0 : 1;
        case WAKE:
            wake_ms = turn();
            break;
        case LINE:
            if (sscanf(line.bytes, "{\"type\":\"TIME\",\"now\":%" SCNd64 "}", &told_ms) == 1) {
                is_told = 1;
            } else {
                see(&line);
                if (is_told)
                    break;
            }
            wake_ms = turn();
        }
    }
}
