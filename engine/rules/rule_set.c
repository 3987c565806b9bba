#include "rules/rule_set.h"

#include <math.h>
#include <sodium/crypto_hash_sha256.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "rules/rule_reading.h"

enum {
    LARGEST_FILE = 1 << 20,
    SCRATCH_BLOCK = 256 << 10,
    SCRATCH_LIMIT = 256 << 20,
};

static const char PROFILES_FILE[] = "profiles.yaml";
static const char CONFIDENCE_FILE[] = "confidence.yaml";
static const char DEFAULT_PROFILE[] = "news";

/* "…/rules/en/quotes.yaml" -> "quotes.yaml" */
static mtc_str file_name(mtc_str path) {
    size_t begin = path.len;
    while (begin > 0 && path.ptr[begin - 1] != '/') begin--;
    return (mtc_str){path.ptr + begin, path.len - begin};
}

static mtc_status read_file(mtc_rule_reading *reading, mtc_str path, bool is_overlay,
                            crypto_hash_sha256_state *hash) {
    mtc_str bytes;
    mtc_status status =
        mtc_file_read(path.ptr, LARGEST_FILE, reading->scratch, &bytes, reading->error);
    if (status != MTC_OK) return status;
    const mtc_str name = file_name(path);
    const unsigned char layer = is_overlay;
    crypto_hash_sha256_update(hash, &layer, 1);
    crypto_hash_sha256_update(hash, (const unsigned char *)name.ptr, name.len + 1);
    crypto_hash_sha256_update(hash, (const unsigned char *)bytes.ptr, bytes.len + 1);
    const mtc_yaml_reader reader = {path.ptr, reading->arena, reading->error};
    const mtc_yaml *root;
    status = mtc_yaml_parse(&reader, bytes, reading->scratch, &root);
    if (status != MTC_OK) return status;
    if (mtc_str_equal(name, mtc_str_of(PROFILES_FILE))) {
        return mtc_profile_file_read(reading, path.ptr, root);
    }
    if (mtc_str_equal(name, mtc_str_of(CONFIDENCE_FILE))) {
        return mtc_confidence_file_read(reading, path.ptr, root);
    }
    const mtc_str stem = {name.ptr, name.len - sizeof ".yaml" + 1};
    return mtc_rule_file_read(reading, path.ptr, is_overlay ? MTC_STR("") : stem, root);
}

static mtc_status read_folder(mtc_rule_reading *reading, const char *folder,
                              bool is_overlay, crypto_hash_sha256_state *hash) {
    mtc_path_list paths = {0};
    mtc_status status = mtc_folder_list(folder, MTC_STR(".yaml"), is_overlay,
                                        reading->scratch, &paths, reading->error);
    for (size_t i = 0; status == MTC_OK && i < paths.count; i++) {
        status = read_file(reading, paths.at[i], is_overlay, hash);
    }
    return status;
}

static mtc_status read_overlay(mtc_rule_reading *reading, const char *overlay_dir,
                               crypto_hash_sha256_state *hash) {
    const size_t size = strlen(overlay_dir) + sizeof "/rules.d";
    char *const folder = mtc_arena_take(reading->scratch, size);
    if (folder == NULL) {
        return mtc_fail(reading->error, MTC_NO_MEMORY, "no memory for %s", overlay_dir);
    }
    (void)snprintf(folder, size, "%s/rules.d", overlay_dir);
    return read_folder(reading, folder, true, hash);
}

static int compare_drafts(const void *a, const void *b) {
    return mtc_str_compare(((const mtc_rule_draft *)a)->rule.id,
                           ((const mtc_rule_draft *)b)->rule.id);
}

static mtc_status finish(mtc_rule_reading *reading, const char *rules_dir,
                         mtc_rule_set *set) {
    const size_t count = reading->drafts.count;
    mtc_rule *const rules = MTC_TAKE(reading->arena, mtc_rule, count);
    if (rules == NULL) {
        return mtc_fail(reading->error, MTC_NO_MEMORY, "no memory for the rules");
    }
    mtc_rule_draft *const drafts = reading->drafts.at;
    if (count > 0) qsort(drafts, count, sizeof *drafts, compare_drafts);
    mtc_status status = mtc_confidence_finish(reading, drafts, count);
    if (status != MTC_OK) return status;
    for (size_t i = 0; i < count; i++) {
        drafts[i].rule.index = (uint32_t)i;
        rules[i] = drafts[i].rule;
    }
    set->rules = rules;
    set->rule_count = count;
    status =
        mtc_profiles_finish(reading, drafts, count, &set->profiles, &set->profile_count);
    if (status != MTC_OK) return status;
    if (mtc_rule_set_profile(set, mtc_str_of(DEFAULT_PROFILE)) == NULL) {
        return mtc_fail_in_file(reading->error, rules_dir, 0, 0,
                                "holds no %s with a profile \"%s\"", PROFILES_FILE,
                                DEFAULT_PROFILE);
    }
    return MTC_OK;
}

