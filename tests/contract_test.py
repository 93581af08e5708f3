#!/usr/bin/env python3
"""The contract: everything that leaves the program fits its schema, evidence stands where it says, the
same input gives the same bytes, exit codes and streams are as documented."""
import json
import random
import re
import unittest
from html import escape

import jsonschema

from support import EXAMPLES, OUT, ROOT, STACKS, dossier, lines, nameless, run, stack, text_of


def schema(name):
    return jsonschema.Draft202012Validator(json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")))


def new_record(name, *stacks):
    OUT.mkdir(parents=True, exist_ok=True)
    record = OUT / f"{name}.record"
    for suffix in ("", "-wal", "-shm"):
        (OUT / f"{name}.record{suffix}").unlink(missing_ok=True)
    run("add", *map(stack, stacks), "--record", record)
    return record


class Schemas(unittest.TestCase):
    def check(self, name, rows):
        validator = schema(name)
        self.assertTrue(rows, f"no output to validate against {name}")
        for row in rows:
            error = jsonschema.exceptions.best_match(validator.iter_errors(row))
            self.assertIsNone(error, error and f"{name}: {error.json_path}: {error.message[:300]}")

    def test_articles(self):
        for name in STACKS:
            self.check("article", lines(run("read", stack(name))))

    def test_dossiers(self):
        for name in STACKS:
            self.check("dossier", [dossier(stack(name), name=name)])
            self.check("dossier", [dossier(stack(name), args=["--full"], name=f"{name}-full")])

    def test_reasons_in_the_language_of_the_page(self):
        for name in STACKS:
            d = dossier(stack(name), name=name)
            page = OUT / f"{name}-reasons.html"
            run("dossier", stack(name), "-o", page)
            html = page.read_text(encoding="utf-8")
            german = '<html lang="de"' in html
            for claim in d["claims"]:
                self.assertEqual(escape(claim["why"], quote=True) in html, not german, claim["why"])

    def test_search(self):
        record = new_record("search", "gipfel")
        rows = lines(run("search", "Stunden", "--record", record, "--json"))
        self.check("search", rows)
        articles = {a["id"]: a for a in lines(run("read", stack("gipfel")))}
        for row in rows:
            for s in row["sentences"]:
                text = articles[row["article"]]["text"]
                self.assertEqual(text[s["start"]:s["end"]], s["text"])
                self.assertTrue(all(text[m["start"]:m["end"]].lower().startswith("stunde") for m in s["matches"]), s)
        run("search", "Unauffindbares", "--record", record)
        self.assertIn("no article", run.stderr)

    def test_corrections(self):
        record = new_record("corrections", "gipfel")
        why = ("--record", record, "--by", "Ada", "--why", "one man")
        one, other = (p["id"] for p in lines(run("people", "--record", record, "--json"))[:2])
        run("correct", "merge-people", one, other, *why)
        run("correct", "undo", "1", *why)
        self.check("correction", lines(run("correct", "list", "--record", record, "--json")))
        self.check("correction", lines(run("correct", "export", "--record", record)))

    def test_corpus_commands(self):
        for command, name in (("copies", "copies"), ("events", "event"), ("claims", "claim"), ("quotes", "quote"),
                              ("people", "person"), ("timeline", "timeline")):
            self.check(name, lines(run(command, stack("gipfel"), "--json")))

    def test_source_map_leads_back_to_the_page(self):
        for path in sorted(stack("harbour").iterdir()):
            page = path.read_bytes()
            articles = lines(run("read", path, "--source-map"))
            self.check("article", articles)
            for a in articles:
                mapped = 0
                for r in a["sourceMap"]:
                    text, bytes_ = a["text"][r["start"]:r["end"]], page[r["page"]["start"]:r["page"]["end"]].decode()
                    self.assertTrue(bytes_ == text or len(text) == 1, (path, text, bytes_))
                    mapped += r["end"] - r["start"]
                self.assertGreater(mapped, 0.95 * len(a["text"].replace("\n", "")), path)

    def test_text_only_gives_the_same_text_without_layers(self):
        whole = lines(run("read", stack("gipfel")))
        bare = lines(run("read", stack("gipfel"), "--text-only"))
        self.check("article", bare)
        layers = ("sentences", "times", "measures", "entities", "mentions", "quotes")
        for a, b in zip(whole, bare, strict=True):
            for layer in layers:
                self.assertTrue(a[layer] or layer != "sentences")
                self.assertEqual(b[layer], [])
            self.assertEqual({k: v for k, v in a.items() if k not in layers}, {k: v for k, v in b.items() if k not in layers})


class Evidence(unittest.TestCase):
    def test_every_offset_of_an_article_lies_in_its_text(self):
        for name in STACKS:
            for a in lines(run("read", stack(name))):
                for layer in ("paragraphs", "sentences", "times", "measures", "mentions", "quotes"):
                    last = -1
                    for x in a[layer]:
                        self.assertLess(x["start"], x["end"], (a["id"], layer, x))
                        self.assertLessEqual(x["end"], len(a["text"]))
                        self.assertGreaterEqual(x["start"], last)
                        last = x["start"]
                for s in a["sentences"]:
                    words = a["text"][s["start"]:s["end"]]
                    self.assertEqual(words, words.strip())

    def test_nothing_of_the_page_is_lost(self):
        """Letters of the furniture and of the text together hold those of a plain text input."""
        for path in sorted(EXAMPLES.glob("*/*.txt")):
            article = lines(run("read", path))[0]
            kept = article["text"] + "".join(f["text"] for f in article["furniture"])
            for word in path.read_text(encoding="utf-8").split():
                for part in re.findall(r"[A-ZÄÖÜ]?[a-zäöüß]+", word):  # "BergenOb" is cut in two
                    self.assertIn(part, kept, path)

    def test_verify_accepts_what_dossier_wrote_and_refuses_a_change(self):
        for name in STACKS:
            d = dossier(stack(name), args=["--full"], name=name)
            path = OUT / f"{name}.json"
            run("verify", path)
            group = next(q for q in d["quotes"])
            group["variants"][0]["text"] += " nie gesagt"
            broken = OUT / "broken.json"
            broken.write_text(json.dumps(d, ensure_ascii=False), encoding="utf-8")
            run("verify", broken, code=3)

    def test_quotes_read_as_quoted(self):
        d = dossier(stack("gipfel"), name="gipfel")
        for q in d["quotes"]:
            for v in q["variants"]:
                self.assertEqual(text_of(d, v), v["text"])


class Determinism(unittest.TestCase):
    def test_threads_and_order_change_nothing(self):
        for name in STACKS:
            files = sorted(p for p in stack(name).iterdir() if p.suffix != ".md")
            first = None
            for seed in range(3):
                random.Random(seed).shuffle(files)
                path = OUT / f"order{seed}.json"
                run("dossier", *files, "--threads", 1 + seed % 2, "--full", "-o", path)
                got = path.read_bytes()
                first = first or got
                self.assertEqual(first, got, name)

    def test_read_keeps_the_order_of_inputs_whatever_the_threads(self):
        files = sorted(EXAMPLES.glob("*/*.txt"))
        self.assertEqual(run("read", *files, "--threads", 1), run("read", *files, "--threads", 2))


class CommandLine(unittest.TestCase):
    def test_usage_errors_are_2_and_say_what_is_wrong(self):
        for args in ((), ("nonsense",), ("read", "--nonsense"), ("dossier",)):
            self.assertEqual(run(*args, code=2), "")
            self.assertTrue(run.stderr.strip())

    def test_help_has_examples(self):
        for command in ("read", "dossier", "add", "copies", "events", "claims", "quotes", "people", "timeline", "diff",
                        "verify", "explain", "export", "search", "correct"):
            self.assertIn("twosource " + command, run(command, "--help"))

    def test_a_missing_input_is_named(self):
        run("read", OUT / "does-not-exist.txt", code=4)
        self.assertIn("does-not-exist.txt", run.stderr)

    def test_stdin_and_as_is(self):
        row = {"id": "x", "text": "  Er sagte:\t„Ja.“ \r\n\r\nEnde. ", "published": "2024-05-11", "mine": 1}
        got = lines(run("read", "--format", "jsonl", "--as-is", "-", stdin=json.dumps(row).encode()))[0]
        self.assertEqual(got["text"], row["text"])
        self.assertEqual(got["extra"], {"mine": 1})
        self.assertEqual(got["datePublished"]["value"], "2024-05-11")

    def test_explain_names_sentences_origins_and_rule(self):
        d = dossier(stack("gipfel"), name="gipfel")
        for c in d["claims"][:5]:
            said = run("explain", c["id"], stack("gipfel"))
            self.assertIn(c["verdict"], said)
            self.assertIn(" ".join(text_of(d, c["statements"][0]).split())[:30], " ".join(said.split()))

    def test_record_gives_what_inputs_give(self):
        record = new_record("gipfel", "gipfel")
        for command in ("claims", "events", "quotes", "people", "timeline", "copies"):
            self.assertEqual(nameless(run(command, "--record", record, "--json")), nameless(run(command, stack("gipfel"), "--json")), command)


if __name__ == "__main__":
    unittest.main(verbosity=1)
