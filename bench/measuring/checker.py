"""Runs `mtcheck --embedded` over many texts at once."""
import json
import pathlib
import subprocess
import tempfile

FILES_A_RUN = 1000
MOST_ISSUES = 10000


def default_program():
    root = pathlib.Path(__file__).resolve().parents[2]
    return str(root / "build" / "release" / "bin" / "mtcheck")


def run_once(program, paths, arguments):
    command = [program, "--embedded", "--format", "jsonl", "--max-issues", str(MOST_ISSUES),
               *arguments, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode not in (0, 1, 2) or len(replies) != len(paths):
        raise SystemExit(f"{program}: exit {done.returncode}: {done.stderr.strip()[:500]}")
    for reply in replies:
        if reply["status"] != "ok":
            raise SystemExit(f"{program}: {reply.get('error') or reply.get('partial')}")
    return replies


def check_all(program, texts, arguments=()):
    """One reply for each text, in their order. `arguments` are further ones of mtcheck."""
    if "--overlay-dir" not in arguments:
        arguments = ("--overlay-dir", "", *arguments)
    replies = []
    for first in range(0, len(texts), FILES_A_RUN):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, text in enumerate(texts[first:first + FILES_A_RUN]):
                path = pathlib.Path(folder, f"{number:06}.txt")
                path.write_bytes(text.encode("utf-8"))
                paths.append(path)
            replies += run_once(program, paths, arguments)
    return replies
