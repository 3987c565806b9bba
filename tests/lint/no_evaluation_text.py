#!/usr/bin/env python3
"""No rule, list, test or page may hold five words in a row of an evaluation text.

Else the figures measured on those texts would say nothing. Runs where the environment
variable MTCHECK_EVAL_DIR names the folder of the texts.
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["rules", "dicts", "tests", "docs", "engine", "client", "daemon", "bench", "tools"]
ROW = 5
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text):
    return [(found.group(0).lower().replace("’", "'"), found.start())
            for found in WORD.finditer(text)]


def rows_of_evaluation(folder):
    """Rows of five words, each with the file it stands in."""
    rows = {}
    for path in sorted(folder.rglob("*.txt")):
        words = words_of(path.read_text(encoding="utf-8", errors="replace"))
        for i in range(len(words) - ROW + 1):
            row = tuple(word for word, _ in words[i:i + ROW])
            rows.setdefault(row, path.name)
    return rows


def main():
    evaluation = os.environ.get("MTCHECK_EVAL_DIR", "")
    if not evaluation or not pathlib.Path(evaluation).is_dir():
        print("SKIPPED: MTCHECK_EVAL_DIR is not set")
        return 77
    rows = rows_of_evaluation(pathlib.Path(evaluation))
    wrong = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if not path.is_file() or path.stat().st_size > 32_000_000:
                continue
            data = path.read_bytes()
            if b"\0" in data[:8000]:
                continue
            text = data.decode("utf-8", "replace")
            # Marks of examples, comment signs and line breaks do not hide a row.
            words = words_of(re.sub(r"[\[\]\\*#/\"]", " ", text))
            for i in range(len(words) - ROW + 1):
                row = tuple(word for word, _ in words[i:i + ROW])
                if row in rows:
                    line = text.count("\n", 0, words[i][1]) + 1
                    wrong.append(f"{path.relative_to(ROOT)}:{line}: five words of "
                                 f"{rows[row]}: {' '.join(row)}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
