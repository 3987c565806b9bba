"""The same article gives the same bytes: embedded or by the daemon, whatever the number of
workers, idle or under load."""

import glob
import json
import os
import subprocess
import threading
import unittest

import support
from support import BIN, Daemon, PATIENCE, ROOT

CLIENT = os.path.join(BIN, "mtcheck")
ARTICLES = sorted(glob.glob(os.path.join(ROOT, "tests", "golden", "articles", "*.txt")))
ODD = {
    "empty": "", "one byte": "a", "line ends": "One.\r\nTwo.\rThree.\u2028Four.\u2029Five.\n",
    "long line": "word " * 8000, "quotes": "“" * 3000 + "\"" * 3000,
    "emoji": "👩‍👩‍👧‍👦 is a family. " * 40, "marks": "e\u0301\u0327 " * 500,
    "right to left": "שלום עולם, אמר ראש העיר. " * 40, "nul": "a\0b c\0d",
}


def embedded(path):
    done = subprocess.run([CLIENT, "--embedded", "--overlay-dir", "/nonexistent", "--format", "json",
                           path], stdout=subprocess.PIPE, timeout=60 * PATIENCE)
    return done.stdout.strip()


def by_daemon(daemon, path):
    done = subprocess.run([CLIENT, "--endpoint", daemon.endpoint, "--format", "json", path],
                          stdout=subprocess.PIPE, timeout=60 * PATIENCE)
    return done.stdout.strip()


class SameBytes(unittest.TestCase):
    def test_each_article_embedded_and_by_daemons_of_one_two_and_eight_workers(self):
        self.assertGreater(len(ARTICLES), 5)
        with Daemon(workers=1) as one, Daemon(workers=2) as two, Daemon(workers=8) as eight:
            paths = list(ARTICLES)
            for name, text in ODD.items():
                path = os.path.join(one.folder, name.replace(" ", "-"))
                with open(path, "w", newline="") as file:
                    file.write(text)
                paths.append(path)
            for path in paths:
                with self.subTest(path=os.path.basename(path)):
                    here = embedded(path)
                    self.assertIn(json.loads(here)["status"], ("ok", "error"))
                    for daemon in (one, two, eight):
                        self.assertEqual(by_daemon(daemon, path), here)

    def test_the_same_under_load(self):
        frames = []
        for path in ARTICLES:
            with open(path, encoding="utf-8") as file:
                frames.append(json.dumps({"v": 1, "op": "check", "text": file.read()}))
        with Daemon(workers=4) as daemon:
            idle = [daemon.ask_raw(frame) for frame in frames]
            different = []

            def client():
                with daemon.socket(seconds=60) as asker:
                    for _ in range(5):
                        for frame, expected in zip(frames, idle):
                            asker.send_string(frame)
                            if asker.recv() != expected:
                                different.append(frame[:80])

            threads = [threading.Thread(target=client) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(different, [])


if __name__ == "__main__":
    if not os.path.exists(CLIENT):
        print("SKIPPED: mtcheck is not built")
        raise SystemExit(support.SKIPPED)
    support.main()
