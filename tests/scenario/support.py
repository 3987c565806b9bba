"""Starts the real daemon on a private socket, asks it, and always stops it.

The programs under test lie in the folder named by MTCHECK_BIN_DIR (ctest sets it). Only
processes that descend from the daemon started here are ever sent a signal.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SKIPPED = 77

try:
    import zmq
except ImportError:
    print("SKIPPED: python3-zmq is not installed")
    sys.exit(SKIPPED)

try:
    import jsonschema
except ImportError:
    jsonschema = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("MTCHECK_BIN_DIR", os.path.join(ROOT, "build", "release", "bin"))
DAEMON = os.path.join(BIN, "mtcheckd")
SANITIZED = os.environ.get("MTCHECK_SANITIZED", "") not in ("", "0", "OFF")
# Sanitizers and valgrind take their time.
PATIENCE = float(os.environ.get("MTCHECK_PATIENCE", "8" if SANITIZED else "1"))
WRAPPER = os.environ.get("MTCHECK_WRAPPER", "").split()

REPLY_SCHEMA = None
if jsonschema is not None:
    with open(os.path.join(ROOT, "docs", "schema", "reply.schema.json")) as schema:
        REPLY_SCHEMA = jsonschema.Draft7Validator(json.load(schema))

ARTICLE = (
    "The harbour authority of Nordvik said on Tuesday that the new pier will open in May.\n\n"
    "Work on it began two years ago. Three ferries will use it every day.\n"
)


# What sanitizers and valgrind write where they find something.
REPORTS = ("Sanitizer", "runtime error:", "Invalid read", "Invalid write", "uninitialised",
           "definitely lost: 1", "are definitely lost")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid):
    """Processes whose parent is `pid`, as (pid, name)."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                text = file.read()
        except OSError:
            continue
        name = text[text.index("(") + 1 : text.rindex(")")]
        state, parent = text[text.rindex(")") + 2 :].split()[:2]
        if int(parent) == pid and state not in "ZX":
            found.append((int(entry), name))
    return found


