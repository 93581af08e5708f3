#!/usr/bin/env python3
"""twosource watch: folders, feeds and pages from a server on this machine; what is told, once and only once, to files, programs and
addresses; stopped, killed and started again."""
import json
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

from support import OUT, PROGRAM, lines, older_record, run, stack
from watch_support import Case, SCHEMA, TELLING
from web_support import Site, page, rss

NEWS = {"/1": page("Fähre bleibt im Hafen", "Die Fähre nach Borkum ist am Montag wegen des Sturms im Hafen geblieben.",
                   "Der Betreiber Nordwerk sprach von 340 Fahrgästen, die in Emden warten."),
        "/2": page("Deich hält", "Der Deich bei Norden hat dem Wasser am Montag standgehalten, sagte Deichgraf Habbo Ohlsen."),
        "/3": page("Watt", "Drei Wanderer sind am Dienstag im Watt vor Juist gerettet worden, teilte die Seenotrettung mit.")}


class Folders(Case):
    def test_a_stack_is_told_once(self):
        for f in sorted(stack("gipfel").iterdir()):
            self.put(f.name, f)
        rows = self.once()
        self.assertEqual([r["n"] for r in rows], list(range(1, len(rows) + 1)))
        self.assertEqual(sorted((r["verdict"], r["text"]) for r in rows), self.telling())
        self.assertTrue({"confirmed", "contradicted"} <= {r["change"] for r in rows})
        for r in rows:
            self.assertIsNone(r["before"])
            self.assertEqual(r["claim"]["verdict"], r["verdict"])
            self.assertTrue(all(e["new"] for e in r["evidence"]) and r["evidence"])
            if r["change"] == "contradicted":
                self.assertTrue(r["differences"])
        self.assertEqual(self.once(), [])

    def test_what_an_article_changes(self):
        files = sorted(stack("gipfel").iterdir())
        self.put(files[0].name, files[0])
        for r in self.once():
            self.assertNotEqual(r["change"], "confirmed")  # one outlet confirms nothing
        before = {s["article"] for c in self.claims() for s in c["statements"]}
        self.put(files[1].name, files[1])
        rows = self.once()
        self.assertTrue([r for r in rows if r["change"] == "contradicted"], rows)
        for r in rows:
            fresh = {e["article"] for e in r["evidence"] if e["new"]}
            self.assertTrue(fresh)
            if r["before"]:
                self.assertFalse(fresh & before, r)
        # A text instead of JSON says the same.
        self.put(files[2].name, files[2])
        text = run("watch", self.inbox, "--record", self.record, "--once")
        self.assertTrue(text == "" or re.search(r"^(confirmed|contradicted|superseded|withdrawn)", text), text)

    def test_everything_with_all(self):
        self.put("a.txt", text="Fähre\n\nDie Fähre nach Borkum ist am Montag im Hafen geblieben. Der Sturm hat zugenommen.\n")
        rows = self.once(args=("--all",))
        self.assertEqual(len(rows), len(self.claims()))
        self.assertEqual({r["change"] for r in rows}, {"new"})

    def test_a_record_that_was_there_is_no_news(self):
        run("add", stack("gipfel"), "--record", self.record)
        self.put("a.txt", text="Wetter\n\nIn Husum schien am Montag die Sonne.\n")
        self.assertEqual(self.once(), [])
        run("add", stack("harbour"), "--record", self.record)  # by somebody else
        self.assertTrue(self.once())

    def test_goes_on_with_a_record_of_an_older_schema(self):
        """What was told is not told again; what is new is told as in a record of today."""
        files = sorted(stack("gipfel").glob("*.*"))[:4]
        older_record(5, self.record, self.inbox)
        kept = self.sql("SELECT count(*) FROM watch_messages")
        for f in files[:2]:
            self.put(f.name, f)
        self.assertEqual(self.once(), [])
        self.assertEqual(self.sql("SELECT count(*) FROM watch_messages"), kept)
        self.assertEqual(self.sql("SELECT count(*) FROM watch_cells"), self.sql("SELECT count(*) FROM cells"))
        self.assertEqual(self.sql("SELECT count(*) FROM watch_claims"), len(self.claims()))
        for f in files[2:]:
            self.put(f.name, f)
        told = self.once()
        self.assertTrue(told)
        self.record = self.dir / "today.db"
        for part in (files[:2], files[2:]):
            shutil.rmtree(self.inbox)
            self.inbox.mkdir()
            for f in part:
                self.put(f.name, f)
            rows = self.once()
        plain = lambda rows: sorted((r["change"], r["verdict"], r["text"]) for r in rows)
        self.assertEqual(plain(told), plain(rows))

    def test_revised_and_gone(self):
        files = sorted(stack("gipfel").iterdir())
        for f in files:
            self.put(f.name, f)
        first = self.once()
        other = ("In Husum schien am Montag die Sonne.", "Die Bücherei in Leer hat ihre Fenster erneuert.",
                 "Ein Chor aus Aurich singt im Herbst in Riga.", "Der Zoll fand in Papenburg nichts.")
        for f, text in zip(files[1:], other):
            self.put(f.name, text=f"Kurz gesagt\n\n{text}\n")
        rows = self.once()
        kinds = {r["change"] for r in rows}
        self.assertTrue(kinds & {"gone", "changed"}, rows)
        self.assertGreater(min(r["n"] for r in rows), max(r["n"] for r in first))
        self.assertFalse([c for c in self.claims() if c["verdict"] == "confirmed"])

    def test_files_that_are_being_written_wait(self):
        watch = self.start(settle=1.5)
        try:
            time.sleep(1)
            with open(self.inbox / "a.txt", "w", encoding="utf-8") as f:
                f.write("Fähre\n\nDie Fähre nach Borkum ist am Montag im Hafen ge")
                f.flush()
                for _ in range(6):
                    time.sleep(0.1)
                    f.write("blieben. Der Sturm hat am Abend weiter zug")
                    f.flush()
                f.write("enommen.\n")
            self.wait(lambda: self.record.exists() and self.count() == 1)
            self.put("b.txt", text="Deich\n\nDer Deich bei Norden hat am Montag gehalten.\n")
            self.wait(lambda: self.count() == 2)
        finally:
            watch.send_signal(signal.SIGTERM)
            self.assertEqual(watch.wait(60), 0)
            said = watch.stderr.read().decode()
        self.assertIn("stopped", said)
        revisions = self.sql("SELECT max(revision) FROM articles")
        self.assertEqual(revisions, 1, said)

    def sql(self, query):
        with sqlite3.connect(f"file:{self.record}?mode=ro", uri=True) as db:
            return db.execute(query).fetchone()[0]

    def count(self):
        try:
            return self.sql("SELECT count(*) FROM articles")
        except sqlite3.OperationalError:
            return 0

    def test_usage(self):
        for args, why in ((("-",), "standard input cannot be watched"), ((self.inbox, "--every", "soon"), "no time like"),
                          ((self.inbox, "--webhook", "ftp://x/"), "neither http nor https"),
                          ((self.inbox, "--exec-arg", "x"), "--exec")):
            run("watch", *args, "--record", self.record, "--once", code=2)
            self.assertIn(why, run.stderr)
        run("watch", self.dir / "nowhere", "--record", self.record, "--once", code=1)
        self.assertIn("no such file or folder", run.stderr)

    def test_one_watcher_a_record(self):
        watch = self.start()
        try:
            self.wait(lambda: pathlib.Path(f"{self.record}-watch").exists())
            time.sleep(0.5)
            run("watch", self.inbox, "--record", self.record, "--once", code=1)
            self.assertIn("is being watched already", run.stderr)
        finally:
            watch.send_signal(signal.SIGINT)
            self.assertEqual(watch.wait(60), 0)
            watch.stdout.close(), watch.stderr.close()


