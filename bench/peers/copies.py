#!/usr/bin/env python3
"""Near-copies and passages: twosource beside datasketch, text-dedup and text-matcher, in one run on the same texts.

  bench/peers/copies.py --data DIR [--bin build/release/twosource]

DIR/press_reuse_de is the public test data with articles-dev.jsonl.gz and score.py. The peers are installed from PyPI into
build/peers/venv on the first run. datasketch: MinHash of 128 permutations over the words' five-grams, found by LSH above a Jaccard
similarity; its pairs are taken as they come. text-dedup does the same (text_dedup.minhash) and gives clusters; it is put in without
Spark and TensorFlow, which it asks for and MinHash does not use. text-matcher aligns passages of two texts and is given the pairs
that the data has passages of, and the traps; it finds no pairs. Each runs on one thread, reading included; what is timed is processor
and wall time of that process. twosource finds pairs and passages in the same time.
"""
import argparse, gzip, json, os, pathlib, resource, subprocess, sys, tempfile, time

from peers_venv import ROOT, environment

PACKAGES = ("datasketch==2.0.0", "datasets==5.2.0", "click<9", "click-option-group<0.6", "scipy", "xxhash", "tqdm", "rich", "regex", "bitarray",
            "ftfy", "psutil", "text-matcher==0.1.6")
ALONE = ("text-dedup==0.4.0",)

SKETCH = """
import json, re, sys
from datasketch import MinHash, MinHashLSH
threshold, articles = float(sys.argv[1]), sys.argv[2]
sketches = {}
for line in open(articles, encoding="utf-8"):
    a = json.loads(line)
    words = re.findall(r"\\w+", a["text"].lower())
    grams = {" ".join(words[i:i + 5]).encode() for i in range(len(words) - 4)}
    if not grams:
        continue
    sketch = MinHash(num_perm=128)
    sketch.update_batch(grams)
    sketches[a["id"]] = sketch
index = MinHashLSH(threshold=threshold, num_perm=128)
for key, sketch in sketches.items():
    index.insert(key, sketch)
pairs = {tuple(sorted((key, other))) for key in sketches for other in index.query(sketches[key]) if other != key}
for a, b in sorted(pairs):
    print(a, b, sep="\\t")
"""

CLUSTERS = """
import json, pickle, sys
union = pickle.load(open(sys.argv[1], "rb"))
for n, line in enumerate(open(sys.argv[2], encoding="utf-8")):
    print(json.loads(line)["id"], union.find(n), sep="\\t")
"""

MATCHER = """
import contextlib, io, json, sys
from text_matcher.matcher import Matcher, Text
class Plain(Text):
    def preprocess(self, text):  # leaves the offsets as they are
        pass
raw = {a["id"]: a["text"] for a in map(json.loads, open(sys.argv[2], encoding="utf-8"))}
made = {}
def text(i):
    if i not in made:
        made[i] = Plain(raw[i], i, removeStopwords=False)
    return made[i]
for line in open(sys.argv[1], encoding="utf-8"):
    a, b = line.split()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            match = Matcher(text(a), text(b), removeStopwords=False)
            match.match()
        except (IndexError, RecursionError):  # at the end of a text
            continue
    for x, y in zip(match.locationsA, match.locationsB):
        print(a, b, *x, *y, sep="\\t")
"""


