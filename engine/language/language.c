#include "language/language.h"

#include <sodium/crypto_hash_sha256.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "language/annotation.h"
#include "language/lexicon_table.h"
#include "language/name_chain.h"
#include "language/names.h"
#include "language/parts.h"
#include "language/sentence_kind.h"
#include "language/speller.h"
#include "language/tagger.h"

struct mtc_language {
    mtc_arena arena;
    mtc_lexicon_table table;
    mtc_speller *speller;
    mtc_tagger *tagger;
    mtc_annotator *annotator;
    const mtc_wordset *words; /* beside hunspell: case counts where one has a capital */
    const mtc_wordset *function_words;
    const mtc_wordset *foreign_words; /* small words of other languages */
    const mtc_wordset *titles;        /* "president", "mr": folded */
    mtc_mention_words mentions;
};

/* --- Life --- */

static mtc_status load_network(mtc_language *language, const char *data_dir,
                               mtc_error *error) {
    char path[4096];
    const int length = snprintf(path, sizeof path, "%s/models/en.mtm", data_dir);
    if (length < 0 || (size_t)length >= sizeof path)
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "the data folder's name is too long");
    return mtc_annotator_new(path, mtc_kernel_best(), &language->annotator, error);
}

static mtc_status load(mtc_language *language, const char *data_dir,
                       const char *hunspell_dir, const mtc_wordlists *lists,
                       mtc_error *error) {
    char folder[4096];
    const int length = snprintf(folder, sizeof folder, "%s/dicts/en", data_dir);
    if (length < 0 || (size_t)length >= sizeof folder)
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "the data folder's name is too long");
    mtc_status status =
        mtc_lexicon_table_load(folder, &language->arena, &language->table, error);
    if (status == MTC_OK) {
        status =
            mtc_tagger_new(data_dir, lists, &language->arena, &language->tagger, error);
    }
    if (status == MTC_OK) status = load_network(language, data_dir, error);
    if (status != MTC_OK) return status;
    return mtc_speller_new(hunspell_dir == NULL ? "/usr/share/hunspell" : hunspell_dir,
                           &language->speller, error);
}

