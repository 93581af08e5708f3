#!/usr/bin/env python3
"""A folder of inputs that nobody should have to read: each is named with a reason, exit 4, the good one is
processed, memory stays bounded."""
import gzip
import resource
import shutil
import subprocess
import unittest

from support import OUT, PROGRAM, lines, run

GOOD = "Die Brücke wurde am Montag gesperrt. Das sagte die Sprecherin der Stadt, Anna Berg.\n"


def build(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "empty.txt").write_bytes(b"")
    with open(folder / "zeros.txt", "wb") as f:
        f.truncate(200 << 20)
    (folder / "latin1.txt").write_bytes("Der Bürgermeister kündigte für Übermorgen größere Änderungen an. Es wird früh gelöscht.\n".encode("latin-1"))
    (folder / "broken.txt").write_bytes("Die Straße blieb g".encode() + b"\xff\xfe\xc3" + "esperrt. Niemand wurde verletzt.\n".encode())
    (folder / "deep.html").write_text("<html><body>" + "<div>" * 100000 + "Text" + "</div>" * 100000 + "</body></html>")
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"A" * (80 << 20)))
    (folder / "truncated.txt.gz").write_bytes(gzip.compress(GOOD.encode() * 2000)[:-40])


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = OUT / "hostile"
        build(cls.folder)
        cls.rows = lines(run("read", cls.folder, code=4))
        cls.stderr = run.stderr

    def test_each_is_named_with_a_reason(self):
        for name in ("picture.png", "empty.txt", "zeros.txt", "latin1.txt", "broken.txt", "deep.html", "bomb.txt.gz", "truncated.txt.gz"):
            named = [line for line in self.stderr.splitlines() if name in line]
            self.assertTrue(named, f"{name} is not named in:\n{self.stderr}")
            self.assertGreater(len(named[0].split(name, 1)[1].strip(" :")), 8, named[0])

    def test_the_good_one_and_the_readable_ones_are_processed(self):
        by_id = {r["id"]: r for r in self.rows}
        self.assertEqual(by_id["good"]["text"].strip(), GOOD.strip())
        self.assertIn("Bürgermeister", by_id["latin1"]["text"])
        self.assertIn("Niemand wurde verletzt", by_id["broken"]["text"])
        for name in ("picture", "empty", "zeros"):
            self.assertNotIn(name, by_id)

    def test_memory_is_bounded(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        p = subprocess.run([PROGRAM, "read", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit, timeout=120)
        if b"Sanitizer" in p.stderr and b"failed to allocate" in p.stderr:
            self.skipTest("a sanitizer reserves more addresses than any limit")
        self.assertEqual(p.returncode, 4, p.stderr.decode()[-500:])

    def test_a_dossier_over_it_still_comes_out(self):
        path = OUT / "hostile.html"
        run("dossier", self.folder, "-o", path, code=4)
        self.assertIn("Anna Berg", path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
