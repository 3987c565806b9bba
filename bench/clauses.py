#!/usr/bin/env python3
"""Fragments and repeated arguments made from a treebank: how many are found, and at what price.

usage: clauses.py MTCHECK DATA_FOLDER [--treebank NAME] [--part report|calibrate] [--misses] [--alarms]
                  [--only KIND]... [--sentences N]

From sentences of treebanks/NAME.conllu.xz (gum-free-test) are made
  cut        a sentence without its subject and its verb ("At the border for an answer.")
  relative   a relative clause that stands alone ("Which had been closed in May."); those with
             "that" apart, for "That had been closed in May." is a sentence
  verb       a sentence without its copula or auxiliary ("China ready to open the border")
  shuffle    five neighbouring words in another order
  glue       two sentences without the stop between them
  name       the subject said again as an object or adverbial of its verb, or the other way round,
             where it is a name; noun: where it is a noun with what belongs to it
Each stands as a sentence of a body paragraph between two sound sentences of the same document. Found is
what a rule of the kind marks in it: fragment.* for cut and relative, also garbled.missing-verb for verb,
garbled.word-salad for shuffle, boundary.glued for glue, garbled.same-entity for name and noun.
Wrong alarms of these rules are counted on sound news: the held-out lines of Wikinews, current events and
media releases; `--part calibrate` takes the other half of them, to tune on.

PUD (`--treebank pud-test`) is for a last run only: docs/decisions/pud-log.md.
"""
import argparse
import collections
import json
import lzma
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

NEWS = ["wikinews_2004_2018", "wikinews_2019_2020", "wikipedia_current_events", "au_pm_media_releases"]
KINDS = {"cut": ("fragment.",), "relative": ("fragment.",), "relative with that": ("fragment.",),
         "name": ("garbled.same-entity",), "noun": ("garbled.same-entity",),
         "verb": ("garbled.missing-verb", "fragment."), "shuffle": ("garbled.word-salad",),
         "glue": ("boundary.glued",)}
FEWEST_WORDS = 4
LINES_TOGETHER = 12


# --- Treebank ---

class Word:
    def __init__(self, fields):
        self.number, self.form, self.lemma, self.upos, self.xpos = (int(fields[0]), *fields[1:5])
        self.feats = dict(f.split("=") for f in fields[5].split("|") if "=" in f)
        self.head, self.relation = int(fields[6]), fields[7]
        self.space = "SpaceAfter=No" not in fields[9]
        self.children = []


class Sentence:
    def __init__(self, document, kind):
        self.document, self.kind, self.words, self.spans = document, kind, [], []

    def link(self):
        self.root = None
        for word in self.words:
            if word.head == 0:
                self.root = word
            else:
                self.words[word.head - 1].children.append(word)

    def text(self, numbers=None):
        """What is written, of all words or of these; words of one token only together."""
        text, at = "", 1
        spans = {first: (last, form, space) for first, last, form, space in self.spans}
        while at <= len(self.words):
            last, form, space = spans.get(at, (at, self.words[at - 1].form, self.words[at - 1].space))
            chosen = [n for n in range(at, last + 1) if numbers is None or n in numbers]
            if len(chosen) == last - at + 1:
                text += form + (" " if space else "")
            elif chosen:
                text += "".join(self.words[n - 1].form for n in chosen) + (" " if space else "")
            at = last + 1
        return text.strip()


def read_treebank(path):
    sentences, sentence, document, kind = [], None, "", ""
    for line in lzma.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            document = line
        elif line.startswith("# s_type = "):
            kind = line[11:]
        elif line and line[0] != "#":
            fields = line.split("\t")
            if sentence is None:
                sentence = Sentence(document, kind)
            if "-" in fields[0]:
                first, last = map(int, fields[0].split("-"))
                sentence.spans.append((first, last, fields[1], "SpaceAfter=No" not in fields[9]))
            elif "." not in fields[0]:
                sentence.words.append(Word(fields))
        elif not line and sentence is not None:
            sentence.link()
            sentences.append(sentence)
            sentence, kind = None, ""
    return sentences


def relation(word):
    return word.relation.split(":")[0]


def below(word):
    """The numbers of a word and all that hangs on it."""
    found = {word.number}
    for child in word.children:
        found |= below(child)
    return found


def is_finite(word):
    return word.feats.get("VerbForm") == "Fin"


