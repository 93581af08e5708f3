"""What the end-to-end tests share: running the program, reading its output, where things are."""
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("TWOSOURCE", str(ROOT / "build/release/twosource"))
OUT = pathlib.Path(os.environ.get("TWOSOURCE_OUT", str(ROOT / "build/release/e2e")))
EXAMPLES = ROOT / "examples"
STACKS = ("gipfel", "unglueck", "harbour")


def run(*args, stdin=b"", code=0, cwd=None):
    """Runs the program; stdout as text. Fails when the exit code is not `code` (None: any)."""
    p = subprocess.run([PROGRAM, *map(str, args)], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       cwd=cwd, timeout=240)
    if code is not None and p.returncode != code:
        raise AssertionError(f"{' '.join(map(str, args))}: exit {p.returncode}, expected {code}\n{p.stderr.decode(errors='replace')[-2000:]}")
    run.stderr = p.stderr.decode("utf-8", errors="replace")
    run.code = p.returncode
    return p.stdout.decode("utf-8")


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def dossier(*inputs, args=(), code=0, name="dossier"):
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.json"
    run("dossier", *inputs, *args, "-o", path, code=code)
    return json.loads(path.read_text(encoding="utf-8"))


def nameless(text):
    """Without ids of findings: those of a record derive from what they name, those of a stack are counted."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID", text)
    return re.sub(r"\b[a-z](?:[0-9a-z]{12}|[0-9]+)\b", "ID", text)


def stack(name):
    return EXAMPLES / name


def older_record(version, path, folder):
    """A record as a program of that schema wrote it of files of `folder`."""
    import sqlite3
    with sqlite3.connect(path, isolation_level=None) as db:
        db.executescript((ROOT / f"tests/records/schema{version}.sql").read_text(encoding="utf-8"))
        for table in ("articles", "watch_files"):
            db.execute(f"UPDATE {table} SET path = replace(path, 'inb/', ?)", (f"{folder}/",))
    db.close()


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def text_of(d, place):
    """The characters a place {article, start, end} of a dossier stands for."""
    article = next(a for a in d["articles"] if a["id"] == place["article"])
    return article["text"][place["start"]:place["end"]]
