#!/usr/bin/env python3
"""Article text from web pages: twosource beside trafilatura and Resiliparse, in one run on the same pages.

  bench/peers/pages.py --data DIR [--bin build/release/twosource] [--sets trafilatura-eval,fundus-publishers]

DIR holds the public test data (a folder a set, each with html-dev.tar.zst, input-dev.jsonl, gold-dev.jsonl and score.py). The
peers are installed from PyPI into build/peers/venv on the first run. Every program reads the pages from disk on one core and
gives text; what is timed is the processor time of that process, start-up included. Quality is what the sets' own scorers say.
"""
import argparse, json, os, pathlib, resource, subprocess, sys, tempfile

from peers_venv import ROOT, environment

PEERS = ("trafilatura", "resiliparse")
PACKAGES = ("trafilatura==2.3.1", "resiliparse==2.0.1", "lxml_html_clean")
FIGURES = {"trafilatura-eval": ("lang=de.segments.f1", "lang=en.segments.f1"),
           "fundus-publishers": ("lang=de.shingle4.f1", "lang=de.paragraph_match.f1"),
           "scrapinghub-aeb": ("all.shingle4.f1",), "fundus-eval-en": ("all.shingle4.f1",), "naeb-news-en": ("all.shingle4.f1",)}

PEER = """
import json, sys
name, manifest = sys.argv[1:3]
rows = [json.loads(line) for line in open(manifest, encoding="utf-8")]
if name == "trafilatura":
    from trafilatura import extract
    text_of = lambda page, url: extract(page, url=url, include_comments=False) or ""
else:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding, bytes_to_str
    text_of = lambda page, url: extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True, alt_texts=False)
for row in rows:
    with open(row["file"], "rb") as f:
        page = f.read()
    text = text_of(page, row.get("url"))
    print(json.dumps({"id": row["id"], "text": text, "paragraphs": [p for p in text.split("\\n") if p.strip()]}))
"""


def timed(argv, cwd):
    """Standard output of a program and the processor seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(a) for a in argv], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 4):
        sys.exit(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(out):
    for line in out.splitlines():
        a = json.loads(line)
        body = [p for p in a["paragraphs"] if p["kind"] != "headline"]
        parts = [a["text"][p["start"]:p["end"]] for p in body]
        yield {"id": a["id"], "text": "\n".join(parts) if body else a["text"], "paragraphs": parts}


def figures(folder, system, name):
    """The figures of one set by its own scorer, in per cent."""
    out = subprocess.run([sys.executable, folder / "score.py", folder / "gold-dev.jsonl", system, "--by", "lang", "--json"],
                         stdout=subprocess.PIPE, check=True).stdout
    scores, found = json.loads(out), []
    for path in FIGURES[name]:
        value = scores
        for key in path.split("."):
            value = value[key]
        found.append(f"{path} {100 * value:.1f}")
    return ", ".join(found)


def compare(name, a, python, tmp):
    folder = pathlib.Path(a.data) / name
    pages = tmp / name
    pages.mkdir()
    subprocess.run(["tar", "--zstd", "-xf", folder / "html-dev.tar.zst", "-C", pages], check=True)
    rows = [json.loads(line) for line in open(folder / "input-dev.jsonl", encoding="utf-8")]
    manifest = pages / "pages.jsonl"
    manifest.write_text("".join(json.dumps({k: r[k] for k in ("id", "url", "file") if k in r}) + "\n" for r in rows))
    megabytes = sum((pages / r["file"]).stat().st_size for r in rows) / 1e6
    print(f"{name}: {len(rows)} pages, {megabytes:.1f} MB")
    script = tmp / "peer.py"
    script.write_text(PEER)
    runs = [("twosource", [a.bin, "read", "--text-only", "--threads", 1, "-q", "--format", "jsonl", manifest])]
    runs += [(peer, [python, script, peer, manifest]) for peer in PEERS]
    for program, argv in runs:
        out, seconds = timed(argv, pages)
        system = tmp / f"{name}.{program}.jsonl"
        system.write_bytes(out if program != "twosource" else "".join(json.dumps(r) + "\n" for r in ours(out)).encode())
        print(f"  {program:12} {seconds:7.2f} s processor time {megabytes / seconds:7.1f} MB/s   {figures(folder, system, name)}", flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", required=True)
    p.add_argument("--bin", default=str(ROOT / "build" / "release" / "twosource"))
    p.add_argument("--sets", default="trafilatura-eval,fundus-publishers")
    a = p.parse_args()
    a.bin = os.path.abspath(a.bin)
    python = environment(PACKAGES)
    with tempfile.TemporaryDirectory() as tmp:
        for name in a.sets.split(","):
            compare(name, a, python, pathlib.Path(tmp))


if __name__ == "__main__":
    main()
