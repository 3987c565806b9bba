/* activation.h: exp and its kin, branch-free, so that the compiler makes vectors of them.
 */
#ifndef TRAIN_ACTIVATION_H
#define TRAIN_ACTIVATION_H

#include <stdint.h>
#include <string.h>

/* e^x to about 2 parts in 10^7; x is clamped to ±80. 2^f by a polynomial of degree six
 * (Taylor series of 2^f around 0 on [-1/2, 1/2]). Adding 1.5 · 2^23 rounds to a whole
 * number, which then stands in the low bits. */
static inline float train_exp(float x) {
    const float low = x < -80.0F ? -80.0F : x;
    const float clamped = low > 80.0F ? 80.0F : low;
    union {
        float number;
        int32_t bits;
    } shifted, two;
    shifted.number = clamped * 1.44269504F + 12582912.0F;
    const float whole = (float)(shifted.bits - 0x4B400000);
    const float f = clamped * 1.44269504F - whole;
    float power = 1.5403530e-4F;
    power = power * f + 1.3333558e-3F;
    power = power * f + 9.6181291e-3F;
    power = power * f + 5.5504109e-2F;
    power = power * f + 2.4022651e-1F;
    power = power * f + 6.9314718e-1F;
    power = power * f + 1.0F;
    two.bits = (shifted.bits - 0x4B400000 + 127) << 23;
    return power * two.number;
}

static inline float train_sigmoid(float x) {
    return 1.0F / (1.0F + train_exp(-x));
}

static inline float train_tanh(float x) {
    return 2.0F / (1.0F + train_exp(-2.0F * x)) - 1.0F;
}

#endif
