#!/usr/bin/env python3
"""Layers look down only, and each library is known in one place (docs/ARCHITECTURE.md)."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A layer may include itself and those before it.
ENGINE = ["base", "text", "language", "rules", "detect", "score", "codec"]
TOP = len(ENGINE)  # engine.c, session.c, answer.c and their headers

# What is not the engine's and what it may take from it; all may use the public headers.
PROGRAMS = {
    # Its configuration is read as rule files are, its small requests as all requests are.
    "daemon": {"base/", "rules/yaml.h", "codec/request.h", "codec/reply.h"},
    # `--test-rules` runs examples, `rule show` prints what patterns see.
    "client": {"base/", "rules/examples.h", "language/annotation.h", "language/language.h",
               "language/name_chain.h", "language/tagset.h"},
    "tools": {"base/", "text/", "language/", "rules/", "detect/", "score/", "codec/"},
    # The figures of a model are taken on the data that its trainer reads.
    "bench": {"base/", "text/", "language/", "rules/", "detect/", "score/", "codec/",
              "mtcheck-train/"},
}

# Where a system header may be included.
LIBRARIES = {
    r"jansson": r"engine/codec/|client/|daemon/|tools/|bench/|tests/",
    r"zmq": r"client/library/|bench/|tests/|daemon/(?!master|worker|loader|sandbox|config)",
    r"libfyaml": r"engine/rules/",
    r"pcre2": r"engine/rules/",
    r"hunspell/": r"engine/language/",
    r"unicode/": r"engine/(base|text|language|detect)/|client/display|tools/",
    r"systemd/": r"daemon/",
    r"seccomp": r"daemon/",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def layer_of(name):
    first = name.split("/", 1)[0]
    if "/" in name and first in ENGINE:
        return ENGINE.index(first)
    return None


def wrong_in_engine(path, name):
    inside = path.relative_to(ROOT / "engine").as_posix()
    own = layer_of(inside)
    own = TOP if own is None else own
    if name.startswith("mtcheck/"):
        return None
    wanted = layer_of(name)
    if wanted is None and not (ROOT / "engine" / name).exists():
        return "is no header of the engine (written from engine/ on)"
    wanted = TOP if wanted is None else wanted
    return None if wanted <= own else f"lies above {inside.split('/')[0]}"


def wrong_in_program(path, name):
    folder = path.relative_to(ROOT).parts[0]
    if name.startswith("mtcheck/"):
        return None
    beside = [path.parent / name, ROOT / folder / name]
    if any(one.exists() for one in beside):
        inside = next(one for one in beside if one.exists()).resolve()
        return None if folder in inside.relative_to(ROOT).parts else "leaves its folder"
    if any(name.startswith(allowed) for allowed in PROGRAMS[folder]):
        return None
    if folder in ("tools", "bench") and (ROOT / "engine" / name).exists():
        return None
    return f"is not for {folder}/ to know"


def main():
    wrong = []
    for folder in ["engine", *PROGRAMS]:
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            source = path.read_text(encoding="utf-8")
            for found in INCLUDE.finditer(source):
                line = source.count("\n", 0, found.start(2)) + 1
                place = path.relative_to(ROOT).as_posix()
                name, reason = found.group(2), None
                if found.group(1) == '"':
                    check = wrong_in_engine if folder == "engine" else wrong_in_program
                    reason = check(path, name)
                else:
                    for library, allowed in LIBRARIES.items():
                        if re.match(library, name) and not re.match(allowed, place):
                            reason = f"may only be included in {allowed}"
                if reason:
                    wrong.append(f"{place}:{line}: {name} {reason}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
