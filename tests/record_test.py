#!/usr/bin/env python3
"""Records: what people corrected survives re-runs and new articles; killed, full, locked, read-only and foreign files lose
nothing and are named."""
import json
import os
import pathlib
import random
import resource
import signal
import sqlite3
import subprocess
import time
import unittest

from support import OUT, PROGRAM, ROOT, lines, older_record, run, stack

WHO = ("--by", "Ada", "--why", "checked by telephone", "--at", "2026-05-12T09:30:00Z")


def fresh(name):
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.record"
    for suffix in ("", "-wal", "-shm", "-journal", "-desk"):
        pathlib.Path(f"{path}{suffix}").unlink(missing_ok=True)
    return path


def record_of(name, *inputs):
    path = fresh(name)
    run("add", *inputs, "--record", path)
    return path


def ask(command, record, *args):
    return lines(run(command, *args, "--record", record, "--json"))


class Stored(unittest.TestCase):
    def test_explains_from_what_is_stored_as_from_a_cross_check(self):
        record = record_of("explained", stack("gipfel"), stack("harbour"), stack("unglueck"))
        ids = {x["id"] for what in ("claims", "events", "quotes", "people") for x in ask(what, record)}
        ids |= {pair["family"] for pair in ask("copies", record)}
        ids |= {s["origin"] for c in ask("claims", record) for s in c["statements"] if s["origin"]}
        ids |= {e["story"] for e in ask("events", record) if e["story"]}
        self.same_either_way(record, sorted(ids)[::4])

    def test_explains_copies_within_one_house_as_corrected(self):
        record = record_of("explained_houses", stack("gipfel"), stack("unglueck"))
        for outlet in ("Elbpost", "Weserbote", "Nordblick", "Seekurier"):
            run("correct", "set-group", outlet, "--as", "Haus am Kai", "--record", record, *WHO)
        self.same_either_way(record, sorted({pair["family"] for pair in ask("copies", record)}))

    def same_either_way(self, record, ids):
        for i in ids:
            stored = run("explain", i, "--record", record, "--json")
            found = json.loads(run("explain", i, "--record", record, "--json", "--lang-pack", ROOT / "lang"))
            stored = json.loads(stored)
            for explained in (stored, found):
                explained["evidence"].sort(key=lambda e: (e["article"], e["start"], e["end"], e["note"]))
            self.assertEqual(stored, found, i)