def is_sound(sentence):
    """A statement with a subject and a finite verb, fit to stand beside a made one."""
    words = sentence.words
    return (8 <= len(words) <= 40 and sentence.kind in ("", "decl") and words[-1].form == "." and
            words[0].form[0].isupper() and any(is_finite(w) for w in words) and
            not any(w.form in '"“”:;()[]' for w in words) and sentence.root.upos in ("VERB", "AUX", "ADJ", "NOUN") and
            any(relation(c) in ("nsubj", "expl") for c in sentence.root.children))


def as_sentence(text):
    text = re.sub(r"^[\s,;:.–—-]+", "", text)
    text = re.sub(r"[\s,;:.–—-]+$", "", text)
    text = re.sub(r"\s+([,.;])", r"\1", text)
    return text[:1].upper() + text[1:] + "." if text else ""


# --- Ways to spoil a sentence ---

MARKS = set('"“”‘()[]?!:;/')


SPOKEN = ("reparandum", "discourse", "dislocated", "vocative")


def cut(sentence):
    """Without the subject and the verb with its auxiliaries; nothing finite is left at the top."""
    root = sentence.root
    subjects = [c for c in root.children if relation(c) in ("nsubj", "expl", "csubj")]
    if root.upos != "VERB" or not subjects or any(relation(w) in SPOKEN for w in sentence.words):
        return
    verbs = [root] + [c for c in root.children if relation(c) == "aux" or
                      c.relation == "compound:prt" or (c.upos == "PART" and c.lemma == "not")]
    if not any(is_finite(v) for v in verbs):
        return
    for child in root.children:
        if child.relation == "advcl" and child.number < root.number or relation(child) in ("conj", "ccomp", "parataxis", "xcomp", "csubj", "discourse", "vocative", "cc"):
            return
    gone = set().union(*(below(s) for s in subjects), (v.number for v in verbs))
    left = set(range(1, len(sentence.words) + 1)) - gone
    if sum(sentence.words[n - 1].upos != "PUNCT" for n in left) >= FEWEST_WORDS:
        yield "cut", sentence.text(left)


def relative(sentence):
    for word in sentence.words:
        if word.relation != "acl:relcl" or not any(
                is_finite(w) for w in [word, *word.children] if w is word or relation(w) in ("aux", "cop")):
            continue
        inside = below(word)
        if sorted(inside) != list(range(min(inside), max(inside) + 1)):
            continue
        while sentence.words[min(inside) - 1].upos == "PUNCT":
            inside.remove(min(inside))
        first = sentence.words[min(inside) - 1]
        if first.upos == "ADP" and min(inside) + 1 in inside:
            first = sentence.words[min(inside)]
        if first.lemma.lower() in ("which", "who", "whom", "whose", "where", "when", "that") and \
                sum(sentence.words[n - 1].upos != "PUNCT" for n in inside) >= FEWEST_WORDS:
            yield "relative with that" if first.form.lower() == "that" else "relative", sentence.text(inside)


def phrase(sentence, head):
    """The words of a noun phrase: determiner and what stands close to its head. None: it is no plain one."""
    kept = {head.number}
    for child in head.children:
        if relation(child) in ("flat", "compound", "amod", "nummod", "det", "appos", "nmod", "goeswith"):
            if relation(child) == "appos" or (relation(child) == "nmod" and child.relation != "nmod:poss"):
                return None
            kept |= below(child)
        elif relation(child) not in ("case", "punct"):
            return None
    return kept if sorted(kept) == list(range(min(kept), max(kept) + 1)) else None


def is_named(words):
    return all(w.upos in ("PROPN", "DET", "ADJ", "ADP") for w in words) and any(w.upos == "PROPN" for w in words)


# "Some people help some people" is sound.
VAGUE = {"no", "each", "every", "what", "which", "some", "any", "another", "other", "one", "a", "an", "many", "more"}


