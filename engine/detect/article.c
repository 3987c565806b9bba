/* article.c: "a" before a vowel sound, "an" before a consonant sound.
 *
 * Letters do not tell sounds for sure (an hour, a European, an MP, a NATO envoy): where
 * they leave a doubt nothing is said.
 */
#include "detect/detector.h"
#include "language/function_words.h"

static const char *const RULES[] = {"agreement.article", NULL};

typedef enum { UNSURE, VOWEL, CONSONANT } sound;

typedef struct {
    const mtc_wordset *vowel_words, *consonant_words, *function_words, *foreign;
} lists;

static bool is_one_of(char letter, const char *letters) {
    return letter != '\0' && strchr(letters, letter) != NULL;
}

/* Does the word begin with an entry of the list? */
static bool begins_with_entry(const mtc_wordset *list, mtc_str word) {
    for (uint32_t i = 0; i < list->count; i++) {
        if (mtc_str_starts_with(word, list->entries[i].word)) return true;
    }
    return false;
}

static bool has_vowel(mtc_str word) {
    for (size_t i = 0; i < word.len; i++) {
        if (is_one_of(word.ptr[i], "aeiouy")) return true;
    }
    return false;
}

/* Letters said one by one. */
static sound sound_of_acronym(mtc_str folded) {
    const char first = folded.ptr[0];
    if (first < 'a' || first > 'z') return UNSURE;
    if (folded.len > 1 && (has_vowel(folded) || folded.len > 5)) {
        /* may be read as a word: NATO, FIFA */
        return is_one_of(first, "aio")             ? VOWEL
               : is_one_of(first, "bcdgjkpqtvwyz") ? CONSONANT
                                                   : UNSURE;
    }
    if (first == 'u') return CONSONANT;
    return is_one_of(first, "aefhilmnorsx") ? VOWEL : CONSONANT;
}

static sound sound_of_number(mtc_str digits) {
    size_t leading = 0;
    while (leading < digits.len && digits.ptr[leading] >= '0' &&
           digits.ptr[leading] <= '9') {
        leading++;
    }
    if (leading == 0) return UNSURE;
    if (digits.ptr[0] == '8') return VOWEL;
    if (digits.ptr[0] != '1') return CONSONANT;
    if (leading == 4 || leading == 5) return UNSURE; /* eighteen hundred, 11000 */
    const bool teen = leading == 2 && is_one_of(digits.ptr[1], "18");
    return teen ? VOWEL : leading <= 3 ? CONSONANT : UNSURE;
}

/* "un-" but not "uni-", "up-", "ul-", "um-", "ush-": u as in up. */
static bool is_short_u(mtc_str word) {
    if (word.len < 4) return mtc_str_starts_with(word, MTC_STR("up"));
    const char second = word.ptr[1], third = word.ptr[2];
    if (second == 'n') return third != 'i' && third != 'a';
    if (second == 'p' || second == 'm') return true;
    return second == 'l' && is_one_of(third, "cst");
}

static sound sound_of_word(const lists *self, mtc_str folded) {
    const char first = folded.ptr[0];
    /* "a of the": there a word is missing, and that is another defect. */
    const mtc_function_class class =
        mtc_function_class_find(self->function_words, folded);
    /* "an few": whatever is meant, "an" is wrong. */
    if (class == MTC_FUNCTION_QUANTIFIER)
        return is_one_of(first, "bcdfgklmnpst") ? CONSONANT : UNSURE;
    if (class != MTC_FUNCTION_NONE) return UNSURE;
    if (begins_with_entry(self->vowel_words, folded)) return VOWEL;
    if (begins_with_entry(self->consonant_words, folded)) return CONSONANT;
    if (first < 'a' || first > 'z' || !has_vowel(folded)) return UNSURE;
    if (first == 'u') return is_short_u(folded) ? VOWEL : UNSURE;
    /* an historic day, an Yves Klein, an Xbox */
    if (is_one_of(first, "hxy")) return UNSURE;
    if (first == 'o' && folded.len > 1 && is_one_of(folded.ptr[1], "au")) {
        return mtc_str_starts_with(folded, MTC_STR("out")) ? VOWEL : UNSURE;
    }
    return is_one_of(first, "aeio") ? VOWEL : CONSONANT;
}

