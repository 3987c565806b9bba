/* rules_folder.h: a folder of rule files made for one test, and the rule set in it. */
#ifndef MTC_TEST_RULES_FOLDER_H
#define MTC_TEST_RULES_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/status.h"
#include "rules/rule_set.h"

#define PLAIN_PROFILES                                                                   \
    "- {name: news, min_confidence: 0.5, pass: 80, review: 50, acceptable: 10}\n"        \
    "- {name: quiet, min_confidence: 0.8, pass: 80, review: 50, acceptable: 15}\n"

/* The keys that every entry must have, but id. */
#define PLAIN_KEYS                                                                       \
    "  summary: A rule\n  message: It is wrong.\n  dimension: linguistic-conventions\n"  \
    "  type: grammar\n  its: grammar\n  severity: minor\n"

typedef struct {
    char path[64]; /* holds rules/, dicts/ and overlay/rules.d/ */
    char rules[96], overlay[96];
    mtc_arena arena;
    mtc_wordlists *lists;
    const mtc_rule_set *set; /* NULL: refused, `error` says why */
    mtc_error error;
} rules_folder;

static inline void rules_folder_path(const rules_folder *folder, const char *name,
                                     char ret_path[160]) {
    (void)snprintf(ret_path, 160, "%s/%s", folder->path, name);
}

static inline void rules_folder_write_bytes(const rules_folder *folder, const char *name,
                                            const char *bytes, size_t length) {
    char path[160];
    rules_folder_path(folder, name, path);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline void rules_folder_write(const rules_folder *folder, const char *name,
                                      const char *text) {
    rules_folder_write_bytes(folder, name, text, strlen(text));
}

static inline void rules_folder_init(rules_folder *folder) {
    *folder = (rules_folder){.path = "/tmp/mtcheck-rules-XXXXXX"};
    assert_non_null(mkdtemp(folder->path));
    static const char *const FOLDERS[] = {"rules", "dicts", "overlay", "overlay/rules.d"};
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        char path[160];
        rules_folder_path(folder, FOLDERS[i], path);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    (void)snprintf(folder->rules, sizeof folder->rules, "%s/rules", folder->path);
    (void)snprintf(folder->overlay, sizeof folder->overlay, "%s/overlay", folder->path);
    rules_folder_write(folder, "rules/profiles.yaml", PLAIN_PROFILES);
    mtc_arena_init(&folder->arena, 64 << 10, 64 << 20);
}

/* Reads what was written; may be called again after another write. */
static inline mtc_status rules_folder_load(rules_folder *folder, bool with_overlay) {
    static const unsigned char NO_DIGEST[32] = {0};
    mtc_arena_reset(&folder->arena);
    mtc_error_clear(&folder->error);
    folder->set = NULL;
    char dicts[160];
    rules_folder_path(folder, "dicts", dicts);
    mtc_status status =
        mtc_wordlists_load(dicts, NULL, &folder->arena, &folder->lists, &folder->error);
    if (status != MTC_OK) return status;
    return mtc_rule_set_load(folder->rules, with_overlay ? folder->overlay : NULL,
                             folder->lists, NO_DIGEST, &folder->arena, &folder->set,
                             &folder->error);
}

static inline void rules_folder_fini(rules_folder *folder) {
    static const char *const FILES[] = {"rules/profiles.yaml",
                                        "rules/confidence.yaml",
                                        "rules/test.yaml",
                                        "rules/other.yaml",
                                        "dicts/colours.txt",
                                        "dicts/irregular-forms.txt",
                                        "overlay/rules.d/a.yaml",
                                        "overlay/rules.d/b.yaml",
                                        "overlay/rules.d/confidence.yaml",
                                        "overlay/rules.d/profiles.yaml"};
    static const char *const FOLDERS[] = {"rules", "dicts", "overlay/rules.d", "overlay",
                                          ""};
    char path[160];
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        rules_folder_path(folder, FILES[i], path);
        (void)unlink(path);
    }
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        rules_folder_path(folder, FOLDERS[i], path);
        (void)rmdir(path);
    }
    mtc_arena_fini(&folder->arena);
}

#endif
