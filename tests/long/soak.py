#!/usr/bin/env python3
"""Many requests, in minutes: every one is answered, memory stays flat, killed workers lose nothing.

usage: soak.py [MINUTES]   (default 3; MTCHECK_BIN_DIR names the programs)
"""
import os
import random
import signal
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scenario"))
import support  # noqa: E402

ARTICLES = os.path.join(support.ROOT, "tests", "golden", "articles")
CLIENTS = 4


def private_kib(pid):
    """Private dirty memory of a process; None where it has gone."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Private_Dirty"))
    except OSError:
        return None


class Asker(threading.Thread):
    def __init__(self, daemon, articles, seed):
        super().__init__()
        self.daemon_under_test, self.articles = daemon, articles
        self.random, self.enough = random.Random(seed), threading.Event()
        self.answered, self.retried, self.failures = 0, 0, []

    def run(self):
        with self.daemon_under_test.socket(seconds=30) as asker:
            while not self.enough.is_set():
                text = self.random.choice(self.articles)
                asker.send_json({"v": 1, "op": "check", "text": text})
                try:
                    reply = asker.recv_json()
                except support.zmq.Again:
                    self.failures.append("no answer")
                    return
                if reply["status"] == "ok":
                    self.answered += 1
                elif reply.get("error", {}).get("code") in ("busy", "worker_lost"):
                    self.retried += 1
                else:
                    self.failures.append(reply)


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    articles = []
    for name in sorted(os.listdir(ARTICLES)):
        if name.endswith(".txt"):
            with open(os.path.join(ARTICLES, name)) as file:
                articles.append(file.read())
    articles.append("\n\n".join(articles) * 5)
    with support.Daemon(workers=2) as daemon:
        askers = [Asker(daemon, articles, seed) for seed in range(CLIENTS)]
        for asker in askers:
            asker.start()
        end, kills, samples = time.monotonic() + 60 * minutes, 0, []
        chance = random.Random(7)
        while time.monotonic() < end:
            time.sleep(5)
            broker = daemon.named("broker")
            workers = [private_kib(pid) for pid in daemon.named("worker")]
            samples.append((private_kib(broker[0]), max(k for k in workers if k is not None)))
            if len(samples) % 4 == 0:
                victims = daemon.named("worker")
                if victims:
                    os.kill(chance.choice(victims), signal.SIGKILL)
                    kills += 1
        for asker in askers:
            asker.enough.set()
        for asker in askers:
            asker.join()
        answered = sum(asker.answered for asker in askers)
        retried = sum(asker.retried for asker in askers)
        failures = [failure for asker in askers for failure in asker.failures]
    early, late = samples[len(samples) // 4], samples[-1]
    print(f"answered {answered}, to be retried {retried}, failed {len(failures)}, "
          f"workers killed {kills}")
    print(f"private memory, broker {early[0]} -> {late[0]} KiB, "
          f"largest worker {early[1]} -> {late[1]} KiB")
    flat = late[0] < early[0] * 1.5 + 2048 and max(s[1] for s in samples) < 64 * 1024
    return 0 if not failures and flat and answered > 100 else 1


if __name__ == "__main__":
    sys.exit(main())