def repeated(sentence):
    """The subject again as an argument of its verb; or the other argument as the subject."""
    for verb in sentence.words:
        if verb.upos != "VERB":
            continue
        subjects = [c for c in verb.children if c.relation in ("nsubj", "nsubj:pass")]
        others = [c for c in verb.children if relation(c) in ("obj", "iobj", "obl") and c.relation != "obl:tmod" and
                  c.number > verb.number]
        for subject in subjects:
            for other in others:
                if {subject.upos, other.upos} - {"NOUN", "PROPN"} or subject.lemma == other.lemma:
                    continue
                one, two = phrase(sentence, subject), phrase(sentence, other)
                if one is None or two is None or subject.number > verb.number:
                    continue
                for kept, lost in ((one, two), (two, one)):
                    words = [sentence.words[n - 1] for n in sorted(kept)]
                    if not any(w.lemma.lower() in VAGUE for w in words):
                        yield "name" if is_named(words) else "noun", exchange(sentence, lost, kept)


def exchange(sentence, place, with_words):
    """The sentence with the words `with_words` standing in `place` too."""
    inner = sentence.text(with_words)
    if sentence.words[min(with_words) - 1].upos != "PROPN" and min(with_words) == 1:
        inner = inner[:1].lower() + inner[1:]
    before = sentence.text(set(range(1, min(place))))
    after = sentence.text(set(range(max(place) + 1, len(sentence.words) + 1)))
    glue = "" if not after or not sentence.words[max(place) - 1].space else " "
    return f"{before} {inner}{glue}{after}".strip()


def verbless(sentence):
    """Without a finite copula or auxiliary between subject and predicate."""
    for word in sentence.words:
        if not is_finite(word) or relation(word) not in ("aux", "cop") or word.number == 1 or not word.space or \
                word.form[0] in "'’" or not sentence.words[word.number - 2].space or word.xpos == "MD":
            continue
        head = sentence.words[word.head - 1]
        subjects = [c for c in head.children if relation(c) == "nsubj"]
        if len([c for c in head.children if relation(c) in ("aux", "cop")]) != 1 or not subjects or \
                subjects[0].number > word.number or subjects[0].upos == "PRON":
            continue
        yield "verb", sentence.text(set(range(1, len(sentence.words) + 1)) - {word.number})


def shuffled(sentence):
    """Five words without a mark, in an order drawn from the sentence itself."""
    words = sentence.words
    draw = random.Random(len(words) * 1000 + sum(map(ord, words[0].form)))
    starts = [i for i in range(1, len(words) - 5)
              if all(w.form.isalpha() and w.space for w in words[i - 1:i + 5]) and words[i].form[0].islower()]
    if not starts:
        return
    start = draw.choice(starts)
    order = list(range(start, start + 5))
    while sum(a != b for a, b in zip(order, range(start, start + 5))) < 4:
        draw.shuffle(order)
    forms = [w.form for w in words]
    forms[start:start + 5] = [words[i].form for i in order]
    yield "shuffle", "".join(f + (" " if w.space else "") for f, w in zip(forms, words)).strip()


def glued(sentence):
    if is_sound(sentence) and sentence.words[-2].form.islower():
        yield "glue", sentence.text(set(range(1, len(sentence.words)))) + " "


def make_cases(sentences):
    """(kind, made sentence, sound sentence before, behind), no more than the treebank gives."""
    cases = []
    for i, sentence in enumerate(sentences):
        if not is_sound(sentence) and not (6 <= len(sentence.words) <= 60 and sentence.kind in ("", "decl")):
            continue
        if any(w.form in MARKS for w in sentence.words) or sentence.words[-1].form != ".":
            continue
        sound = [s for s in sentences[max(0, i - 12):i + 13]
                 if s is not sentence and s.document == sentence.document and is_sound(s)]
        if len(sound) < 2:
            continue
        for way in (cut, relative, repeated, verbless, shuffled, glued):
            for kind, text in way(sentence):
                text = text if kind == "glue" else as_sentence(text)
                if text:
                    cases.append((kind, text, sound[0].text(), sound[-1].text()))
    return cases


# --- Articles ---

def write_cases(folder, cases):
    """Twelve paragraphs an article; per article the made sentences with their places in bytes."""
    articles = []
    for first in range(0, len(cases), LINES_TOGETHER):
        text, marks = "A report\n\n", []
        for kind, made, before, behind in cases[first:first + LINES_TOGETHER]:
            text += before + " "
            begin = len(text.encode())
            text += made
            marks.append((kind, begin, len(text.encode()), made))
            text += f"{'' if kind == 'glue' else ' '}{behind}\n\n"
        path = folder / f"made{first:06}.txt"
        path.write_text(text, encoding="utf-8")
        articles.append((path, marks))
    return articles