class Corrections(unittest.TestCase):
    def setUp(self):
        self.record = record_of("corrected", stack("gipfel"))

    def correct(self, *args, code=0):
        out = run("correct", *args, "--record", self.record, *WHO, code=code)
        if code == 0:
            self.assertNotIn("does not apply", run.stderr)
        return out

    def person(self, name):
        return next((p for p in ask("people", self.record) if p["name"] == name), None)

    def test_people_merge_rename_and_roles(self):
        a, b = [p for p in ask("people", self.record) if p["mentions"]][:2]
        self.correct("merge-people", a["id"], b["id"])
        merged = self.person(a["name"])
        self.assertIn(b["name"], merged["aliases"])
        self.assertIsNone(self.person(b["name"]))
        self.assertEqual(len(merged["mentions"]), len(a["mentions"]) + len(b["mentions"]))
        said = run("explain", merged["id"], "--record", self.record)
        self.assertIn("merged by correction 1 by Ada: checked by telephone", " ".join(said.split()))
        self.correct("rename-person", merged["id"], "--as", "Ada Berg")
        self.correct("set-role", "Ada Berg", "--as", "Hafenmeisterin", "--from", "2024-05")
        self.assertIn("Hafenmeisterin", [r["title"] for r in self.person("Ada Berg")["roles"]])
        self.correct("remove-role", "Ada Berg", "--as", "Hafenmeisterin")
        self.assertNotIn("Hafenmeisterin", [r["title"] for r in self.person("Ada Berg")["roles"]])
        run("correct", "undo", "1", "--record", self.record, *WHO)
        self.assertIsNotNone(self.person(b["name"]))

    def test_split_person(self):
        person = max(ask("people", self.record), key=lambda p: len({m["article"] for m in p["mentions"]}))
        articles = sorted({m["article"] for m in person["mentions"]})
        self.assertGreater(len(articles), 1)
        self.correct("split-person", person["id"], articles[0], "--as", "Piet Ohlsen")
        other = self.person("Piet Ohlsen")
        self.assertEqual({m["article"] for m in other["mentions"]}, {articles[0]})
        self.assertNotIn(articles[0], {m["article"] for m in self.person(person["name"])["mentions"]})

    def test_events_split_merge_and_rename(self):
        event = max(ask("events", self.record), key=lambda e: len(e["articles"]))
        go = event["articles"][-1]
        self.correct("split-event", event["id"], go)
        holding = lambda a: next(e for e in ask("events", self.record) if a in e["articles"])
        self.assertEqual(holding(go)["articles"], [go])
        self.assertNotEqual(holding(go)["id"], holding(event["articles"][0])["id"])
        self.correct("merge-events", holding(event["articles"][0])["id"], holding(go)["id"])
        self.assertEqual(sorted(holding(go)["articles"]), sorted(event["articles"]))
        self.correct("rename-event", holding(go)["id"], "--as", "Treffen im Hafen")
        self.assertEqual(holding(go)["label"], "Treffen im Hafen")
        self.assertIn("named by correction 3", run("explain", holding(go)["id"], "--record", self.record))

    def test_copies_cut_and_joined(self):
        pair = ask("copies", self.record)[0]
        self.correct("cut-copies", pair["family"], pair["a"])
        pairs = [{p["a"], p["b"]} for p in ask("copies", self.record)]
        self.assertFalse([p for p in pairs if pair["a"] in p])
        run("correct", "undo", "1", "--record", self.record, *WHO)
        ids = sorted({e for x in ask("events", self.record) for e in x["articles"]})
        known = [{p["a"], p["b"]} for p in ask("copies", self.record)]
        apart = next((a, b) for a in ids for b in ids if a < b and {a, b} not in known)
        self.correct("join-copies", *apart)
        joined = next(p for p in ask("copies", self.record) if {p["a"], p["b"]} == set(apart))
        self.assertIn("checked by telephone", run("explain", joined["family"], "--record", self.record))

    def test_claims_set_apart_and_joined(self):
        claim = next(c for c in ask("claims", self.record)
                     if len({s["article"] for s in c["statements"]}) > 1)
        article = claim["statements"][-1]["article"]
        self.correct("not-same-claim", claim["id"], article)
        there = {(s["article"], s["start"]) for s in claim["statements"] if s["article"] == article}
        here = {(s["article"], s["start"]) for s in claim["statements"] if s["article"] != article}
        for c in ask("claims", self.record):
            places = {(s["article"], s["start"]) for s in c["statements"]}
            self.assertFalse(places & there and places & here, c["text"])
        alone = [c for c in ask("claims", self.record) if len(c["statements"]) == 1]
        a, b = alone[0], next(c for c in alone if c["event"] == alone[0]["event"]
                              and c["statements"][0]["article"] != alone[0]["statements"][0]["article"])
        self.correct("same-claim", a["id"], b["id"])
        places = [{(s["article"], s["start"]) for s in c["statements"]} for c in ask("claims", self.record)]
        both = {(s["article"], s["start"]) for c in (a, b) for s in c["statements"]}
        self.assertTrue(any(both <= p for p in places))

    def test_dates_and_groups(self):
        article = ask("events", self.record)[0]["articles"][0]
        self.correct("set-date", article, "--as", "2019-02-03")
        found = {a["id"]: a for a in json.loads(self.dossier())["articles"]}
        self.assertEqual(found[article]["datePublished"]["value"], "2019-02-03")
        outlet = next(a["publisher"] for a in found.values() if a["publisher"])
        self.correct("set-group", outlet, "--as", "Nordblick Verlag")
        found = json.loads(self.dossier())["articles"]
        self.assertTrue([a for a in found if a.get("publisherGroup") == "Nordblick Verlag"])

    def dossier(self):
        path = OUT / "corrected.json"
        run("dossier", "--record", self.record, "-o", path)
        return path.read_text(encoding="utf-8")

    def test_survive_more_articles_and_go_elsewhere(self):
        a, b = [p for p in ask("people", self.record) if p["mentions"]][:2]
        self.correct("merge-people", a["id"], b["id"])
        run("add", stack("unglueck"), stack("harbour"), "--record", self.record)
        self.assertIn(b["name"], self.person(a["name"])["aliases"])
        path = OUT / "corrections.jsonl"
        path.write_text(run("correct", "export", "--record", self.record), encoding="utf-8")
        other = record_of("elsewhere", stack("harbour"), stack("gipfel"), stack("unglueck"))
        run("correct", "import", path, "--record", other)
        self.assertEqual(ask("people", other), ask("people", self.record))
        self.assertEqual(run("correct", "export", "--record", other), path.read_text(encoding="utf-8"))

    def test_what_does_not_apply_any_more_is_named(self):
        a, b = [p for p in ask("people", self.record) if p["mentions"]][:2]
        self.correct("merge-people", a["id"], b["id"])
        with sqlite3.connect(self.record) as db:  # as if all its articles had been withdrawn
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute("DELETE FROM articles")
            db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        run("add", stack("unglueck"), "--record", self.record)
        self.assertIn("correction 1 does not apply any more", run.stderr)
        listed = ask("correct", self.record, "list")
        self.assertEqual([c["state"] for c in listed], ["stale"])
        self.assertIn("does not apply any more", run("correct", "list", "--record", self.record))

    def test_needs_who_and_why_and_something_to_correct(self):
        run("correct", "merge-people", "p1", "p2", "--record", self.record, "--by", "Ada", code=2)
        run("correct", "merge-people", "p1", "p9999", "--record", self.record, *WHO, code=2)
        run("correct", "merge-people", "p1", "v1", "--record", self.record, *WHO, code=2)
        run("correct", "set-date", "nowhere", "--as", "2019", "--record", self.record, *WHO, code=2)
        run("correct", "undo", "7", "--record", self.record, *WHO, code=1)
        run("correct", "nonsense", "--record", self.record, code=2)
        self.assertEqual(ask("correct", self.record, "list"), [])