static void finish_checksum(crypto_hash_sha256_state *hash, const mtc_wordlists *lists,
                            const unsigned char extra_digest[32], char ret_text[72]) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    mtc_wordlists_checksum(lists, digest);
    crypto_hash_sha256_update(hash, digest, sizeof digest);
    crypto_hash_sha256_update(hash, extra_digest, sizeof digest);
    crypto_hash_sha256_final(hash, digest);
    char hex[65];
    mtc_sha256_hex(digest, hex);
    (void)snprintf(ret_text, 72, "sha256:%s", hex);
}

mtc_status mtc_rule_set_load(const char *rules_dir, const char *overlay_dir,
                             const mtc_wordlists *lists,
                             const unsigned char extra_digest[32], mtc_arena *arena,
                             const mtc_rule_set **ret_rules, mtc_error *error) {
    mtc_rule_set *const set = MTC_TAKE(arena, mtc_rule_set, 1);
    if (set == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for the rules");
    mtc_arena scratch;
    mtc_arena_init(&scratch, SCRATCH_BLOCK, SCRATCH_LIMIT);
    mtc_rule_reading reading = {
        .lists = lists, .arena = arena, .scratch = &scratch, .error = error};
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    mtc_status status = read_folder(&reading, rules_dir, false, &hash);
    if (status == MTC_OK && overlay_dir != NULL) {
        status = read_overlay(&reading, overlay_dir, &hash);
    }
    if (status == MTC_OK) status = finish(&reading, rules_dir, set);
    mtc_arena_fini(&scratch);
    if (status != MTC_OK) return status;
    finish_checksum(&hash, lists, extra_digest, set->checksum);
    *ret_rules = set;
    return MTC_OK;
}

/* --- Looking things up --- */

const mtc_rule *mtc_rule_set_find(const mtc_rule_set *rules, mtc_str id) {
    size_t begin = 0, end = rules->rule_count;
    while (begin < end) {
        const size_t middle = begin + (end - begin) / 2;
        const int order = mtc_str_compare(rules->rules[middle].id, id);
        if (order == 0) return &rules->rules[middle];
        if (order < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    return NULL;
}

const mtc_profile *mtc_rule_set_profile(const mtc_rule_set *rules, mtc_str name) {
    for (size_t i = 0; i < rules->profile_count; i++) {
        if (mtc_str_equal(rules->profiles[i].name, name)) return &rules->profiles[i];
    }
    return NULL;
}

static const mtc_rule_parameter *find_parameter(const mtc_rule *rule, const char *name) {
    const mtc_str wanted = mtc_str_of(name);
    for (size_t i = 0; i < rule->parameter_count; i++) {
        if (mtc_str_equal(rule->parameters[i].name, wanted)) return &rule->parameters[i];
    }
    return NULL;
}

double mtc_rule_number(const mtc_rule *rule, const char *name, double fallback) {
    const mtc_rule_parameter *const parameter = find_parameter(rule, name);
    return parameter == NULL || isnan(parameter->number) ? fallback : parameter->number;
}

mtc_str mtc_rule_text(const mtc_rule *rule, const char *name, mtc_str fallback) {
    const mtc_rule_parameter *const parameter = find_parameter(rule, name);
    return parameter == NULL || parameter->text.len == 0 ? fallback : parameter->text;
}

const mtc_str *mtc_rule_list(const mtc_rule *rule, const char *name, size_t *ret_count) {
    const mtc_rule_parameter *const parameter = find_parameter(rule, name);
    if (parameter == NULL) {
        *ret_count = 0;
        return NULL;
    }
    if (parameter->list != NULL) {
        *ret_count = parameter->list_count;
        return parameter->list;
    }
    *ret_count = parameter->text.len > 0; /* one word alone is a list of one */
    return &parameter->text;
}

mtc_rule_words mtc_rule_words_of(const mtc_rule *rule, const char *name) {
    mtc_rule_words words;
    words.at = mtc_rule_list(rule, name, &words.count);
    return words;
}

bool mtc_rule_words_have(mtc_rule_words words, mtc_str word) {
    for (size_t i = 0; i < words.count; i++) {
        if (mtc_str_equal(words.at[i], word)) return true;
    }
    return false;
}
