/* One voice: several findings about one defect become one issue. */
#include <sodium/crypto_hash_sha256.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "score/score.h"

typedef struct {
    const mtc_finding *finding;
    mtc_severity severity;
    double confidence, penalty;
    uint32_t explained_by; /* index into the sorted candidates; MTC_NONE: speaks itself */
} candidate;

/* How far apart in the sorted list two findings are compared: a stretch with more
 * findings than this at one place is a flood in which it no longer matters who speaks. */
enum { REACH = 4096 };

static double points(mtc_severity severity, double confidence) {
    static const double POINTS[] = {0, 1, 5, 25};
    if (severity == MTC_CRITICAL && confidence < MTC_SURE) return POINTS[MTC_MAJOR];
    return POINTS[severity];
}

static candidate make_candidate(const mtc_profile *profile, const mtc_finding *finding) {
    const uint32_t rule = finding->rule->index;
    const mtc_severity severity = profile->severities[rule];
    const double confidence = (double)finding->confidence;
    return (candidate){.finding = finding,
                       .severity = severity,
                       .confidence = confidence,
                       .penalty = points(severity, confidence) * profile->weights[rule] *
                                  confidence,
                       .explained_by = MTC_NONE};
}

/* Title before text comes by itself: the title lies first in the document. */
static int by_place(const void *a, const void *b) {
    const mtc_finding *const x = ((const candidate *)a)->finding;
    const mtc_finding *const y = ((const candidate *)b)->finding;
    if (x->at.begin != y->at.begin) return x->at.begin < y->at.begin ? -1 : 1;
    if (x->at.end != y->at.end) return x->at.end < y->at.end ? -1 : 1;
    const int order = mtc_str_compare(x->rule->id, y->rule->id);
    if (order != 0) return order;
    return (x->confidence < y->confidence) - (x->confidence > y->confidence);
}

static bool explains(const mtc_rule *speaker, const mtc_rule *other) {
    for (size_t i = 0; i < speaker->explains_count; i++) {
        if (mtc_str_matches_glob(other->id, speaker->explains[i])) return true;
    }
    return false;
}

/* Of two findings of one family at the same place: does the first speak? */
static bool speaks_before(const candidate *a, const candidate *b) {
    if (a->penalty != b->penalty) return a->penalty > b->penalty;
    return mtc_str_compare(a->finding->rule->id, b->finding->rule->id) <= 0;
}

static void settle(candidate *all, uint32_t first, uint32_t second) {
    candidate *const a = &all[first], *const b = &all[second];
    const mtc_rule *const x = a->finding->rule, *const y = b->finding->rule;
    const bool forth = x != y && explains(x, y), back = x != y && explains(y, x);
    if (forth != back) {
        candidate *const silent = forth ? b : a;
        if (silent->explained_by == MTC_NONE)
            silent->explained_by = forth ? first : second;
        return;
    }
    const bool same_place = a->finding->at.begin == b->finding->at.begin &&
                            a->finding->at.end == b->finding->at.end;
    if (!same_place || !mtc_str_equal(x->family, y->family)) return;
    const bool first_speaks = speaks_before(a, b);
    candidate *const silent = first_speaks ? b : a;
    if (silent->explained_by == MTC_NONE)
        silent->explained_by = first_speaks ? first : second;
}

static void settle_all(candidate *all, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t last = count - i > REACH ? i + REACH : count;
        for (uint32_t j = i + 1; j < last; j++) {
            if (all[j].finding->at.begin > all[i].finding->at.end) break;
            if (mtc_range_touches(all[i].finding->at, all[j].finding->at))
                settle(all, i, j);
        }
    }
}

/* Who speaks for it in the end; a ring of explanations ends at its start, which then
 * speaks. */
static uint32_t speaker_of(candidate *all, uint32_t index) {
    uint32_t at = index;
    for (int steps = 0; all[at].explained_by != MTC_NONE; steps++) {
        at = all[at].explained_by;
        if (at == index || steps == 16) {
            all[index].explained_by = MTC_NONE;
            return index;
        }
    }
    return at;
}

/* --- Fingerprints --- */

/* As many issues may lie in one sentence as it has words: of what is longer only the
 * beginning counts, so that a text without stops costs no more than its length. */
enum { LONGEST_HASHED = 1024 };

