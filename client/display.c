#include "display.h"

#include <unicode/uchar.h>

uint32_t display_next(mtc_str text, size_t *offset) {
    const unsigned char *const p = (const unsigned char *)text.ptr + *offset;
    const size_t length = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t codepoint = length == 1 ? p[0] : p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) codepoint = (codepoint << 6) | (p[i] & 0x3Fu);
    *offset += length;
    return codepoint;
}

/* Would it move the cursor, vanish or turn what follows around? */
static bool must_be_escaped(uint32_t codepoint) {
    if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0)) return true;
    const int8_t category = u_charType((UChar32)codepoint);
    return category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
           category == U_PARAGRAPH_SEPARATOR || category == U_SURROGATE ||
           category == U_PRIVATE_USE_CHAR || category == U_UNASSIGNED;
}

unsigned display_width_of(uint32_t codepoint) {
    if (codepoint < 0x7F && codepoint >= 0x20) return 1;
    if (must_be_escaped(codepoint))
        return codepoint > 0xFFFF ? (codepoint > 0xFFFFF ? 10 : 9) : 8;
    const int8_t category = u_charType((UChar32)codepoint);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) return 0;
    const int32_t width =
        u_getIntPropertyValue((UChar32)codepoint, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

unsigned display_width(mtc_str text) {
    unsigned width = 0;
    for (size_t at = 0; at < text.len;)
        width += display_width_of(display_next(text, &at));
    return width;
}

void display_print(FILE *out, mtc_str text) {
    for (size_t at = 0; at < text.len;) {
        const size_t begin = at;
        const uint32_t codepoint = display_next(text, &at);
        if (must_be_escaped(codepoint)) {
            fprintf(out, "<U+%04X>", codepoint);
        } else {
            fwrite(text.ptr + begin, 1, at - begin, out);
        }
    }
}

static void print_spaces(FILE *out, unsigned count) {
    fprintf(out, "%*s", (int)count, "");
}

void display_wrap(FILE *out, mtc_str text, unsigned indent, unsigned width) {
    unsigned column = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ') end++;
        const mtc_str word = {text.ptr + at, end - at};
        const unsigned wide = display_width(word);
        if (column > 0 && column + 1 + wide > width) {
            fputc('\n', out);
            column = 0;
        }
        if (column == 0) {
            print_spaces(out, indent);
            column = indent;
        } else {
            fputc(' ', out);
            column++;
        }
        display_print(out, word);
        column += wide;
        at = end < text.len ? end + 1 : end;
    }
    fputc('\n', out);
}
