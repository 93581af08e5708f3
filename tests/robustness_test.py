#!/usr/bin/env python3
"""Web archives good and broken, encodings and odd strings that are not part of the project: looked for in
$TWOSOURCE_SHARED or ../shared (folder bench/robustness). Skipped with a message when they are absent.

Every archive has as many records of each type as an independent reader counted (warc-counts.json), and what cannot be read
is named with its reason and its record."""
import json
import os
import pathlib
import re
import unittest

from support import ROOT, lines, run, skip

FOLDER = pathlib.Path(os.environ.get("TWOSOURCE_SHARED", ROOT.parent / "shared")) / "bench" / "robustness"
FILES = FOLDER / "files"
PAGE_TYPES = ("response", "resource", "conversion")

# What is wrong with each malformed file: the record (None: the file as a whole) and words of the reason.
BROKEN = {
    "resiliparse__clipped.warc.gz": [(1, "truncated gzip data")],
    "resiliparse__block-sized-records.warc.lz4": [(None, "LZ4 archive")],
    "resiliparse__warcfile.warc.lz4": [(None, "LZ4 archive")],
    "warcio__bad.arc": [(1, "without a length"), (2, "head that cannot be read"), (3, "no HTTP answer"),
                        (4, "head that cannot be read")],
    "warcio__example-space-in-url.arc": [(2, "cut short, 1579 of 1591 bytes")],
    "warcio__example-trunc.warc": [(3, "truncated gzip data"), (None, "bytes between its records")],
}
# Articles of archives that are no plain good ones; nothing around a break is lost.
ARTICLES = {"warcio__example-bad.warc.gz.bad": 1, "warcio__example-wrong-chunks.warc.gz": 1, "resiliparse__clueweb-quirk.warc.gz": 29,
            "warcio__example-bad-non-chunked.warc.gz": 1, "warcio__example.arc": 1, "warcio__example.arc.gz": 1,
            "resiliparse__warcfile.warc.gz": 16, "warcio__example-iana.org-chunked.warc": 1}


def read(path):
    """Articles, notes about the file, and what was skipped: (record or None, reason)."""
    articles = lines(run("read", "--text-only", path, code=None))
    skipped, notes = [], []
    for line in run.stderr.splitlines():
        found = re.match(rf"(skipped|note): {re.escape(str(path))}(?::(\d+))?: (.*)", line)
        if found and found[1] == "skipped":
            skipped.append((int(found[2]) if found[2] else None, found[3]))
        elif found:
            notes.append(found[3])
    return articles, notes, skipped


class Robustness(unittest.TestCase):
    def test_every_record_is_counted(self):
        for name, want in json.loads((FOLDER / "warc-counts.json").read_text()).items():
            with self.subTest(name):
                _, notes, _ = read(FILES / name)
                counts = [n for n in notes if re.match(r"\d+ records, ", n)]
                self.assertEqual(len(counts), 1, notes)
                self.assertEqual(int(counts[0].split()[0]), want["records"])
                for kind, count in want["types"].items():
                    if kind not in PAGE_TYPES:
                        self.assertIn(f"{count} {kind}", counts[0].split(", "))

    def test_what_is_broken_is_named(self):
        for path in sorted(FILES.iterdir()):
            with self.subTest(path.name):
                _, _, skipped = read(path)
                want = BROKEN.get(path.name, [])
                self.assertEqual(run.code, 4 if want else 0)
                self.assertEqual([record for record, _ in skipped], [record for record, _ in want])
                for (_, reason), (_, words) in zip(skipped, want):
                    self.assertIn(words, reason)

    def test_what_is_whole_is_read(self):
        for name, want in ARTICLES.items():
            with self.subTest(name):
                articles, _, _ = read(FILES / name)
                self.assertEqual(len(articles), want)
        for path in (*FILES.glob("html5lib__*"), *FILES.glob("blns__*")):
            with self.subTest(path.name):
                articles, _, _ = read(path)
                self.assertEqual(len(articles), 1)
                self.assertTrue(articles[0]["text"])


if __name__ == "__main__":
    if not FILES.is_dir():
        skip(f"no files under {FILES}")
    unittest.main()