mtc_status mtc_language_new(const char *data_dir, const char *hunspell_dir,
                            const mtc_wordlists *lists, mtc_language **ret_language,
                            mtc_error *error) {
    mtc_language *const language = calloc(1, sizeof *language);
    if (language == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for words");
    mtc_arena_init(&language->arena, 64 * 1024, 256u << 20);
    language->words = mtc_wordlists_get(lists, "words");
    language->titles = mtc_wordlists_get(lists, "titles");
    mtc_mention_words_init(&language->mentions, lists);
    language->function_words = mtc_wordlists_get(lists, "function-words");
    language->foreign_words = mtc_wordlists_get(lists, "foreign-words");
    const mtc_status status = load(language, data_dir, hunspell_dir, lists, error);
    if (status == MTC_OK) {
        *ret_language = language;
    } else {
        mtc_language_free(language);
    }
    return status;
}

void mtc_language_free(mtc_language *language) {
    if (language == NULL) return;
    mtc_speller_free(language->speller);
    mtc_annotator_free(language->annotator);
    mtc_arena_fini(&language->arena);
    free(language);
}

void mtc_language_checksum(const mtc_language *language, unsigned char ret_digest[32]) {
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    crypto_hash_sha256_update(&hash, language->table.digest,
                              sizeof language->table.digest);
    crypto_hash_sha256_update(&hash, mtc_tagger_digest(language->tagger),
                              crypto_hash_sha256_BYTES);
    const char *const network =
        mtc_network_checksum(mtc_annotator_network(language->annotator));
    crypto_hash_sha256_update(&hash, (const unsigned char *)network, strlen(network));
    crypto_hash_sha256_final(&hash, ret_digest);
}

/* --- One form --- */

/* A form as it is looked up: straight apostrophes, no possessive ending. */
typedef struct {
    char bytes[MTC_LONGEST_PART];
    size_t length; /* 0: too long to be in any list */
} spelling;

static spelling spelling_of(mtc_str form) {
    spelling result = {.length = 0};
    size_t length = 0;
    for (size_t i = 0; i < form.len; i++) {
        if (length == sizeof result.bytes) return result;
        /* U+2019 and U+02BC are E2 80 99 and CA BC. */
        const bool is_curly = form.len - i >= 3 && memcmp(form.ptr + i, "\u2019", 3) == 0;
        const bool is_letter =
            form.len - i >= 2 && memcmp(form.ptr + i, "\u02BC", 2) == 0;
        result.bytes[length++] = is_curly || is_letter ? '\'' : form.ptr[i];
        i += is_curly ? 2 : is_letter ? 1 : 0;
    }
    result.length = length;
    return result;
}

static mtc_str without_possessive(mtc_str form) {
    if (form.len > 2 && mtc_str_ends_with(form, MTC_STR("'s")))
        form.len -= 2;
    else if (form.len > 2 && mtc_str_ends_with(form, MTC_STR("s'")))
        form.len -= 1;
    return form;
}

static mtc_str text_of(const spelling *form) {
    return (mtc_str){form->bytes, form->length};
}

/* ASCII is folded in place; what else there is goes through ICU. */
static mtc_str folded(mtc_str form, spelling *buffer) {
    bool is_ascii = true;
    for (size_t i = 0; i < form.len; i++) is_ascii &= (unsigned char)form.ptr[i] < 0x80;
    buffer->length = 0;
    if (form.len > sizeof buffer->bytes) return (mtc_str){NULL, 0};
    if (is_ascii) {
        for (size_t i = 0; i < form.len; i++) {
            const char byte = form.ptr[i];
            buffer->bytes[i] =
                byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
        }
        buffer->length = form.len;
        return text_of(buffer);
    }
    mtc_arena arena;
    mtc_arena_init(&arena, 4096, 64 * 1024);
    const mtc_str result = mtc_utf8_fold(form, &arena);
    if (result.ptr != NULL && result.len <= sizeof buffer->bytes) {
        memcpy(buffer->bytes, result.ptr, result.len);
        buffer->length = result.len;
    }
    mtc_arena_fini(&arena);
    return text_of(buffer);
}

static uint32_t knowledge_of_list(const mtc_wordset *words, mtc_str form, mtc_str lower) {
    const bool is_listed = mtc_wordset_has(words, lower) ||
                           (!mtc_str_equal(form, lower) && mtc_wordset_has(words, form));
    return is_listed ? MTC_KNOWN_LIST : 0;
}

typedef struct {
    const mtc_language *language;
    mtc_speller_cache *cache;
    const mtc_wordset *believed;
    bool skips_speller; /* its answer is no for certain */
} lookup;

/* Knowledge of a form without hyphens. */
static uint32_t ask_part(const lookup *asker, mtc_str form) {
    const mtc_language *const language = asker->language;
    spelling lower_bytes;
    const mtc_str lower = folded(form, &lower_bytes);
    const bool has_capital = !mtc_str_equal(form, lower);
    uint32_t knowledge = knowledge_of_list(language->words, form, lower);
    if (!asker->skips_speller)
        knowledge |= mtc_speller_ask(language->speller, asker->cache, form);
    if (asker->believed != NULL)
        knowledge |= knowledge_of_list(asker->believed, form, lower);
    const mtc_lexicon_entry *const entry =
        mtc_lexicon_table_find(&language->table, lower);
    if (entry == NULL) return knowledge;
    if (entry->is_word) knowledge |= MTC_KNOWN_FREQUENT;
    if (has_capital) knowledge |= entry->names;
    return knowledge;
}

/* hunspell breaks compounds itself, in time exponential in their hyphens. */
enum { MOST_PARTS_ASKED_WHOLE = 3 };

/* A compound is known where all its parts are; names count as known in it. */
static uint32_t ask_compound(const lookup *asker, mtc_str form) {
    const uint32_t whole =
        mtc_parts_count(form) <= MOST_PARTS_ASKED_WHOLE ? ask_part(asker, form) : 0;
    if (whole & (MTC_KNOWN_LIST | MTC_KNOWN_FREQUENT)) return whole;
    uint32_t shared = MTC_KNOWN_ANY, names = 0;
    mtc_str part;
    for (mtc_parts parts = mtc_parts_of(form); mtc_parts_next(&parts, &part);) {
        uint32_t knowledge =
            mtc_part_is_free(part) ? MTC_KNOWN_ANY : ask_part(asker, part);
        if (knowledge & (MTC_NAME_ANY | MTC_KNOWN_LIST | MTC_KNOWN_FREQUENT))
            knowledge |= MTC_KNOWN_US | MTC_KNOWN_GB;
        shared &= knowledge;
        names |= knowledge & MTC_NAME_ANY;
    }
    return whole | (shared & (MTC_KNOWN_US | MTC_KNOWN_GB)) | names;
}

static uint32_t ask_spelling(const lookup *asker, mtc_str form) {
    return mtc_parts_count(form) > 1 ? ask_compound(asker, form) : ask_part(asker, form);
}

/* Knowledge of the form, or of what stays of it without a possessive ending. */
static uint32_t ask(const lookup *asker, mtc_str form) {
    const spelling plain = spelling_of(form);
    const mtc_str whole = text_of(&plain), stem = without_possessive(whole);
    uint32_t knowledge = ask_spelling(asker, whole);
    if (stem.len < whole.len) knowledge |= ask_spelling(asker, stem);
    return knowledge;
}

uint32_t mtc_language_knows(const mtc_language *language, mtc_str word) {
    const lookup asker = {.language = language};
    return ask(&asker, word);
}

const mtc_lexeme *mtc_language_lexeme(const mtc_language *language, mtc_str form) {
    const spelling plain = spelling_of(form);
    const mtc_lexicon_entry *const entry =
        mtc_lexicon_table_find(&language->table, text_of(&plain));
    return entry == NULL || !entry->has_lexeme ? NULL : &entry->lexeme;
}

uint32_t mtc_language_names(const mtc_language *language, mtc_str form) {
    const mtc_lexicon_entry *const entry = mtc_lexicon_table_find(&language->table, form);
    return entry == NULL ? 0 : entry->names;
}

bool mtc_language_has_word(const mtc_language *language, mtc_str form,
                           const mtc_lexeme **ret_lexeme) {
    const mtc_lexicon_entry *const entry = mtc_lexicon_table_find(&language->table, form);
    if (entry == NULL || !entry->has_lexeme || !entry->is_word) return false;
    *ret_lexeme = &entry->lexeme;
    return true;
}

const mtc_form_filter *mtc_language_words(const mtc_language *language) {
    return &language->table.words;
}

/* --- A document --- */

/* Only the first letter is a capital, or all are: such a form is known to hunspell
 * wherever the one in lower case is (the dictionaries have no KEEPCASE flag). */
static bool is_plain_capital(mtc_str form) {
    bool has_lower = false, has_inner = false;
    for (size_t i = 0; i < form.len; i++) {
        if ((unsigned char)form.ptr[i] >= 0x80) return false;
        has_lower |= form.ptr[i] >= 'a' && form.ptr[i] <= 'z';
        has_inner |= i > 0 && form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
    }
    return !(has_lower && has_inner);
}

/* A form that nobody wrote: it only stands for the lower case of others. */
static bool is_only_folded(const mtc_document *doc, uint32_t word) {
    return doc->words.at[word].first_token == MTC_NONE &&
           doc->words.at[word].folded == word;
}

/* In lower case and without a possessive ending: the form that lexemes are of. */
static bool is_base(const mtc_document *doc, uint32_t word) {
    return doc->words.at[word].folded == word && doc->words.at[word].stem == word;
}

/* Names would cost hunspell most of its time, and their lower case is seldom a word. */
static void mark_worth_asking(const mtc_document *doc, uint32_t word, bool *is_worth) {
    const mtc_word *const one = &doc->words.at[word];
    if (one->folded == word || (one->knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) != 0 ||
        !is_plain_capital(one->text))
        is_worth[one->folded] = true;
    is_worth[one->stem] = true;
}

static mtc_status annotate_words(const lookup *written, mtc_document *doc) {
    bool *const is_worth = MTC_TAKE(doc->arena, bool, doc->words.count);
    if (is_worth == NULL) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->words.count; i++) {
        if (mtc_budget_spend(doc->budget, 4) != MTC_OK) return MTC_DEADLINE;
        mtc_word *const word = &doc->words.at[i];
        if (is_base(doc, i))
            word->lexeme = mtc_language_lexeme(written->language, word->text);
        if (is_only_folded(doc, i)) continue;
        word->knowledge = ask(written, word->text);
        mark_worth_asking(doc, i, is_worth);
    }
    lookup folded_only = *written;
    for (uint32_t i = 0; i < doc->words.count; i++) {
        if (!is_only_folded(doc, i)) continue;
        if (mtc_budget_spend(doc->budget, 2) != MTC_OK) return MTC_DEADLINE;
        folded_only.skips_speller = !is_worth[i];
        doc->words.at[i].knowledge = ask(&folded_only, doc->words.at[i].text);
    }
    for (uint32_t i = 0; i < doc->words.count; i++) {
        const mtc_word *const stem = &doc->words.at[doc->words.at[i].stem];
        doc->words.at[i].lexeme = doc->words.at[stem->folded].lexeme;
    }
    return MTC_OK;
}

