"""Real machine translations with human scores and word tags (the form of MLQE-PE).

Columns id, lang, da_mean (0 to 100: how good people found it), mt, tok_mt, tags. `tags` holds OK or BAD
for each token of tok_mt and for each gap between them, gap first. A sentence stands alone behind a
title, so that it is a body line (mtcheck takes the first line of an article without a title for its
headline, if it is short).
"""
import collections
import csv
import json

from . import checker, report
from .figures import WEIGHTY, share
from .texts import read_lines

TITLE = "A sentence that stands alone"
POOR, GOOD = 30, 80


def read_table(path):
    rows = csv.DictReader(read_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [dict(row, da_mean=float(row["da_mean"])) for row in rows]


def place_tokens(text, tokens):
    """Where the tokens of tok_mt stand in mt; None for one that was changed by tokenisation."""
    places, at = [], 0
    for token in tokens:
        found = text.find(token, at)
        if found < 0 or found > at + 12:
            places.append(None)
            continue
        at = found + len(token)
        places.append((found, at))
    return places


class Sentence:
    """One translation with what people said of it and what mtcheck reports."""

    def __init__(self, row, reply):
        self.row = row
        self.issues = [issue for issue in reply["issues"]
                       if issue["state"] == "active" and issue["in"] == "text"]
        self.is_body = all(sentence["kind"] == "body" for sentence in reply["sentences"]
                           if sentence["in"] == "text")
        tags = row["tags"].split()
        tokens = row["tok_mt"].split()
        self.places = place_tokens(row["mt"], tokens)
        # A gap is as bad as a word: something is missing there.
        self.bad = [tags[2 * i + 1] == "BAD" for i in range(len(tokens))]
        self.bad_gap = [tags[2 * i] == "BAD" for i in range(len(tokens) + 1)]

    def has_weighty_issue(self):
        return any(issue["severity"] in WEIGHTY for issue in self.issues)

    def tokens_under(self, issue):
        begin, end = issue["span"]["codepoint"]
        return [i for i, place in enumerate(self.places)
                if place is not None and place[0] < end and begin < place[1]]

    def is_confirmed(self, issue):
        """Does the issue touch a word or a gap that people marked?"""
        tokens = self.tokens_under(issue)
        return any(self.bad[i] or self.bad_gap[i] or self.bad_gap[i + 1] for i in tokens)


def check(options, rows):
    arguments = ("--profile", options.profile, "--overlay-dir", options.overlay_dir,
                 "--title", TITLE, "--sentences")
    replies = checker.check_all(options.mtcheck, [row["mt"] + "\n" for row in rows], arguments)
    return [Sentence(row, reply) for row, reply in zip(rows, replies)]


def share_lines(sentences):
    yield f"share of sentences with an issue of severity major or worse: da_mean < {POOR}, > {GOOD}"
    languages = sorted({sentence.row["lang"] for sentence in sentences})
    for language in [*languages, "all"]:
        of_language = [s for s in sentences if language in ("all", s.row["lang"])]
        cells = []
        for chosen in ([s for s in of_language if s.row["da_mean"] < POOR],
                       [s for s in of_language if s.row["da_mean"] > GOOD]):
            cells.append(report.percent(share(sum(s.has_weighty_issue() for s in chosen),
                                              len(chosen))))
        yield f"  {language:4} {cells[0]:42} {cells[1]}"
    bodies = sum(sentence.is_body for sentence in sentences)
    yield f"  {bodies} of {len(sentences)} sentences were taken for body text"


def rule_table(sentences):
    rows = collections.defaultdict(collections.Counter)
    for sentence in sentences:
        for issue in sentence.issues:
            row = rows[issue["rule"]]
            tokens = sentence.tokens_under(issue)
            row["issues"] += 1
            row["confirmed"] += sentence.is_confirmed(issue)
            row["tokens"] += len(tokens)
            row["bad"] += sum(sentence.bad[i] for i in tokens)
            row["poor"] += sentence.row["da_mean"] < POOR
            row["good"] += sentence.row["da_mean"] > GOOD
    return rows


def rule_lines(sentences):
    tokens = sum(len(sentence.bad) for sentence in sentences)
    bad = sum(sum(sentence.bad) for sentence in sentences)
    rows = rule_table(sentences)
    total = sum(rows.values(), collections.Counter())
    yield f"issues against word tags; of all words {bad / tokens:.3f} are BAD"
    yield f"  {'rule':30}{'issues':>7}{'poor':>6}{'good':>6}  {'touch a BAD word or gap':36}" \
          f"words under it that are BAD"
    for rule, row in [*sorted(rows.items(), key=lambda item: -item[1]["issues"]), ("all", total)]:
        confirmed = report.percent(share(row["confirmed"], row["issues"]))
        words = share(row["bad"], row["tokens"])["share"]
        yield f"  {rule:30}{row['issues']:7}{row['poor']:6}{row['good']:6}  {confirmed:36}" \
              f"{words if words is not None else 0:.2f}"


def shown(sentence, issue):
    begin, end = issue["span"]["codepoint"]
    text = sentence.row["mt"]
    return report.shortened(text[:begin] + "⟦" + text[begin:end] + "⟧" + text[end:])


def good_lines(sentences, most):
    """Issues of weight in translations that people found good: likely false alarms."""
    alarms = [(issue["confidence"], sentence, issue) for sentence in sentences
              if sentence.row["da_mean"] > GOOD
              for issue in sentence.issues if issue["severity"] in WEIGHTY]
    for confidence, sentence, issue in sorted(alarms, key=lambda alarm: -alarm[0])[:most]:
        yield f"    {confidence:.2f} {issue['rule']} {sentence.row['id']} " \
              f"{sentence.row['da_mean']:.0f}\n         {shown(sentence, issue)}"


def run(options):
    sentences = check(options, read_table(options.translations))
    print("\n".join(share_lines(sentences)), end="\n\n")
    print("\n".join(rule_lines(sentences)), end="\n\n")
    if options.worst:
        print("worst in translations that people found good")
        print("\n".join(good_lines(sentences, options.worst)))
    if options.save:
        saved = [dict(sentence.row, issues=sentence.issues) for sentence in sentences]
        options.save.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8")
