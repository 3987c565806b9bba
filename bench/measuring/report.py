"""The figures in words and tables, and what differs from an earlier run."""
from .figures import false_ones, summary

LONGEST_SENTENCE = 320


def percent(figure):
    if figure["share"] is None:
        return "none of 0"
    low, high = figure["interval"]
    return f"{figure['count']} of {figure['of']} = {figure['share']:.3f} ({low:.3f} to {high:.3f})"


def per_1000(figure):
    low, high = figure["interval"]
    return f"{figure['count']}, {figure['per_1000']:.2f} per 1,000 words ({low:.2f} to {high:.2f})"


def shortened(sentence):
    """One line, with the reported stretch in sight."""
    line = " ".join(sentence.split())
    if len(line) <= LONGEST_SENTENCE:
        return line
    mark = line.index("⟦")
    begin = max(0, mark - LONGEST_SENTENCE // 3)
    end = min(len(line), begin + LONGEST_SENTENCE)
    return ("… " if begin else "") + line[begin:end] + (" …" if end < len(line) else "")


def rule_lines(figures):
    yield f"    {'rule':32}{'issues':>7}{'true':>6}{'slips':>6}{'false':>6}  precision (95 %)" \
          f"          false per 1,000 words"
    rows = sorted(figures["by_rule"].items(),
                  key=lambda row: (-row[1]["false_alarms"]["count"], row[0]))
    for rule, row in rows:
        precision, alarms = row["precision"], row["false_alarms"]
        low, high = precision["interval"]
        known = "-" if precision["share"] is None else \
            f"{precision['share']:.2f} ({low:.2f} to {high:.2f})"
        yield f"    {rule:32}{row['issues']:7}{row['true']:6}{row['slips']:6}" \
              f"{alarms['count']:6}  {known:24}  {alarms['per_1000']:.2f}"


def finding_line(finding):
    return f"    {finding['confidence']:.2f} {finding['severity']:8} {finding['rule']}  " \
           f"{finding['article']} {finding['fingerprint']}\n" \
           f"         {shortened(finding['sentence'])}"


def worst_first(findings):
    return sorted(findings, key=lambda finding: -finding["confidence"])


def set_lines(result, worst, misses):
    figures = summary(result)
    verdicts = ", ".join(f"{count} {name}" for name, count in figures["verdicts"].items())
    yield f"{result['name']}: {figures['articles']} articles, {figures['words']} words, " \
          f"{'marked' if result['marked'] else 'clean'}; {verdicts}"
    if result["marked"]:
        yield f"  recall     {percent(figures['recall'])}"
        yield f"  precision  {percent(figures['precision'])}, F0.5 {figures['f0.5']:.3f}"
    yield f"  false alarms             {per_1000(figures['false_alarms'])}"
    yield f"  of these major or worse  {per_1000(figures['false_alarms_major'])}"
    if not result["marked"]:
        yield f"  with slips of authors    {per_1000(figures['alarms_unread'])}"
    if result["marked"]:
        yield "  by class"
        for name, figure in figures["by_class"].items():
            yield f"    {name:20}{percent(figure)}"
    yield "  by rule"
    yield from rule_lines(figures)
    alarms = worst_first(false_ones(result["findings"]))[:worst]
    if alarms:
        yield "  worst false alarms"
        yield from map(finding_line, alarms)
    missed = [mark for mark in result["marks"] if not mark["found"]] if misses else []
    if missed:
        yield "  misses"
    for mark in missed:
        yield f"    {mark['article']} {mark['class']}: {' '.join(mark['text'].split())[:150]}"


# --- Against an earlier run ---

def finding_key(finding):
    return finding["article"], finding["fingerprint"]


def only_in(these, others, key):
    known = {key(one) for one in others}
    return [one for one in these if key(one) not in known]


def mark_key(mark):
    return mark["article"], mark["class"], mark["start"]


def mark_lines(marks):
    for mark in marks:
        yield f"    {mark['article']} {mark['class']}: {' '.join(mark['text'].split())[:150]}"


def change(now, before):
    return f"{before} -> {now}"


def comparison_lines(result, earlier):
    """`earlier` is the set of the same name in the earlier run."""
    now, before = summary(result), summary(earlier)
    yield f"{result['name']}, earlier -> now"
    if earlier["words"] != result["words"]:
        yield "  not the same texts: only the figures can be compared"
    for name in ("recall", "precision"):
        if name in now and name in before:
            yield f"  {name:24} {change(now[name]['share'], before[name]['share'])}"
    for name in ("false_alarms", "false_alarms_major"):
        yield f"  {name:24} {change(now[name]['count'], before[name]['count'])}"
    found = [mark for mark in result["marks"] if mark["found"]]
    found_before = [mark for mark in earlier["marks"] if mark["found"]]
    false, false_before = false_ones(result["findings"]), false_ones(earlier["findings"])
    better = [("better: found now", list(mark_lines(only_in(found, found_before, mark_key)))),
              ("worse: no longer found",
               list(mark_lines(only_in(found_before, found, mark_key)))),
              ("better: false alarms gone",
               [finding_line(f) for f in only_in(false_before, false, finding_key)]),
              ("worse: new false alarms",
               [finding_line(f) for f in only_in(false, false_before, finding_key)])]
    for title, lines in better:
        yield f"  {title}: {len(lines)}"
        yield from lines
