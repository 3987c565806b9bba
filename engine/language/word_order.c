#include "language/word_order.h"

static const char *const CLASS_NAMES[] = {
#define NAME(name, text) text,
    MTC_ORDER_MAP(NAME)
#undef NAME
};

uint32_t mtc_order_symbol_count(const mtc_wordset *function_words) {
    return MTC_ORDER_CLASSES + function_words->count;
}

mtc_str mtc_order_symbol_name(const mtc_wordset *function_words, uint32_t symbol) {
    if (symbol < MTC_ORDER_CLASSES) return mtc_str_of(CLASS_NAMES[symbol]);
    return function_words->entries[symbol - MTC_ORDER_CLASSES].word;
}

static uint32_t symbol_of_function(const mtc_wordset *function_words, mtc_str folded) {
    const mtc_wordset_entry *const entry =
        mtc_function_entry_find(function_words, folded);
    if (entry == NULL) return MTC_ORDER_NONE;
    return MTC_ORDER_CLASSES + (uint32_t)(entry - function_words->entries);
}

uint32_t mtc_order_symbol_named(const mtc_wordset *function_words, mtc_str name) {
    for (uint32_t i = 0; i < MTC_ORDER_CLASSES; i++) {
        if (mtc_str_equal(name, mtc_str_of(CLASS_NAMES[i]))) return i;
    }
    return symbol_of_function(function_words, name);
}

/* What a word that no lexicon knows is by its ending. */
static uint32_t class_of_ending(mtc_str folded) {
    static const struct {
        const char *ending;
        enum mtc_order_class class;
    } ENDINGS[] = {{"ing", MTC_ORDER_GERUND}, {"ed", MTC_ORDER_ED},
                   {"ly", MTC_ORDER_ADVERB},  {"ous", MTC_ORDER_ADJECTIVE},
                   {"ss", MTC_ORDER_NOUN},    {"s", MTC_ORDER_NOUNS}};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (mtc_str_ends_with(folded, mtc_str_of(ENDINGS[i].ending))) {
            return ENDINGS[i].class;
        }
    }
    return MTC_ORDER_NOUN;
}

static uint32_t class_of_verb(const mtc_lexeme *lexeme, mtc_str folded) {
    if (mtc_str_ends_with(folded, MTC_STR("ed"))) return MTC_ORDER_ED;
    if (lexeme->share[MTC_TAG_PARTICIPLE] > lexeme->share[MTC_TAG_FINITE]) {
        return MTC_ORDER_PARTICIPLE;
    }
    return lexeme->third >= 50 ? MTC_ORDER_THIRD : MTC_ORDER_PAST;
}

static uint32_t class_of_lexeme(const mtc_lexeme *lexeme, mtc_str folded) {
    static const uint8_t CLASSES[MTC_TAG_CLASSES] = {
        [MTC_TAG_NOUN] = MTC_ORDER_NOUN,
        [MTC_TAG_PROPER] = MTC_ORDER_PROPER,
        [MTC_TAG_PRONOUN] = MTC_ORDER_NOUN,
        [MTC_TAG_DETERMINER] = MTC_ORDER_ADJECTIVE,
        [MTC_TAG_ADJECTIVE] = MTC_ORDER_ADJECTIVE,
        [MTC_TAG_ADVERB] = MTC_ORDER_ADVERB,
        [MTC_TAG_BASE] = MTC_ORDER_BASE,
        [MTC_TAG_GERUND] = MTC_ORDER_GERUND,
        [MTC_TAG_ADPOSITION] = MTC_ORDER_OTHER,
        [MTC_TAG_CONJUNCTION] = MTC_ORDER_OTHER,
        [MTC_TAG_NUMERAL] = MTC_ORDER_NUMERAL,
        [MTC_TAG_OTHER] = MTC_ORDER_OTHER,
    };
    const unsigned verb =
        lexeme->share[MTC_TAG_FINITE] + (unsigned)lexeme->share[MTC_TAG_PARTICIPLE];
    unsigned best = MTC_TAG_NOUN;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        if (i == MTC_TAG_FINITE || i == MTC_TAG_PARTICIPLE) continue;
        if (lexeme->share[i] > lexeme->share[best]) best = i;
    }
    if (verb > lexeme->share[best] + (unsigned)lexeme->share[MTC_TAG_BASE]) {
        return class_of_verb(lexeme, folded);
    }
    if (best == MTC_TAG_NOUN) {
        return lexeme->plural >= 50 ? MTC_ORDER_NOUNS : MTC_ORDER_NOUN;
    }
    return CLASSES[best];
}

/* Of a form with a small initial, or first in its sentence. */
static uint16_t symbol_of_word(const mtc_document *doc, const mtc_word *word,
                               uint8_t function, const mtc_wordset *function_words) {
    enum { SEEN_ENOUGH = 2 };
    const mtc_str folded = doc->words.at[word->folded].text;
    if (function != MTC_FUNCTION_NONE) {
        return (uint16_t)symbol_of_function(function_words, folded);
    }
    const mtc_lexeme *const lexeme = word->lexeme;
    if (lexeme == NULL || lexeme->count < SEEN_ENOUGH) {
        return (uint16_t)class_of_ending(folded);
    }
    return (uint16_t)class_of_lexeme(lexeme, folded);
}

static uint16_t symbol_of_token(const mtc_document *doc, const mtc_token *token,
                                const uint16_t *of_words) {
    if (token->kind == MTC_TOKEN_NUMBER) return MTC_ORDER_NUMERAL;
    if (token->kind == MTC_TOKEN_PUNCTUATION) {
        return mtc_str_equal(mtc_token_bytes(doc, token), MTC_STR(",")) ? MTC_ORDER_COMMA
                                                                        : MTC_ORDER_NONE;
    }
    if (token->kind != MTC_TOKEN_WORD) return MTC_ORDER_NONE;
    const uint16_t symbol = of_words[token->word];
    const bool first = token->flags & MTC_TOKEN_STARTS_SENTENCE;
    const bool is_function = symbol >= MTC_ORDER_CLASSES;
    if (token->flags & MTC_TOKEN_POSSESSIVE && !is_function) return MTC_ORDER_GENITIVE;
    if (token->shape == MTC_SHAPE_LOWER || first) return symbol;
    /* A sentence or a title may begin here; "I" always has its capital. */
    if (token->shape == MTC_SHAPE_CAPITAL && is_function) {
        return mtc_range_length(token->at) == 1 ? symbol : (uint16_t)MTC_ORDER_NONE;
    }
    return MTC_ORDER_PROPER;
}

const uint16_t *mtc_order_symbols_read(const mtc_document *doc,
                                       const mtc_wordset *function_words) {
    uint16_t *const of_words = MTC_TAKE(doc->arena, uint16_t, doc->words.count + 1);
    uint16_t *const symbols = MTC_TAKE(doc->arena, uint16_t, doc->tokens.count + 1);
    if (of_words == NULL || symbols == NULL) return NULL;
    const uint8_t *const functions = mtc_function_classes_read(doc, function_words);
    if (functions == NULL) return NULL;
    for (size_t i = 0; i < doc->words.count; i++) {
        of_words[i] =
            symbol_of_word(doc, &doc->words.at[i], functions[i], function_words);
    }
    for (size_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        symbols[i] = token->sentence == MTC_NONE ? (uint16_t)MTC_ORDER_NONE
                                                 : symbol_of_token(doc, token, of_words);
    }
    return symbols;
}
