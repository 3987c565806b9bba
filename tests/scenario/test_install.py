"""What `cmake --install` puts into a folder works there: programs, library, unit, licences."""

import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import support
from support import BIN, PATIENCE, ROOT

BUILD = os.path.dirname(BIN)
HEADER = os.path.join(ROOT, "include", "mtcheck", "mtcheck.h")
CLIENT_HEADER = os.path.join(ROOT, "include", "mtcheck", "client.h")
DOUBLED = "The ferry left left at noon, and the band played until it was out of sight.\n"


def call(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=60 * PATIENCE, **more)


def example_in(header, first):
    """The example in the comment on top of a header, from the line that begins so."""
    with open(header) as file:
        comment = file.read().split("\n */", 1)[0]
    return re.sub(r"(?m)^ \*(   )?", "", comment[comment.index(f" *   {first}"):]) + "\n"


@unittest.skipIf(support.SANITIZED, "a sanitized library is not for others")
@unittest.skipIf(shutil.which("cmake") is None, "cmake is not installed")
class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="mtcheck-install-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = os.path.join(cls.folder, "usr")
        done = call("cmake", "--install", BUILD, "--prefix", cls.prefix)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        cls.libraries = os.path.dirname(cls.find("libmtcheck.a"))

    @classmethod
    def find(cls, name):
        found = glob.glob(os.path.join(cls.prefix, "**", name), recursive=True)
        if len(found) != 1:
            raise AssertionError(f"{name}: {found}")
        return found[0]

    def installed_text(self, name):
        with open(self.find(name)) as file:
            return file.read()

    # --- programs ------------------------------------------------------------------------

    def test_the_command_finds_its_data_beside_itself(self):
        done = call(os.path.join(self.prefix, "bin", "mtcheck"),
                    "--embedded", "-", input=DOUBLED, cwd="/")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("repetition.word", done.stdout)

    def test_the_daemon_finds_its_data_beside_itself(self):
        before = support.DAEMON
        support.DAEMON = os.path.join(self.prefix, "sbin", "mtcheckd")
        try:
            with support.Daemon(workers=1) as daemon:
                rules = [issue["rule"] for issue in daemon.check(DOUBLED)["issues"]]
        finally:
            support.DAEMON = before
        self.assertIn("repetition.word", rules)

    def test_every_rule_passes_its_examples_where_it_is_installed(self):
        done = call(os.path.join(self.prefix, "bin", "mtcheck"), "--test-rules", cwd="/")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # --- files that name the prefix ------------------------------------------------------

    def test_the_unit_starts_the_daemon_that_was_installed(self):
        program = re.search(r"^ExecStart=(\S+)", self.installed_text("mtcheckd.service"), re.M)
        self.assertTrue(os.access(program.group(1), os.X_OK), program.group(1))
        page = re.search(r"^Documentation=file:(\S+)", self.installed_text("mtcheckd.service"), re.M)
        self.assertTrue(os.path.exists(page.group(1)), page.group(1))

    def test_a_staged_installation_names_the_prefix_without_the_stage(self):
        stage = os.path.join(self.folder, "stage")
        done = call("cmake", "--install", BUILD, "--prefix", "/usr",
                    env=dict(os.environ, DESTDIR=stage))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(stage, "usr/lib/systemd/system/mtcheckd.service")) as file:
            self.assertIn("ExecStart=/usr/sbin/mtcheckd\n", file.read())
        description = glob.glob(os.path.join(stage, "usr/**/libmtcheck.pc"), recursive=True)
        with open(description[0]) as file:
            self.assertIn("prefix=/usr\n", file.read())

    # --- library -------------------------------------------------------------------------

    def flags(self, *options):
        where = os.path.join(self.libraries, "pkgconfig")
        done = call("pkg-config", *options, "libmtcheck",
                    env=dict(os.environ, PKG_CONFIG_PATH=where))
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.split()

    def compiled(self, compiler, name, source, flags):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(source)
        done = call(compiler, "-Wall", "-Wextra", "-Werror", path, "-o", path + ".out", *flags)
        self.assertEqual(done.returncode, 0, done.stderr)
        return path + ".out"

    def example(self):
        data = os.path.join(self.prefix, "share", "mtcheck")
        return example_in(HEADER, "#include").replace("/usr/share/mtcheck", data)

    def test_the_example_of_the_header_links_with_the_shared_library(self):
        program = self.compiled("cc", "shared.c", self.example(), self.flags("--cflags", "--libs"))
        done = call(program, env={"LD_LIBRARY_PATH": self.libraries})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("the word stands twice", done.stdout)
        needed = call("readelf", "-d", program).stdout
        self.assertIn("[libmtcheck.so.0]", needed)

    def test_the_example_of_the_header_links_with_the_archive(self):
        flags = self.flags("--static", "--cflags", "--libs")
        at = flags.index("-lmtcheck")
        flags[at] = os.path.join(self.libraries, "libmtcheck.a")
        program = self.compiled("cc", "static.c", self.example(), flags)
        done = call(program)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("the word stands twice", done.stdout)

    def test_the_example_of_the_client_header_links(self):
        source = ("#include <mtcheck/client.h>\n#include <stdio.h>\nint main(void) {\n" +
                  example_in(CLIENT_HEADER, "mtc_client") + "}\n")
        source = source.replace("/run/mtcheck/mtcheckd.sock", "/nonexistent.sock")
        program = self.compiled("cc", "client.c", source, self.flags("--cflags", "--libs"))
        done = call(program, env={"LD_LIBRARY_PATH": self.libraries})
        self.assertIn("/nonexistent.sock", done.stderr)

    @unittest.skipIf(shutil.which("c++") is None, "no C++ compiler is installed")
    def test_the_headers_are_cxx_too(self):
        source = ("#include <mtcheck/client.h>\n#include <mtcheck/mtcheck.h>\n"
                  "int main() { const mtc_str text = MTC_STR(\"a\");\n"
                  "mtc_session_free(nullptr); return text.len == 1 ? 0 : 1; }\n")
        flags = self.flags("--cflags", "--libs")
        program = self.compiled("c++", "headers.cc", source, ["-Wpedantic", *flags])
        self.assertEqual(call(program, env={"LD_LIBRARY_PATH": self.libraries}).returncode, 0)

    def test_only_what_the_headers_declare_is_exported(self):
        shared = os.path.join(self.libraries, "libmtcheck.so")
        exported = set(re.findall(r" [A-TV-Z] (\S+)", call("nm", "-D", "--defined-only", shared).stdout))
        declared = set()
        for header in (HEADER, CLIENT_HEADER):
            with open(header) as file:
                text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
            declared |= set(re.findall(r"MTC_API[^;]*?\b(mtc_\w+)\(", text))
        self.assertGreater(len(declared), 15)
        self.assertEqual(exported, declared)

    def test_the_network_is_installed(self):
        self.assertGreater(os.path.getsize(self.find("en.mtm")), 1000000)

    # --- papers --------------------------------------------------------------------------

    def test_licences_and_sources_of_the_data_come_along(self):
        self.assertIn("Apache License", self.installed_text("LICENSE"))
        self.assertIn("CC BY-SA 4.0", self.installed_text("NOTICE"))
        sources = os.path.join(self.prefix, "share", "mtcheck", "models", "README.md")
        with open(sources) as file:
            text = file.read()
        for source in ("wordfreq", "Universal Dependencies", "GeoNames", "CC BY-SA 4.0"):
            self.assertIn(source, text)

    def test_nothing_hidden_is_installed(self):
        names = [name for _, folders, files in os.walk(self.prefix) for name in folders + files]
        self.assertEqual([name for name in names if name.startswith(".")], [])


if __name__ == "__main__":
    support.main()
