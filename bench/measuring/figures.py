"""From replies to judged findings, and from these to figures."""
import collections
import math

from .judge import FALSE, TRUE, Judge, sentence_around

SLIP = "slip"               # in a clean text, and a reader found it right
WEIGHTY = ("major", "critical")


def wilson(successes, trials):
    """95 % interval of a share (Wilson 1927)."""
    if trials == 0:
        return 0.0, 1.0
    z = 1.96
    share = successes / trials
    middle = share + z * z / (2 * trials)
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def judge_article(article, reply, slips):
    """-> (findings, misses, marks found), all as plain values that can be saved."""
    judge = Judge(article.text, article.marks or [])
    findings = []
    for issue in reply["issues"]:
        if issue["state"] != "active":
            continue
        begin, end = issue["span"]["codepoint"]
        verdict, hits = judge.judge(issue["rule"], begin, end)
        if verdict == FALSE and article.marks is None and issue["fingerprint"] in slips:
            verdict = SLIP
        around = sentence_around(article.text, begin, end)
        findings.append({
            "article": article.name, "rule": issue["rule"], "severity": issue["severity"],
            "confidence": issue["confidence"], "fingerprint": issue["fingerprint"],
            "span": [begin, end], "verdict": verdict,
            "classes": sorted({article.marks[i]["class"] for i in hits}),
            "sentence": article.text[around[0]:begin] + "⟦" + article.text[begin:end] + "⟧"
                        + article.text[end:around[1]]})
    required = [mark for mark in article.marks or [] if mark["required"]]
    missed = judge.misses()
    marks = [{"article": article.name, "class": mark["class"], "start": mark["start"],
              "found": mark not in missed, "text": mark["text"]} for mark in required]
    return findings, marks


def measure_set(text_set, replies, slips=frozenset()):
    findings, marks = [], []
    for article, reply in zip(text_set.articles, replies):
        of_article = judge_article(article, reply, slips)
        findings += of_article[0]
        marks += of_article[1]
    verdicts = collections.Counter(reply["score"]["verdict"] for reply in replies)
    return {"name": text_set.name, "marked": text_set.is_marked,
            "articles": len(text_set.articles), "words": text_set.words,
            "verdicts": dict(sorted(verdicts.items())), "findings": findings, "marks": marks}


def rate(count, words):
    """Per 1,000 words, with its interval."""
    low, high = wilson(count, words)
    return {"count": count, "per_1000": round(1000 * count / max(1, words), 3),
            "interval": [round(1000 * low, 3), round(1000 * high, 3)]}


def share(part, whole):
    low, high = wilson(part, whole)
    return {"count": part, "of": whole, "share": round(part / whole, 4) if whole else None,
            "interval": [round(low, 4), round(high, 4)]}


def false_ones(findings):
    return [finding for finding in findings if finding["verdict"] == FALSE]


def by_rule(result):
    rows = {}
    for finding in result["findings"]:
        row = rows.setdefault(finding["rule"], collections.Counter())
        row["issues"] += 1
        row[finding["verdict"]] += 1
    return {rule: {"issues": row["issues"], "true": row[TRUE], "slips": row[SLIP],
                   "precision": share(row[TRUE] + row[SLIP], row[TRUE] + row[SLIP] + row[FALSE]),
                   "false_alarms": rate(row[FALSE], result["words"])}
            for rule, row in sorted(rows.items())}


def by_class(result):
    rows = {}
    for mark in result["marks"]:
        row = rows.setdefault(mark["class"], [0, 0])
        row[0] += mark["found"]
        row[1] += 1
    return {name: share(found, of) for name, (found, of) in sorted(rows.items())}


def summary(result):
    false = false_ones(result["findings"])
    true = sum(finding["verdict"] == TRUE for finding in result["findings"])
    slips = sum(finding["verdict"] == SLIP for finding in result["findings"])
    figures = {
        "articles": result["articles"], "words": result["words"],
        "issues": len(result["findings"]), "slips": slips,
        "false_alarms": rate(len(false), result["words"]),
        "false_alarms_major": rate(sum(f["severity"] in WEIGHTY for f in false), result["words"]),
        "by_rule": by_rule(result), "verdicts": result["verdicts"]}
    if not result["marked"]:
        # What a machine would count that cannot read: the slips of the authors too.
        figures["alarms_unread"] = rate(len(false) + slips, result["words"])
        return figures
    found = sum(mark["found"] for mark in result["marks"])
    figures["recall"] = share(found, len(result["marks"]))
    figures["precision"] = share(true, true + len(false))
    r, p = figures["recall"]["share"] or 0, figures["precision"]["share"] or 0
    figures["f0.5"] = round(1.25 * p * r / (0.25 * p + r), 4) if p + r else 0
    figures["by_class"] = by_class(result)
    return figures
