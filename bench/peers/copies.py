#!/usr/bin/env python3
"""Near-copies: twosource beside datasketch, in one run on the same texts.

  bench/peers/copies.py --data DIR [--bin build/release/twosource]

DIR/press_reuse_de is the public test data with articles-dev.jsonl.gz and score.py. datasketch is installed from PyPI into
build/peers/venv on the first run: MinHash of 128 permutations over the words' five-grams, found by LSH above a Jaccard similarity;
its pairs are taken as they come. Each runs on one thread, reading included; what is timed is processor and wall time of that process.
twosource aligns the passages in the same time.
"""
import argparse, gzip, json, os, pathlib, resource, subprocess, sys, tempfile, time

from peers_venv import ROOT, environment

PACKAGES = ("datasketch==2.0.0",)

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


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--bin", default=str(ROOT / "build" / "release" / "twosource"))
    a = p.parse_args()
    folder = pathlib.Path(a.data) / "press_reuse_de"
    python = environment(PACKAGES)
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
        row("twosource", pairs_line(score(folder, "pairs", system)), cpu, wall)
        for threshold in (0.5, 0.3):
            out, cpu, wall = timed([python, tmp / "sketch.py", threshold, articles])
            system.write_bytes(out)
            row(f"datasketch MinHash LSH, Jaccard {threshold}", pairs_line(score(folder, "pairs", system)), cpu, wall)


if __name__ == "__main__":
    main()
