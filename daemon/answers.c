#include "answers.h"

#include <jansson.h>

#include "codec/reply.h"
#include "codec/request.h"

enum { ARENA_BLOCK = 16 << 10, ARENA_LIMIT = 1 << 20 };

static json_t *count(uint64_t number) {
    return json_integer((json_int_t)number);
}

static bool to_message(mtc_str bytes, zmq_msg_t *ret_reply) {
    if (bytes.ptr == NULL || zmq_msg_init_size(ret_reply, bytes.len) != 0) return false;
    memcpy(zmq_msg_data(ret_reply), bytes.ptr, bytes.len);
    return true;
}

/* In the form of all replies: compact, keys sorted. Steals `reply`. */
static bool write_reply(json_t *reply, zmq_msg_t *ret_reply) {
    char *const text =
        reply == NULL ? NULL : json_dumps(reply, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(reply);
    if (text == NULL) return false;
    const bool made = to_message(mtc_str_of(text), ret_reply);
    free(text);
    return made;
}

static json_t *begin(const char *status, mtc_str id) {
    return json_pack("{s:i,s:s,s:o}", "v", 1, "status", status, "id",
                     id.ptr == NULL ? json_null() : json_stringn_nocheck(id.ptr, id.len));
}

bool answer_error(mtc_status code, const char *message, uint32_t retry_after_ms,
                  mtc_str id, zmq_msg_t *ret_reply) {
    json_t *const error =
        json_pack("{s:s,s:s}", "code", mtc_status_name(code), "message", message);
    if (error != NULL && retry_after_ms > 0)
        json_object_set_new(error, "retry_after_ms", count(retry_after_ms));
    json_t *const reply = begin("error", id);
    if (reply == NULL || error == NULL ||
        json_object_set_new(reply, "error", error) != 0) {
        json_decref(reply);
        return false;
    }
    return write_reply(reply, ret_reply);
}

static json_t *warnings_of(const mtc_wire_request *wire) {
    json_t *const list = json_array();
    for (size_t i = 0; i < wire->warnings.count; i++) {
        json_array_append_new(list, json_stringn_nocheck(wire->warnings.at[i].ptr,
                                                         wire->warnings.at[i].len));
    }
    return list;
}

static bool answer_health(const mtc_wire_request *wire, const mtcd_health *health,
                          zmq_msg_t *ret_reply) {
    json_t *const workers =
        json_pack("{s:o,s:o,s:o}", "configured", count(health->workers), "ready",
                  count(health->workers_ready), "busy", count(health->workers_busy));
    json_t *const queue =
        json_pack("{s:o,s:o,s:o,s:o,s:o}", "requests", count(health->queued), "bytes",
                  count(health->queued_bytes), "most_requests",
                  count(health->most_queued), "most_bytes", count(health->most_bytes),
                  "highest_requests", count(health->highest_queued));
    json_t *const trouble =
        health->trouble[0] == '\0' ? json_null() : json_string(health->trouble);
    json_t *const body =
        json_pack("{s:s,s:o,s:o,s:o,s:o,s:s,s:s,s:o}", "state", health->state,
                  "generation", count(health->generation), "uptime_s",
                  count(health->uptime_us / 1000000), "workers", workers, "queue", queue,
                  "rules", health->rules, "model", health->model, "trouble", trouble);
    json_t *const reply = begin("ok", wire->id);
    if (reply == NULL || body == NULL ||
        json_object_set_new(reply, "health", body) != 0 ||
        json_object_set_new(reply, "warnings", warnings_of(wire)) != 0) {
        json_decref(reply);
        return false;
    }
    return write_reply(reply, ret_reply);
}

static bool answer_stats(const mtc_wire_request *wire, const mtcd_health *health,
                         const mtcd_stats *stats, zmq_msg_t *ret_reply) {
    json_t *const body = stats_to_json(stats);
    json_t *const reply = begin("ok", wire->id);
    if (reply == NULL || body == NULL || json_object_set_new(reply, "stats", body) != 0 ||
        json_object_set_new(body, "uptime_s", count(health->uptime_us / 1000000)) != 0 ||
        json_object_set_new(body, "queue_highest", count(health->highest_queued)) != 0 ||
        json_object_set_new(reply, "warnings", warnings_of(wire)) != 0) {
        json_decref(reply);
        return false;
    }
    return write_reply(reply, ret_reply);
}

static mtcd_answer_result answer_parsed(const mtc_wire_request *wire,
                                        const mtcd_health *health,
                                        const mtcd_stats *stats, mtc_arena *arena,
                                        zmq_msg_t *ret_reply) {
    const mtc_reply_engine about = {mtc_version(), health->rules, health->model};
    bool made;
    switch (wire->op) {
    case MTC_OP_HEALTH: made = answer_health(wire, health, ret_reply); break;
    case MTC_OP_STATS: made = answer_stats(wire, health, stats, ret_reply); break;
    case MTC_OP_VERSION:
        /* Not known yet while starting: then a worker answers as soon as there is one. */
        if (health->rules[0] == '\0') return ANSWER_FOR_WORKER;
        made = to_message(mtc_reply_version(wire->id, &wire->warnings, &about, arena),
                          ret_reply);
        break;
    default: return ANSWER_FOR_WORKER;
    }
    return made ? ANSWER_MADE : ANSWER_NO_MEMORY;
}

/* Is the language, where one is named, the worker's to refuse? */
static bool names_language(const mtc_wire_request *wire) {
    return wire->language.ptr != NULL;
}

mtcd_answer_result answer_small(mtc_str body, const mtcd_health *health,
                                const mtcd_stats *stats, zmq_msg_t *ret_reply) {
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_error error;
    mtc_error_clear(&error);
    mtc_wire_request wire;
    mtcd_answer_result result = ANSWER_FOR_WORKER;
    if (mtc_wire_request_parse(body, &arena, &wire, &error) == MTC_OK &&
        !(wire.op == MTC_OP_VERSION && names_language(&wire)))
        result = answer_parsed(&wire, health, stats, &arena, ret_reply);
    mtc_wire_request_fini(&wire);
    mtc_arena_fini(&arena);
    return result;
}

void answer_find_id(mtc_str body, char ret_id[], size_t size, size_t *ret_length) {
    *ret_length = 0;
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_wire_request wire;
    mtc_wire_request_parse(body, &arena, &wire, NULL);
    if (wire.id.ptr != NULL && wire.id.len <= size) {
        memcpy(ret_id, wire.id.ptr, wire.id.len);
        *ret_length = wire.id.len;
    }
    mtc_wire_request_fini(&wire);
    mtc_arena_fini(&arena);
}