class Killed(Case):
    def test_nothing_is_lost_or_told_twice(self):
        """Killed at random moments while articles come in; a file of changes says everything once."""
        dice = random.Random(7)
        files = [f for s in ("gipfel", "unglueck", "harbour") for f in sorted(stack(s).iterdir()) if f.suffix != ".md"]
        dice.shuffle(files)
        kills = 0
        while files or kills < 6:
            for _ in range(dice.randint(1, 4)):
                if files:
                    f = files.pop()
                    self.put(f.name, f)
            lock = pathlib.Path(f"{self.record}-watch")
            lock.unlink(missing_ok=True)
            watch = self.start()
            self.wait(lock.exists)  # it has read its language data
            time.sleep(dice.uniform(0.1, 2.5))
            watch.kill()
            watch.communicate()
            kills += 1
        run("watch", self.inbox, "--record", self.record, "--once", "-o", self.out, "--settle", "0")
        rows = self.told()
        self.assertEqual([r["n"] for r in rows], list(range(1, len(rows) + 1)))
        for r in rows:
            self.assertTrue(SCHEMA.is_valid(r))
        said = [json.dumps({k: v for k, v in r.items() if k not in ("n", "at")}, sort_keys=True) for r in rows]
        self.assertEqual(len(said), len(set(said)))
        known = {(r["verdict"], e["article"], e["start"], e["end"]) for r in rows for e in r["evidence"]}
        for c in self.claims():
            if c["verdict"] in TELLING:
                self.assertTrue([s for s in c["statements"] if (c["verdict"], s["article"], s["start"], s["end"]) in known], c)
        self.assertEqual(self.sql_check(), "ok")

    def sql_check(self):
        with sqlite3.connect(self.record) as db:
            return db.execute("PRAGMA integrity_check").fetchone()[0]


