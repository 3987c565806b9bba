#include "config.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "options.h"
#include "process.h"
#include "rules/yaml.h"

enum { FILE_LIMIT = 64 * 1024, ARENA_BLOCK = 64 * 1024, ARENA_LIMIT = 16 << 20 };

/* Where the file is read to. */
typedef struct mtcd_target {
    const mtc_yaml_reader *reader;
    mtcd_config *config;
} mtcd_target;

static void *field(mtcd_config *to, size_t offset) {
    return (char *)to + offset;
}

static mtc_status set_number(const mtcd_target *to, const mtcd_option *option,
                             const mtc_yaml *node, uint32_t least, uint32_t most,
                             uint32_t *ret_number) {
    int number;
    const mtc_status status = mtc_yaml_read_integer(to->reader, node, option->key,
                                                    (int)least, (int)most, &number);
    if (status == MTC_OK) *ret_number = (uint32_t)number;
    return status;
}

/* A text may be empty here, which mtc_yaml_read_text refuses. */
static mtc_status set_text(const mtcd_target *to, const char *what, const mtc_yaml *node,
                           size_t size, char *ret_text) {
    mtc_str text = {"", 0};
    if (node->kind != MTC_YAML_SCALAR || node->text.len > 0) {
        const mtc_status status =
            mtc_yaml_read_text(to->reader, node, what, size - 1, &text);
        if (status != MTC_OK) return status;
    }
    if (text.len > 0) memcpy(ret_text, text.ptr, text.len);
    ret_text[text.len] = '\0';
    return MTC_OK;
}

static mtc_status set_list(const mtcd_target *to, const mtcd_option *option,
                           const mtc_yaml *node) {
    const bool is_list = node->kind == MTC_YAML_SEQUENCE;
    const mtc_yaml *const items = is_list ? node->items : node;
    const size_t count = is_list ? node->count : 1;
    if (count < option->least || count > option->most) {
        return mtc_yaml_fail(to->reader, node,
                             "%s: between %u and %u entries are allowed", option->key,
                             option->least, option->most);
    }
    for (size_t i = 0; i < count; i++) {
        mtc_status status;
        if (option->kind == OPTION_TEXTS) {
            char(*const texts)[CONFIG_ENDPOINT_SIZE] = field(to->config, option->offset);
            status = set_text(to, option->key, &items[i], sizeof *texts, texts[i]);
        } else {
            uint32_t *const numbers = field(to->config, option->offset);
            status = set_number(to, option, &items[i], 0, INT_MAX, &numbers[i]);
        }
        if (status != MTC_OK) return status;
    }
    *(uint32_t *)field(to->config, option->count_offset) = (uint32_t)count;
    return MTC_OK;
}

static mtc_status set_option(const mtcd_target *to, const mtcd_option *option,
                             const mtc_yaml *node) {
    void *const at = field(to->config, option->offset);
    switch (option->kind) {
    case OPTION_NUMBER:
        return set_number(to, option, node, option->least, option->most, at);
    case OPTION_FLAG: return mtc_yaml_read_flag(to->reader, node, option->key, at);
    case OPTION_TEXT: return set_text(to, option->key, node, option->size, at);
    case OPTION_LEVEL: {
        size_t index;
        const mtc_status status =
            mtc_yaml_read_choice(to->reader, node, option->key, option_levels(), &index);
        if (status == MTC_OK) *(uint32_t *)at = LOG_ERROR + (uint32_t)index;
        return status;
    }
    case OPTION_TEXTS:
    case OPTION_NUMBERS: return set_list(to, option, node);
    }
    return MTC_INTERNAL;
}

static mtc_status read_tree(const mtcd_target *to, const mtc_yaml *root) {
    if (root->kind == MTC_YAML_SEQUENCE && root->count == 0) return MTC_OK;
    size_t count;
    const mtcd_option *const table = options_table(&count);
    const char *keys[64] = {NULL};
    for (size_t i = 0; i < count && i + 1 < sizeof keys / sizeof *keys; i++)
        keys[i] = table[i].key;
    mtc_status status = mtc_yaml_check_keys(to->reader, root, "the configuration", keys);
    for (size_t i = 0; i < count && status == MTC_OK; i++) {
        const mtc_yaml *const node = mtc_yaml_get(root, table[i].key);
        if (node != NULL) status = set_option(to, &table[i], node);
    }
    return status;
}

static mtc_status read_bytes(const char *name, mtc_str bytes, mtc_arena *arena,
                             mtcd_config *config, mtc_error *error) {
    const mtc_yaml_reader reader = {.file = name, .arena = arena, .error = error};
    const mtc_yaml *root;
    const mtc_status status = mtc_yaml_parse(&reader, bytes, arena, &root);
    if (status != MTC_OK) return status;
    return read_tree(&(mtcd_target){&reader, config}, root);
}

