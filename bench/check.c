/* How long an embedded check takes.
 *
 * usage: bench_check [DATA_DIR] ARTICLE...   (one thread; the articles are checked in
 * turn)
 *
 * Prints time to load, p50 and p99 of one check of about 4 KB, words per second on one
 * core, and the private memory of the process after it all. Words are runs of non-space
 * characters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mtcheck/mtcheck.h"

enum { ARTICLE_BYTES = 4096, ROUNDS = 2000, WARM_UP = 200, MOST_ARTICLES = 64 };

static uint64_t clock_us(clockid_t clock) {
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint64_t now_us(void) {
    return clock_us(CLOCK_MONOTONIC);
}

static int by_time(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Whole lines of this file and those behind it in the list, about 4 KB together. */
static mtc_str read_article(char *const *paths, int count, int first) {
    char *const bytes = malloc(ARTICLE_BYTES);
    size_t size = 0;
    for (int i = 0; bytes != NULL && i < count && size < ARTICLE_BYTES; i++) {
        const char *const path = paths[(first + i) % count];
        FILE *const file = fopen(path, "rb");
        if (file == NULL) {
            perror(path);
            exit(2);
        }
        size += fread(bytes + size, 1, ARTICLE_BYTES - size, file);
        (void)fclose(file);
    }
    while (size > 0 && bytes[size - 1] != '\n') size--;
    if (size == 0) exit(2);
    return (mtc_str){bytes, size};
}

static uint64_t count_words(mtc_str text) {
    uint64_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        const bool space = text.ptr[i] == ' ' || text.ptr[i] == '\n';
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

static long private_kib(void) {
    FILE *const file = fopen("/proc/self/smaps_rollup", "r");
    char line[256];
    long kib = 0, value;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "Private_Dirty: %ld", &value) == 1) kib += value;
    }
    if (file != NULL) (void)fclose(file);
    return kib;
}

static void fail(const mtc_error *error) {
    fprintf(stderr, "%s: %s\n", error->file, error->message);
    exit(2);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: bench_check DATA_DIR ARTICLE...\n", stderr);
        return 2;
    }
    const uint64_t begun = now_us();
    mtc_engine *engine;
    mtc_session *session;
    mtc_error error;
    const mtc_engine_options options = {.data_dir = argv[1]};
    if (mtc_engine_new(&options, &engine, &error) != MTC_OK) fail(&error);
    if (mtc_session_new(engine, &session, &error) != MTC_OK) fail(&error);
    printf("load                      %8.1f ms\n", (double)(now_us() - begun) / 1000);

    mtc_str articles[MOST_ARTICLES];
    const int count = argc - 2 < MOST_ARTICLES ? argc - 2 : MOST_ARTICLES;
    for (int i = 0; i < count; i++) articles[i] = read_article(argv + 2, argc - 2, i);
    static uint64_t times[ROUNDS];
    uint64_t words = 0, total = 0, issues = 0;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
        const mtc_str text = articles[(round + WARM_UP) % count];
        const mtc_request request = {.text = text};
        const mtc_report *report;
        const uint64_t start = now_us(), worked = clock_us(CLOCK_THREAD_CPUTIME_ID);
        if (mtc_check(session, &request, NULL, &report, &error) != MTC_OK) fail(&error);
        if (round < 0) continue;
        times[round] = now_us() - start;
        total += clock_us(CLOCK_THREAD_CPUTIME_ID) - worked;
        words += count_words(text);
        size_t found;
        (void)mtc_report_issues(report, &found);
        issues += found;
    }
    qsort(times, ROUNDS, sizeof *times, by_time);
    const uint64_t median = times[ROUNDS / 2], slow = times[ROUNDS * 99 / 100];
    printf("check of 4 KB, p50        %8.3f ms\n", (double)median / 1000);
    printf("check of 4 KB, p99        %8.3f ms\n", (double)slow / 1000);
    printf("words per second and core %8.0f\n", (double)words * 1e6 / (double)total);
    printf("issues in a check         %8.1f\n", (double)issues / ROUNDS);
    printf("private memory            %8ld KiB\n", private_kib());
    mtc_session_free(session);
    mtc_engine_free(engine);
    for (int i = 0; i < count; i++) free((char *)(uintptr_t)articles[i].ptr);
    return 0;
}
