"""From evidence to the measured share of true findings: the curves of rules/en/confidence.yaml.

A curve is fitted over nine bins of evidence. In each bin the share of true findings of all rules
together is shrunk towards a half by Beta(2,2), that is by four imagined findings of which two are
true. A family's share is shrunk by four imagined findings towards that of all, a rule's by four
towards that of its family: so the few findings of a rare rule bend the curve of its family a little,
and the many of a frequent one decide. Pooling adjacent violators makes each curve monotone.
"""
import collections
import dataclasses

from .figures import SLIP, wilson
from .judge import FALSE, TRUE

EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 1.0)
IMAGINED = 4.0
NEARLY = 1e-6
LEAST, MOST = 0.02, 0.98
LISTED, SHOWN = 0.3, 0.5    # evidence from which a detector wants its finding shown: strict, news
STEP = 0.01
SURE = 0.8                  # docs/SCORING.md: from here on an issue decides alone
WORTH_A_WARNING = 4.0       # findings


@dataclasses.dataclass
class Judged:
    """One finding, with what it counts."""
    rule: str
    evidence: float     # what the detector said, or the confidence made of it
    is_true: bool
    weight: float


def judged_findings(results, clean_per_marked):
    """Clean text counts as if it were `clean_per_marked` times as long as the marked articles: in
    these every third sentence was harmed on purpose, and what is true of them is not true of a
    day's articles."""
    marked_words = sum(result["words"] for result in results if result["marked"])
    clean_words = sum(result["words"] for result in results if not result["marked"])
    if not marked_words or not clean_words:
        raise SystemExit("calibration needs marked articles and clean text")
    clean_weight = clean_per_marked * marked_words / clean_words
    for result in results:
        for finding in result["findings"]:
            if finding["verdict"] in (TRUE, FALSE, SLIP):
                yield Judged(finding["rule"], finding["confidence"], finding["verdict"] != FALSE,
                             1.0 if result["marked"] else clean_weight)


def bin_of(evidence):
    return max(i for i in range(len(EDGES) - 1) if evidence + NEARLY >= EDGES[i])


def count_bins(judged):
    """-> for each bin [weight of true ones, weight of all, sum of weight × evidence]"""
    bins = [[0.0, 0.0, 0.0] for _ in EDGES[1:]]
    for one in judged:
        row = bins[bin_of(one.evidence)]
        row[0] += one.weight * one.is_true
        row[1] += one.weight
        row[2] += one.weight * one.evidence
    return bins


