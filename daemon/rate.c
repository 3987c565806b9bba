#include "rate.h"

#include <string.h>

uint64_t rate_client(mtc_str address) {
    size_t length = address.len;
    if (length > 0 && address.ptr[0] == ':') {
        const char *const end = memchr(address.ptr + 1, ':', length - 1);
        if (end != NULL) length = (size_t)(end - address.ptr);
    }
    return mtc_str_hash((mtc_str){address.ptr, length});
}

static struct mtcd_rate_client *find(mtcd_rate *rate, uint64_t client) {
    struct mtcd_rate_client *first_paid = rate->clients;
    for (uint32_t i = 0; i < rate->count; i++) {
        struct mtcd_rate_client *const seen = &rate->clients[i];
        if (seen->client == client) return seen;
        if (seen->paid_us < first_paid->paid_us) first_paid = seen;
    }
    if (rate->count < RATE_CLIENTS) first_paid = &rate->clients[rate->count++];
    *first_paid = (struct mtcd_rate_client){.client = client};
    return first_paid;
}

uint32_t rate_take(mtcd_rate *rate, uint64_t client, uint64_t now_us) {
    if (rate->per_s == 0) return 0;
    const uint64_t price_us = 1000000 / rate->per_s;
    const uint64_t credit_us = (rate->burst - 1) * price_us;
    struct mtcd_rate_client *const found = find(rate, client);
    if (found->paid_us < now_us) found->paid_us = now_us;
    const uint64_t owed_us = found->paid_us - now_us;
    if (owed_us > credit_us) return (uint32_t)((owed_us - credit_us) / 1000 + 1);
    found->paid_us += price_us;
    return 0;
}
