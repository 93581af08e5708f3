#!/usr/bin/env python3
"""A language that the program does not bring: the French pack of examples/langpack-fr, read with --lang-pack. German and
English articles must read the same with and without it, and a broken table must be refused with file and line."""
import json
import pathlib
import shutil
import tempfile
import unittest

from support import ROOT, lines, run

PACK = ROOT / "examples/langpack-fr"
PUBLISHED = "2021-03-03"  # a Wednesday
# sentence, expected times as "words=value; …"
SENTENCES = [
    ("Le tribunal a été ouvert mardi dernier à 14h30.", "mardi dernier=2021-03-02; 14h30=2021-03-02T14:30"),
    ("Il y a trois jours, le pont a été fermé.", "Il y a trois jours=2021-02-28"),
    ("Hier soir, le navire était au port.", "Hier soir=2021-03-02TEV"),
    ("Avant-hier, il était malade.", "Avant-hier=2021-03-01"),
    ("Demain, il sera à Marseille.", "Demain=2021-03-04"),
    ("Elle avait quitté la ville le 1er mai 2019.", "le 1er mai 2019=2019-05-01"),
    ("Le musée ouvre le 14 juillet 2021.", "le 14 juillet 2021=2021-07-14"),
    ("La semaine prochaine, il pleuvra.", "La semaine prochaine=2021-W10"),
    ("L'année dernière, tout était calme.", "L'année dernière=2020"),
    ("La réunion a duré deux heures et 15 minutes.", "deux heures et 15 minutes=PT2H15M"),
    ("Le voyage dure quatre-vingt-dix minutes.", "quatre-vingt-dix minutes=PT90M"),
    ("Les travaux durent six semaines.", "six semaines=P6W"),
    ("Le pont ferme du 5 au 9 avril 2021.", "5=2021-04-05; 9 avril 2021=2021-04-09"),
    ("Les ventes ont monté en mars 2019.", "mars 2019=2019-03"),
    ("Chaque semaine, le marché ouvre.", "Chaque semaine=P1W"),
    ("Le port est grand.", ""),
]
GERMAN = "Am Montagabend kamen rund 200 Gäste, vor drei Wochen waren es zwölf. Le pont ferme mardi."
ENGLISH = "About 200 guests came last Monday, three weeks after the storm. Le pont ferme mardi."


def read(rows, *args):
    return lines(run("read", "--as-is", *args, "-", stdin="\n".join(map(json.dumps, rows)).encode()))


def article(language, text):
    return {"id": "1", "inLanguage": language, "published": PUBLISHED, "text": text}


class LanguagePack(unittest.TestCase):
    def test_times(self):
        for sentence, want in SENTENCES:
            a = read([article("fr", sentence)], "--lang-pack", PACK)[0]
            got = "; ".join(f"{sentence[t['start']:t['end']]}={t['value']}" for t in a["times"])
            self.assertEqual(got, want, sentence)

    def test_measures(self):
        sentence = "Environ 250 personnes ont payé 12,50 euros."
        a = read([article("fr", sentence)], "--lang-pack", PACK)[0]
        got = [(m["unit"], m["value"], m.get("bound")) for m in a["measures"]]
        self.assertEqual(got, [("count", "250", "approx"), ("money", "12.5 EUR", None)])

    def test_other_languages_stay(self):
        for language, text in (("de", GERMAN), ("en", ENGLISH)):
            without = read([article(language, text)])
            self.assertEqual(read([article(language, text)], "--lang-pack", PACK), without)

    def test_broken_table_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            pack = pathlib.Path(folder) / "pack"
            shutil.copytree(PACK, pack)
            rules = pack / "fr/time_rules.tsv"
            count = len(rules.read_text(encoding="utf-8").splitlines())
            with rules.open("a", encoding="utf-8") as out:
                out.write("slip\t[ <mois> ]\tDATE\tdate m={mois}\t-\n")
            run("read", "--as-is", "--lang-pack", pack, "-", stdin=b"", code=None)
            self.assertNotEqual(run.code, 0)
            self.assertIn(f"time_rules.tsv:{count + 1}: ", run.stderr)
            self.assertIn("mois", run.stderr)


if __name__ == "__main__":
    unittest.main()
