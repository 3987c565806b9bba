"""Processes die, files change, the operator says stop: nobody's request is forgotten."""

import json
import os
import random
import signal
import socket
import subprocess
import time
import unittest

import support
import zmq
from support import ARTICLE, DAEMON, Daemon, PATIENCE, Pressure, is_running

CHECK = {"op": "check", "text": ARTICLE}
BAD_RULE = "- id: repetition.word\n  severity: dreadful\n"


def write_rule(daemon, text):
    folder = os.path.join(daemon.folder, "etc", "rules.d")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "own.yaml"), "w") as file:
        file.write(text)


class Life(unittest.TestCase):
    def assert_all_ok(self, clients, allowed=()):
        for client in clients:
            self.assertEqual(client.failures, [])
            for reply in client.replies:
                if reply["status"] != "ok":
                    self.assertIn(reply["error"]["code"], allowed, reply)

    def test_sigterm_finishes_what_has_begun_and_refuses_what_waits(self):
        with Daemon(workers=1) as daemon, daemon.socket(zmq.DEALER) as asker:
            worker = daemon.named("worker")[0]
            os.kill(worker, signal.SIGSTOP)
            for number in range(5):
                asker.send_multipart([b"", json.dumps({"v": 1, "id": str(number), **CHECK}).encode()])
            daemon.wait_until(lambda: daemon.health()["queue"]["requests"] == 4, 5, "queue")
            daemon.signal(signal.SIGTERM)
            waiting = [json.loads(asker.recv_multipart()[-1]) for _ in range(4)]
            self.assertEqual({reply["error"]["code"] for reply in waiting}, {"shutting_down"})
            self.assertEqual([reply["id"] for reply in waiting], ["1", "2", "3", "4"])
            asker.send_multipart([b"", json.dumps({"v": 1, "id": "late", **CHECK}).encode()])
            late = json.loads(asker.recv_multipart()[-1])
            self.assertEqual((late["id"], late["error"]["code"]), ("late", "shutting_down"))
            os.kill(worker, signal.SIGCONT)
            begun = json.loads(asker.recv_multipart()[-1])
            self.assertEqual((begun["id"], begun["status"]), ("0", "ok"))
            self.assertEqual(daemon.process.wait(10 * PATIENCE), 0)
            self.assertIn("STOPPING=1", daemon.notifications())

    def test_nothing_is_left_behind(self):
        with Daemon() as daemon:
            family = [pid for name in ("broker", "loader", "worker") for pid in daemon.named(name)]
            self.assertEqual(len(family), 4)
            self.assertEqual(daemon.end(), 0)
            self.assertEqual([pid for pid in family if is_running(pid)], [])
            self.assertFalse(os.path.exists(daemon.endpoint[len("ipc://"):]))

    def test_the_socket_is_for_owner_and_group(self):
        with Daemon() as daemon:
            mode = os.stat(daemon.endpoint[len("ipc://"):]).st_mode & 0o7777
            self.assertEqual(mode, 0o660)

    def test_killed_workers_lose_no_request(self):
        with Daemon(workers=2) as daemon:
            clients = [Pressure(daemon, CHECK) for _ in range(4)]
            for client in clients:
                client.start()
            chance = random.Random(1)
            end = time.monotonic() + 4
            killed = 0
            while time.monotonic() < end:
                time.sleep(0.08)
                workers = daemon.named("worker")
                if workers:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    killed += 1
            for client in clients:
                client.finish()
            self.assert_all_ok(clients, ("worker_lost",))
            replies = [reply for client in clients for reply in client.replies]
            lost = sum(reply["status"] != "ok" for reply in replies)
            print(f"\n{killed} workers killed, {len(replies)} replies, {lost} worker_lost")
            self.assertGreater(killed, 10)
            self.assertLessEqual(lost, killed // 5)
            daemon.wait_until(lambda: daemon.health()["workers"]["ready"] == 2, 10, "workers")

    def test_a_killed_broker_comes_back(self):
        with Daemon() as daemon:
            broker = daemon.named("broker")
            workers = daemon.named("worker")
            os.kill(broker[0], signal.SIGKILL)
            begun = time.monotonic()
            self.assertEqual(daemon.check()["status"], "ok")
            took = time.monotonic() - begun
            print(f"\nfirst answer {1000 * took:.0f} ms after the broker's death")
            self.assertLess(took, 1 * PATIENCE)
            self.assertNotEqual(daemon.named("broker"), broker)
            daemon.wait_until(lambda: not any(map(is_running, workers)), 5 * PATIENCE, "end of workers")
            daemon.wait_until(lambda: daemon.health()["workers"]["ready"] == 2, 5 * PATIENCE, "workers")

    def test_a_worker_that_hangs_does_not_outlive_its_broker_for_long(self):
        with Daemon(workers=1, deadline_cap_ms=300) as daemon, daemon.socket() as asker:
            worker = daemon.named("worker")[0]
            os.kill(worker, signal.SIGSTOP)
            asker.send_json({"v": 1, **CHECK})
            time.sleep(0.1)
            os.kill(daemon.named("broker")[0], signal.SIGKILL)
            self.assertEqual(daemon.check()["status"], "ok")
            daemon.wait_until(lambda: not is_running(worker), 5 * PATIENCE, "end of the worker")

    def test_a_killed_master_takes_all_with_it_and_its_socket_can_be_taken_over(self):
        with Daemon() as daemon:
            family = [pid for name in ("broker", "loader", "worker") for pid in daemon.named(name)]
            daemon.process.kill()
            daemon.process.wait()
            daemon.wait_until(lambda: not any(map(is_running, family)), 5 * PATIENCE, "end")
            with Daemon(daemon.endpoint) as second:
                self.assertEqual(second.check()["status"], "ok")

    def test_a_broker_killed_many_times_comes_back_each_time(self):
        with Daemon() as daemon:
            for _ in range(10):
                broker = daemon.named("broker")
                os.kill(broker[0], signal.SIGKILL)
                daemon.wait_until(lambda: daemon.named("broker") not in ([], broker),
                                  2 * PATIENCE, "broker")
            self.assertEqual(daemon.check()["status"], "ok")

    def test_a_killed_loader_is_replaced_without_losing_a_request(self):
        with Daemon() as daemon:
            clients = [Pressure(daemon, CHECK) for _ in range(2)]
            for client in clients:
                client.start()
            for generation in (2, 3):
                os.kill(daemon.named("loader")[0], signal.SIGKILL)
                daemon.wait_until(lambda: daemon.health()["generation"] == generation,
                                  20 * PATIENCE, "new generation")
            for client in clients:
                client.finish()
            self.assert_all_ok(clients)
            daemon.wait_until(lambda: len(daemon.named("worker")) == 2, 5 * PATIENCE, "workers")
            self.assertEqual(len(daemon.named("loader")), 1)

    def test_a_reload_loses_no_request_and_changes_no_byte(self):
        with Daemon() as daemon:
            clients = [Pressure(daemon, CHECK) for _ in range(2)]
            for client in clients:
                client.start()
            for generation in (2, 3, 4):
                daemon.signal(signal.SIGHUP)
                daemon.wait_until(lambda: daemon.health()["generation"] == generation,
                                  20 * PATIENCE, "new generation")
            for client in clients:
                client.finish()
            self.assert_all_ok(clients)
            bodies = {json.dumps({**reply, "id": ""}) for client in clients for reply in client.replies}
            self.assertEqual(len(bodies), 1)
            daemon.wait_until(lambda: len(daemon.named("worker")) == 2 and
                              len(daemon.named("loader")) == 1, 5 * PATIENCE, "end of the former")
            told = daemon.notifications()
            self.assertIn("RELOADING=1", told)
            self.assertTrue(any(line.startswith("MONOTONIC_USEC=") for line in told))
            self.assertEqual(told.count("READY=1"), 4)

    def test_a_bad_rule_file_changes_nothing_and_is_told_with_its_place(self):
        with Daemon() as daemon:
            rules = daemon.health()["rules"]
            write_rule(daemon, BAD_RULE)
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.health()["trouble"], 20 * PATIENCE, "trouble")
            health = daemon.health()
            self.assertRegex(health["trouble"], r"rules\.d/own\.yaml:\d+:\d+: .")
            self.assertRegex(daemon.log(), r"<3>master: .*rules\.d/own\.yaml:\d+:\d+: .")
            self.assertEqual((health["generation"], health["rules"]), (1, rules))
            self.assertEqual(daemon.check()["status"], "ok")
            self.assertTrue(any("own.yaml" in line for line in daemon.notifications()))
            write_rule(daemon, "[]\n")
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.health()["trouble"] is None, 20 * PATIENCE, "mend")
            self.assertGreater(daemon.health()["generation"], 1)

    def test_an_operator_may_take_away_what_the_self_test_looks_for(self):
        with Daemon() as daemon:
            write_rule(daemon, "- id: spelling.unknown-word\n  off: true\n")
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.health()["generation"] == 2, 20 * PATIENCE, "reload")
            self.assertIn("the self-test failed", daemon.log())

    def test_a_bad_configuration_changes_nothing_at_a_reload(self):
        with Daemon() as daemon:
            daemon.write_config("workers: many\n")
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.health()["trouble"], 10 * PATIENCE, "trouble")
            self.assertRegex(daemon.health()["trouble"], r"mtcheckd\.yaml:1:\d+: .*workers")
            daemon.write_config(workers=3)
            daemon.signal(signal.SIGHUP)
            daemon.wait_until(lambda: daemon.health()["workers"]["ready"] == 3, 20 * PATIENCE, "workers")

    def test_a_bad_rule_file_at_the_start_ends_the_daemon_with_its_place(self):
        with Daemon() as first:
            write_rule(first, BAD_RULE)
            other = f"ipc://{first.folder}/other.sock"
            done = subprocess.run([DAEMON, "--config", first.config, "--endpoint", other],
                                  stderr=subprocess.PIPE, timeout=30 * PATIENCE, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, r"own\.yaml:\d+:\d+: .")

    def test_more_clients_than_descriptors_do_not_end_the_broker(self):
        with limited_daemon(200) as daemon:
            path = daemon.endpoint[len("ipc://"):]
            with daemon.socket() as early:
                early.send_json({"v": 1, "op": "health"})
                early.recv()
                broker = daemon.named("broker")
                crowd = []
                for _ in range(400):
                    one = socket.socket(socket.AF_UNIX)
                    one.setblocking(False)
                    try:
                        one.connect(path)
                    except BlockingIOError:
                        pass
                    crowd.append(one)
                    time.sleep(0.001)
                early.send_json({"v": 1, "op": "stats"})
                stats = early.recv_json()["stats"]
                print(f"\nlistener closed {stats['listener_closed']} times")
                for one in crowd:
                    one.close()
            self.assertEqual(daemon.check(_seconds=20)["status"], "ok")
            if stats["listener_closed"] > 0:
                self.assertEqual(daemon.named("broker"), broker)


def limited_daemon(limit):
    """Started under a hard limit of descriptors."""
    wrapper = support.WRAPPER
    support.WRAPPER = ["prlimit", f"--nofile={limit}:{limit}"] + wrapper
    try:
        return Daemon()
    finally:
        support.WRAPPER = wrapper


if __name__ == "__main__":
    support.main()
