#!/usr/bin/env python3
"""What docs/QUALITY.md promises of the matching, the sampling and the curves."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

from measuring import calibration, figures, judge, texts  # noqa: E402

TEXT = "The ferry left left at noon. Dr. Roe was not on board The harbour was shut. All went home."


def mark(cls, words, required=True):
    start = TEXT.index(words)
    return {"class": cls, "start": start, "end": start + len(words), "required": required,
            "text": words}


def judged(marks, *issues):
    one = judge.Judge(TEXT, marks)
    verdicts = [one.judge(rule, TEXT.index(words), TEXT.index(words) + len(words))[0]
                for rule, words in issues]
    return one, verdicts


class Matching(unittest.TestCase):
    def test_a_family_that_names_the_class_finds_the_mark_it_touches(self):
        one, verdicts = judged([mark("doubled", "left left")], ("repetition.word", "left at"))
        self.assertEqual(verdicts, [judge.TRUE])
        self.assertEqual(one.misses(), [])

    def test_another_family_raises_a_false_alarm(self):
        one, verdicts = judged([mark("doubled", "left left")], ("spelling.word", "left left"))
        self.assertEqual(verdicts, [judge.FALSE])
        self.assertEqual(len(one.misses()), 1)

    def test_what_a_family_has_found_it_does_not_find_again(self):
        verdicts = judged([mark("doubled", "left left")], ("repetition.word", "left left"),
                          ("repetition.phrase", "left left"))[1]
        self.assertEqual(verdicts, [judge.TRUE, judge.FALSE])

    def test_a_place_between_words_is_touched_from_two_code_points_away(self):
        glued = [mark("glued", "board The")]
        self.assertEqual(judged(glued, ("boundary.glued", "harbour"))[1], [judge.TRUE])
        self.assertEqual(judged(glued, ("boundary.glued", "was shut"))[1], [judge.FALSE])

    def test_two_more_issues_in_a_harmed_sentence_are_let_pass(self):
        verdicts = judged([mark("salad", "All went")], ("garbled.word-salad", "All went"),
                          *3 * [("spelling.word", "home")])[1]
        self.assertEqual(verdicts,
                         [judge.TRUE, judge.LET_PASS, judge.LET_PASS, judge.FALSE])

    def test_an_issue_much_longer_than_the_mark_finds_nothing(self):
        verdicts = judged([mark("spelling", "noon")], ("spelling.word", TEXT))[1]
        self.assertEqual(verdicts, [judge.FALSE])

    def test_what_is_not_required_is_no_miss(self):
        self.assertEqual(judged([mark("glued", "board The", required=False)])[0].misses(), [])

    def test_abbreviations_and_initials_end_no_sentence(self):
        begin = TEXT.index("Roe")
        begin, end = judge.sentence_around(TEXT, begin, begin + 3)
        self.assertEqual(TEXT[begin:end], "Dr. Roe was not on board The harbour was shut. ")


class Sampling(unittest.TestCase):
    def test_the_same_seed_draws_the_same_articles_and_cuts_no_quotation(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "pool.txt")
            lines = [f"He said “{number} " + "word " * 160 + ("" if number % 2 else "”")
                     for number in range(1, 41)]
            path.write_text("\n".join(lines), encoding="utf-8")
            first = texts.sample_file(str(path), 1000, 3)
            self.assertEqual([a.text for a in first],
                             [a.text for a in texts.sample_file(str(path), 1000, 3)])
            for article in first:
                self.assertFalse(texts.leaves_a_quote_open(article.text.splitlines()[-1]))
            last = texts.sample_file(f"{path}@0.5-1", 10000, 3)
            self.assertTrue(all(int(a.name.split(":")[1]) > 20 for a in last))


class Curves(unittest.TestCase):
    def setUp(self):
        good = [calibration.Judged("a.good", 0.9, True, 1.0)] * 60
        bad = [calibration.Judged("a.bad", 0.7, i % 4 == 0, 1.0) for i in range(60)]
        low = [calibration.Judged("a.good", 0.4, True, 1.0)] * 30
        self.judged = good + bad + low
        self.rules = {"a.good": "major", "a.bad": "minor", "b.rare": "critical"}
        self.curves = calibration.fit(self.judged, self.rules)

    def test_they_never_fall(self):
        for knots in self.curves.values():
            for (low, one), (high, two) in zip(knots, knots[1:]):
                self.assertLess(low, high)
                self.assertLessEqual(one, two)

    def test_what_news_shows_stays_shown(self):
        for knots in self.curves.values():
            for evidence, confidence in knots:
                self.assertEqual(evidence >= 0.5, confidence >= 0.5)

    def test_a_critical_issue_needs_strong_evidence_to_decide_alone(self):
        for evidence, confidence in self.curves["b.rare"]:
            if evidence < 0.8:
                self.assertLess(confidence, 0.8)

    def test_a_rule_that_shows_more_false_than_true_is_named(self):
        self.assertIn("a.bad", "\n".join(calibration.warnings(self.judged)))

    def test_the_interval_of_wilson_holds_the_share(self):
        low, high = figures.wilson(9, 10)
        self.assertTrue(0.59 < low < 0.6 and 0.98 < high < 0.99)


if __name__ == "__main__":
    unittest.main()
