"""What the tests of `watch` share: a folder and a record of its own for each test."""
import json
import os
import shutil
import subprocess
import time
import unittest

import jsonschema

from support import OUT, PROGRAM, ROOT, lines, run

SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "schema/watch.schema.json").read_text(encoding="utf-8")))
TELLING = ("confirmed", "contradicted", "superseded", "withdrawn")
LOCAL = ("--allow-private", "--pause", "0", "--timeout", "5")


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = OUT / "watch" / self.id().rsplit(".", 1)[-1]
        shutil.rmtree(self.dir, ignore_errors=True)
        self.inbox = self.dir / "inbox"
        self.inbox.mkdir(parents=True)
        self.record = self.dir / "story.db"
        self.out = self.dir / "changes.jsonl"

    def put(self, name, source=None, text=None):
        """A file that has lain still for a minute."""
        path = self.inbox / name
        shutil.copyfile(source, path) if source else path.write_text(text, encoding="utf-8")
        os.utime(path, (time.time() - 60,) * 2)

    def once(self, *inputs, args=(), code=0):
        out = run("watch", *(inputs or (self.inbox,)), "--record", self.record, "--once", "--json", *LOCAL, *args, code=code)
        rows = lines(out)
        for row in rows:
            error = jsonschema.exceptions.best_match(SCHEMA.iter_errors(row))
            self.assertIsNone(error, error and f"{error.json_path}: {error.message[:300]}")
        return rows

    def start(self, *inputs, args=(), settle=0.2):
        return subprocess.Popen([PROGRAM, "watch", *map(str, inputs or (self.inbox,)), "--record", str(self.record), "--settle", str(settle),
                                 *LOCAL, "-o", str(self.out), *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def told(self):
        return lines(self.out.read_text(encoding="utf-8")) if self.out.exists() else []

    def wait(self, until, seconds=60):
        end = time.monotonic() + seconds
        while not until():
            self.assertLess(time.monotonic(), end, "did not happen in time")
            time.sleep(0.05)

    def claims(self):
        return lines(run("claims", "--record", self.record, "--json"))

    def telling(self):
        return sorted((c["verdict"], c["text"]) for c in self.claims() if c["verdict"] in TELLING)