def is_running(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            text = file.read()
    except OSError:
        return False
    return text[text.rindex(")") + 2] not in "ZX"


class Daemon:
    """`with Daemon(workers=2) as daemon:` – keywords are keys of the configuration."""

    def __init__(self, endpoint=None, arguments=(), config_text=None, environment=None,
                 wait=True, **options):
        self.folder = tempfile.mkdtemp(prefix="mtcheckd-")
        self.endpoint = endpoint or f"ipc://{self.folder}/daemon.sock"
        self.config = os.path.join(self.folder, "mtcheckd.yaml")
        self.options = {"workers": 2, "overlay_dir": f"{self.folder}/etc", **options}
        if "MTCHECK_SANDBOX" in os.environ:
            self.options.setdefault("sandbox", os.environ["MTCHECK_SANDBOX"] == "on")
        self.write_config(config_text)
        self.context = zmq.Context()
        self.log_path = os.path.join(self.folder, "log")
        self.notify_socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify_socket.bind(os.path.join(self.folder, "notify.sock"))
        self.notify_socket.settimeout(0.05)
        self.notified = []
        surroundings = dict(os.environ, NOTIFY_SOCKET=os.path.join(self.folder, "notify.sock"))
        surroundings.update(environment or {})
        command = WRAPPER + [DAEMON, "--config", self.config, "--endpoint", self.endpoint]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(command + list(arguments), stderr=log,
                                            stdin=subprocess.DEVNULL, env=surroundings)
        if wait:
            try:
                self.wait_until(lambda: "READY=1" in self.notifications(), 20 * PATIENCE,
                                "READY")
            except AssertionError:
                self.stop()
                raise

    def write_config(self, text=None, **changes):
        self.options.update(changes)
        lines = [f"{key}: {json.dumps(value)}" for key, value in self.options.items()]
        with open(self.config, "w") as file:
            file.write(text if text is not None else "\n".join(lines) + "\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    # --- looking -------------------------------------------------------------------------

    def log(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()

    def notifications(self):
        """All lines that systemd would have been told so far."""
        while True:
            try:
                self.notified += self.notify_socket.recv(8192).decode().split("\n")
            except (TimeoutError, OSError):
                return self.notified

    def wait_until(self, condition, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            if self.process.poll() is not None and what != "end":
                break
            time.sleep(0.01)
        if condition():
            return
        raise AssertionError(f"no {what} in {seconds} s\n" + self.log())

    def named(self, name):
        """Pids of broker, loader or worker (workers also where their loader has died)."""
        direct = children(self.process.pid)
        if name != "worker":
            return [pid for pid, comm in direct if comm == "mtc-" + name]
        loaders = [pid for pid, comm in direct if comm == "mtc-loader"]
        grown = [pid for loader in loaders for pid, _ in children(loader)]
        return grown + [pid for pid, comm in direct if comm == "mtc-worker"]

    # --- asking --------------------------------------------------------------------------

    def socket(self, kind=zmq.REQ, seconds=10):
        made = self.context.socket(kind)
        made.setsockopt(zmq.LINGER, 0)
        made.setsockopt(zmq.RCVTIMEO, int(1000 * seconds * PATIENCE))
        made.setsockopt(zmq.SNDTIMEO, int(1000 * seconds * PATIENCE))
        made.connect(self.endpoint)
        return made

    def ask_raw(self, frame, seconds=10):
        with self.socket(seconds=seconds) as asker:
            asker.send(frame if isinstance(frame, bytes) else frame.encode())
            reply = asker.recv()
        if REPLY_SCHEMA is not None:
            REPLY_SCHEMA.validate(json.loads(reply))
        return reply

    def ask(self, _seconds=10, **request):
        return json.loads(self.ask_raw(json.dumps({"v": 1, **request}), _seconds))

    def check(self, text=ARTICLE, _seconds=10, **options):
        return self.ask(_seconds, op="check", text=text, options=options)

    def health(self):
        return self.ask(op="health")["health"]

    def stats(self):
        return self.ask(op="stats")["stats"]

    # --- ending --------------------------------------------------------------------------

    def signal(self, number):
        os.kill(self.process.pid, number)

    def end(self, seconds=15):
        """SIGTERM, and the exit status."""
        self.signal(signal.SIGTERM)
        return self.process.wait(seconds * PATIENCE)

    def stop(self):
        family = [self.process.pid]
        for pid in family:
            family += [child for child, _ in children(pid)]
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15 * PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                for pid in family[1:]:
                    if is_running(pid):
                        os.kill(pid, signal.SIGKILL)
        self.context.destroy(linger=0)
        self.notify_socket.close()
        log = self.log()
        shutil.rmtree(self.folder, ignore_errors=True)
        if any(word in log for word in REPORTS):
            raise AssertionError("a checking tool has something to say:\n" + log)


class Pressure(threading.Thread):
    """A client that asks without a pause; every answer is kept."""

    def __init__(self, daemon, request, seconds=30):
        super().__init__()
        self.daemon_under_test, self.request, self.seconds = daemon, request, seconds
        self.replies, self.failures = [], []
        self.enough = threading.Event()

    def run(self):
        number = 0
        with self.daemon_under_test.socket(seconds=self.seconds) as asker:
            while not self.enough.is_set():
                number += 1
                asker.send_json({"v": 1, "id": str(number), **self.request})
                try:
                    reply = asker.recv_json()
                except zmq.Again:
                    self.failures.append(f"request {number} got no answer")
                    return
                if reply.get("id") not in (str(number), None):
                    self.failures.append(f"request {number} got {reply}")
                self.replies.append(reply)

    def finish(self):
        self.enough.set()
        self.join()
        return self.replies


def main():
    unittest.main(verbosity=2)