void config_defaults(mtcd_config *ret_config) {
    *ret_config = (mtcd_config){0};
    size_t count;
    const mtcd_option *const table = options_table(&count);
    char text[4096];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, "%s: %s\n",
                                   table[i].key, table[i].default_text);
    }
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_error error;
    mtc_error_clear(&error);
    if (read_bytes("(defaults)", (mtc_str){text, length}, &arena, ret_config, &error) !=
        MTC_OK) {
        log_say(LOG_ERROR, "%s", error.message);
    }
    mtc_arena_fini(&arena);
}

mtc_status config_read(const char *path, mtcd_config *config, mtc_error *error) {
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_str bytes;
    mtc_status status = mtc_file_read(path, FILE_LIMIT, &arena, &bytes, error);
    if (status == MTC_OK) status = read_bytes(path, bytes, &arena, config, error);
    mtc_arena_fini(&arena);
    return status;
}

static mtc_status find_data(mtcd_config *config, mtc_error *error) {
    char program[CONFIG_PATH_SIZE];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return mtc_fail(error, MTC_INVALID_FILE,
                        "cannot find out where the program lies: set data_dir");
    }
    program[length] = '\0';
    char *const slash = strrchr(program, '/');
    if (slash != NULL) *slash = '\0';
    const int written = snprintf(config->data_dir, sizeof config->data_dir,
                                 "%s/../share/mtcheck", program);
    if (written < 0 || (size_t)written >= sizeof config->data_dir) {
        return mtc_fail(error, MTC_INVALID_FILE, "the program's path is too long");
    }
    return MTC_OK;
}

mtc_status config_finish(mtcd_config *config, mtc_error *error) {
    if (config->limits.workers == 0) {
        const unsigned processors = process_cores();
        config->limits.workers =
            processors > CONFIG_WORKERS ? CONFIG_WORKERS : (uint32_t)processors;
    }
    if (config->data_dir[0] == '\0') return find_data(config, error);
    return MTC_OK;
}

/* --- Printing --- */

/* In double quotes, as YAML and JSON read it. */
static void print_text(const char *text, FILE *to) {
    fputc('"', to);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', to);
        fputc(*text, to);
    }
    fputc('"', to);
}

static void print_list(const mtcd_config *config, const mtcd_option *option, FILE *to) {
    const char *const base = (const char *)config;
    uint32_t count;
    memcpy(&count, base + option->count_offset, sizeof count);
    fputc('[', to);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) fputs(", ", to);
        if (option->kind == OPTION_TEXTS) {
            print_text(base + option->offset + (size_t)i * CONFIG_ENDPOINT_SIZE, to);
        } else {
            fprintf(to, "%" PRIu32,
                    ((const uint32_t *)(const void *)(base + option->offset))[i]);
        }
    }
    fputc(']', to);
}

void config_print(const mtcd_config *config, FILE *to) {
    size_t count;
    const mtcd_option *const table = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        const void *const at = (const char *)config + table[i].offset;
        fprintf(to, "%s: ", table[i].key);
        switch (table[i].kind) {
        case OPTION_NUMBER: fprintf(to, "%" PRIu32, *(const uint32_t *)at); break;
        case OPTION_FLAG: fputs(*(const bool *)at ? "true" : "false", to); break;
        case OPTION_TEXT: print_text(at, to); break;
        case OPTION_LEVEL:
            fputs(option_levels()[*(const uint32_t *)at - LOG_ERROR], to);
            break;
        case OPTION_TEXTS:
        case OPTION_NUMBERS: print_list(config, &table[i], to); break;
        }
        fputc('\n', to);
    }
}

void config_print_options(FILE *to) {
    fputs("| key | default | range | reload | meaning |\n|---|---|---|---|---|\n", to);
    size_t count;
    const mtcd_option *const table = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        char range[64] = "text";
        switch (table[i].kind) {
        case OPTION_NUMBER:
            snprintf(range, sizeof range, "%u … %u", table[i].least, table[i].most);
            break;
        case OPTION_FLAG: snprintf(range, sizeof range, "true, false"); break;
        case OPTION_TEXT: break;
        case OPTION_LEVEL:
            snprintf(range, sizeof range, "error, warning, notice, info, debug");
            break;
        case OPTION_TEXTS:
        case OPTION_NUMBERS:
            snprintf(range, sizeof range, "%u … %u entries", table[i].least,
                     table[i].most);
            break;
        }
        /* The sandbox is off by default in sanitizer builds; the table tells the rule. */
        const bool is_flag = table[i].kind == OPTION_FLAG;
        fprintf(to, "| `%s` | `%s` | %s | %s | %s |\n", table[i].key,
                is_flag ? "true" : table[i].default_text, range,
                table[i].reloads ? "yes" : "no", table[i].description);
    }
}
