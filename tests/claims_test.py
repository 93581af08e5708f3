#!/usr/bin/env python3
"""What is planted in small made-up stacks comes out: figures that were replaced, figures that contradict each other,
what independent origins agree on, what was taken back. Every sentence is our own; places, persons and outlets are made up."""
import json
import re
import unittest

from claims_stacks import APART, PLANTED, SOURCES, STACKS, UNCONFIRMED
from support import dossier, run, text_of, OUT


def make(name, articles, order=None, extra=()):
    """Writes a stack as JSON Lines and returns its dossier."""
    rows = []
    for n, (publisher, published, headline, text, *language) in enumerate([*articles, *extra]):
        rows.append({"id": f"{name}-{n}", "publisher": publisher, "published": published, "headline": headline,
                     "text": text, "inLanguage": language[0] if language else "de"})
    if order:
        rows = [rows[i] for i in order]
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"claims-{name}.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return dossier(path, name=f"claims-{name}")


def holds(d, claim, verdict, patterns, difference):
    texts = [text_of(d, s) for s in claim["statements"]]
    if verdict is not None and claim["verdict"] != verdict:
        return False
    if not all(any(re.search(p, t) for t in texts) for p in patterns):
        return False
    if difference is None:
        return True
    return any((x["relation"], {x["a"]["value"], x["b"]["value"]}) == (difference[0], set(difference[1:])) for x in claim["differences"])


class Planted(unittest.TestCase):
    def test_what_is_planted_is_found(self):
        for name, articles in STACKS.items():
            d = make(name, articles)
            for verdict, patterns, difference in PLANTED[name]:
                with self.subTest(stack=name, patterns=patterns):
                    self.assertTrue(any(holds(d, c, verdict, patterns, difference) for c in d["claims"]),
                                    [(c["verdict"], [text_of(d, s)[:60] for s in c["statements"]]) for c in d["claims"]
                                     if any(re.search(p, text_of(d, s)) for p in patterns for s in c["statements"])])

    def test_bounds_and_other_facts_confirm_nothing(self):
        for name, (articles, patterns) in UNCONFIRMED.items():
            for c in (d := make(name, articles))["claims"]:
                found = [p for p in patterns if any(re.search(p, text_of(d, s)) for s in c["statements"])]
                if len(found) > 1:
                    self.assertNotEqual(c["verdict"], "confirmed", [text_of(d, s) for s in c["statements"]])

    def test_what_belongs_to_two_things_is_no_contradiction(self):
        for name, articles in APART.items():
            d = make(name, articles)
            with self.subTest(stack=name):
                self.assertEqual([(x["a"]["value"], x["b"]["value"]) for c in d["claims"] for x in c["differences"]
                                  if x["relation"] == "different"], [])
                self.assertNotIn("contradicted", [c["verdict"] for c in d["claims"]])


class Firm(unittest.TestCase):
    def test_a_firm_named_like_two_people_is_neither(self):
        text = ("In Hainfurt macht Brandt sein Werk dicht. Aufsichtsratschefin Ulrike Brandt ist die Schwester von Klaus Brandt. Sie schweigt.\n\n"
                "Was kostet das? Brandt selbst spricht von 45 Millionen Euro.")
        d = make("firma", [("Autoblog", "2022-11-10T21:00:00+01:00", "Das Aus", text)])
        people = {p["name"]: {m["start"] for m in p["mentions"]} for p in d["people"]}
        last = d["articles"][0]["text"].index("Brandt selbst")
        for name in ("Ulrike Brandt", "Klaus Brandt"):
            self.assertIn(name, people)
            self.assertNotIn(last, people[name])


