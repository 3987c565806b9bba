#include "reader.h"

#include <errno.h>
#include <lzma.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

typedef struct bytes {
    char *at;
    size_t count, capacity;
} bytes;

static bytes read_raw(const char *path) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) train_die("%s cannot be opened: %s", path, strerror(errno));
    bytes raw = {train_zeroed(1 << 16, 1), 0, 1 << 16};
    for (size_t got;
         (got = fread(raw.at + raw.count, 1, raw.capacity - raw.count, file)) > 0;) {
        raw.count += got;
        if (raw.count < raw.capacity) continue;
        raw.capacity *= 2;
        raw.at = train_resized(raw.at, raw.capacity, 1);
    }
    if (ferror(file)) train_die("%s cannot be read", path);
    (void)fclose(file);
    return raw;
}

static bytes unpack(bytes packed, const char *path) {
    lzma_stream stream = LZMA_STREAM_INIT;
    if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK)
        train_die("no memory");
    bytes plain = {train_zeroed(1 << 20, 1), 0, 1 << 20};
    stream.next_in = (const uint8_t *)packed.at;
    stream.avail_in = packed.count;
    for (lzma_ret state = LZMA_OK; state != LZMA_STREAM_END;) {
        stream.next_out = (uint8_t *)plain.at + plain.count;
        stream.avail_out = plain.capacity - plain.count;
        state = lzma_code(&stream, LZMA_FINISH);
        if (state != LZMA_OK && state != LZMA_STREAM_END)
            train_die("%s is no sound .xz file", path);
        plain.count = plain.capacity - stream.avail_out;
        if (stream.avail_out > 0) continue;
        plain.capacity *= 2;
        plain.at = train_resized(plain.at, plain.capacity, 1);
    }
    lzma_end(&stream);
    return plain;
}

mtc_str train_read(const char *path) {
    bytes content = read_raw(path);
    if (mtc_str_ends_with(mtc_str_of(path), MTC_STR(".xz"))) {
        const bytes plain = unpack(content, path);
        free(content.at);
        content = plain;
    }
    return (mtc_str){content.at, content.count};
}

bool train_next_field(mtc_str *text, char separator, mtc_str *ret_field) {
    if (text->len == 0) return false;
    const char *const end = memchr(text->ptr, separator, text->len);
    const size_t length = end == NULL ? text->len : (size_t)(end - text->ptr);
    *ret_field = (mtc_str){text->ptr, length};
    const size_t taken = end == NULL ? length : length + 1;
    *text = (mtc_str){text->ptr + taken, text->len - taken};
    return true;
}

bool train_next_line(mtc_str *text, mtc_str *ret_line) {
    if (!train_next_field(text, '\n', ret_line)) return false;
    if (ret_line->len > 0 && ret_line->ptr[ret_line->len - 1] == '\r') ret_line->len--;
    return true;
}

enum { TAR_BLOCK = 512, TAR_NAME = 100, TAR_SIZE_AT = 124, TAR_TYPE_AT = 156 };

bool train_next_member(mtc_str *archive, mtc_str *ret_name, mtc_str *ret_bytes) {
    while (archive->len >= TAR_BLOCK && archive->ptr[0] != '\0') {
        const char *const head = archive->ptr;
        size_t size = 0;
        for (int i = 0; i < 11; i++) {
            const char digit = head[TAR_SIZE_AT + i];
            if (digit >= '0' && digit <= '7') size = size * 8 + (size_t)(digit - '0');
        }
        const size_t whole = TAR_BLOCK + (size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK;
        if (size > archive->len - TAR_BLOCK || whole > archive->len) return false;
        *archive = (mtc_str){head + whole, archive->len - whole};
        if (head[TAR_TYPE_AT] != '0' && head[TAR_TYPE_AT] != '\0') continue;
        *ret_name = (mtc_str){head, strnlen(head, TAR_NAME)};
        *ret_bytes = (mtc_str){head + TAR_BLOCK, size};
        return true;
    }
    return false;
}
