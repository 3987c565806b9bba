#!/usr/bin/env python3
"""Whole articles, and the issues expected in them.

usage: run.py MTCHECK [--update]

articles/NAME.txt is checked by `MTCHECK --embedded`; NAME.expected holds the verdict, then a line an
issue: first and last code point, severity, rule, the text. --update writes these files anew; read the
difference before you commit it. Every reply is validated against docs/schema/reply.schema.json.
"""
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = json.loads((HERE.parent.parent / "docs/schema/reply.schema.json").read_text())


def check(mtcheck, article):
    done = subprocess.run([mtcheck, "--embedded", "--format", "json", str(article)],
                          capture_output=True, text=True, timeout=120)
    if done.stderr or done.returncode not in (0, 1, 2):
        raise SystemExit(f"{article.name}: exit {done.returncode}: {done.stderr}")
    reply = json.loads(done.stdout)
    if jsonschema:
        jsonschema.validate(reply, SCHEMA)
    return reply


def summary(reply):
    lines = [f"verdict {reply['score']['verdict']}"]
    for issue in reply["issues"]:
        begin, end = issue["span"]["codepoint"]
        text = json.dumps(issue["text"], ensure_ascii=False)
        lines.append(f"{begin}-{end} {issue['severity']} {issue['rule']} {text}")
    return "\n".join(lines) + "\n"


def offsets_are_right(article, reply):
    text = article.read_bytes().decode("utf-8")
    for issue in reply["issues"]:
        span = issue["span"]
        begin, end = span["codepoint"]
        assert text[begin:end] == issue["text"], (article.name, issue)
        first, last = span["byte"]
        assert text.encode()[first:last].decode() == issue["text"], (article.name, issue)
        first, last = span["utf16"]
        assert text.encode("utf-16-le")[2 * first:2 * last].decode("utf-16-le") == issue["text"]


def main():
    mtcheck, update = sys.argv[1], "--update" in sys.argv
    articles = sorted((HERE / "articles").glob("*.txt"))
    passed = failed = 0
    for article in articles:
        reply = check(mtcheck, article)
        offsets_are_right(article, reply)
        got, path = summary(reply), article.with_suffix(".expected")
        if update:
            path.write_text(got)
        expected = path.read_text() if path.exists() else ""
        if got == expected:
            passed += 1
            continue
        failed += 1
        old, new = set(expected.splitlines()), set(got.splitlines())
        print(f"{article.name}:")
        for line in sorted(old - new):
            print(f"  missing: {line}")
        for line in sorted(new - old):
            print(f"  unexpected: {line}")
    print(f"golden: {passed} passed, {failed} failed")
    return 1 if failed or not articles else 0


if __name__ == "__main__":
    sys.exit(main())
