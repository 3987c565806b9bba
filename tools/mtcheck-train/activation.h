/* activation.h: exp and its kin, branch-free, so that the compiler makes vectors of them.
 */
#ifndef TRAIN_ACTIVATION_H
#define TRAIN_ACTIVATION_H

#include <stdint.h>
#include <string.h>

/* e^x to about 2 parts in 10^7; x is clamped to ±80. 2^f by a polynomial of degree six
 * (Taylor series of 2^f around 0 on [-1/2, 1/2]). */
static inline float train_exp(float x) {
    const float clamped = x < -80.0F ? -80.0F : x > 80.0F ? 80.0F : x;
    const float scaled = clamped * 1.44269504F;
    const float whole = (float)(int32_t)(scaled + (scaled < 0.0F ? -0.5F : 0.5F));
    const float f = scaled - whole;
    float power = 1.5403530e-4F;
    power = power * f + 1.3333558e-3F;
    power = power * f + 9.6181291e-3F;
    power = power * f + 5.5504109e-2F;
    power = power * f + 2.4022651e-1F;
    power = power * f + 6.9314718e-1F;
    power = power * f + 1.0F;
    const int32_t bits = ((int32_t)whole + 127) << 23;
    float two;
    memcpy(&two, &bits, sizeof two);
    return power * two;
}

static inline float train_sigmoid(float x) {
    return 1.0F / (1.0F + train_exp(-x));
}

static inline float train_tanh(float x) {
    return 2.0F / (1.0F + train_exp(-2.0F * x)) - 1.0F;
}

#endif
