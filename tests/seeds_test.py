#!/usr/bin/env python3
"""Acceptance on five real articles that are not part of the project: looked for in $TWOSOURCE_SHARED or ../shared
(folder seeds). Skipped with a message when they are absent."""
import os
import pathlib
import re
import unittest

from support import ROOT, dossier, lines, run, skip, text_of

SHARED = pathlib.Path(os.environ.get("TWOSOURCE_SHARED", ROOT.parent / "shared"))
SEEDS = SHARED / "seeds"


class Seeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = sorted(SEEDS.glob("*.txt"))
        cls.read = {a["id"][:3]: a for a in lines(run("read", *cls.files))}
        cls.d = dossier(*cls.files, args=["--full"], name="seeds")
        cls.short = {a["id"]: a["id"][:3] for a in cls.d["articles"]}

    def claim_with(self, pattern, articles):
        """Claims in which a statement of each of the articles matches the pattern."""
        found = []
        for c in self.d["claims"]:
            got = {self.short[s["article"]] for s in c["statements"] if re.search(pattern, text_of(self.d, s))}
            if set(articles) <= got:
                found.append(c)
        return found

    def test_furniture_is_gone(self):
        gone = {"000": ["date 2017"], "001": ["date 2017", "Merkliste", "(Foto", "schüttelt die Hand", "HamburgOb"],
                "002": ["date 2017"], "003": ["Haftungsausschluss", "Anlageberatung", "Korrektur Oder", "Danke"],
                "004": ["Zum Inhalt", "Hauptnavigation", "Bild:", "video element", "02:01", "cgn/fab", "überspringen", "LawrowBild", "11. November 2017"]}
        for article, pieces in gone.items():
            for piece in pieces:
                self.assertNotIn(piece, self.read[article]["text"], article)
                self.assertTrue(any(piece in f["text"] for f in self.read[article]["furniture"]) or piece in ("HamburgOb", "LawrowBild"), (article, piece))

    def test_no_sentence_is_lost(self):
        kept = {"000": ["Ein fester Druck, die zweite Hand", "Melania wollte das Gespräch beenden", "Weitere würden folgen."],
                "001": ["Ob es der Beginn einer wunderbaren", "wurde jedoch nicht vereinbart."],
                "002": ["Ein paar Handshakes", "wie seit Jahrzehnten nicht mehr."],
                "003": ["Der russisch-amerikanische Gipfel", "Das wird mir Ärger einbringen!", "Frieden noch weniger."],
                "004": ["Da raufen sich zwei zusammen", "Getrennte Erklärungen", "Gemeinsam gegen den IS", "wie seit Jahrzehnten nicht mehr."]}
        for article, pieces in kept.items():
            for piece in pieces:
                self.assertIn(piece, self.read[article]["text"], article)

    def test_dates_and_agencies(self):
        got = {k: (a["datePublished"] or {}).get("value") for k, a in self.read.items()}
        self.assertEqual(got, {"000": "2017-07", "001": "2017-07", "002": "2017-11", "003": None, "004": "2017-11-11"})
        self.assertEqual({c["name"] for c in self.read["004"]["agencies"] if c["kind"] == "text"}, {"AFP", "dpa"})
        self.assertEqual(self.read["001"]["dateline"], "Hamburg")

    def test_no_day_is_invented(self):
        for article in ("000", "001"):
            for t in self.read[article]["times"]:
                self.assertNotRegex(t["value"], r"^2017-07-\d\d", t)

    def test_three_events_in_one_story(self):
        groups = sorted(sorted(self.short[a] for a in e["articles"]) for e in self.d["events"])
        self.assertEqual(groups, [["000", "001"], ["002", "004"], ["003"]])
        self.assertEqual(len(self.d["stories"]), 1)
        event = {self.short[e["articles"][0]]: e for e in self.d["events"]}
        hamburg = event["000"] if "000" in event else event["001"]
        danang = event["002"] if "002" in event else event["004"]
        self.assertIn("Hamburg", hamburg["where"])
        self.assertEqual(hamburg["when"], "2017-07")
        self.assertTrue(set(danang["where"]) & {"Da Nang", "Vietnam"}, danang["where"])
        self.assertEqual(danang["when"], "2017-11-11")
        self.assertTrue(set(event["003"]["where"]) & {"Anchorage", "Alaska"}, event["003"]["where"])
        self.assertIsNone(event["003"]["when"])
        for e in (hamburg, danang, event["003"]):
            self.assertLessEqual({"Donald Trump", "Wladimir Putin"}, set(e["names"]))

    def test_copies(self):
        pairs = [sorted(self.short[x] for x in (p["a"], p["b"])) for c in self.d["copies"] for p in c["pairs"]]
        self.assertEqual(pairs, [["002", "004"]])

    def test_lengths_differ_by_a_minute(self):
        values = {frozenset((x["a"]["value"], x["b"]["value"])) for c in self.d["claims"] for x in c["differences"] if x["relation"] == "different"}
        self.assertIn(frozenset(("PT2H15M", "PT2H16M")), values)

    def test_the_planned_half_hour_is_confirmed(self):
        claims = self.claim_with("halben Stunde|30 Minuten", ["000", "001"])
        confirmed = [c["text"] for c in claims if c["verdict"] == "confirmed"]
        self.assertEqual(len(confirmed), 1)
        self.assertNotIn("zwei Stunden", confirmed[0])  # named by what is agreed, not by what is disputed
        planned = {v["value"] for c in self.d["claims"] for s in c["statements"] for v in s["values"] if v["value"] == "PT30M"}
        self.assertEqual(planned, {"PT30M"})

    def test_the_share_of_territory_is_not_confirmed(self):
        for c in self.claim_with("95 Prozent", ["002", "004"]):
            self.assertNotIn(c["verdict"], ("confirmed", "contradicted"))

    def test_the_rejection_is_found_in_both(self):
        claims = self.claim_with("Putin habe die Vorwürfe zurückgewiesen", ["000", "001"])
        self.assertEqual([c["verdict"] for c in claims], ["authority-only"])  # both from Tillerson

    def test_what_one_says_stands_alone(self):
        for words in ("Zusicherung Putins akzeptiert", "Krise in Nordkorea haben Putin und Trump gesprochen", "Interkontinentalrakete"):
            claims = [c for c in self.d["claims"] if any(words in text_of(self.d, s) for s in c["statements"])]
            for c in claims:
                self.assertNotIn(c["verdict"], ("confirmed", "contradicted"), words)
                self.assertEqual(len({s["article"] for s in c["statements"]}), 1, words)

    def test_descriptions_are_persons(self):
        for article, words, name in (("003", "Kremlchef", "Wladimir Putin"), ("002", "Kremlchef", "Wladimir Putin"),
                                     ("001", "der US-Außenminister. Man", "Rex Tillerson"), ("001", "Amerikaner machte", "Rex Tillerson")):
            a = self.read[article]
            at = a["text"].index(words) + (4 if words.startswith("der ") else 0)
            names = {p["name"] for p in self.d["people"] for m in p["mentions"]
                     if self.short[m["article"]] == article and m["start"] <= at < m["end"]}
            self.assertIn(name, names, (article, words))

    def test_speakers(self):
        for article, start, name in (("000", "Es ist eine Ehre", "Donald Trump"), ("000", "gab es einfach so viel", "Rex Tillerson"),
                                     ("001", "Es war ein sehr konstruktives", "Rex Tillerson"), ("001", "Wenn wir das nicht schaffen", "Rex Tillerson"),
                                     ("002", "Wenn wir ein Verhältnis", "Donald Trump"), ("002", "Jedes Mal, wenn er mich", "Donald Trump"),
                                     ("004", "Wir haben anscheinend", "Donald Trump")):
            a = self.read[article]
            at = a["text"].index(start)
            speakers = {q["speaker"] for q in a["quotes"] for p in q["parts"] if p["start"] <= at < p["end"]}
            local = {e["name"] for e in a["entities"] if e["id"] in speakers}
            self.assertEqual(len(local), 1, (article, start))
            self.assertTrue(name.endswith(local.pop()), (article, start))


if __name__ == "__main__":
    if not SEEDS.is_dir():
        skip(f"{SEEDS} is absent")
    unittest.main(verbosity=1)
