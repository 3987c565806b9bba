"""Texts made to hurt, as large as a daemon takes them: each is checked to the end within its
deadline, and comes out the same embedded and through the daemon."""

import json
import os
import random
import subprocess
import tempfile
import unittest

import support
from support import BIN, Daemon, PATIENCE

CLIENT = os.path.join(BIN, "mtcheck")
# Under a sanitizer the deadline is not for the texts to meet, and less has to do.
LIMIT = (8 if support.SANITIZED else 256) * 1024
QUOTES = 4_000 if support.SANITIZED else 100_000


def filled(piece, opening=""):
    """`opening`, then `piece` over and over, up to the limit and not a byte further."""
    data = opening.encode() + piece.encode() * (LIMIT // len(piece.encode()) + 1)
    text = data[:LIMIT].decode("utf-8", "ignore")
    return text + "x" * (LIMIT - len(text.encode()))


def invented(between, capital=False):
    """Words that no dictionary has: each has to be looked for among its neighbours."""
    chance = random.Random(5)
    words, size = [], 0
    while size < LIMIT:
        word = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz")
                       for _ in range(chance.randint(5, 10)))
        words.append(word.capitalize() if capital else word)
        size += len(word) + len(between)
    return between.join(words)[:LIMIT]


REPEATED = [
    # letters, stops, marks
    "a", "A", "a. ", "A. ", ".", ". ", "…", ", ", "?! ", "a-", "a'", "- ", "—", "_", "*", "#", "@",
    # quotes and brackets
    "\"", "“", "”", "'", "\" ", "“a ", "\"a ", "\"a\" ", "(", ")", "([{", "(a ", "(a) ", "[a ",
    # residue
    "<", "<a ", "<a>", "<p>x</p>", "<!--", "<script>", "<style>a{", "<a href=\"", "&", "&amp;", "&#",
    "{", "{{ ", "${a}", "%20", "\\u0041", "[caption id=\"a\"]", "â€œ", "Ã", "https://a.b/c.jpg 300w, ",
    "http://", "a@b.c ", "color: red; ", "Share on\n",
    # words and names
    "the ", "of the ", "that that ", "Ab Cd ", "Borg met Borg ", "Borg met Borg. ",
    "Anna Borg met Anna Borg in Borg. ", "Anna, Borg and Cole ", "The mayor opened the bridge. ",
    "Mr. ", "U.S. ", "J. K. ", "No. 1 ", "a b c d e f g ", "lorem ipsum dolor ",
    # numbers and lists
    "1234567890", "1 ", "1,", "1.2.", "12/13/2024 ", "31 February 2023 ", "a, b, c, ", "two cities, ",
    # lines
    "\n", "a\n", "A man came.\n", "\r", "\r\n", "\u2028", " ", "\t", "\u00a0",
    # scripts and what is invisible
    "\0", "a\0", "москва ", "中", "น", "שלום עולם, ", "سلام عليكم ", "the мир שלום سلام 世界 ",
    "👩‍👩‍👧‍👦", "e\u0301\u0327 ", "\u0301", "a" + "\u0301" * 30 + " ", "\u200d", "\u202e\u202c",
    "\ufffd",
]
TEXTS = {
    **{repr(piece): filled(piece) for piece in REPEATED},
    "quotation marks": "\"" * QUOTES,
    "one list": filled("Anna, ", "There were three people: "),
    "marks of byte order": filled("\ufeff", "a"), "marks on one letter": filled("\u0301", "a"),
    "invented words": invented(" "), "invented sentences": invented(". ", capital=True),
    "invented list": invented(", "), "invented lines": invented("\n"),
    "invented compounds": invented("-"), "invented paths": invented("/"),
}


class Hostile(unittest.TestCase):
    def test_each_is_checked_to_the_end_and_alike_by_all(self):
        with Daemon(workers=2) as daemon, tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, text in enumerate(TEXTS.values()):
                paths.append(os.path.join(folder, str(number)))
                with open(paths[-1], "w", newline="", encoding="utf-8") as file:
                    file.write(text)
            done = subprocess.run(
                [CLIENT, "--embedded", "--overlay-dir", "", "--format", "json", *paths],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300 * PATIENCE)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            embedded = done.stdout.splitlines()
            self.assertEqual(len(embedded), len(TEXTS))
            for (name, text), here in zip(TEXTS.items(), embedded):
                with self.subTest(text=name):
                    request = {"v": 1, "op": "check", "text": text}
                    there = daemon.ask_raw(json.dumps(request), 60)
                    self.assertEqual(json.loads(there)["status"], "ok")
                    self.assertEqual(here, there)
            stats = daemon.stats()
            self.assertEqual((stats["workers_lost"], stats["retried"]), (0, 0), daemon.log())

    @unittest.skipIf(support.SANITIZED, "the limit is the same")
    def test_one_byte_beyond_the_limit_is_refused_and_named(self):
        with Daemon(workers=1) as daemon:
            for text in (filled("a b "), filled("é")):
                self.assertEqual(daemon.check(text)["status"], "ok")
                reply = daemon.check(text + "x")
                self.assertEqual(reply["error"]["code"], "text_too_large")
                self.assertIn("262145", reply["error"]["message"])


if __name__ == "__main__":
    support.main()