class TwoVoices(unittest.TestCase):
    """Two sources that are named give one figure otherwise, in sentences that share little else; the lead makes the two one event."""
    LEAD = ("In Wermelshausen ist am Dienstag ein Tanklaster auf der Talbrücke umgekippt. Die Talbrücke bei Wermelshausen ist seitdem "
            "gesperrt. ")
    CASES = [
        # first article, second article, values that differ (None: nothing contradicts)
        ("Nach Angaben der Stadtwerke sind 640 Haushalte ohne Wasser.", "Die Feuerwehr sprach von 900 Haushalten.", ("640", "900")),
        ("Nach Angaben der Stadtwerke sind 640 Haushalte ohne Wasser.", "Die Feuerwehr sprach von etwa 650 Haushalten.", None),
        ("Nach Angaben der Stadtwerke sind 640 Haushalte ohne Wasser.", "Die Feuerwehr sprach von 90 Haushalten in einem Altbau.", None),
        ("Die Reparatur der Fahrbahn werde vier Wochen dauern, sagte Bauleiterin Heike Tschirner.",
         "Die Autobahngesellschaft rechnet damit, dass die Reparatur der Fahrbahn sieben Wochen dauert.", ("P4W", "P7W")),
        ("Die Reparatur der Fahrbahn werde vier Wochen dauern, sagte Bauleiterin Heike Tschirner.",
         "Die Autobahngesellschaft sucht den Fahrer seit sieben Wochen.", None),
        ("Der Tank sei leer, teilte das Landratsamt mit. Die Feuerwehr erklärte dagegen, im Tank sei noch Benzin.", "Anwohner filmten den Kran.",
         ("leer", "Benzin")),
        ("Der Tank sei leer, teilte das Landratsamt mit. Die Feuerwehr erklärte, im Tank sei noch Benzin.", "Anwohner filmten den Kran.", None),
        ("Das Landratsamt schätzt, dass 30 000 Liter Benzin ausgelaufen sind. Die Feuerwehr geht von 45 000 Litern aus.",
         "Anwohner filmten den Kran.", ("30", "45")),
        # what it came to and what is left of it, one body under two names, subjects behind their verb
        ("Zwischenzeitlich waren nach Angaben der Stadtwerke 900 Haushalte ohne Wasser.",
         "Am Vormittag waren noch 640 Haushalte ohne Wasser, sagte Heike Tschirner.", None),
        ("Nach Angaben des Brückenbetreibers blieben 640 Lastwagen stehen.", "900 Lastwagen blieben stehen, sagte Brückensprecher Arne Wendt.", None),
        ("Nach Angaben des Brückenbetreibers blieben 640 Lastwagen stehen.", "900 Lastwagen blieben stehen, sagte der Verkehrsverband.",
         ("640", "900")),
        ("Die Gemeinde beziffert den Schaden auf zwei Millionen Euro.", "Das Landratsamt schätzt den Schaden auf drei Millionen Euro.",
         ("2000000", "3000000")),
        ("300 Demonstranten zählte der Anwohnerverein an der Brücke.", "Die Polizei sprach von 120 Demonstranten.", ("300", "120")),
        ("Der Fahrer Jens Ohlendorf (51) blieb unverletzt.", "Der 53-jährige Jens Ohlendorf stammt aus Melle.", ("51", "53")),
        ("Der Fahrer Jens Ohlendorf (51) blieb unverletzt.", "Neben Jens Ohlendorf saß ein 53-jähriger Mann.", None),
        ("60 Prozent der Befragten meiden die Brücke, teilte das Landratsamt mit.",
         "Für 90 Prozent der Befragten ist Lärm ein Übel, sagte Heike Tschirner.", None),
    ]

    def test_what_named_voices_say_otherwise_is_contradicted(self):
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / "voices.jsonl"
        for i, (one, other, values) in enumerate(self.CASES):
            rows = [{"id": "a", "publisher": "Talbote", "published": "2024-05-14T10:00:00+02:00", "text": self.LEAD + one},
                    {"id": "b", "publisher": "Höhenblatt", "published": "2024-05-14T11:00:00+02:00", "text": self.LEAD + other}]
            path.write_text("".join(json.dumps(r) + "\n" for r in rows))
            found = [(d["a"]["value"], d["b"]["value"]) for c in dossier(path, name="voices")["claims"]
                     if c["verdict"] == "contradicted" for d in c["differences"] if d["relation"] == "different"]
            with self.subTest(i=i, one=one, other=other):
                if values is None:
                    self.assertEqual(found, [])
                else:
                    self.assertTrue(any(v in a and w in b or v in b and w in a for a, b in found for v, w in [values]), found)


class Houses(unittest.TestCase):
    def test_a_toll_that_rose_takes_the_place_of_a_lower_one(self):
        rows = [("north", "Northport Mail", "Four people died when storm Hester struck the port of Marl, police said."),
                ("south", "Southport News", "The death toll from storm Hester in the port of Marl rose to five, police said.")]
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / "toll.jsonl"
        path.write_text("".join(json.dumps({"id": i, "publisher": p, "inLanguage": "en", "published": "2022-01-12", "text": t}) + "\n" for i, p, t in rows))
        verdicts_of = {c["verdict"] for c in dossier(path, name="toll")["claims"]}
        self.assertIn("superseded", verdicts_of)
        self.assertNotIn("contradicted", verdicts_of)

    def test_an_outlet_that_another_cites_is_itself(self):
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / "houses.jsonl"
        rows = [("a", "Der Spiegel", "Das Werk in Lindau wird im Oktober geschlossen. 340 Beschäftigte verlieren ihre Stelle. "
                                     "Die Leitung schweigt bisher zu den Plänen."),
                ("b", "Seebote", "Das Werk in Lindau wird im Oktober geschlossen, berichtet der Spiegel. 340 Beschäftigte verlieren "
                                 "demnach ihre Stelle.")]
        path.write_text("".join(json.dumps({"id": i, "publisher": p, "published": "2024-05-11", "text": t}) + "\n" for i, p, t in rows))
        d = dossier(path, name="houses")
        spiegel = {o["id"] for o in d["origins"] if "spiegel" in o["name"].lower()}
        self.assertEqual(len(spiegel), 1, d["origins"])
        closing = next(c for c in d["claims"] if "geschlossen" in c["text"])
        self.assertEqual({s["origin"] for s in closing["statements"]}, spiegel)


