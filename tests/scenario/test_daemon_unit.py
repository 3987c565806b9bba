"""The systemd unit keeps what DESIGN and OPERATIONS promise."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

import support
from support import BIN, ROOT

UNIT = os.path.join(os.path.dirname(BIN), "installed", "mtcheckd.service")


@unittest.skipIf(shutil.which("systemd-analyze") is None, "systemd-analyze is not installed")
class Unit(unittest.TestCase):
    def exposure(self, text, most):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "mtcheckd.service")
            with open(path, "w") as file:
                file.write(text)
            done = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", "--no-pager",
                 f"--threshold={round(10 * most)}", path],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        figure = re.search(r"Overall exposure level.*: ([\d.]+)", done.stdout)
        if figure is None:
            self.skipTest("this systemd-analyze cannot work offline")
        self.assertLessEqual(float(figure.group(1)), most, done.stdout)
        self.assertEqual(done.returncode, 0, done.stdout)

    def setUp(self):
        with open(UNIT) as file:
            self.unit = file.read()

    def test_the_exposure_of_the_local_unit_is_at_most_a_half(self):
        self.exposure(self.unit, 0.5)

    def test_the_exposure_with_loopback_tcp_is_at_most_1_2(self):
        with open(os.path.join(ROOT, "systemd", "loopback-tcp.conf")) as file:
            self.exposure(self.unit + file.read(), 1.2)

    def test_clients_keep_their_user_ids(self):
        self.assertNotRegex(self.unit, r"(?m)^PrivateUsers=")


if __name__ == "__main__":
    support.main()
