"""What a client may send, and the one answer it gets."""

import json
import os
import signal
import time
import unittest

import support
import zmq
from support import ARTICLE, Daemon, PATIENCE


# Defects that every profile believes, some that not all do, and a fragment, which web leaves
# alone.
PROFILES = """The council met on Monday to talk about the old harbour, said the mayor of the town.

Ministers met in in Oslo to talk about the ferries and the land that the town wants to sell to them.

The men spoke of “крестьян” and of the fields behind the harbour, which have been empty for a long time.

The delegation still waiting at the border for an answer from the council of the town.

The three of the firms will Now build a pier of wood and stone for the ferries of the town.
"""


def paused(daemon):
    """Stops all workers, so that requests stay where they are."""
    for pid in daemon.named("worker"):
        os.kill(pid, signal.SIGSTOP)


def resumed(daemon):
    for pid in daemon.named("worker"):
        os.kill(pid, signal.SIGCONT)


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(text_limit_kib=8)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.stop()

    def refused(self, reply, code):
        self.assertEqual(reply["status"], "error", reply)
        self.assertEqual(reply["error"]["code"], code, reply)
        self.assertTrue(reply["error"]["message"])
        return reply

    def test_every_op_is_answered(self):
        for op in ("health", "stats", "rules", "version"):
            reply = self.daemon.ask(op=op, id="7")
            self.assertEqual((reply["status"], reply["id"], reply["v"]), ("ok", "7", 1), reply)
        self.assertIn(self.daemon.check()["status"], ("ok",))

    def test_the_same_request_gets_the_same_bytes(self):
        frame = json.dumps({"v": 1, "id": "a", "op": "check", "text": ARTICLE})
        self.assertEqual(len({self.daemon.ask_raw(frame) for _ in range(20)}), 1)

    def test_each_profile_believes_and_weighs_as_it_says(self):
        believed, scores = {}, {}
        for profile in ("news", "strict", "quiet", "web"):
            reply = self.daemon.check(PROFILES, profile=profile)
            self.assertEqual(reply["engine"]["profile"], profile)
            believed[profile] = {issue["rule"]: issue["confidence"] for issue in reply["issues"]}
            scores[profile] = reply["score"]

        def of_strict(least, without="none."):
            return {rule: confidence for rule, confidence in believed["strict"].items()
                    if confidence >= least and not rule.startswith(without)}

        self.assertGreaterEqual(min(believed["strict"].values()), 0.3)
        self.assertEqual(believed["news"], of_strict(0.5))
        self.assertEqual(believed["quiet"], of_strict(0.8))
        self.assertEqual(believed["web"], of_strict(0.5, without="fragment."))
        # They differ: quiet believes something, news more, and a fragment among it.
        self.assertIn("repetition.word", believed["quiet"])
        self.assertGreater(len(believed["news"]), len(believed["quiet"]))
        self.assertGreater(len(believed["news"]), len(believed["web"]))
        self.assertEqual(scores["strict"]["verdict"], "fail")
        self.assertLess(scores["news"]["quality"], scores["web"]["quality"])
        self.assertIn("75", scores["web"]["reason"])
        # The default is news; a profile that is not known is refused.
        self.assertEqual(self.daemon.check(PROFILES)["score"], scores["news"])
        self.refused(self.daemon.check(PROFILES, profile="nwes"), "invalid_request")

    def test_health_tells_what_serves(self):
        health = self.daemon.health()
        self.assertEqual(health["state"], "ready")
        self.assertEqual(health["workers"]["ready"], 2)
        self.assertTrue(health["rules"].startswith("sha256:"))
        self.assertIsNone(health["trouble"])

    def test_a_text_at_the_limit_is_checked_and_one_byte_more_is_not(self):
        limit = 8 * 1024
        self.assertEqual(self.daemon.check("a " * (limit // 2))["status"], "ok")
        self.refused(self.daemon.check("a " * (limit // 2) + "b"), "text_too_large")
        # Six bytes of JSON for each byte of text are still within the limit.
        text = "\\u0061" * limit
        reply = json.loads(self.daemon.ask_raw('{"v":1,"op":"check","text":"%s"}' % text))
        self.assertEqual(reply["status"], "ok")

    def test_a_frame_that_no_text_within_the_limit_can_fill_is_refused_by_the_broker(self):
        frame = b'{"v":1,"op":"check","text":"' + b"x" * (6 * 8 * 1024 + 64 * 1024) + b'"}'
        self.refused(json.loads(self.daemon.ask_raw(frame)), "text_too_large")

    def test_what_is_no_request_is_refused(self):
        deep = b'{"v":1,"op":"check","text":' + b"[" * 3000 + b"]" * 3000 + b"}"
        frames = [
            b"", b"x", b"{", b"[]", b"null", b'"a"', b"1", b"\x00", b"\xff\xfe", b"{}",
            b'{"v":1}', b'{"v":1,"op":"check"}', b'{"v":1,"op":"check","text":1}',
            b'{"v":1,"op":"check","text":null}', b'{"v":1,"op":5,"text":"a"}',
            b'{"v":1,"op":"sing","text":"a"}', b'{"v":"1","op":"check","text":"a"}',
            b'{"v":1,"op":"check","text":"a","text":"b"}',
            b'{"v":1,"op":"health","op":"stats"}',
            b'{"v":1,"op":"check","text":"\\ud800"}', b'{"v":1,"op":"check","text":"\\udc00a"}',
            b'{"v":1,"op":"check","text":"\xff"}', b'{"v":1,"op":"check","text":"a\xc3"}',
            b'{"v":1,"op":"check","text":"\xed\xa0\x80"}',
            b'{"v":1,"op":"check","text":"a\nb"}', b'{"v":1,"op":"check","text":"a"} x',
            b'{"v":1,"op":"check","text":"a","options":[]}',
            b'{"v":1,"op":"check","text":"a","options":{"deadline_ms":"soon"}}',
            b'{"v":1,"op":"check","text":"a","id":17}', b'{"v":1e400,"op":"check"}', deep,
        ]
        for frame in frames:
            with self.subTest(frame=frame[:60]):
                reply = json.loads(self.daemon.ask_raw(frame))
                self.assertIn(reply["error"]["code"],
                              ("invalid_request", "too_deep", "unsupported_version"))

    def test_another_version_is_told_which_is_spoken(self):
        reply = json.loads(self.daemon.ask_raw(b'{"v":2,"op":"health","id":"q"}'))
        self.refused(reply, "unsupported_version")
        self.assertEqual(reply["id"], "q")

    def test_a_nul_in_a_text_is_allowed(self):
        self.assertEqual(self.daemon.check("a\0b")["status"], "ok")

    def test_texts_of_every_kind_pass_the_sandbox(self):
        texts = ["", "a", "\n" * 5000, "“" * 2000, "שלום עולם. " * 50, "👩‍👩‍👧‍👦 " * 100,
                 "e\u0301" * 1000, "新闻。" * 300, "ﬁnd the ﬂag " * 100, "<p>&nbsp;</p>" * 200,
                 "Ð¡Ð¾Ñ " * 200, "{0} %s {{x}} " * 200, "A b. " * 1600, "x" * 8000,
                 "No. 1 U.S. p.m. 3,5 31 June. " * 100, "\u202eabc\u202c " * 200,
                 "The the cat sat on on the mat. " * 100, "I recieve teh mesage. " * 100]
        for text in texts:
            with self.subTest(text=text[:20]):
                reply = self.daemon.check(text, suggestions=3, sentences=True)
                self.assertIn(reply["status"], ("ok", "partial"), reply)
        self.assertEqual(self.daemon.stats()["workers_lost"], 0, self.daemon.log())

    def test_the_envelope_comes_back_unchanged(self):
        body = b'{"v":1,"op":"health"}'
        envelopes = [[b""], [b"one", b""], [b"\x00\x00\x00\x01", b""], [b"a", b"b", b"c", b""], []]
        for envelope in envelopes:
            with self.subTest(envelope=envelope), self.daemon.socket(zmq.DEALER) as asker:
                asker.send_multipart(envelope + [body])
                reply = asker.recv_multipart()
                self.assertEqual(reply[:-1], envelope)
                self.assertEqual(json.loads(reply[-1])["status"], "ok")

    def test_correlated_requests_are_answered(self):
        with self.daemon.socket(zmq.REQ) as asker:
            asker.setsockopt(zmq.REQ_CORRELATE, 1)
            asker.setsockopt(zmq.REQ_RELAXED, 1)
            for number in range(20):
                asker.send_json({"v": 1, "op": "check", "text": "a", "id": str(number)})
                self.assertEqual(asker.recv_json()["id"], str(number))

    def test_other_forms_of_message_are_told_what_is_wrong(self):
        body = b'{"v":1,"op":"health"}'
        forms = [[b"", body, body], [b"", body, b""], [b"x", body], [b""], [b"x", b""],
                 [b"", b"a", b"b", b"c"]]
        for form in forms:
            with self.subTest(form=form), self.daemon.socket(zmq.DEALER) as asker:
                asker.send_multipart(form)
                self.refused(json.loads(asker.recv_multipart()[-1]), "invalid_request")

    def test_an_envelope_without_end_does_no_harm(self):
        with self.daemon.socket(zmq.DEALER) as asker:
            asker.send_multipart([b"x" * 100] * 2000 + [b"", b"{}"])
        self.assertEqual(self.daemon.health()["state"], "ready")

    def test_a_large_request_for_health_is_refused(self):
        frame = json.dumps({"v": 1, "op": "health", "filler": "x" * 5000})
        self.refused(json.loads(self.daemon.ask_raw(frame)), "invalid_request")

    def test_many_requests_of_one_client_are_each_answered_once(self):
        with self.daemon.socket(zmq.DEALER) as asker:
            wanted = {str(number) for number in range(200)}
            for number in wanted:
                asker.send_multipart([b"", json.dumps(
                    {"v": 1, "op": "check", "text": ARTICLE, "id": number}).encode()])
            got = [json.loads(asker.recv_multipart()[-1]) for _ in wanted]
            self.assertEqual({reply["id"] for reply in got}, wanted)
            self.assertEqual({reply["status"] for reply in got}, {"ok"})
            asker.setsockopt(zmq.RCVTIMEO, 100)
            with self.assertRaises(zmq.Again):
                asker.recv_multipart()

    def test_a_frame_beyond_eight_mib_ends_only_its_own_connection(self):
        with self.daemon.socket(zmq.DEALER, seconds=0.3) as asker:
            asker.send_multipart([b"", b"x" * (9 << 20)])
            with self.assertRaises(zmq.Again):
                asker.recv_multipart()
        self.assertEqual(self.daemon.check()["status"], "ok")

    def test_replies_are_counted_by_their_code(self):
        before = self.daemon.stats()["answered"]
        self.daemon.ask_raw(b"no request")
        self.daemon.ask(op="check", text="a", language="xx")
        self.daemon.check()
        after = self.daemon.stats()["answered"]
        grown = {code: after[code] - before[code] for code in after if after[code] != before[code]}
        self.assertEqual(grown, {"invalid_request": 1, "unsupported_language": 1, "ok": 2})

    def test_clients_that_leave_do_no_harm(self):
        for _ in range(50):
            with self.daemon.socket(zmq.DEALER) as asker:
                asker.send_multipart([b"", json.dumps(
                    {"v": 1, "op": "check", "text": ARTICLE}).encode()])
                asker.close(linger=50)
        self.assertEqual(self.daemon.check()["status"], "ok")

    def test_no_text_of_an_article_is_in_the_log(self):
        self.daemon.check("Zyxomatic quorbles.")
        self.assertNotIn("quorbles", self.daemon.log())


class Bounds(unittest.TestCase):
    def test_busy_is_said_when_the_queue_is_full(self):
        with Daemon(workers=1, queue_requests=4) as daemon, daemon.socket(zmq.DEALER) as asker:
            paused(daemon)
            for number in range(10):
                asker.send_multipart([b"", json.dumps(
                    {"v": 1, "op": "check", "text": "a", "id": str(number)}).encode()])
            refused = [json.loads(asker.recv_multipart()[-1]) for _ in range(5)]
            self.assertEqual({reply["error"]["code"] for reply in refused}, {"busy"})
            self.assertEqual([reply["id"] for reply in refused], ["5", "6", "7", "8", "9"])
            self.assertGreater(refused[0]["error"]["retry_after_ms"], 0)
            self.assertEqual(daemon.health()["queue"]["requests"], 4)
            resumed(daemon)
            served = [json.loads(asker.recv_multipart()[-1]) for _ in range(5)]
            self.assertEqual([reply["id"] for reply in served], ["0", "1", "2", "3", "4"])
            self.assertEqual({reply["status"] for reply in served}, {"ok"})

    def test_the_queue_is_bounded_in_bytes_too(self):
        with Daemon(workers=1, queue_mib=8, text_limit_kib=1024) as daemon, \
                daemon.socket(zmq.DEALER) as asker:
            paused(daemon)
            frame = json.dumps({"v": 1, "op": "check", "text": "a" * 1000000}).encode()
            for _ in range(12):
                asker.send_multipart([b"", frame])
            codes = [json.loads(asker.recv_multipart()[-1])["error"]["code"] for _ in range(3)]
            self.assertEqual(set(codes), {"busy"})
            resumed(daemon)

    def test_a_client_that_asks_too_often_is_told_when_to_come_back(self):
        with Daemon(requests_per_s=1, requests_burst=3) as daemon:
            replies = [daemon.check("A day.") for _ in range(12)]
            refused = [reply for reply in replies if reply["status"] == "error"]
            self.assertEqual({reply["status"] for reply in replies[:3]}, {"ok"})
            self.assertTrue(refused)
            for reply in refused:
                self.assertEqual(reply["error"]["code"], "rate_limited", reply)
                self.assertGreater(reply["error"]["retry_after_ms"], 0)
            # Health is always told.
            self.assertEqual(daemon.health()["state"], "ready")
            self.assertEqual(daemon.stats()["answered"]["rate_limited"], len(refused))
            daemon.write_config(requests_per_s=0)
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.check("A day.")["status"] == "ok", 10 * PATIENCE,
                              "a reload that takes the limit away")

    def test_a_worker_that_hangs_costs_a_deadline_and_is_replaced(self):
        with Daemon(workers=1, deadline_cap_ms=400) as daemon:
            before = daemon.named("worker")
            paused(daemon)
            begun = time.monotonic()
            reply = daemon.check()
            took = time.monotonic() - begun
            self.assertEqual(reply["error"]["code"], "deadline", reply)
            self.assertGreaterEqual(took, 0.4)
            if PATIENCE == 1:
                self.assertLess(took, 0.46)
            daemon.wait_until(lambda: daemon.named("worker") not in (before, []),
                              3 * PATIENCE, "new worker")
            self.assertEqual(daemon.check()["status"], "ok")
            self.assertEqual(daemon.stats()["workers_killed_at_deadline"], 1)

    def test_what_waits_longer_than_its_deadline_is_told_so(self):
        with Daemon(workers=1) as daemon, daemon.socket(zmq.DEALER) as asker:
            paused(daemon)
            for _ in range(2):
                asker.send_multipart([b"", json.dumps(
                    {"v": 1, "op": "check", "text": ARTICLE,
                     "options": {"deadline_ms": 50}}).encode()])
            time.sleep(0.3)
            resumed(daemon)
            for _ in range(2):
                reply = json.loads(asker.recv_multipart()[-1])
                self.assertEqual(reply["error"]["code"], "deadline", reply)

    def test_a_request_that_crashes_workers_is_lost_and_then_quarantined(self):
        with Daemon(workers=2) as daemon, daemon.socket(zmq.DEALER) as asker:
            first, second = sorted(daemon.named("worker"))
            paused(daemon)

            def send(number, text):
                asker.send_multipart([b"", json.dumps(
                    {"v": 1, "op": "check", "text": text, "id": number}).encode()])

            def receive():
                return json.loads(asker.recv_multipart()[-1])

            send("one", "This one ends workers.")
            time.sleep(0.1)
            os.kill(first, signal.SIGSYS)
            os.kill(first, signal.SIGCONT)
            time.sleep(0.3)
            os.kill(second, signal.SIGSYS)
            os.kill(second, signal.SIGCONT)
            reply = receive()
            self.assertEqual(reply["error"]["code"], "worker_lost", reply)
            send("two", "This one ends workers.")
            self.assertEqual(receive()["error"]["code"], "quarantined")
            send("three", "This one does not.")
            self.assertEqual(receive()["status"], "ok")
            stats = daemon.stats()
            self.assertEqual((stats["workers_crashed"], stats["retried"]), (2, 1))

    def test_a_kill_from_outside_is_retried_and_speaks_against_nothing(self):
        with Daemon(workers=1) as daemon, daemon.socket() as asker:
            for _ in range(3):
                paused(daemon)
                asker.send_json({"v": 1, "op": "check", "text": ARTICLE})
                time.sleep(0.05)
                os.kill(daemon.named("worker")[0], signal.SIGKILL)
                self.assertEqual(asker.recv_json()["status"], "ok")
                daemon.wait_until(lambda: len(daemon.named("worker")) == 1, 2 * PATIENCE, "worker")
            self.assertEqual(daemon.stats()["workers_crashed"], 0)

    def test_users_that_are_not_listed_are_kept_out(self):
        with Daemon(allowed_users=[os.getuid()]) as daemon:
            self.assertEqual(daemon.check()["status"], "ok")
        with Daemon(allowed_users=[os.getuid() + 1]) as daemon, daemon.socket(seconds=0.5) as asker:
            asker.send_json({"v": 1, "op": "health"})
            with self.assertRaises(zmq.Again):
                asker.recv()

    def test_loopback_tcp_serves_where_it_is_asked_for(self):
        endpoint = f"tcp://127.0.0.1:{support.free_port()}"
        with Daemon(endpoint) as daemon:
            self.assertEqual(daemon.check()["status"], "ok")
            self.assertIn("every local user can connect", daemon.log())


if __name__ == "__main__":
    support.main()
