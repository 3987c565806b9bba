#!/usr/bin/env python3
"""Turns marked articles into text and gold.

usage: mark.py FILE.marked...   writes FILE.txt and FILE.gold.json beside each

In FILE.marked a defect is written ⟦class|the defective text⟧, one that may or may not be found
⟦?class|text⟧. The gold holds [{"class", "start", "end", "required", "text"}] in code points.
"""
import json
import pathlib
import re
import sys

MARK = re.compile(r"⟦(\??)([a-z-]+)\|(.*?)⟧", re.S)

for name in sys.argv[1:]:
    path = pathlib.Path(name)
    marked, text, gold, at = path.read_text(encoding="utf-8"), "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at:match.start()]
        gold.append({"class": match[2], "start": len(text), "end": len(text) + len(match[3]),
                     "required": not match[1], "text": match[3]})
        text += match[3]
        at = match.end()
    text += marked[at:]
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    lines = ",\n ".join(json.dumps(mark, ensure_ascii=False) for mark in gold)
    path.with_suffix(".gold.json").write_text(f"[{lines}]\n", encoding="utf-8")
