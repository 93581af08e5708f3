#!/usr/bin/env python3
"""Agency credits in the forms of tests/credits/forms.tsv: precision, recall and F1 of each half, with a floor under them.

Every form stands in an article of its own: a line before or after the body, glued to its first or last sentence, as a
sentence inside it or in the author field. A hit is an agency with the right use (text or photo). `--dev` prints the
mistakes of the half that may be looked at.
"""
import json
import pathlib
import sys
import unittest

from support import ROOT, lines, run

BODY = {
    "de": ["Die Gespräche über den neuen Hafen gehen am Donnerstag weiter.",
           "Der Gemeinderat will bis zum Herbst entscheiden, ob der Kai verlängert wird.",
           "Anwohner hatten zuletzt vor mehr Lärm gewarnt und eine Umfahrung gefordert."],
    "en": ["Talks about the new harbour will go on next week, the council said.",
           "Members want to decide by autumn whether the quay should be made longer.",
           "People who live near by had warned of more noise and asked for another road."],
}
# F1 in percent, a little under what was measured when the tables were last changed.
FLOOR = {"dev": 97, "held": 96}


def rows():
    for line in (ROOT / "tests/credits/forms.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#!":
            part, language, where, form, text, photo = line.split("\t")
            yield {"part": part, "language": language, "where": where, "form": form,
                   "gold": {(a, use) for cell, use in ((text, "text"), (photo, "photo")) for a in cell.split("|") if a}}


def document(number, row):
    body = list(BODY[row["language"]])
    before, after = [], []
    form = row["form"]
    match row["where"]:
        case "start":
            body[0] = form + body[0]
        case "end":
            body[-1] += form
        case "inside":
            body.insert(2, form)
        case "first":
            before = [form]
        case "last":
            after = [form]
    out = {"id": str(number), "headline": {"de": "Streit um den neuen Hafen", "en": "Row over the new harbour"}[row["language"]],
           "published": "2024-03-12", "text": "\n\n".join(before + [" ".join(body[:2]), " ".join(body[2:])] + after)}
    if row["where"] == "author":
        out["author"] = form
    return out


def found(table, *arguments):
    given = "\n".join(json.dumps(document(i, row), ensure_ascii=False) for i, row in enumerate(table))
    articles = lines(run("read", "-", "--format", "jsonl", "--json", *arguments, stdin=given.encode()))
    return [{(c["name"], c["kind"]) for c in a["agencies"]} for a in articles]


def score(pairs):
    hits = sum(len(gold & have) for gold, have in pairs)
    given, wanted = sum(len(have) for _, have in pairs), sum(len(gold) for gold, _ in pairs)
    p, r = hits / max(given, 1), hits / max(wanted, 1)
    return 100 * p, 100 * r, 100 * 2 * p * r / max(p + r, 1e-9)


class Credits(unittest.TestCase):
    def test_forms_are_read_as_expected(self):
        table = list(rows())
        self.assertGreaterEqual(len(table), 150)
        have = found(table)
        self.assertEqual(len(have), len(table))
        for part, floor in FLOOR.items():
            pairs = [(row["gold"], names) for row, names in zip(table, have) if row["part"] == part]
            p, r, f1 = score(pairs)
            print(f"{part}: {len(pairs)} forms, P {p:.1f} R {r:.1f} F1 {f1:.1f}")
            self.assertGreaterEqual(f1, floor, part)


def print_mistakes(arguments):
    table = list(rows())
    for row, names in zip(table, found(table, *arguments)):
        if row["part"] == "dev" and names != row["gold"]:
            print(f"{row['where']:7} {row['form']!r:60} want {sorted(row['gold'])} have {sorted(names)}")


if __name__ == "__main__":
    if "--dev" in sys.argv:
        print_mistakes([a for a in sys.argv[1:] if a != "--dev"])
        sys.exit(0)
    unittest.main()