class Feeds(Case):
    def test_conditional_due_and_only_what_is_new(self):
        def feed(handler):
            if handler.headers.get("If-None-Match") == site.tag:
                return 304, {"ETag": site.tag}, b""
            status, headers, body = site.feed
            return status, {**headers, "ETag": site.tag}, body

        with Site({**NEWS, "/feed": feed}) as site:
            site.tag, site.feed = '"a"', rss(("/1", "Fähre", "Kurz."), ("/2", "Deich", "Kurz."))
            watch = lambda *args, code=0: self.once(site.base + "/feed", args=("--follow", "--every", "1s", *args), code=code)
            watch()
            self.assertEqual(site.paths(), ["/feed", "/1", "/2"])
            site.asked.clear()
            time.sleep(1.1)
            watch()
            self.assertEqual(site.paths(), ["/feed"])  # 304
            self.assertEqual(site.asked[-1][2].get("If-None-Match"), '"a"')
            site.asked.clear()
            site.tag, site.feed = '"b"', rss(("/3", "Watt", "Kurz."), ("/1", "Fähre", "Kurz."), ("/2", "Deich", "Jetzt länger."))
            time.sleep(1.1)
            watch()
            self.assertEqual(sorted(site.paths()), ["/2", "/3", "/feed"])
            site.asked.clear()
            site.tag, site.feed = '"c"', rss(("/1", "Fähre", "Kurz."), head="<ttl>60</ttl>")
            time.sleep(1.1)
            watch()
            site.asked.clear()
            time.sleep(1.1)
            watch()  # asked again in an hour at the earliest, also by another process
            self.assertEqual(site.asked, [])
            self.assertIn("asked again in", run.stderr)
            self.assertEqual(len(lines(run("search", "Montag", "--record", self.record, "--json"))), 2)

    def test_pages_that_fail_are_tried_three_times(self):
        with Site({**NEWS, "/feed": rss(("/1", "Fähre", "Die Fähre liegt in Emden fest."), ("/404", "Fort", "Ein Text ohne Seite."))}) as site:
            for i in range(5):
                self.once(site.base + "/feed", args=("--follow", "--every", "1s"), code=None)
                time.sleep(1.1)
            self.assertEqual(site.paths().count("/404"), 3)
            self.assertEqual(site.paths().count("/1"), 1)
            self.assertEqual(site.paths().count("/feed"), 5)

    def test_a_server_that_fails_is_left_alone_for_longer_and_longer(self):
        with Site({"/feed": (500, {}, b""), "/later": (503, {"Retry-After": "3600"}, b"")}) as site:
            self.once(site.base + "/feed", site.base + "/later", args=("--every", "60s"), code=4)
            self.assertIn("/feed: 500", run.stderr)
            self.once(site.base + "/feed", site.base + "/later", args=("--every", "60s"))
            self.assertEqual(site.paths(), ["/feed", "/later"])
            with sqlite3.connect(self.record) as db:
                due = dict(db.execute("SELECT address, next FROM watch_sources"))
            self.assertGreater(due[site.base + "/feed"], time.time() + 60)  # twice the usual time
            self.assertGreater(due[site.base + "/later"], time.time() + 3000)

    def test_pages_and_lists(self):
        with Site({**NEWS, "/feed": rss(("/2", "Deich", "Der Deich bei Norden hat am Montag standgehalten."))}) as site:
            opml = self.dir / "feeds.opml"
            opml.write_text(f"<opml><body><outline xmlUrl='{site.base}/feed'/></body></opml>", encoding="utf-8")
            site.pages["/list"] = (200, {}, b"<opml><body><outline xmlUrl='/feed2'/></body></opml>")
            site.pages["/feed2"] = rss(("/3", "Watt", "Drei Wanderer sind im Watt gerettet worden."))
            self.once(site.base + "/1", opml, site.base + "/list", args=("--every", "1s"))
            self.assertEqual(set(site.paths()), {"/1", "/feed", "/feed2", "/list"})  # a slow round asks again
            site.pages["/1"] = page("Fähre fährt wieder", "Die Fähre nach Borkum hat am Dienstag wieder abgelegt, sagte Nordwerk.")
            site.pages["/list"] = (200, {}, b"<opml><body/></opml>")
            site.asked.clear()
            time.sleep(1.1)
            self.once(site.base + "/1", opml, site.base + "/list", args=("--every", "1s"), code=None)
            self.assertIn("/1", site.paths())
            hits = lines(run("search", "wieder abgelegt", "--record", self.record, "--json"))
            self.assertEqual([h["url"] for h in hits], [site.base + "/1"])
            site.asked.clear()
            time.sleep(1.1)
            self.once(site.base + "/list", args=("--every", "1s"), code=None)
            self.assertNotIn("/feed2", site.paths())  # the list names it no more

    def test_stops_in_the_middle_of_a_slow_answer(self):
        def slow(handler):
            handler.send_response(200)
            handler.end_headers()
            for _ in range(200):
                handler.wfile.write(b"<p>")
                time.sleep(0.1)

        with Site({"/slow": slow}) as site:
            watch = self.start(site.base + "/slow")
            self.wait(lambda: "/slow" in site.paths())
            begun = time.monotonic()
            watch.send_signal(signal.SIGTERM)
            self.assertEqual(watch.wait(30), 0)
            self.assertLess(time.monotonic() - begun, 5)
            watch.stdout.close(), watch.stderr.close()