def write_news(folder, data, part, most):
    """The lines that training left out: of every twenty blocks of fifty lines one, in turn for each part."""
    paths = []
    for name in NEWS:
        lines, sentences = [], 0
        for number, line in enumerate(lzma.open(data / f"text/{name}.txt.xz", "rt", encoding="utf-8")):
            block = number // 50
            if block % 20 != 7 or (block // 20 % 2 == 0) != (part == "calibrate"):
                continue
            if sentences < most / len(NEWS):
                lines.append(line.strip())
                sentences += 1 + len(re.findall(r"[.!?][\"”')]* [A-Z“\"]", line))
        for first in range(0, len(lines), LINES_TOGETHER):
            path = folder / f"{name}-{first:06}.txt"
            path.write_text("A report\n\n" + "\n\n".join(lines[first:first + LINES_TOGETHER]) + "\n",
                            encoding="utf-8")
            paths.append(path)
    return paths


def check(mtcheck, paths):
    replies = {}
    for first in range(0, len(paths), 200):
        together = [str(p) for p in paths[first:first + 200]]
        done = subprocess.run([mtcheck, "--embedded", "--overlay-dir", "", "--format", "jsonl", *together],
                              capture_output=True, text=True)
        lines = done.stdout.splitlines()
        if len(lines) != len(together):
            raise SystemExit(f"{done.returncode}: {done.stderr}")
        replies.update(zip(together, map(json.loads, lines)))
    return replies


# --- Figures ---

def upper(yes, count):
    """Upper end of the 95 % interval of a share (Wilson 1927)."""
    z, p = 1.96, yes / count
    return (p + z * z / (2 * count) + z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))) / \
        (1 + z * z / count)


def print_found(mtcheck, folder, cases, misses):
    articles = write_cases(folder, cases)
    replies = check(mtcheck, [path for path, _ in articles])
    made, found = collections.Counter(), collections.Counter()
    for path, marks in articles:
        issues = replies[str(path)]["issues"]
        for kind, begin, end, text in marks:
            made[kind] += 1
            rules = [i["rule"] for i in issues if i["span"]["byte"][0] < end and i["span"]["byte"][1] > begin]
            hit = any(rule.startswith(KINDS[kind]) for rule in rules)
            found[kind] += hit
            if misses and not hit:
                print("miss", kind, "|", text, "|", " ".join(rules))
    for kind in KINDS:
        if made[kind]:
            print(f"{kind:20} {found[kind]:5} of {made[kind]:5} found  {found[kind] / made[kind]:.3f}")


def print_alarms(mtcheck, paths, alarms):
    replies = check(mtcheck, paths)
    sentences = sum(reply["stats"]["sentences"] - 1 for reply in replies.values())
    counts = collections.Counter()
    for path, reply in replies.items():
        for issue in reply["issues"]:
            if issue["rule"].startswith(("fragment.", "garbled.", "boundary.glued", "agreement.")):
                counts[issue["rule"]] += 1
                if alarms:
                    print("alarm", pathlib.Path(path).stem, issue["rule"], issue["confidence"], "|", issue["text"])
    for name, rules in (("fragment.*", [r for r in counts if r.startswith("fragment.")]),
                        *((r, [r]) for r in sorted(counts))):
        wrong = sum(counts[r] for r in rules)
        print(f"{name:30} {wrong:4} alarms on {sentences} sound sentences: {1000 * wrong / sentences:.2f} in 1,000, "
              f"at most {1000 * upper(wrong, sentences):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mtcheck")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--treebank", default="gum-free-test")
    parser.add_argument("--part", default="report", choices=("report", "calibrate"))
    parser.add_argument("--only", action="append", choices=(*KINDS, "news"))
    parser.add_argument("--sentences", type=int, default=12000, help="of sound news, about")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    options = parser.parse_args()
    wanted = options.only or [*KINDS, "news"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cases = make_cases(read_treebank(options.data / f"treebanks/{options.treebank}.conllu.xz"))
        print_found(options.mtcheck, folder, [c for c in cases if c[0] in wanted], options.misses)
        if "news" in wanted:
            print_alarms(options.mtcheck, write_news(folder, options.data, options.part, options.sentences),
                         options.alarms)


if __name__ == "__main__":
    sys.exit(main())
