"""What the operator gets wrong is said plainly, and nothing half-started stays."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

import support
from support import DAEMON, Daemon, PATIENCE, ROOT

NOBODY = 65534


def run(*arguments, **more):
    return subprocess.run([DAEMON, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=30 * PATIENCE, text=True, **more)


class Configuration(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="mtcheckd-")
        self.addCleanup(shutil.rmtree, self.folder)

    def check(self, text):
        path = os.path.join(self.folder, "c.yaml")
        with open(path, "w") as file:
            file.write(text)
        return run("--check-config", path)

    def refused(self, text, *patterns):
        done = self.check(text)
        self.assertEqual(done.returncode, 2, done)
        for pattern in patterns:
            self.assertRegex(done.stderr, pattern)

    def test_a_sound_file_is_called_sound(self):
        self.assertEqual(self.check("workers: 3\nendpoints: [\"tcp://127.0.0.1:4000\"]\n").returncode, 0)
        self.assertEqual(self.check("").returncode, 0)

    def test_a_misspelt_key_is_refused_with_place_and_nearest_key(self):
        self.refused("# mine\nworkers: 2\nqueue_request: 9\n", r"c\.yaml:3:1: ", "queue_requests")
        self.refused("workes: 2\n", r"c\.yaml:1:1: ", "workers")

    def test_wrong_types_and_ranges_are_refused_with_their_place(self):
        self.refused("workers: two\n", r"c\.yaml:1:10: .*workers")
        self.refused("workers: 100000\n", r"c\.yaml:1:10: .*workers")
        self.refused("workers: [1]\n", r"c\.yaml:1:\d+: .*workers")
        self.refused("text_limit_kib: 0\n", r"c\.yaml:1:17: ")
        self.refused("sandbox: perhaps\n", r"c\.yaml:1:10: ")
        self.refused("log_level: loud\n", r"c\.yaml:1:12: ")
        self.refused("endpoints: []\n", r"c\.yaml:1:\d+: ")
        self.refused("workers: 1\nworkers: 2\n", r"c\.yaml:\d+:\d+: ")
        self.refused("- workers\n", r"c\.yaml:1:\d+: ")
        self.refused("workers: &a 1\n", r"c\.yaml:1:\d+: ")
        self.refused("workers: {\n", r"c\.yaml:\d+:\d+: ")

    def test_a_missing_file_is_named(self):
        done = run("--check-config", "/nonexistent/x.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nonexistent/x.yaml", done.stderr)

    def test_what_is_printed_can_be_read_again(self):
        path = os.path.join(self.folder, "c.yaml")
        with open(path, "w") as file:
            file.write("workers: 3\nallowed_users: [5, 6]\nlog_level: debug\n")
        printed = run("--config", path, "--print-config").stdout
        self.assertIn("workers: 3", printed)
        self.assertEqual(self.check(printed).returncode, 0)
        with open(path, "w") as file:
            file.write(printed)
        self.assertEqual(run("--config", path, "--print-config").stdout, printed)

    def test_the_documented_table_is_the_one_in_the_program(self):
        with open(os.path.join(ROOT, "docs", "OPERATIONS.md")) as file:
            self.assertIn(run("--list-options").stdout, file.read())

    def test_the_example_configuration_names_every_key_with_its_default(self):
        with open(os.path.join(ROOT, "systemd", "mtcheckd.yaml")) as file:
            text = file.read()
        rows = re.findall(r"^\| `(\w+)` \| `(.*?)` \|", run("--list-options").stdout, re.M)
        self.assertGreater(len(rows), 10)
        for key, default in rows:
            self.assertIn(f"\n#{key}: {default}\n", text)
        self.assertEqual(self.check(text).returncode, 0)
        self.assertEqual(self.check(re.sub(r"^#(\w+:)", r"\1", text, flags=re.M)).returncode, 0)

    def test_help_version_and_wrong_usage(self):
        self.assertIn("usage:", run("--help").stdout)
        self.assertRegex(run("--version").stdout, r"^mtcheckd \d+\.\d+")
        self.assertEqual(run("--nonsense").returncode, 2)
        self.assertEqual(run("stray").returncode, 2)


class Endpoints(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="mtcheckd-")
        self.addCleanup(shutil.rmtree, self.folder)

    def refused(self, endpoint, pattern):
        done = run("--endpoint", endpoint)
        self.assertEqual(done.returncode, 2, done)
        self.assertRegex(done.stderr, pattern)

    def test_what_is_no_loopback_endpoint_is_refused(self):
        self.refused("tcp://0.0.0.0:4000", "loopback")
        self.refused("tcp://*:4000", "loopback")
        self.refused("tcp://192.0.2.1:4000", "loopback")
        self.refused("tcp://[::]:4000", "loopback")
        self.refused("tcp://localhost:4000", "loopback")
        self.refused("tcp://127.0.0.1", "port")
        self.refused("tcp://127.0.0.1:0", "port")
        self.refused("tcp://127.0.0.1:99999", "port")
        self.refused("ipc://relative", "absolute")
        self.refused("inproc://x", "ipc:// or tcp://")
        self.refused("", "ipc:// or tcp://")

    def test_a_path_that_is_too_long_is_refused(self):
        self.refused("ipc:///tmp/" + "x" * 120, "at most 107")

    def test_a_folder_that_is_missing_is_told(self):
        self.refused("ipc:///nonexistent/x.sock", "folder")

    def test_a_path_that_is_no_socket_stays_untouched(self):
        path = os.path.join(self.folder, "file")
        with open(path, "w") as file:
            file.write("mine")
        self.refused("ipc://" + path, "no socket")
        with open(path) as file:
            self.assertEqual(file.read(), "mine")

    def test_a_socket_that_is_answered_is_not_taken(self):
        with Daemon() as daemon:
            self.refused(daemon.endpoint, "another program answers")
            self.assertEqual(daemon.check()["status"], "ok")

    def test_a_stale_socket_is_replaced(self):
        path = os.path.join(self.folder, "stale.sock")
        stale = socket.socket(socket.AF_UNIX)
        stale.bind(path)
        stale.close()
        with Daemon("ipc://" + path) as daemon:
            self.assertEqual(daemon.check()["status"], "ok")
            self.assertIn("stale", daemon.log())

    def test_a_taken_port_is_refused(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.refused(f"tcp://127.0.0.1:{taken.getsockname()[1]}", "in use")


class Data(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="mtcheckd-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.endpoint = f"ipc://{self.folder}/s.sock"

    def start(self, config="", *arguments, **more):
        path = os.path.join(self.folder, "c.yaml")
        with open(path, "w") as file:
            file.write(f"overlay_dir: {self.folder}/etc\n" + config)
        return run("--config", path, "--endpoint", self.endpoint, *arguments, **more)

    def test_a_missing_dictionary_is_named(self):
        done = self.start(f"hunspell_dir: {self.folder}\n")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"en_(US|GB)\.(aff|dic)")
        self.assertEqual(os.listdir(self.folder), ["c.yaml"])

    def test_a_torn_dictionary_is_found_by_the_self_test(self):
        for name in ("en_US", "en_GB"):
            shutil.copy(f"/usr/share/hunspell/{name}.aff", self.folder)
            with open(f"/usr/share/hunspell/{name}.dic", "rb") as whole:
                with open(f"{self.folder}/{name}.dic", "wb") as torn:
                    torn.write(whole.read()[:3000])
        done = self.start(f"hunspell_dir: {self.folder}\n")
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr)

    def test_missing_data_is_named(self):
        done = self.start("", "--data-dir", "/nonexistent")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nonexistent", done.stderr)

    def own_data(self):
        """A data folder of links to the real one, and a copy of the network in it."""
        data = os.path.join(self.folder, "data")
        source = os.path.join(os.path.dirname(support.DAEMON), "..", "share", "mtcheck")
        os.makedirs(f"{data}/models")
        for name in ("rules", "dicts"):
            os.symlink(os.path.realpath(os.path.join(source, name)), f"{data}/{name}")
        for name in ("tags.tsv", "en.mtm"):
            shutil.copy(os.path.join(source, "models", name), f"{data}/models")
        return data, f"{data}/models/en.mtm"

    def test_a_missing_network_is_named(self):
        data, network = self.own_data()
        os.remove(network)
        done = self.start("", "--data-dir", data)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{network}: cannot be opened", done.stderr)

    def test_a_damaged_network_is_named(self):
        data, network = self.own_data()
        with open(network, "r+b") as file:
            file.seek(100000)
            file.write(b"damage")
        done = self.start("", "--data-dir", data)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{network}: is no usable model: its checksum", done.stderr)

    def test_a_network_that_is_cut_off_later_harms_nobody(self):
        data, network = self.own_data()
        with support.Daemon(data_dir=data, workers=1) as daemon:
            before = daemon.check("Maes left left Ghent.")
            os.truncate(network, 0)
            self.assertEqual(daemon.check("Maes left left Ghent."), before)

    def test_an_unreadable_rule_file_is_named(self):
        os.makedirs(f"{self.folder}/etc/rules.d")
        path = f"{self.folder}/etc/rules.d/own.yaml"
        with open(path, "w") as file:
            file.write("[]\n")
        os.chmod(path, 0)
        as_user = {}
        if os.geteuid() == 0:  # root reads everything
            os.chown(self.folder, NOBODY, NOBODY)
            as_user = {"user": NOBODY}
        try:
            done = self.start(**as_user)
        except PermissionError:
            self.skipTest("another user cannot reach the program")
        self.assertEqual(done.returncode, 1)
        self.assertIn(path, done.stderr)

    def test_a_rule_file_that_is_a_folder_is_named(self):
        os.makedirs(f"{self.folder}/etc/rules.d/own.yaml")
        done = self.start()
        self.assertEqual(done.returncode, 1)
        self.assertIn("own.yaml", done.stderr)


if __name__ == "__main__":
    support.main()