class Sources(unittest.TestCase):
    def test_who_is_cited_is_the_origin_and_who_cites_a_relay(self):
        lead = {"de": "Die Elbe führt wenig Wasser.", "en": "The river carries little water."}
        rows = [{"id": str(n), "publisher": f"Landpost {n}", "published": "2024-05-02", "inLanguage": language, "text": f"{lead[language]} {sentence}"}
                for n, (language, sentence, _, _) in enumerate(SOURCES)]
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / "sources.jsonl"
        path.write_text("".join(json.dumps(r) + "\n" for r in rows))
        d = dossier(path, name="sources")
        origins = {o["id"]: o for o in d["origins"]}
        found = {}
        for claim in d["claims"]:
            for s in claim["statements"]:
                if s["start"] >= len(lead["de"]) and text_of(d, s).strip() == SOURCES[int(s["article"])][1]:
                    o = origins.get(s["origin"], {"kind": "", "name": ""})
                    name = f"[{o['name']}]" if o["kind"] == "anonymous" else o["name"]
                    found.setdefault(s["article"], set()).add((name, tuple(s.get("via", []))))
        for n, (_, sentence, origin, via) in enumerate(SOURCES):
            with self.subTest(sentence=sentence):
                self.assertEqual(found.get(str(n)), {(origin, tuple(via))})


class Groups(unittest.TestCase):
    def test_outlets_of_one_group_are_one_origin_that_names_both(self):
        rows = [("a", "Seebote", "Laut Bild schließt das Werk in Lindau am 4. Oktober."),
                ("b", "Almbote", "Wie die Welt berichtet, schließt das Werk in Lindau am 4. Oktober. Auch die Bild schrieb, das Werk in Lindau schließe.")]
        OUT.mkdir(parents=True, exist_ok=True)
        path = OUT / "groups.jsonl"
        path.write_text("".join(json.dumps({"id": i, "publisher": p, "published": "2024-05-11", "text": t}) + "\n" for i, p, t in rows))
        d = dossier(path, name="groups")
        self.assertIn("Bild / Die Welt", [o["name"] for o in d["origins"]])
        self.assertNotIn("confirmed", [c["verdict"] for c in d["claims"]])


def verdicts(d, without=()):
    """Verdict by the words of a claim's statements; claims of one wording and those of the articles `without` left out."""
    out = set()
    for c in d["claims"]:
        if any(s["article"] in without for s in c["statements"]):
            continue
        words = frozenset(" ".join(text_of(d, s).split()) for s in c["statements"])
        if len(words) > 1:
            out.add((c["verdict"], words))
    return out


class Properties(unittest.TestCase):
    """What must not change a verdict."""
    OTHER = ("Almbote", "2020-01-12T09:00:00+01:00", "Im Ahorntal öffnet eine Käserei",
             "Im Ahorntal hat eine Käserei eröffnet. Sie verarbeitet die Milch von 90 Kühen. Der Laib reift neun Monate im Stollen. "
             "Wanderer können durch ein Fenster zusehen. Die Sennerin hat in Bern gelernt.")

    def test_order(self):
        for name, articles in STACKS.items():
            want = verdicts(make(name, articles))
            self.assertEqual(want, verdicts(make(name, articles, order=range(len(articles))[::-1])), name)

    def test_an_unrelated_article(self):
        for name, articles in STACKS.items():
            want = verdicts(make(name, articles))
            got = verdicts(make(name, articles, extra=[self.OTHER]), without=[f"{name}-{len(articles)}"])
            self.assertEqual(want, got, name)

    def test_an_article_twice(self):
        for name, articles in STACKS.items():
            want = verdicts(make(name, articles))
            got = verdicts(make(name, articles, extra=[articles[0]]))
            changed = {(v, w) for v, w in want ^ got}
            by_words = {w for _, w in want} & {w for _, w in got}
            self.assertEqual({c for c in changed if c[1] in by_words}, set(), name)


if __name__ == "__main__":
    unittest.main(verbosity=1)