static sound sound_of(const lists *self, const mtc_document *doc,
                      const mtc_token *token) {
    const mtc_str folded = mtc_token_folded(doc, token);
    if (folded.len == 0) return UNSURE;
    const bool digits = folded.ptr[0] >= '0' && folded.ptr[0] <= '9';
    if (token->kind == MTC_TOKEN_NUMBER || digits) return sound_of_number(folded);
    if (token->kind != MTC_TOKEN_WORD) return UNSURE;
    if (token->shape == MTC_SHAPE_UPPER || folded.len == 1) {
        return sound_of_acronym(folded);
    }
    if (token->shape == MTC_SHAPE_MIXED) return UNSURE;
    const uint32_t knowledge = doc->words.at[token->word].knowledge;
    if (!(knowledge & MTC_KNOWN_ANY)) return UNSURE;
    /* A word of another language: so "a" is none of English. */
    if (!(knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) &&
        mtc_wordset_has(self->foreign, folded)) {
        return UNSURE;
    }
    return sound_of_word(self, folded);
}

static bool is_article(const mtc_document *doc, const mtc_token *token, bool *ret_an) {
    const mtc_str text = mtc_token_bytes(doc, token);
    const bool first = token->flags & MTC_TOKEN_STARTS_SENTENCE;
    if (token->kind != MTC_TOKEN_WORD) return false;
    *ret_an = text.len == 2;
    return mtc_str_equal(text, MTC_STR("a")) || mtc_str_equal(text, MTC_STR("an")) ||
           (first &&
            (mtc_str_equal(text, MTC_STR("A")) || mtc_str_equal(text, MTC_STR("An"))));
}

static mtc_status report(const mtc_detection *detection, const mtc_token *article,
                         const mtc_token *word, bool is_an) {
    const bool capital = article->shape != MTC_SHAPE_LOWER;
    const mtc_str replacement = is_an     ? capital ? MTC_STR("A") : MTC_STR("a")
                                    : capital ? MTC_STR("An")
                                          : MTC_STR("an");
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(article->at, word->at),
        .mark = article->at,
        .arguments = {replacement},
        .repairs = {{.at = article->at, .replacement = replacement}},
        .repair_count = 1,
    };
    return mtc_sink_add(detection->sink, &finding);
}

/* "A H/T", "a A$60 note": one letter that goes on without a space. */
static bool is_cut_short(const mtc_token *word, const mtc_token *next) {
    return mtc_range_length(word->at) == 1 && !(next->flags & MTC_TOKEN_SPACE_BEFORE);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    for (size_t i = 0; i + 1 < doc->tokens.count; i++) {
        const mtc_token *const article = &doc->tokens.at[i];
        const mtc_token *const word = &doc->tokens.at[i + 1];
        if (i % 64 == 0 && mtc_budget_spend(doc->budget, 64) != MTC_OK) {
            return MTC_DEADLINE;
        }
        bool is_an;
        if (article->sentence == MTC_NONE || article->sentence != word->sentence)
            continue;
        if (!is_article(doc, article, &is_an)) continue;
        if (!(word->flags & MTC_TOKEN_SPACE_BEFORE)) continue;
        if (i + 2 < doc->tokens.count && is_cut_short(word, &doc->tokens.at[i + 2]))
            continue;
        const sound heard = sound_of(detection->self, doc, word);
        if (heard != (is_an ? CONSONANT : VOWEL)) continue;
        const mtc_status status = report(detection, article, word, is_an);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->vowel_words = mtc_wordlists_get(setup->lists, "vowel-sound-words");
    self->consonant_words = mtc_wordlists_get(setup->lists, "consonant-sound-words");
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->foreign = mtc_wordlists_get(setup->lists, "foreign-words");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_article = {"article", RULES, setup, run};
