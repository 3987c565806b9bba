#!/usr/bin/env python3
"""Words that say how the project was made, not what it is, have no place in it.

The list is written in rot13, so that this file does not hold what it looks for.
"""
import codecs
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

EVERYWHERE = [
    r"/jbex/(jg|funerq|znva|\.yvoenel)\o",
    r"\.\./funerq\o",
    r"\o(pynhqr|naguebcvp|bcranv|pungtcg|pbcvybg|trzvav|yynzn)\o",
    r"\o(NV|YYZ)[- ](ntrag|nffvfgnag|zbqry|trarengrq|urycre|frffvba)f?\o",
    r"\oynetr ynathntr zbqry",
    r"\ofho-?ntragf?\o",
    r"\o(bgure|nabgure|rirel|rnpu) urycref?\o",
    r"\ojbexgerrf?\o",
    r"\ovffhr #?\q+\o",
    r"\o(negvsnpgbel|qricv)\o",
    r"genafpevcg bs gur frffvba",
]
# In rules and tests the same words may stand in an invented sentence of news.
NOT_IN_EXAMPLES = [
    r"\ogur gevny\o",
    r"\o(dhnyvgl|npprcgnapr) onef?\o",
    r"\oguvf jbexcynpr\o",
]
EXAMPLES = ("rules/", "dicts/", "tests/", "models/")


def files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                             "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and not name.startswith(("LICENSE", "NOTICE")):
            yield name, path


def patterns(list_of_rot13):
    return [re.compile(codecs.decode(one, "rot13"),
                       re.I) for one in list_of_rot13]


def main():
    everywhere, elsewhere = patterns(EVERYWHERE), patterns(NOT_IN_EXAMPLES)
    wrong = []
    for name, path in files():
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        text = data.decode("utf-8", "replace")
        forbidden = everywhere + ([] if name.startswith(EXAMPLES) else elsewhere)
        if path.stat().st_size > 2_000_000 or name.startswith("dicts/"):
            forbidden = everywhere[:2]
        for pattern in forbidden:
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                wrong.append(f"{name}:{line}: \"{found.group(0)}\"")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"SKIPPED: not a git checkout ({error})")
        sys.exit(77)
