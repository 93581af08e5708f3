#!/usr/bin/env python3
"""Scores what twosource found in a made-up archive (make_archive) against its truth.

  score_archive.py TRUTH.tsv [--copies COPIES.jsonl] [--events EVENTS.jsonl]

Copies: pairs of articles that share a source; F1 of the pairs listed. Events: B-Cubed F1 (Amigó et
al. 2009) over the articles that are of an event; an article of no event found is one of its own.
"""
import argparse, collections, itertools, json


def bcubed(truth, found):
    size, gold, both = collections.Counter(), collections.Counter(), collections.Counter()
    for article, event in truth.items():
        cluster = found.get(article, article)
        size[cluster] += 1
        gold[event] += 1
        both[cluster, event] += 1
    precision = sum(n * n / size[c] for (c, _), n in both.items()) / len(truth)
    recall = sum(n * n / gold[e] for (_, e), n in both.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("truth")
    parser.add_argument("--copies")
    parser.add_argument("--events")
    options = parser.parse_args()
    events, sources = {}, collections.defaultdict(list)
    for line in open(options.truth):
        article, event, drawn = line.rstrip("\n").split("\t")
        if event != "-":
            events[article] = event
        for source in drawn.split():
            sources[source].append(article)
    if options.copies:
        want = {tuple(sorted(p)) for s in sources.values() for p in itertools.combinations(s, 2)}
        got = {tuple(sorted((d["a"], d["b"]))) for d in map(json.loads, open(options.copies))}
        hit = len(want & got)
        p, r = hit / max(1, len(got)), hit / max(1, len(want))
        print(f"copies: pairs {len(want)} P {p:.4f} R {r:.4f} F1 {2 * p * r / max(1e-9, p + r):.4f}")
    if options.events:
        found = {}
        for event in map(json.loads, open(options.events)):
            for article in event["articles"]:
                found[article] = event["id"]
        print("events: B-Cubed P {:.4f} R {:.4f} F1 {:.4f}".format(*bcubed(events, found)))


if __name__ == "__main__":
    main()