class Listeners(Case):
    def fill(self):
        for f in sorted(stack("gipfel").iterdir()):
            self.put(f.name, f)

    def test_a_program_hears_each_change(self):
        self.fill()
        heard = self.dir / "heard.jsonl"
        script = self.dir / "hook with blanks"
        script.write_text(f"#!/bin/sh\necho to the log\ntest \"$1\" = '$HOME; x y' || exit 9\ncat >> '{heard}'\nexit 3\n", encoding="utf-8")
        script.chmod(0o755)
        rows = self.once(args=("--exec", script, "--exec-arg", "$HOME; x y"))
        self.assertTrue(rows)
        self.assertEqual(lines(heard.read_text(encoding="utf-8")), rows)
        self.assertIn("change 1: ended with 3", run.stderr)  # said, and the rest goes on
        self.assertIn("to the log", run.stderr)
        self.assertEqual(self.once(args=("--exec", script, "--exec-arg", "$HOME; x y")), [])
        self.assertEqual(len(lines(heard.read_text(encoding="utf-8"))), len(rows))

    def test_a_program_that_hangs_is_killed(self):
        self.put("a.txt", text="Fähre\n\nDie Fähre nach Borkum ist am Montag im Hafen geblieben.\n")
        rows = self.once(args=("--all", "--exec", "sleep", "--exec-arg", "60", "--exec-timeout", "1"))
        self.assertTrue(rows)
        self.assertIn("killed after 1 s", run.stderr)

    def test_a_webhook_takes_each_change_once(self):
        self.fill()
        answers = [(500, {}, b""), (429, {}, b"")]
        with Site({"/hook": lambda h: answers.pop(0) if answers else (204, {}, b"")}) as site:
            rows = self.once(args=("--webhook", site.base + "/hook"))
            self.assertEqual([json.loads(b) for b in site.bodies[2:]], rows)
            self.assertEqual(site.bodies[0], site.bodies[2])
            keys = [h["Idempotency-Key"] for m, _, h in site.asked]
            self.assertEqual(keys[0], keys[2])
            self.assertEqual(len(set(keys)), len(rows))
            self.assertNotIn("/robots.txt", site.paths(robots=True))
            self.assertEqual(site.asked[0][2]["Content-Type"], "application/json")
            self.assertIn("change 1 not taken, tried again: 500", run.stderr)

    def test_a_webhook_that_is_away_hears_it_later(self):
        self.fill()
        with Site({"/hook": (503, {}, b"")}) as site:
            rows = self.once(args=("--webhook", site.base + "/hook"), code=4)
            self.assertTrue(rows)
            site.bodies.clear()
            site.pages["/hook"] = b""
            self.assertEqual(self.once(args=("--webhook", site.base + "/hook")), [])
            self.assertEqual([json.loads(b) for b in site.bodies], rows)

    def test_a_webhook_here_only_when_asked(self):
        self.put("a.txt", text="Fähre\n\nDie Fähre nach Borkum ist am Montag im Hafen geblieben.\n")
        with Site({"/hook": b""}) as site:
            run("watch", self.inbox, "--record", self.record, "--once", "--all", "--webhook", site.base + "/hook", code=4)
            self.assertIn("has a loopback address", run.stderr)
            self.assertEqual(site.asked, [])

    def test_a_file_of_another_record_is_refused(self):
        self.out.write_text('{"n":99,"change":"new"}\n', encoding="utf-8")
        run("watch", self.inbox, "--record", self.record, "--once", "-o", self.out, code=1)
        self.assertIn("belongs to another record", run.stderr)


