"""Articles from folders, and samples of articles from files of clean text."""
import dataclasses
import json
import lzma
import pathlib
import random
import re

ARTICLE_WORDS = 300


@dataclasses.dataclass
class Article:
    name: str
    text: str
    marks: list | None      # None: clean, whatever is reported is a false alarm


@dataclasses.dataclass
class TextSet:
    name: str
    articles: list

    @property
    def is_marked(self):
        return any(article.marks is not None for article in self.articles)

    @property
    def words(self):
        return sum(len(article.text.split()) for article in self.articles)


def read_folder(folder, clean=False):
    """NAME.txt, with its marks where there is a NAME.gold.json; articles without stay out of a
    folder of marked ones unless `clean` is said, which reads no marks at all."""
    articles = []
    for path in sorted(folder.glob("*.txt")):
        marks_path = path.with_suffix(".gold.json")
        marks = None
        if marks_path.exists() and not clean:
            marks = json.loads(marks_path.read_text(encoding="utf-8"))
        articles.append(Article(path.stem, path.read_bytes().decode("utf-8"), marks))
    if not articles:
        raise SystemExit(f"{folder} holds no *.txt")
    return articles


def parse_part(place):
    """"pool.txt.xz@0.9-1" -> (path, 0.9, 1.0): only these lines of the file."""
    found = re.fullmatch(r"(.+)@([0-9.]+)-([0-9.]+)", place)
    if found is None:
        return pathlib.Path(place), 0.0, 1.0
    return pathlib.Path(found[1]), float(found[2]), float(found[3])


def read_lines(path):
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n") for line in file]


def leaves_a_quote_open(paragraph):
    return paragraph.count('"') % 2 == 1 or paragraph.count("“") > paragraph.count("”")


def cut_into_articles(name, lines, first_line):
    """Neighbouring paragraphs, as many as make an article of a few hundred words; not cut where a
    quotation goes on."""
    articles, paragraphs, words, begin = [], [], 0, first_line
    for number, line in enumerate(lines, first_line):
        if not line.strip():
            continue
        if not paragraphs:
            begin = number
        paragraphs.append(line)
        words += len(line.split())
        if words >= ARTICLE_WORDS and not leaves_a_quote_open(line):
            articles.append(Article(f"{name}:{begin}", "\n\n".join(paragraphs) + "\n", None))
            paragraphs, words = [], 0
    return articles


def sample_file(place, words, seed):
    """Articles of about `words` words in all; the same for the same file, part and seed."""
    path, begin, end = parse_part(place)
    lines = read_lines(path)
    first, last = int(begin * len(lines)), int(end * len(lines))
    articles = cut_into_articles(path.name.split(".")[0], lines[first:last], first + 1)
    random.Random(seed).shuffle(articles)
    chosen, total = [], 0
    for article in articles:
        if total >= words:
            break
        chosen.append(article)
        total += len(article.text.split())
    return sorted(chosen, key=lambda article: int(article.name.rsplit(":", 1)[1]))


def half_of(articles, half):
    """The articles with an odd or even number; those without one are counted from 0."""
    if half is None:
        return articles
    wanted = {"even": 0, "odd": 1}[half]
    numbers = [int(a.name) if a.name.isdigit() else i for i, a in enumerate(articles)]
    return [article for article, number in zip(articles, numbers) if number % 2 == wanted]


def read_sets(places, words, seed, half=None, clean=False):
    sets = []
    for place in places:
        path = pathlib.Path(place)
        articles = read_folder(path, clean) if path.is_dir() else sample_file(place, words, seed)
        name = path.name.split(".")[0]
        if any(known.name == name for known in sets):
            name = place
        articles = half_of(articles, half)
        marked = [article for article in articles if article.marks is not None]
        sound = [article for article in articles if article.marks is None]
        for kind, chosen in ((name, marked), (name if not marked else f"{name}, sound", sound)):
            if chosen:
                sets.append(TextSet(kind, chosen))
    return sets