def pool_adjacent_violators(shares, weights):
    """The non-decreasing row nearest to `shares` by weighted squares."""
    blocks = []
    for share, weight in zip(shares, weights):
        blocks.append([share, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, before = blocks.pop(), blocks.pop()
            total = last[1] + before[1]
            mean = (last[0] * last[1] + before[0] * before[1]) / total
            blocks.append([mean, total, last[2] + before[2]])
    return [share for share, _, length in blocks for _ in range(length)]


def shrink(bins, towards):
    shares = [(true + IMAGINED * prior) / (all_ + IMAGINED)
              for (true, all_, _), prior in zip(bins, towards)]
    return pool_adjacent_violators(shares, [all_ + IMAGINED for _, all_, _ in bins])


def bounds_of(i, weight, share, is_critical):
    """Curves say how sure, not what is shown: that stays with the detector, but for what only `strict`
    lists where a rule's own findings speak against it. A critical issue decides the verdict alone from
    SURE on; only strong evidence gives it that."""
    if EDGES[i] < LISTED:
        return LEAST, LISTED - STEP
    if EDGES[i] < SHOWN:
        is_refuted = weight >= WORTH_A_WARNING and share < LISTED
        return LEAST if is_refuted else LISTED, SHOWN - STEP
    return SHOWN, SURE - STEP if is_critical and EDGES[i] < SURE else MOST


def add_knot(knots, evidence, confidence):
    """Of two knots at one place the later one stands."""
    if knots and round(evidence, 2) <= knots[-1][0]:
        knots[-1] = (knots[-1][0], round(confidence, 2))
    else:
        knots.append((round(evidence, 2), round(confidence, 2)))


def knots_of(bins, shares, is_critical):
    """One knot a bin, where its findings lie on average; what says nothing new is left out."""
    knots = []
    bends = {LISTED, SHOWN, SURE} if is_critical else {LISTED, SHOWN}
    for i, ((_, weight, sum_), share) in enumerate(zip(bins, shares)):
        least, most = bounds_of(i, weight, share, is_critical)
        confidence = min(most, max(least, share))
        # Between two bins the bounds must hold too.
        if EDGES[i] in bends and EDGES[i] <= least:
            add_knot(knots, EDGES[i], EDGES[i])
        add_knot(knots, sum_ / weight if weight else (EDGES[i] + EDGES[i + 1]) / 2, confidence)
        if EDGES[i + 1] in bends:
            add_knot(knots, EDGES[i + 1] - STEP, confidence)
    return [knot for i, knot in enumerate(knots)
            if not (0 < i < len(knots) - 1
                    and knots[i - 1][1] == knot[1] == knots[i + 1][1])]


def fit(judged, rules):
    """`rules`: severity by id. -> knots by id, also for rules that found nothing."""
    judged = list(judged)
    by_family, by_rule = collections.defaultdict(list), collections.defaultdict(list)
    for one in judged:
        by_family[one.rule.split(".")[0]].append(one)
        by_rule[one.rule].append(one)
    all_bins = count_bins(judged)
    of_all = shrink(all_bins, [0.5] * len(all_bins))
    of_family = {rule.split(".")[0]: None for rule in rules}
    for family in of_family:
        of_family[family] = shrink(count_bins(by_family[family]), of_all)
    curves = {}
    for rule in sorted(rules):
        bins = count_bins(by_rule[rule])
        curves[rule] = knots_of(bins, shrink(bins, of_family[rule.split(".")[0]]),
                                rules[rule] == "critical")
    return curves


def warnings(judged):
    """Where a rule shows more false than true findings, its detector should show less."""
    by_rule = collections.defaultdict(list)
    for one in judged:
        by_rule[one.rule].append(one)
    for rule, findings in sorted(by_rule.items()):
        for i, (true, weight, _) in enumerate(count_bins(findings)):
            if EDGES[i] >= SHOWN and weight >= WORTH_A_WARNING and true < weight / 2:
                yield f"{rule}: with evidence from {EDGES[i]} to {EDGES[i + 1]} only " \
                      f"{true:.1f} of {weight:.1f} findings are true"


def curves_as_yaml(curves, how):
    lines = ["# yaml-language-server: $schema=../confidence.schema.json",
             "# From a finding's evidence to the measured share of true findings, by rule",
             "# (docs/SCORING.md). Written by bench/fit-confidence; do not edit.",
             f"# {how}"]
    for rule, knots in curves.items():
        said = ", ".join(f"[{evidence:g}, {confidence:g}]" for evidence, confidence in knots)
        lines.append(f"- {{rules: {rule}, knots: [{said}]}}")
    return "\n".join(lines) + "\n"


# --- How well it keeps its word ---

def reliability(judged, edges=(0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)):
    """Rows of a table: bin, findings, weight, mean confidence, share of true ones, interval."""
    rows = []
    for low, high in zip(edges, edges[1:]):
        inside = [one for one in judged
                  if low <= one.evidence + NEARLY and (one.evidence + NEARLY < high or high == 1)]
        weight = sum(one.weight for one in inside)
        if not weight:
            continue
        said = sum(one.weight * one.evidence for one in inside) / weight
        true = sum(one.weight for one in inside if one.is_true)
        rows.append({"bin": (low, high), "findings": len(inside), "weight": weight, "said": said,
                     "true": true / weight, "interval": wilson(true, weight)})
    return rows


def calibration_error(rows):
    total = sum(row["weight"] for row in rows)
    return sum(row["weight"] * abs(row["said"] - row["true"]) for row in rows) / total


def reliability_lines(title, judged):
    rows = reliability(list(judged))
    yield f"**{title}**, expected calibration error {calibration_error(rows):.3f}"
    yield ""
    yield "| confidence | findings | weight | said | share true (95 %) |"
    yield "|---|---|---|---|---|"
    for row in rows:
        (low, high), (least, most) = row["bin"], row["interval"]
        yield f"| {low:.1f} to {high:.1f} | {row['findings']} | {row['weight']:.1f} | " \
              f"{row['said']:.2f} | {row['true']:.2f} ({least:.2f} to {most:.2f}) |"
