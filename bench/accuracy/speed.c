#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "measure.h"
#include "mtcheck-train/memory.h"

enum { SENTENCES = 1500, ROUNDS = 3 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void bench_speed(const bench_model *model, const bench_pool *pool) {
    static const char *const NAMES[] = {"plain C", "AVX2", "AVX-512 VNNI"};
    uint32_t lengths[SENTENCES], count = 0;
    struct {
        mtc_str *at;
        size_t count, capacity;
    } words = {0};
    for (; count < SENTENCES && count < pool->sentences.count; count++) {
        const bench_sentence *const sentence = &pool->sentences.at[count];
        lengths[count] = sentence->count;
        for (uint32_t i = 0; i < sentence->count; i++)
            train_push(&words, pool->forms.at[sentence->forms[i]].text);
    }
    for (int kernel = 0; kernel < MTC_KERNELS; kernel++) {
        if (!mtc_kernel_works((mtc_kernel)kernel)) continue;
        double best = 1e9;
        size_t memory = 0;
        for (int round = 0; round < ROUNDS; round++) {
            mtc_arena arena;
            mtc_arena_init(&arena, 1 << 16, 256U << 20);
            mtc_budget budget = mtc_budget_unlimited();
            mtc_reading reading;
            const double begin = seconds();
            if (mtc_network_read(model->network, (mtc_kernel)kernel, words.at, lengths,
                                 count, &arena, &budget, &reading) != MTC_OK)
                train_die("no memory");
            const double took = seconds() - begin;
            best = took < best ? took : best;
            memory = arena.used;
            mtc_arena_fini(&arena);
        }
        printf("speed, %-13s %.0f words/s (CPU time of one core, %zu words, %.1f MB)\n",
               NAMES[kernel], (double)words.count / best, words.count,
               (double)memory / 1e6);
    }
    free(words.at);
}
