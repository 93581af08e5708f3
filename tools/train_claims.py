#!/usr/bin/env python3
"""Trains the weights of lang/common/claim_weights.tsv: a logistic regression over sentence pairs.

usage: train_claims.py FEATURES.tsv GOLD.jsonl ARTICLES.jsonl [--write FILE]

FEATURES comes from build/…/claim_features; GOLD and ARTICLES are the development claims. Prints
leave-one-event-out precision, recall and F1 of the pairs at several thresholds, of the claims grouped
as src/claim/align.hpp groups them, and with --write the weights trained on all events. Needs numpy.
Deterministic.
"""
import argparse
import itertools
import json

import numpy as np


def sentence_at(article, start, end):
    best, most = None, 0
    for i, (a, b) in enumerate(article["sentences"]):
        overlap = min(end, b) - max(start, a)
        if overlap > most and (2 * overlap >= b - a or 2 * overlap >= end - start):
            best, most = i, overlap
    return best


def gold_pairs(path):
    pairs, copies = {}, {}
    for line in open(path, encoding="utf-8"):
        g = json.loads(line)
        found = pairs.setdefault(g["event"], set())
        off = set(g.get("off_topic", []))
        for c in g["claims"]:
            members = {(s["article"], s["sentence"]) for s in c["statements"] if s["article"] not in off}
            found |= {frozenset(p) for p in itertools.combinations(sorted(members), 2) if p[0][0] != p[1][0]}
        copies[g["event"]] = {frozenset(((c["a"], s), (c["b"], t))) for c in g.get("copies", []) for s, t in c["sentences"]}
    return pairs, copies


def load(features, articles):
    by_id = {}
    for line in open(articles, encoding="utf-8"):
        a = json.loads(line)
        by_id[a["id"]] = a
    rows = open(features, encoding="utf-8")
    names = next(rows).rstrip("\n").split("\t")[7:]
    events, pairs, units, x = [], [], [], []
    for line in rows:
        c = line.rstrip("\n").split("\t")
        i = sentence_at(by_id[c[1]], int(c[2]), int(c[3]))
        j = sentence_at(by_id[c[4]], int(c[5]), int(c[6]))
        events.append(c[0])
        pairs.append(frozenset(((c[1], i), (c[4], j))))
        units.append(((c[1], int(c[2]), i), (c[4], int(c[5]), j)))
        x.append([float(v) for v in c[7:]])
    return names, np.array(events), pairs, units, np.array(x)


UNSEEN = 0.01  # as in src/claim/align.cpp
JOIN, ALSO = 0.32, 0.40


def group(scored, join, also):
    """Average-link groups of units (article, start, sentence), then the sentences that fit a further group."""
    units = sorted({u for pair in scored for u in pair})
    article = np.array([u[0] for u in units])
    at = {u: i for i, u in enumerate(units)}
    n = len(units)
    other = (article[:, None] != article[None, :]).astype(float)
    total, count = UNSEEN * other, other.copy()
    for (a, b), p in scored.items():
        total[at[a], at[b]] = total[at[b], at[a]] = max(p, UNSEEN)
    score = total.copy()
    mean = np.where(count > 0, total, 0)
    groups = {i: [i] for i in range(n)}
    while n:
        i, j = sorted(divmod(int(np.argmax(mean)), n))
        if mean[i, j] < join:
            break
        groups[i] += groups.pop(j)
        for m in (total, count):
            m[i] += m[j]
            m[:, i] = m[i]
            m[j] = m[:, j] = 0
        mean[j] = mean[:, j] = 0
        mean[i] = np.where(count[i] > 0, total[i] / np.maximum(count[i], 1), 0)
        mean[i, i] = 0
        mean[:, i] = mean[i]
    out = []
    for g in groups.values():
        if len(g) < 2:
            continue
        more = []
        for u in range(n):
            others = [v for v in g if article[v] != article[u]]
            if u not in g and others and score[u, others].mean() >= also:
                more.append(u)
        out.append([units[u] for u in g + more])
    return out


