#!/usr/bin/env python3
"""The measures of tests/measures/*.tsv: precision, recall and F1 of each language and half, with a floor under them.

A measure counts when kind, value and unit, bound, modality and (where the expectation names it) the head noun are right;
`values` counts kind, value and unit alone. Durations of one length are one value (P2W, P14D). `--dev` prints the mistakes
of the half that may be looked at; further arguments go to `read`, e.g. --lang-pack DIR.
"""
import json
import pathlib
import re
import sys
import unittest

from support import ROOT, lines, run

LANGUAGES = ("de", "en")
HALVES = ("dev", "held")
# F1 of all parts, percent: a little under what was measured when the tables were last changed.
FLOOR = {("de", "dev"): 98, ("de", "held"): 90, ("en", "dev"): 97, ("en", "held"): 94}
BOUNDS = ("approx", "at-least", "more-than", "at-most", "less-than", "nearly")
MODALITIES = ("planned", "possible", "denied")
SECONDS = {"W": 604800, "D": 86400, "H": 3600, "TM": 60, "S": 1}
MONTHS = {"Y": 12, "M": 1}


def duration(text):
    months = seconds = 0.0
    date, _, time = text[1:].partition("T")
    for part, is_time in ((date, False), (time, True)):
        for number, unit in re.findall(r"([\d.]+)([A-Z])", part):
            if not is_time and unit in MONTHS:
                months += float(number) * MONTHS[unit]
            else:
                seconds += float(number) * SECONDS["TM" if unit == "M" else unit]
    return f"{months:g}mo {seconds:g}s"


def normalised(value):
    """The value with its numbers to six digits and durations as lengths."""
    if re.fullmatch(r"P(T?[\d.]+[YMWDHS])+", value):
        return duration(value)
    return re.sub(r"\d+(\.\d+)?(e[+]\d+)?", lambda m: f"{float(m[0]):.6g}", value)


# Units of the tables that the program keeps in others, and kinds whose values are compared in the unit kept.
KEPT = {"mph": (1.609344, "km/h"), "barrels": (0.158987294928, "m3"), "knots": (1.852, "km/h")}
KEPT_KINDS = ("length", "area", "volume", "weight", "speed", "power", "energy", "temperature")


def in_kept_unit(kind, value):
    number, _, name = value.partition(" ")
    factor, name = KEPT.get(name, (1, name))
    if kind not in KEPT_KINDS:
        return normalised(value)
    return normalised(" ".join(("-".join(f"{float(n) * factor:g}" for n in re.findall(r"^-?[\d.]+|[\d.]+", number)), name)))


def expected(cell):
    """The measures of a cell of the table: (kind, value and unit, bound, modality, head noun or None)."""
    found = []
    for item in cell.split("; ") if cell != "-" else []:
        item, _, head = item.partition(" of ")
        kind, *rest = item.split()
        bound = next((r for r in rest if r in BOUNDS), "exact")
        modality = next((r for r in rest if r in MODALITIES), "actual")
        value = " ".join(r for r in rest if r not in BOUNDS + MODALITIES)
        found.append((kind, in_kept_unit(kind, value), bound, modality, head or None))
    return found


def predicted(article):
    found = []
    for m in article["measures"]:
        bound = m.get("bound") or ("approx" if m["approx"] else "exact")
        value = m["value"]
        if m["unit"] in KEPT_KINDS:
            value = "-".join(f"{v:g}" for v in sorted({m["low"], m["high"]})) + " " + m["unitName"]
        found.append((m["unit"], normalised(value), bound, m["modality"], m["of"]))
    return found


def matches(gold, ours, whole):
    """How many of the measures agree, each used once."""
    left = list(ours)
    hits = 0
    for g in gold:
        for o in left:
            if g[:2] == o[:2] and (not whole or (g[2:4] == o[2:4] and g[4] in (None, o[4]))):
                left.remove(o)
                hits += 1
                break
    return hits


def table(language):
    """(half, sentence, expected measures) of each row."""
    rows = []
    for line in (ROOT / f"tests/measures/{language}.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#!":
            half, sentence, cell = line.split("\t")
            rows.append((half, sentence, expected(cell)))
    return rows


def read(language, rows, args=()):
    articles = [{"id": str(i), "inLanguage": language, "published": "2021-03-03", "text": sentence}
                for i, (_, sentence, _) in enumerate(rows)]
    path = pathlib.Path("-")
    out = run("read", "--as-is", *args, path, stdin="\n".join(map(json.dumps, articles)).encode())
    by_id = {a["id"]: a for a in lines(out)}
    return [predicted(by_id[a["id"]]) for a in articles]


def figures(gold, ours, whole):
    hits = sum(matches(g, o, whole) for g, o in zip(gold, ours))
    predictions, wanted = sum(map(len, ours)), sum(map(len, gold))
    precision, recall = hits / max(1, predictions), hits / max(1, wanted)
    return 100 * precision, 100 * recall, 200 * hits / max(1, predictions + wanted)


def score(args=(), show=False):
    """F1 by (language, half); prints the figures, and with `show` the mistakes of the dev half."""
    result = {}
    for language in LANGUAGES:
        rows = table(language)
        ours = read(language, rows, args)
        for half in HALVES:
            picked = [(r, o) for r, o in zip(rows, ours) if r[0] == half]
            gold, found = [r[2] for r, _ in picked], [o for _, o in picked]
            p, r, f = figures(gold, found, True)
            values = figures(gold, found, False)[2]
            result[language, half] = f
            print(f"{language} {half}: {len(picked)} sentences, {sum(map(len, gold))} measures, "
                  f"P {p:.1f} R {r:.1f} F1 {f:.1f}, values F1 {values:.1f}")
            for row, o in picked if show and half == "dev" else []:
                if len(row[2]) != len(o) or matches(row[2], o, True) != len(o):
                    print(f"  {row[1]}\n    want {row[2]}\n    got  {o}")
    return result


class Measures(unittest.TestCase):
    def test_table_is_large_enough(self):
        for language in LANGUAGES:
            self.assertGreaterEqual(len(table(language)), 200, language)

    def test_floor(self):
        for key, f in score().items():
            self.assertGreaterEqual(f, FLOOR[key], key)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--dev":
        score(sys.argv[2:], show=True)
    else:
        unittest.main()