class Units(unittest.TestCase):
    def test_systemd_takes_them(self):
        units = pathlib.Path(PROGRAM).resolve().parent / "described"
        if not shutil.which("systemd-analyze") or not units.is_dir():
            self.skipTest("no systemd-analyze here")
        folder = OUT / "units"
        folder.mkdir(parents=True, exist_ok=True)
        for unit in sorted(units.glob("*.service")):
            copy = folder / unit.name.replace("@", "@x")
            text = unit.read_text(encoding="utf-8").replace("ExecStart=twosource", f"ExecStart={pathlib.Path(PROGRAM).resolve()}")
            self.assertNotIn("@HARDENING@", text)
            copy.write_text("".join(l + "\n" for l in text.splitlines() if not l.startswith("Documentation")), encoding="utf-8")
            p = subprocess.run(["systemd-analyze", "verify", "--man=no", str(copy)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            said = [l for l in p.stdout.splitlines() if copy.name in l]
            self.assertEqual(said, [], p.stdout)
            p = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(copy)], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
            level = re.search(r"exposure level for \S+: ([0-9.]+)", p.stdout)
            if level is None:
                self.skipTest(f"systemd-analyze security does not work here: {p.stdout[:200]}")
            self.assertLess(float(level.group(1)), 3.0, p.stdout)


if __name__ == "__main__":
    unittest.main()
