"""Holds the issues of a report against the defects that were marked in an article.

A mark is {"class", "start", "end", "required", "text"} with code points, half open. The rules of the
matching:

- An issue finds a mark when its family is one that names the mark's class and it touches the mark's
  stretch. Marks of a place between words (BETWEEN) are touched from up to two code points away. Marks
  whose harm is the whole sentence (WHOLE_SENTENCE) are also found by an issue that covers them.
- An issue that is longer than three times the mark, and than the sentence of the mark, finds nothing.
- What a family has found it cannot find again: a second issue that finds nothing new is a false alarm.
- Up to two further issues in the sentence of a WHOLE_SENTENCE mark are let pass: where a sentence is
  broken, several things can be said about it.
- Every other issue is a false alarm. A required mark that nobody found is a miss.
"""
import re

CLASSES_OF_FAMILY = {
    "agreement": "agreement missing-verb missing-word",
    "boundary": "broken-boundary capital fragment glued no-final-stop",
    "case": "capital glued",
    "consistency": "date gender meaning name-variant number-mismatch word-order",
    "fragment": "broken-boundary fragment missing-verb missing-word",
    "garbled": "fragment loop meaning missing-verb missing-word repetition salad same-entity tautology "
               "word-order",
    "punctuation": "punctuation",
    "quotes": "broken-quote",
    "repetition": "doubled loop repetition tautology",
    "residue": "boilerplate entity markup mojibake placeholder",
    "spelling": "name-variant spelling",
    "untranslated": "untranslated",
}
CLASSES_OF_FAMILY = {family: set(names.split()) for family, names in CLASSES_OF_FAMILY.items()}
BETWEEN = {"broken-boundary", "broken-quote", "glued", "no-final-stop"}
WHOLE_SENTENCE = {"fragment", "meaning", "missing-verb", "missing-word", "salad", "tautology"}
FURTHER_ISSUES = 2

TRUE, FALSE, LET_PASS = "true", "false", "let pass"

# A mark with what closes behind it, then white space or the end; or a line end.
SENTENCE_END = re.compile(r"[.!?…][\"”’)]*(?:\s|\Z)|\n")
SHORT_WORDS = ("Mr", "Ms", "Dr", "St", "No", "Mrs", "Sen", "Gov", "Gen")


def ends_sentence(text, end):
    """Is this match of SENTENCE_END one, or the stop of an abbreviation or initial?"""
    if end.group() == "\n":
        return True
    word = re.search(r"\w*\Z", text[max(0, end.start() - 8):end.start()]).group()
    return word not in SHORT_WORDS and not re.fullmatch("[A-Za-z]", word)


def next_end(text, begin, limit):
    """The first end of a sentence that lies wholly in [begin, limit); None: there is none."""
    at = begin
    while (end := SENTENCE_END.search(text, at, limit)) is not None:
        if ends_sentence(text, end):
            return end.end()
        at = end.start() + 1
    return None


def sentence_around(text, begin, end):
    start = 0
    while (after := next_end(text, start, begin)) is not None:
        start = after
    after = next_end(text, end, len(text))
    return start, len(text) if after is None else after


class Judge:
    """Judges the issues of one article one by one, in the order of the report."""

    def __init__(self, text, marks):
        for mark in marks:
            if not any(mark["class"] in names for names in CLASSES_OF_FAMILY.values()):
                raise ValueError(f"no family of rules names the class {mark['class']!r}")
        self.marks = marks
        self.sentences = [sentence_around(text, mark["start"], mark["end"]) for mark in marks]
        self.found = set()          # indices of marks
        self.found_by = {}          # the same by family
        self.further = {}           # by index of mark: issues that were let pass

    def _finds(self, family, begin, end, index):
        mark = self.marks[index]
        if mark["class"] not in CLASSES_OF_FAMILY.get(family, ()):
            return False
        sentence = self.sentences[index]
        longest = max(3 * (mark["end"] - mark["start"]), sentence[1] - sentence[0])
        if end - begin > longest:
            return False
        near = 2 if mark["class"] in BETWEEN else 0
        if begin < mark["end"] + near and max(end, begin + 1) > mark["start"] - near:
            return True
        return mark["class"] in WHOLE_SENTENCE and begin <= mark["start"] and mark["end"] <= end

    def _is_let_pass(self, begin, end):
        for index, mark in enumerate(self.marks):
            sentence = self.sentences[index]
            if mark["class"] in WHOLE_SENTENCE and sentence[0] <= begin and end <= sentence[1]:
                self.further[index] = self.further.get(index, 0) + 1
                return self.further[index] <= FURTHER_ISSUES
        return False

    def judge(self, rule, begin, end):
        """-> (verdict, indices of the marks that the issue found)"""
        family = rule.split(".")[0]
        hits = {i for i in range(len(self.marks)) if self._finds(family, begin, end, i)}
        known = self.found_by.setdefault(family, set())
        if hits - known:
            known |= hits
            self.found |= hits
            return TRUE, hits
        return (LET_PASS if self._is_let_pass(begin, end) else FALSE), set()

    def misses(self):
        return [mark for i, mark in enumerate(self.marks) if mark["required"] and i not in self.found]