def timed(argv):
    """Standard output of a program, the processor seconds and the wall seconds it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([str(a) for a in argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **threads))
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 4):
        sys.exit(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def score(folder, task, system):
    out = subprocess.run([sys.executable, folder / "score.py", task, system, "--split", "dev", "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(out.stdout)


def percent(x):
    return f"{100 * x:5.1f}"


def pairs_line(s):
    between = s["between"]
    return (f"between outlets P {percent(between['precision'])} R {percent(between['recall'])} F1 {percent(between['f1'])}, "
            f"within P {percent(s['within']['precision'])}, traps joined {percent(s['traps_joined'])}")


def spans_line(s):
    s = s.get("all", s)
    return f"passages plagdet {percent(s['plagdet'])}, granularity {s['granularity']:.3f}"


def known_pairs(folder):
    """Pairs of documents of which the data says which passages they share, or that they share none."""
    pairs = {(d["a"], d["b"]) for d in map(json.loads, open(folder / "spans_silver-dev.jsonl", encoding="utf-8"))}
    for line in open(folder / "pairs_trap-dev.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            pairs.add(tuple(line.split("\t")[:2]))
    return sorted(pairs)


def originals(found, first):
    """Each document's closest partner that comes before it: the `original` of the pair, or else, where wanted, the first of the pair."""
    best = {}
    for r in found:
        named = r[r["original"]] if r["original"] else r["a"] if first else None
        if named is None:
            continue
        copy = r["b"] if named == r["a"] else r["a"]
        best[copy] = max(best.get(copy, (-1, "")), (r["containment"], named))
    return "".join(f"{copy}\t{named}\n" for copy, (_, named) in best.items())


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--bin", default=str(ROOT / "build" / "release" / "twosource"))
    a = p.parse_args()
    folder = pathlib.Path(a.data) / "press_reuse_de"
    python = environment(PACKAGES, ALONE)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = pathlib.Path(tmp)
        with gzip.open(folder / "articles-dev.jsonl.gz", "rt", encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        articles = tmp / "articles.jsonl"
        articles.write_text("".join(json.dumps({"id": r["id"], "url": r["url"], "publisher": r["outlet"], "published": r["date"], "text": r["text"],
                                                "authors": [r["author"]] if r.get("author") else []}) + "\n" for r in rows))
        (tmp / "sketch.py").write_text(SKETCH)
        print(f"press_reuse_de: {len(rows)} texts, {sum(len(r['text']) for r in rows) / 1e6:.1f} M characters", flush=True)

        def row(name, line, cpu, wall):
            print(f"  {name:42} {cpu:7.1f} s processor {wall:7.1f} s wall   {line}", flush=True)

        out, cpu, wall = timed([os.path.abspath(a.bin), "copies", "--format", "jsonl", "--as-is", "--json", "--threads", 1, articles])
        found = [json.loads(line) for line in out.splitlines()]
        system = tmp / "pairs.tsv"
        system.write_text("".join(f"{r['a']}\t{r['b']}\n" for r in found))
        spans = tmp / "spans.tsv"
        spans.write_text("".join(f"{r['a']}\t{r['b']}\t{p['a']['start']}\t{p['a']['end']}\t{p['b']['start']}\t{p['b']['end']}\n"
                                 for r in found for p in r["passages"]))
        row("twosource", pairs_line(score(folder, "pairs", system)) + ", " + spans_line(score(folder, "spans", spans)), cpu, wall)
        for name, first in (("originals by evidence", False), ("or else the first of the pair", True)):
            system.write_text(originals(found, first))
            said = subprocess.run([sys.executable, folder / "score.py", "orig", system, "--split", "dev"], stdout=subprocess.PIPE, check=True, text=True)
            print(f"    {name}: {said.stdout.splitlines()[-1]}", flush=True)
        for threshold in (0.5, 0.3):
            out, cpu, wall = timed([python, tmp / "sketch.py", threshold, articles])
            system.write_bytes(out)
            row(f"datasketch MinHash LSH, Jaccard {threshold}", pairs_line(score(folder, "pairs", system)), cpu, wall)
        for name in ("peer.py", "clusters.py"):
            (tmp / name).write_text(MATCHER if name == "peer.py" else CLUSTERS)
        _, cpu, wall = timed([python, "-m", "text_dedup.minhash", "--path", "json", "--data_files", articles, "--split", "train", "--cache_dir",
                              tmp / "cache", "--output", tmp / "out", "--debug", "--column", "text", "--batch_size", 1000, "--num_perm", 128,
                              "--threshold", 0.3, "--ngram", 5, "--num_proc", 1])
        system.write_bytes(timed([python, tmp / "clusters.py", tmp / "out" / "uf.pkl", articles])[0])
        row("text-dedup MinHash, Jaccard 0.3", pairs_line(score(folder, "dup", system)), cpu, wall)
        pairs = tmp / "pairs.txt"
        pairs.write_text("".join(f"{a} {b}\n" for a, b in known_pairs(folder)))
        out, cpu, wall = timed([python, "-W", "ignore", tmp / "peer.py", pairs, articles])
        spans.write_bytes(out)
        row("text-matcher, pairs given", spans_line(score(folder, "spans", spans)), cpu, wall)


if __name__ == "__main__":
    main()
