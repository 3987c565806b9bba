#include "base/utf8.h"
#include "score/score.h"

enum { LONGEST_QUOTED = 80 }; /* code points of the article in one message */

typedef struct {
    char *bytes;
    size_t length, capacity;
    mtc_arena *arena;
    bool failed;
} text_builder;

static void append(text_builder *to, mtc_str text) {
    if (to->failed) return;
    if (to->length + text.len + 1 > to->capacity) {
        const size_t capacity = (to->length + text.len + 1) * 2;
        char *const grown = mtc_arena_take(to->arena, capacity);
        if (grown == NULL) {
            to->failed = true;
            return;
        }
        if (to->length > 0) memcpy(grown, to->bytes, to->length);
        to->bytes = grown;
        to->capacity = capacity;
    }
    if (text.len > 0) memcpy(to->bytes + to->length, text.ptr, text.len);
    to->length += text.len;
}

/* The text itself, or its beginning and its end around an ellipsis. */
static void append_shortened(text_builder *to, mtc_str text) {
    if (mtc_utf8_count(text, NULL) <= LONGEST_QUOTED) {
        append(to, text);
        return;
    }
    uint32_t head = 0, tail = (uint32_t)text.len;
    for (int i = 0; i < LONGEST_QUOTED / 2; i++) (void)mtc_utf8_next(text, &head);
    for (int i = 0; i < LONGEST_QUOTED / 2; i++) {
        do tail--;
        while (((unsigned char)text.ptr[tail] & 0xC0) == 0x80);
    }
    append(to, (mtc_str){text.ptr, head});
    append(to, MTC_STR(" … "));
    append(to, (mtc_str){text.ptr + tail, text.len - tail});
}

static bool append_placeholder(text_builder *to, const mtc_document *doc,
                               const mtc_finding *finding, mtc_str name) {
    if (mtc_str_equal(name, MTC_STR("match"))) {
        append_shortened(to, mtc_document_slice(doc, finding->at));
    } else if (mtc_str_equal(name, MTC_STR("mark"))) {
        append_shortened(to, mtc_document_slice(doc, finding->mark));
    } else if (name.len == 1 && name.ptr[0] >= '1' && name.ptr[0] <= '3') {
        append_shortened(to, finding->arguments[name.ptr[0] - '1']);
    } else {
        return false;
    }
    return true;
}

mtc_str mtc_message_render(const mtc_document *doc, const mtc_finding *finding,
                           mtc_arena *arena) {
    text_builder to = {.arena = arena};
    mtc_str rest = finding->rule->message;
    append(&to, (mtc_str){"", 0});
    while (rest.len > 0) {
        const char *const open = memchr(rest.ptr, '{', rest.len);
        const size_t before = open == NULL ? rest.len : (size_t)(open - rest.ptr);
        append(&to, (mtc_str){rest.ptr, before});
        rest = (mtc_str){rest.ptr + before, rest.len - before};
        if (rest.len == 0) break;
        const char *const close = memchr(rest.ptr, '}', rest.len);
        const size_t whole = close == NULL ? 1 : (size_t)(close - rest.ptr) + 1;
        if (close == NULL ||
            !append_placeholder(&to, doc, finding, (mtc_str){rest.ptr + 1, whole - 2})) {
            append(&to, (mtc_str){rest.ptr, whole});
        }
        rest = (mtc_str){rest.ptr + whole, rest.len - whole};
    }
    if (to.failed) return (mtc_str){NULL, 0};
    return (mtc_str){to.bytes, to.length};
}