def pairs_of_groups(groups):
    out = set()
    for g in groups:
        members = sorted({(u[0], u[2]) for u in g if u[2] is not None})
        out |= {frozenset(p) for p in itertools.combinations(members, 2) if p[0][0] != p[1][0]}
    return out


# Too rare in the development claims to be learnt (9 pairs, all right; 11 pairs, 10 right): set by hand.
FIXED = {"near_value": 4.5, "telling_value": 5.5}


def fit(x, y, names, l2=3e-5, steps=60):
    """Newton's method; the weights of FIXED stay as they are."""
    w = np.array([FIXED.get(n, 0.0) for n in names])
    free = np.array([n not in FIXED for n in names])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = (x.T @ (p - y) / len(y) + l2 * w)[free]
        hessian = ((x * (p * (1 - p))[:, None]).T @ x / len(y) + l2 * np.eye(x.shape[1]))[np.ix_(free, free)]
        step = np.linalg.solve(hessian, gradient)
        w[free] -= step
        if np.abs(step).max() < 1e-7:
            break
    return w


def prf(tp, system, gold):
    p, r = tp / max(1, system), tp / max(1, gold)
    return p, r, 2 * p * r / max(1e-9, p + r)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("features")
    ap.add_argument("gold")
    ap.add_argument("articles")
    ap.add_argument("--write")
    a = ap.parse_args()
    names, events, pairs, units, x = load(a.features, a.articles)
    gold, copies = gold_pairs(a.gold)
    y = np.array([p in gold[e] for e, p in zip(events, pairs)], dtype=float)
    is_copy = np.array([p in copies[e] for e, p in zip(events, pairs)])
    total = sum(len(g) for g in gold.values())
    total_reworded = sum(len(g - copies[e]) for e, g in gold.items())
    print(f"{len(y)} candidates, {int(y.sum())} of {total} gold pairs among them")
    score = np.zeros(len(y))
    for held in sorted(set(events)):
        train = events != held
        score[~train] = 1 / (1 + np.exp(-x[~train] @ fit(x[train], y[train], names)))
    for t in np.arange(0.1, 0.9, 0.05):
        on = score >= t
        p, r, f = prf((y * on).sum(), on.sum(), total)
        rp, rr, rf = prf((y * on * ~is_copy).sum(), (on & ~is_copy).sum(), total_reworded)
        print(f"threshold {t:.2f}  P {100*p:.1f} R {100*r:.1f} F1 {100*f:.1f}   reworded P {100*rp:.1f} R {100*rr:.1f} F1 {100*rf:.1f}")
    claimed = {}
    for e in sorted(set(events)):
        scored = {units[k]: score[k] for k in np.where(events == e)[0]}
        claimed[e] = pairs_of_groups(group(scored, JOIN, ALSO))
    p, r, f = prf(sum(len(c & gold[e]) for e, c in claimed.items()), sum(map(len, claimed.values())), total)
    fresh = {e: c - copies[e] for e, c in claimed.items()}
    rp, rr, rf = prf(sum(len(c & gold[e]) for e, c in fresh.items()), sum(map(len, fresh.values())), total_reworded)
    print(f"claims          P {100*p:.1f} R {100*r:.1f} F1 {100*f:.1f}   reworded P {100*rp:.1f} R {100*rr:.1f} F1 {100*rf:.1f}")
    w = fit(x, y, names)
    for n, v in sorted(zip(names, w), key=lambda t: -abs(t[1])):
        print(f"  {n:16} {v:+.3f}")
    if a.write:
        with open(a.write, "w", encoding="utf-8") as f:
            f.write("# Weights of the logistic regression that says whether two sentences make the same claim.\n"
                    "# Written by tools/train_claims.py; docs/claims.md says on which data and with what result.\n"
                    "# feature: a name of src/claim/similarity.hpp, or join (groups are joined down to this mean) and also\n"
                    "# (a sentence joins further groups from this mean up).\n!columns\tfeature\tweight\n")
            f.write(f"join\t{JOIN:.2f}\nalso\t{ALSO:.2f}\n")
            for n, v in zip(names, w):
                f.write(f"{n}\t{v:.4f}\n")


if __name__ == "__main__":
    main()
