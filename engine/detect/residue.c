/* residue.c: reports what the scan of the raw text found (engine/text/residue.h): markup,
 * entities, placeholders, wrong decoding, hidden characters, interface text. Entities,
 * hidden characters and look-alike letters can be repaired without a doubt. */
#include "text/residue.h"
#include "base/utf8.h"
#include "detect/detector.h"
#include "text/entity.h"
#include "text/residue_scan.h"

/* In the order of mtc_residue_kind. */
static const char *const RULES[] = {"residue.markup",
                                    "residue.entity",
                                    "residue.placeholder",
                                    "residue.mojibake",
                                    "residue.hidden-characters",
                                    "residue.interface",
                                    "residue.lost-word",
                                    NULL};
enum { LOST_WORD = MTC_RESIDUE_KINDS };

/* "<unk>", "<unk> <unk>": in the place of a word that the translator did not know */
static bool is_lost_word(mtc_rule_words signs, mtc_str text) {
    for (size_t i = 0; i < signs.count; i++)
        if (mtc_begins_in_any_case(text, signs.at[i])) return true;
    return false;
}

/* The word with Latin letters, or, where there is no look-alike letter in it, without its
 * hidden characters. ptr NULL: no memory. */
static mtc_str without_hidden(mtc_str text, mtc_arena *arena) {
    char *const bytes = mtc_arena_take(arena, text.len + 1);
    if (bytes == NULL) return (mtc_str){NULL, 0};
    size_t length = 0;
    for (uint32_t at = 0; at < text.len;) {
        const uint32_t first = at;
        const uint32_t codepoint = mtc_utf8_next(text, &at);
        const char latin = mtc_lookalike_latin(codepoint);
        const bool visible = (codepoint > 0x20 && codepoint < 0x7F) ||
                             (codepoint >= 0xA0 && codepoint < 0x250);
        if (latin != 0) {
            bytes[length++] = latin;
        } else if (visible) {
            memcpy(bytes + length, text.ptr + first, at - first);
            length += at - first;
        }
    }
    return (mtc_str){bytes, length};
}

static void add_repair(const mtc_document *doc, const mtc_residue *residue,
                       mtc_finding *finding) {
    const mtc_str text = mtc_document_slice(doc, residue->at);
    mtc_str replacement = {NULL, 0};
    if (residue->kind == MTC_RESIDUE_ENTITY) {
        replacement = mtc_entity_decode(text, doc->arena);
    } else if (residue->kind == MTC_RESIDUE_HIDDEN) {
        replacement = without_hidden(text, doc->arena);
    } else if (residue->kind == MTC_RESIDUE_MOJIBAKE) {
        replacement = mtc_residue_reread(text, doc->arena);
    }
    if (replacement.ptr == NULL) return;
    finding->repairs[0] = (mtc_found_repair){residue->at, replacement};
    finding->repair_count = 1;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    const mtc_rule_words signs = mtc_rule_words_of(detection->rules[LOST_WORD], "signs");
    for (size_t i = 0; i < doc->residues.count; i++) {
        const mtc_residue *const residue = &doc->residues.at[i];
        const bool is_lost = is_lost_word(signs, mtc_document_slice(doc, residue->at));
        const mtc_rule *const rule =
            detection->rules[is_lost ? (size_t)LOST_WORD : (size_t)residue->kind];
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (!mtc_sink_wants(detection->sink, rule)) continue;
        mtc_finding finding = {.rule = rule,
                               .at = residue->at,
                               .confidence = residue->confidence,
                               .any_line = true};
        add_repair(doc, residue, &finding);
        const mtc_status status = mtc_sink_add(detection->sink, &finding);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_residue = {"residue", RULES, NULL, run};
