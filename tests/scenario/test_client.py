"""The mtcheck command as people and pipelines use it."""

import json
import os
import pty
import subprocess
import sys
import tempfile
import unittest

import support

MTCHECK = os.path.join(support.BIN, "mtcheck")
ESCAPE = "\x1b"
SOUND = (
    "Ferry Line Opens\n\n"
    "The ferry left at noon with a band on deck, and the mayor waved from the quay until it was "
    "out of sight. It will sail every day but Monday.\n\n"
    "Passengers said that the new boat was quieter than the old one, which had been in service "
    "for forty years. The captain promised hot soup to everybody.\n"
)
BAD = (
    "Ferry Line Opens\n\n"
    "Mayor Anna Borg met with Mayor Anna Borg on the the quay. and said that the ferry would "
    "sail. Mayor Anna Borg praised Mayor Anna Borg. Work on it began two years ago, and the "
    "the town paid for half of it, as the council had promised in spring\n\n"
    "Which was the end of a long quarrel over the price of the tickets for the islanders.\n"
)


def run(*arguments, text=None, environment=None):
    surroundings = {k: v for k, v in os.environ.items()
                    if k not in ("MTCHECK_ENDPOINT", "XDG_RUNTIME_DIR", "NO_COLOR")}
    surroundings.update(environment or {})
    data = text if isinstance(text, bytes) else (text or "").encode()
    done = subprocess.run(support.WRAPPER + [MTCHECK, *arguments], input=data,
                          capture_output=True, env=surroundings,
                          timeout=60 * support.PATIENCE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def embedded(text, *arguments, **more):
    return run("--embedded", *arguments, "-", text=text, **more)


class Report(unittest.TestCase):
    def test_sound_text_passes_and_bad_text_fails(self):
        code, out, err = embedded(SOUND)
        self.assertEqual((code, err), (0, ""))
        self.assertIn("standard input: pass", out)
        code, out, _ = embedded(BAD)
        self.assertEqual(code, 1)
        self.assertIn("garbled.same-entity", out)
        self.assertIn("^^^", out)

    def test_it_fits_eighty_columns(self):
        for line in embedded(BAD)[1].splitlines():
            self.assertLessEqual(len(line), 80, line)
        for line in embedded(BAD, "--width", "50")[1].splitlines():
            self.assertLessEqual(len(line), 60, line)

    def test_colours_only_where_asked_for_or_on_a_terminal(self):
        self.assertNotIn(ESCAPE, embedded(BAD)[1])
        self.assertIn(ESCAPE, embedded(BAD, "--color", "always")[1])

    def test_what_could_fool_a_terminal_is_shown_escaped(self):
        text = BAD.replace("the the quay", "the the \x1b[31mquay\u202e\x07")
        _, out, _ = embedded(text)
        for bad in (ESCAPE, "\u202e", "\x07"):
            self.assertNotIn(bad, out)
        self.assertIn("<U+001B>", out)

    def test_the_underline_stands_under_the_finding(self):
        lines = embedded(BAD)[1].splitlines()
        at = next(i for i, line in enumerate(lines) if "repetition.word" in line)
        shown, marks = lines[at + 1], lines[at + 2]
        begin = marks.index("^")
        self.assertEqual(shown[begin:begin + marks.count("^")], "the the")


class ExitCode(unittest.TestCase):
    def test_gates_move_it(self):
        minor = SOUND.replace("at noon", "at at noon")
        self.assertEqual(embedded(minor)[0], 0)
        self.assertEqual(embedded(minor, "--fail-on", "minor")[0], 1)
        self.assertEqual(embedded(minor, "--fail-on", "major")[0], 0)
        self.assertEqual(embedded(minor, "--fail-under", "99.9")[0], 1)

    def test_too_short_to_judge_is_no_failure(self):
        self.assertEqual(embedded("It rained.\n")[0], 0)

    def test_rules_of_weight_switched_off_are_no_pass(self):
        code, out, _ = embedded(SOUND, "--disable", "garbled.*")
        self.assertEqual(code, 2)
        self.assertIn("unknown", out)

    def test_the_highest_of_several_files_counts(self):
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for name, text in (("good", SOUND), ("bad", BAD)):
                names.append(os.path.join(folder, name))
                with open(names[-1], "w") as file:
                    file.write(text)
            self.assertEqual(run("--embedded", *names)[0], 1)
            code, _, err = run("--embedded", names[0], os.path.join(folder, "none"))
            self.assertEqual(code, 2)
            self.assertIn("No such file", err)
            _, out, _ = run("--embedded", "--format", "jsonl", *names)
            self.assertEqual([json.loads(line)["file"] for line in out.splitlines()], names)

    def test_wrong_options_are_told_with_what_is_possible(self):
        for arguments, word in ((["--format", "xml"], "jsonl"), (["--width", "wide"], "number"),
                                (["--fail-on", "bad"], "critical"), (["--nonsense"], "--help"),
                                (["--embedded", "--endpoint", "ipc://x"], "exclude")):
            code, out, err = run(*arguments)
            self.assertEqual((code, out), (2, ""))
            self.assertIn(word, err)
        code, out, _ = embedded(SOUND, "--profile", "nonsense")
        self.assertEqual(code, 2)
        self.assertIn("not checked", out)


class Help(unittest.TestCase):
    def test_it_fits_eighty_columns_and_names_every_option(self):
        code, out, err = run("--help")
        self.assertEqual((code, err), (0, ""))
        self.assertEqual([line for line in out.splitlines() if len(line) > 80], [])
        for option in ("--embedded", "--endpoint", "--format", "--fail-under", "--test-rules"):
            self.assertIn(option, out)

    def test_a_person_at_a_terminal_is_told_that_an_article_is_awaited(self):
        outer, inner = pty.openpty()
        with subprocess.Popen([MTCHECK, "--embedded"], stdin=inner, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            os.write(outer, b"It rained.\n\x04")
            out, err = process.communicate(timeout=60 * support.PATIENCE)
        os.close(outer)
        os.close(inner)
        self.assertIn(b"Ctrl-D", err)
        self.assertIn(b"standard input: unknown", out)

    def test_a_new_rule_passes_its_own_test_as_it_is(self):
        code, out, err = run("rule", "new", "house.style")
        self.assertEqual((code, err), (0, ""))
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "rules.d"))
            with open(os.path.join(folder, "rules.d", "house.yaml"), "w") as file:
                file.write(out)
            self.assertEqual(run("--test-rules", folder)[0], 0)
            with open(os.path.join(folder, "rules.d", "house.yaml"), "w") as file:
                file.write(out.replace("severity: minor", "severity: bad"))
            code, out, err = run("--test-rules", folder)
            self.assertEqual(code, 2)
            self.assertRegex(out + err, r"house\.yaml:\d+:\d+: ")

    def test_a_new_rule_wants_an_id(self):
        self.assertIn("FAMILY.NAME", run("rule", "new")[2])
        code, _, err = run("rule", "new", "Bad")
        self.assertEqual(code, 2)
        self.assertIn("family.name", err)