static mtc_str beginning_of(mtc_str text) {
    if (text.ptr == NULL || text.len <= LONGEST_HASHED) return text;
    size_t end = LONGEST_HASHED;
    while (end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    return (mtc_str){text.ptr, end};
}

static void hash_folded(crypto_hash_sha256_state *hash, mtc_str whole, mtc_arena *arena) {
    const mtc_str text = beginning_of(whole);
    const mtc_str normal = mtc_utf8_normalise(text, arena);
    const mtc_str folded = normal.ptr == NULL ? text : mtc_utf8_fold(normal, arena);
    const mtc_str used = folded.ptr == NULL ? text : folded;
    crypto_hash_sha256_update(hash, (const unsigned char *)used.ptr, used.len);
    crypto_hash_sha256_update(hash, (const unsigned char *)"", 1);
}

static void hash_sentence(const mtc_document *doc, uint32_t sentence, mtc_arena *arena,
                          unsigned char ret_digest[32]) {
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    hash_folded(&hash, mtc_document_slice(doc, doc->sentences.at[sentence].at), arena);
    crypto_hash_sha256_final(&hash, ret_digest);
}

typedef struct {
    unsigned char digest[32];
    uint32_t issue;
} digest_of_issue;

static int by_digest(const void *a, const void *b) {
    const digest_of_issue *const x = a, *const y = b;
    const int order = memcmp(x->digest, y->digest, sizeof x->digest);
    return order != 0 ? order : (x->issue > y->issue) - (x->issue < y->issue);
}

/* First 16 hex digits of SHA-256 over rule, folded span, folded sentence, and the number
 * of the occurrence among equals. */
static mtc_status fingerprint_all(const mtc_document *doc, mtc_judged *issues,
                                  size_t count, mtc_arena *arena) {
    digest_of_issue *const digests = MTC_TAKE(arena, digest_of_issue, count);
    if (digests == NULL) return MTC_NO_MEMORY;
    unsigned char of_sentence[32];
    uint32_t hashed_sentence = MTC_NONE; /* issues of one sentence follow each other */
    for (uint32_t i = 0; i < count; i++) {
        const mtc_finding *const finding = &issues[i].finding;
        crypto_hash_sha256_state hash;
        crypto_hash_sha256_init(&hash);
        hash_folded(&hash, finding->rule->id, arena);
        hash_folded(&hash, mtc_document_slice(doc, finding->at), arena);
        if (issues[i].sentence != MTC_NONE) {
            if (issues[i].sentence != hashed_sentence) {
                hashed_sentence = issues[i].sentence;
                hash_sentence(doc, hashed_sentence, arena, of_sentence);
            }
            crypto_hash_sha256_update(&hash, of_sentence, sizeof of_sentence);
        }
        crypto_hash_sha256_final(&hash, digests[i].digest);
        digests[i].issue = i;
    }
    if (count > 0) qsort(digests, count, sizeof *digests, by_digest);
    uint32_t occurrence = 0;
    for (size_t i = 0; i < count; i++) {
        const bool again =
            i > 0 && memcmp(digests[i].digest, digests[i - 1].digest, 32) == 0;
        occurrence = again ? occurrence + 1 : 0;
        unsigned char numbered[36], digest[32];
        char hex[65];
        memcpy(numbered, digests[i].digest, 32);
        for (int b = 0; b < 4; b++)
            numbered[32 + b] = (unsigned char)(occurrence >> (8 * b));
        crypto_hash_sha256(digest, numbered, sizeof numbered);
        mtc_sha256_hex(digest, hex);
        memcpy(issues[digests[i].issue].fingerprint, hex, 16);
    }
    return MTC_OK;
}

/* --- Putting it together --- */

static mtc_status add_speakers(const mtc_document *doc, const candidate *all,
                               uint32_t count, mtc_arena *arena, uint32_t *ret_issue_of,
                               mtc_judged_list *issues) {
    for (uint32_t i = 0; i < count; i++) {
        ret_issue_of[i] = MTC_NONE;
        if (all[i].explained_by != MTC_NONE) continue;
        ret_issue_of[i] = (uint32_t)issues->count;
        const mtc_judged issue = {
            .finding = *all[i].finding,
            .severity = all[i].severity,
            .confidence = all[i].confidence,
            .penalty = all[i].penalty,
            .sentence = mtc_document_sentence_at(doc, all[i].finding->at.begin)};
        if (!mtc_vector_push(issues, arena, issue)) return MTC_NO_MEMORY;
    }
    return MTC_OK;
}

/* Gives each issue the indices (into the caller's findings) of those it explains. */
static mtc_status add_related(const candidate *all, uint32_t count,
                              const uint32_t *speaker, const uint32_t *issue_of,
                              const mtc_finding *findings, mtc_arena *arena,
                              mtc_judged_list *issues) {
    for (uint32_t i = 0; i < count; i++) {
        if (speaker[i] != i) issues->at[issue_of[speaker[i]]].related_count++;
    }
    for (size_t k = 0; k < issues->count; k++) {
        mtc_judged *const issue = &issues->at[k];
        issue->related = MTC_TAKE(arena, uint32_t, issue->related_count);
        if (issue->related == NULL) return MTC_NO_MEMORY;
        issue->related_count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (speaker[i] == i) continue;
        mtc_judged *const issue = &issues->at[issue_of[speaker[i]]];
        ((uint32_t *)issue->related)[issue->related_count++] =
            (uint32_t)(all[i].finding - findings);
    }
    return MTC_OK;
}

mtc_status mtc_judge(const mtc_document *doc, const mtc_profile *profile,
                     const mtc_finding *findings, size_t finding_count,
                     const mtc_wordset *accepted, mtc_arena *arena,
                     mtc_judged_list *ret_issues) {
    const uint32_t count = (uint32_t)finding_count;
    candidate *const all = MTC_TAKE(arena, candidate, count);
    uint32_t *const speaker = MTC_TAKE(arena, uint32_t, count);
    uint32_t *const issue_of = MTC_TAKE(arena, uint32_t, count);
    if (all == NULL || speaker == NULL || issue_of == NULL) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) all[i] = make_candidate(profile, &findings[i]);
    if (count > 0) qsort(all, count, sizeof *all, by_place);
    settle_all(all, count);
    for (uint32_t i = 0; i < count; i++) speaker[i] = speaker_of(all, i);
    mtc_judged_list issues = {0};
    mtc_status status = add_speakers(doc, all, count, arena, issue_of, &issues);
    if (status == MTC_OK) {
        status = add_related(all, count, speaker, issue_of, findings, arena, &issues);
    }
    if (status == MTC_OK) status = fingerprint_all(doc, issues.at, issues.count, arena);
    if (status != MTC_OK) return status;
    for (size_t i = 0; i < issues.count; i++) {
        issues.at[i].accepted =
            mtc_wordset_has(accepted, mtc_str_of(issues.at[i].fingerprint));
    }
    *ret_issues = issues;
    return MTC_OK;
}
