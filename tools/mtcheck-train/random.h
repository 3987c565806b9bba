/* random.h: numbers that depend on a seed alone (splitmix64, public domain algorithm by
 * Sebastiano Vigna). Every step of the training seeds its own, so that a training that is
 * taken up again draws the same numbers. */
#ifndef TRAIN_RANDOM_H
#define TRAIN_RANDOM_H

#include <stdint.h>

typedef struct train_random {
    uint64_t state;
} train_random;

static inline uint64_t train_random_next(train_random *random) {
    uint64_t z = (random->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline train_random train_random_of(uint64_t seed, uint64_t purpose,
                                           uint64_t step) {
    train_random random = {seed * 0x9E3779B97F4A7C15u + purpose};
    random.state = train_random_next(&random) + step * 0xD1342543DE82EF95u;
    (void)train_random_next(&random);
    return random;
}

/* 0 … below − 1; below > 0. */
static inline uint32_t train_random_below(train_random *random, uint32_t below) {
    return (uint32_t)(((train_random_next(random) >> 32) * below) >> 32);
}

/* 0 ≤ x < 1 */
static inline float train_random_unit(train_random *random) {
    return (float)(train_random_next(random) >> 40) * (1.0F / 16777216.0F);
}

#endif