mtc_status mtc_language_annotate(const mtc_language *language, mtc_speller_cache *cache,
                                 const mtc_wordset *believed, mtc_document *doc) {
    const lookup written = {language, cache, believed, false};
    mtc_status status = annotate_words(&written, doc);
    if (status == MTC_OK) status = mtc_names_believe(doc, language->titles);
    if (status != MTC_OK) return status;
    doc->functions = mtc_function_classes_read(doc, language->function_words);
    doc->origins = mtc_origins_read(doc, language->foreign_words);
    if (doc->functions == NULL || doc->origins == NULL) return MTC_NO_MEMORY;
    status = mtc_sentence_notes_read(doc, doc->origins, &doc->notes);
    if (status != MTC_OK) return status;
    status = mtc_tagger_run(language->tagger, doc, &doc->tags);
    if (status == MTC_OK)
        status = mtc_name_chains_read(&language->mentions, doc, &doc->chains);
    return status == MTC_OK ? mtc_annotate(language->annotator, doc) : status;
}

mtc_status mtc_language_suggest(const mtc_language *language, mtc_str word, uint32_t most,
                                mtc_arena *arena, mtc_str **ret_words,
                                size_t *ret_count) {
    const spelling plain = spelling_of(word);
    return mtc_speller_suggest(language->speller, text_of(&plain), most, arena, ret_words,
                               ret_count);
}