class Files(unittest.TestCase):
    def test_invalid_utf8_is_repaired_and_places_are_those_of_the_file(self):
        raw = b"\xef\xbb\xbfCaf\xe9 news: " + b"the the quay was closed.\n"
        code, out, _ = embedded(raw, "--format", "json")
        self.assertEqual(code, 0)
        issues = json.loads(out)["issues"]
        doubled = next(i for i in issues if i["rule"] == "repetition.word")
        begin, end = doubled["span"]["byte"]
        self.assertEqual(raw[begin:end], b"the the")
        self.assertEqual(doubled["span"]["codepoint"], [12, 19])
        self.assertEqual(doubled["span"]["column"], 13)
        self.assertTrue(any(i["rule"] == "residue.mojibake" for i in issues))

    def test_an_overlay_that_cannot_be_read_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, "rules.d", "own.yaml"))
            code, out, err = embedded(SOUND, "--overlay-dir", folder)
            self.assertEqual((code, out), (2, ""))
            self.assertIn("own.yaml", err)
        code, _, err = embedded(SOUND, "--data-dir", "/nonexistent")
        self.assertEqual(code, 2)
        self.assertIn("/nonexistent", err)
        self.assertEqual(embedded(SOUND, "--overlay-dir", "")[0], 0)

    def test_every_position_of_an_invalid_byte_is_answered(self):
        for at in range(0, 60, 7):
            raw = SOUND.encode()
            raw = raw[:at] + b"\xff" + raw[at:]
            code, out, err = embedded(raw, "--format", "json")
            self.assertIn(code, (0, 1), err)
            for issue in json.loads(out)["issues"]:
                begin, end = issue["span"]["byte"]
                self.assertTrue(0 <= begin <= end <= len(raw))

    def test_an_empty_file_a_byte_and_a_folder(self):
        self.assertEqual(embedded("")[0], 0)
        self.assertEqual(embedded("x")[0], 0)
        code, _, err = run("--embedded", "/")
        self.assertEqual(code, 2)
        self.assertIn("directory", err)

    def test_words_and_fingerprints_come_from_files(self):
        with tempfile.TemporaryDirectory() as folder:
            _, out, _ = embedded(BAD, "--format", "json")
            fingerprints = [issue["fingerprint"] for issue in json.loads(out)["issues"]]
            path = os.path.join(folder, "accepted")
            with open(path, "w") as file:
                file.write("# reviewed\n" + "\n".join(fingerprints) + "\n")
            code, out, _ = embedded(BAD, "--format", "json", "--accepted", path)
            reply = json.loads(out)
            self.assertEqual({issue["state"] for issue in reply["issues"]}, {"accepted"})
            self.assertEqual(code, 0)


class Daemon(unittest.TestCase):
    def test_without_a_daemon_it_says_what_to_do(self):
        code, out, err = run("--endpoint", "ipc:///nonexistent/socket", "-", text=SOUND)
        self.assertEqual((code, out), (2, ""))
        self.assertIn("there is no socket /nonexistent/socket", err)
        self.assertIn("--embedded", err)

    def test_a_bad_endpoint_is_told(self):
        for endpoint in ("http://x", "ipc://" + "x" * 200):
            code, _, err = run("--endpoint", endpoint, "-", text=SOUND)
            self.assertEqual(code, 2)
            self.assertNotEqual(err, "")

    def test_the_same_bytes_come_embedded_and_from_the_daemon(self):
        articles = os.path.join(support.ROOT, "tests", "golden", "articles")
        names = sorted(n for n in os.listdir(articles) if n.endswith(".txt"))
        self.assertGreater(len(names), 5)
        with support.Daemon(workers=1) as daemon:
            for name in names:
                path = os.path.join(articles, name)
                here = run("--embedded", "--format", "json", path)
                there = run("--endpoint", daemon.endpoint, "--format", "json", path)
                self.assertEqual(here[1], there[1], name)
                self.assertEqual(here[0], there[0], name)

    def test_the_endpoint_is_found(self):
        with support.Daemon(workers=1) as daemon:
            code, _, err = run("-", text=SOUND, environment={"MTCHECK_ENDPOINT": daemon.endpoint})
            self.assertEqual((code, err), (0, ""))
            code, out, _ = run("health", "--endpoint", daemon.endpoint)
            self.assertEqual(code, 0)
            self.assertIn("workers", out)


if __name__ == "__main__":
    unittest.main()