def archive(path, n):
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            text = f"Meldung {i} aus dem Hafen. " + " ".join(f"Satz {i}-{k} über Schiff {k * i % 97}." for k in range(6))
            f.write(json.dumps({"id": f"d{i:05}", "published": "2024-05-11", "publisher": f"Blatt {i % 7}", "text": text}) + "\n")
    return path


class Safety(unittest.TestCase):
    def integrity(self, record):
        with sqlite3.connect(record) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            self.assertEqual(db.execute("PRAGMA foreign_key_check").fetchall(), [])
            db.execute("INSERT INTO article_words (article_words) VALUES ('integrity-check')")
            return db.execute("SELECT count(*), count(DISTINCT id) FROM articles").fetchone()

    def test_killed_at_any_moment(self):
        OUT.mkdir(parents=True, exist_ok=True)
        source = archive(OUT / "killed.jsonl", 400)
        record = fresh("killed")
        begun = time.monotonic()
        run("add", source, "--record", record)
        whole = time.monotonic() - begun
        rng = random.Random(7)
        rounds = 0
        record = fresh("killed")
        deadline = time.monotonic() + 30
        while rounds < 200 and time.monotonic() < deadline:
            if rounds % 10 == 0:
                record = fresh("killed")
            p = subprocess.Popen([PROGRAM, "add", source, "--record", record, "--threads", "1"],
                                 stderr=subprocess.DEVNULL)
            time.sleep(rng.random() * min(whole, 0.25))
            p.send_signal(signal.SIGKILL)
            p.wait()
            rounds += 1
        print(f"{rounds} kills")
        self.assertGreaterEqual(rounds, 40)
        run("add", source, "--record", record)
        self.assertEqual(self.integrity(record), (400, 400))
        self.assertTrue(ask("search", record, "Meldung"))

    def test_readers_beside_a_writer(self):
        OUT.mkdir(parents=True, exist_ok=True)
        source = archive(OUT / "beside.jsonl", 300)
        record = record_of("beside", stack("gipfel"))
        before = self.integrity(record)[0]
        writer = subprocess.Popen([PROGRAM, "add", source, "--record", record], stderr=subprocess.PIPE)
        while writer.poll() is None:
            readers = [subprocess.Popen([PROGRAM, "search", "Stunden", "--record", record], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE) for _ in range(3)]
            for r in readers:
                out, err = r.communicate(timeout=60)
                self.assertEqual(r.returncode, 0, err)
                self.assertTrue(out)
        self.assertEqual(writer.returncode, 0, writer.stderr.read())
        writer.stderr.close()
        self.assertEqual(self.integrity(record)[0], before + 300)

    def test_no_room_left(self):
        OUT.mkdir(parents=True, exist_ok=True)
        source = archive(OUT / "full.jsonl", 3000)
        record = record_of("full", stack("gipfel"))
        before = self.integrity(record)[0]
        limit = record.stat().st_size + 300_000
        p = subprocess.run([PROGRAM, "add", source, "--record", record], stderr=subprocess.PIPE, timeout=120,
                           preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                                               resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))
        self.assertEqual(p.returncode, 1, p.stderr)
        self.assertRegex(p.stderr.decode(), r"full\.record: .*(full|I/O)")
        self.assertGreaterEqual(self.integrity(record)[0], before)
        run("add", source, "--record", record)
        self.assertEqual(self.integrity(record)[0], before + 3000)

    def test_locked_by_another(self):
        record = record_of("locked", stack("gipfel"))
        db = sqlite3.connect(record, isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        self.assertTrue(ask("search", record, "Stunden"))
        run("add", stack("unglueck"), "--record", record, code=1)
        self.assertRegex(run.stderr, r"locked\.record: .*locked")
        db.execute("ROLLBACK")
        db.close()
        run("add", stack("unglueck"), "--record", record)

    @unittest.skipIf(os.geteuid() == 0, "root writes what is read-only")
    def test_read_only_file(self):
        record = record_of("readonly", stack("gipfel"))
        record.chmod(0o444)
        run("add", stack("unglueck"), "--record", record, code=1)
        self.assertIn("readonly.record", run.stderr)
        record.chmod(0o644)

    def test_what_is_no_record(self):
        OUT.mkdir(parents=True, exist_ok=True)
        text = OUT / "no.record"
        text.write_bytes(b"Dies ist kein Datenbestand, sondern ein Text. " * 100)
        before = text.read_bytes()
        for args in (("add", stack("gipfel")), ("search", "Stunden"), ("claims",), ("correct", "list")):
            run(*args, "--record", text, code=1)
            self.assertIn("no.record", run.stderr)
        self.assertEqual(text.read_bytes(), before)
        newer = record_of("newer", stack("gipfel"))
        with sqlite3.connect(newer) as db:
            db.execute("PRAGMA user_version = 99")
        run("search", "Stunden", "--record", newer, code=1)
        self.assertIn("newer twosource", run.stderr)

    def test_a_record_of_an_older_schema(self):
        """Articles and corrections stay; what is found is found anew, as in a record of today."""
        files = [stack("gipfel") / n for n in ("01-nordblick.html", "02-elbtal.txt")]
        old = fresh("older")
        older_record(5, old, stack("gipfel"))
        today = record_of("today", *files)
        with sqlite3.connect(old) as db:  # names and times are kept as they were read; here as they are read now
            db.execute("ATTACH ? AS today", (str(today),))
            db.execute("UPDATE main.articles SET layers = (SELECT t.layers FROM today.articles t WHERE t.id = main.articles.id)")
        db.close()
        self.assertIn("Lotsin", run("correct", "list", "--record", old))
        (OUT / "older.jsonl").write_text(run("correct", "export", "--record", old), encoding="utf-8")
        run("correct", "import", OUT / "older.jsonl", "--record", today)
        more = stack("gipfel") / "04-rundschau.txt"
        for record in (old, today):
            run("add", more, "--record", record)
        for command in ("claims", "events", "people", "copies", "quotes", "timeline"):
            self.assertEqual(ask(command, old), ask(command, today), command)
        self.assertEqual(run("search", "Haugland", "--record", old), run("search", "Haugland", "--record", today))
        self.assertIn("Lotsin", run("people", "--record", old, "--json"))

    def test_views_explain_themselves_to_any_sqlite(self):
        record = record_of("views", stack("gipfel"))
        with sqlite3.connect(record) as db:
            views = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
            named = [n for (n,) in db.execute("SELECT name FROM read_me")]
            self.assertLessEqual(set(views), set(named))
            for view in views:
                self.assertTrue(db.execute(f"SELECT * FROM {view}").fetchall() or view == "difference_list", view)
            for article, start, end, sentence in db.execute('SELECT article, "start", "end", sentence FROM evidence_list'):
                (text,) = db.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
                self.assertEqual(text[start:end], sentence)

    def test_findings_are_those_of_the_commands(self):
        record = record_of("tables", stack("gipfel"))
        claims = {c["id"]: c for c in ask("claims", record)}
        with sqlite3.connect(record) as db:
            for claim, verdict, claimed in db.execute("SELECT claim, verdict, claimed FROM claim_list"):
                self.assertEqual((verdict, claimed), (claims[claim]["verdict"], claims[claim]["text"]))

    def test_stored_findings_are_those_of_a_cross_check(self):
        """The lists of a record are read as they are stored; its dossier is found again."""
        record = record_of("stored", stack("gipfel"), stack("harbour"), stack("unglueck"))
        run("dossier", "--record", record, "-o", OUT / "stored.json")
        again = json.loads((OUT / "stored.json").read_text(encoding="utf-8"))
        again["copies"] = [{"a": p["a"], "b": p["b"], "family": f["id"]} for f in again["copies"] for p in f["pairs"]]
        # A person's name is the whole record's in a dossier, that of the cell in its row.
        plain = lambda rows, keys: [{k: v for k, v in r.items() if k in keys and k not in ("names", "name")} for r in rows]
        for command in ("claims", "events", "people", "copies", "quotes", "timeline"):
            stored = ask(command, record)
            self.assertTrue(stored, command)
            self.assertEqual(plain(stored, again[command][0]), plain(again[command], again[command][0]), command)

    def test_any_order_and_revisions_end_alike(self):
        files = sorted(p for p in stack("gipfel").iterdir() if p.suffix == ".txt")
        wanted = {c: ask(c, record_of("once", *files)) for c in ("claims", "events", "people", "copies")}
        for seed in range(3):
            record = fresh("order")
            order = files[:]
            random.Random(seed).shuffle(order)
            changed = OUT / order[0].name
            changed.write_text(order[0].read_text(encoding="utf-8") + "\nEin Satz, der bald berichtigt wird.\n",
                               encoding="utf-8")
            # A file of the same name at the same place is a revision; the name comes first, then the text.
            place = OUT / "revised"
            place.mkdir(exist_ok=True)
            (place / order[0].name).write_bytes(changed.read_bytes())
            run("add", place / order[0].name, "--record", record)
            (place / order[0].name).write_bytes(order[0].read_bytes())
            run("add", place / order[0].name, "--record", record)
            for f in order[1:]:
                run("add", f, "--record", record)
            for command, rows in wanted.items():
                self.assertEqual(ask(command, record), rows, (seed, command))


if __name__ == "__main__":
    unittest.main(verbosity=1)
