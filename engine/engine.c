#include "engine.h"

#include <sodium/core.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum {
    DEFAULT_TEXT_LIMIT = 256 << 10,
    LARGEST_TEXT_LIMIT = 1 << 20,
    DEFAULT_MEMORY_LIMIT = 256 << 20,
    ENGINE_BLOCK = 256 << 10,
};
static const size_t ENGINE_LIMIT = (size_t)1 << 30;

static const char *path_in(mtc_engine *engine, const char *folder, const char *name) {
    const size_t size = strlen(folder) + 1 + strlen(name) + 1;
    char *const path = mtc_arena_take(&engine->arena, size);
    if (path != NULL) (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static void name_checksum(const unsigned char digest[32], char ret_name[72]) {
    char hex[65];
    mtc_sha256_hex(digest, hex);
    (void)snprintf(ret_name, 72, "sha256:%s", hex);
}

static mtc_status load(mtc_engine *engine, const mtc_engine_options *options,
                       mtc_error *error) {
    const char *const overlay = options->overlay_dir;
    const char *const dicts = path_in(engine, options->data_dir, "dicts/en");
    const char *const rules = path_in(engine, options->data_dir, "rules/en");
    const char *const more_dicts =
        overlay == NULL ? NULL : path_in(engine, overlay, "dicts.d");
    const char *const hunspell =
        options->hunspell_dir == NULL ? "/usr/share/hunspell" : options->hunspell_dir;
    if (dicts == NULL || rules == NULL || (overlay != NULL && more_dicts == NULL)) {
        return mtc_fail(error, MTC_NO_MEMORY, "no memory to load");
    }
    mtc_status status =
        mtc_wordlists_load(dicts, more_dicts, &engine->arena, &engine->lists, error);
    if (status == MTC_OK) {
        status = mtc_language_new(options->data_dir, hunspell, engine->lists,
                                  &engine->language, error);
    }
    if (status != MTC_OK) return status;
    unsigned char digest[32];
    mtc_language_checksum(engine->language, digest);
    name_checksum(digest, engine->model_checksum);
    status = mtc_rule_set_load(rules, overlay, engine->lists, digest, &engine->arena,
                               &engine->rules, error);
    if (status == MTC_OK) {
        status = mtc_detectors_new(engine->rules, engine->lists, engine->language,
                                   &engine->arena, &engine->detectors, error);
    }
    return status;
}

static mtc_status check_options(const mtc_engine_options *options, mtc_error *error) {
    if (options == NULL || options->data_dir == NULL) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "no data folder was named");
    }
    if (options->text_limit > LARGEST_TEXT_LIMIT) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "the text limit can be at most %d bytes", LARGEST_TEXT_LIMIT);
    }
    if (options->language != NULL &&
        mtc_engine_language(mtc_str_of(options->language)) == NULL) {
        return mtc_fail(error, MTC_UNSUPPORTED_LANGUAGE,
                        "language “%s” is not supported; only en", options->language);
    }
    if (sodium_init() < 0)
        return mtc_fail(error, MTC_INTERNAL, "libsodium cannot be used");
    return MTC_OK;
}

mtc_status mtc_engine_new(const mtc_engine_options *options, mtc_engine **ret_engine,
                          mtc_error *error) {
    mtc_error_clear(error);
    mtc_status status = check_options(options, error);
    if (status != MTC_OK) return status;
    mtc_engine *const engine = calloc(1, sizeof *engine);
    if (engine == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for an engine");
    mtc_arena_init(&engine->arena, ENGINE_BLOCK, ENGINE_LIMIT);
    engine->text_limit =
        options->text_limit > 0 ? options->text_limit : DEFAULT_TEXT_LIMIT;
    engine->memory_limit =
        options->memory_limit > 0 ? options->memory_limit : DEFAULT_MEMORY_LIMIT;
    status = load(engine, options, error);
    if (status != MTC_OK) {
        mtc_engine_free(engine);
        return status;
    }
    *ret_engine = engine;
    return MTC_OK;
}

void mtc_engine_free(mtc_engine *engine) {
    if (engine == NULL) return;
    mtc_language_free(engine->language);
    mtc_arena_fini(&engine->arena);
    free(engine);
}

const char *mtc_engine_rules_checksum(const mtc_engine *engine) {
    return engine->rules->checksum;
}

const char *mtc_version(void) {
    return MTC_VERSION;
}
