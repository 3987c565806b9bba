#include "stats.h"

void stats_answer(mtcd_stats *stats, mtc_str reply) {
    static const char HEAD[] = "{\"error\":{\"code\":\"";
    mtc_status found = MTC_OK;
    if (mtc_str_starts_with(reply, mtc_str_of(HEAD))) {
        const mtc_str rest = {reply.ptr + strlen(HEAD), reply.len - strlen(HEAD)};
        found = MTC_INTERNAL;
        for (int i = 0; i < MTC_NO_MEMORY; i++) {
            const mtc_str name = mtc_str_of(mtc_status_name((mtc_status)i));
            if (mtc_str_starts_with(rest, name) && rest.len > name.len &&
                rest.ptr[name.len] == '"')
                found = (mtc_status)i;
        }
    }
    stats->answered[found]++;
}

static unsigned bucket_of(uint64_t us) {
    if (us < 8) return (unsigned)us;
    const unsigned exponent = 63u - (unsigned)__builtin_clzll(us); /* at least 3 */
    const unsigned step = (unsigned)(us >> (exponent - 3)) & 7u;
    const unsigned bucket = (exponent - 2) * 8 + step;
    return bucket < STATS_TIMES ? bucket : STATS_TIMES - 1;
}

static uint64_t bucket_end(unsigned bucket) {
    if (bucket < 8) return bucket + 1;
    const unsigned exponent = bucket / 8 + 2;
    return (uint64_t)(8 + bucket % 8 + 1) << (exponent - 3);
}

void stats_time(mtcd_stats *stats, uint64_t since_received_us, uint64_t at_worker_us) {
    stats->times[bucket_of(since_received_us)]++;
    stats->time_count++;
    const double service = (double)at_worker_us;
    stats->service_us +=
        stats->service_us == 0 ? service : (service - stats->service_us) / 16;
}

uint64_t stats_percentile(const mtcd_stats *stats, double share) {
    uint64_t left = (uint64_t)(share * (double)stats->time_count);
    for (unsigned i = 0; i < STATS_TIMES; i++) {
        if (stats->times[i] > left) return bucket_end(i);
        left -= stats->times[i];
    }
    return 0;
}

static json_t *answered_to_json(const mtcd_stats *stats) {
    json_t *const object = json_object();
    for (int status = 0; status < MTC_NO_MEMORY; status++) {
        json_object_set_new(object, mtc_status_name((mtc_status)status),
                            json_integer((json_int_t)stats->answered[status]));
    }
    return object;
}

json_t *stats_to_json(const mtcd_stats *stats) {
    const struct {
        const char *name;
        uint64_t value;
    } counters[] = {
        {"received", stats->received},
        {"received_bytes", stats->received_bytes},
        {"retried", stats->retried},
        {"late_replies", stats->late_replies},
        {"clients_gone", stats->clients_gone},
        {"clients_stuck", stats->clients_stuck},
        {"unanswerable", stats->unanswerable},
        {"workers_lost", stats->workers_lost},
        {"workers_crashed", stats->workers_crashed},
        {"workers_killed_at_deadline", stats->workers_killed_at_deadline},
        {"listener_closed", stats->listener_closed},
    };
    json_t *const object = json_object();
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++) {
        json_object_set_new(object, counters[i].name,
                            json_integer((json_int_t)counters[i].value));
    }
    json_object_set_new(object, "answered", answered_to_json(stats));
    json_t *const times = json_object();
    json_object_set_new(times, "count", json_integer((json_int_t)stats->time_count));
    json_object_set_new(times, "p50",
                        json_integer((json_int_t)stats_percentile(stats, 0.5)));
    json_object_set_new(times, "p90",
                        json_integer((json_int_t)stats_percentile(stats, 0.9)));
    json_object_set_new(times, "p99",
                        json_integer((json_int_t)stats_percentile(stats, 0.99)));
    json_object_set_new(object, "time_us", times);
    return object;
}
