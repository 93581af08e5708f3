#!/usr/bin/env python3
"""Every format that `export` writes, read by a program that is not ours: nothing is lost, every piece of
evidence reads as in its article, dates are as precise as known, and nothing that stands in an article breaks out
of its field."""
import csv
import datetime
import json
import re
import shutil
import unicodedata
import unittest
import xml.etree.ElementTree as ET

import bibtexparser
import feedparser
import icalendar
import jsonschema
import networkx
import rdflib

from support import OUT, ROOT, STACKS, lines, nameless, run, stack

FORMATS = ("jsonl", "csv", "jsonld", "annotations", "graphml", "ics", "atom", "bibtex", "csl")
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SCHEMA = rdflib.Namespace("https://schema.org/")
OURS = rdflib.Namespace("urn:twosource:")

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</content></entry><entry>", "]]>", "<![CDATA[x]]>",
    "&lt;b&gt; &amp; &#x41;", "<!-- x --><?php x ?>", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;",
    "=cmd|' /C calc'!A0", "+SUM(1+1)", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1", "'Tis", "=HYPERLINK(\"http://x.example\")",
    "a,b;\"c\"\\d", "\"\n\"", "x\r\nBEGIN:VALARM\r\nACTION:AUDIO", "x\nDTSTART:19000101", "\\n\\,\\;", "x\u2028y\u2029z\u0085w",
    "}\n}\n@misc{evil,\n title={x}", "\\input{/etc/passwd}", "100 % & #1 $x_1^2 ~ {", "\x01\x02\x08\x1b[31mred\x7f", "\ufffe\uffff\ufdd0",
    "\u202edrow\u202c", "\u200b=1", "🚢👩‍👩‍👧e\u0301", "{\"@id\":\"urn:x\"}", "' onmouseover='alert(1)", "javascript:alert(1)", "\x0bvertical\x0cfeed",
)
FIRST = "Bei dem Brand {n} im Hafen von Altstadt wurden am 11. Mai 2024 {p} zwölf Menschen verletzt. Das sagte ein Sprecher der Feuerwehr."
SECOND = "Bei dem Brand {n} im Hafen von Altstadt wurden am 11. Mai 2024 {p} vierzehn Menschen verletzt. Das sagte Anna Berg von der Polizei."
STARTS = "{p} ist der Name der Fähre {n}, die am 11. Mai 2024 mit 120 Menschen an Bord im Hafen von Altstadt ankam."


def hostile_articles():
    for n, p in enumerate(PAYLOADS):
        for side, pattern in (("a", FIRST), ("b", SECOND)):
            text = pattern.format(n=n, p=p) + "\n\n" + STARTS.format(n=n, p=p)
            yield {"id": f"{side}{n}{p}", "url": f"https://{side}.example/{n}/{p}" if n % 2 else p, "publisher": f"{p} {side}",
                   "headline": f"{p} im Hafen", "authors": [p, f"{p}, {n} and {p}"], "inLanguage": "de", "published": "2024-05-12",
                   "text": text}


def in_xml(text):
    """What an XML 1.0 file can hold of it."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def one_break(text):
    """Line breaks of every kind as one, other controls as in a calendar."""
    return re.sub("[\x00-\x08\x0e-\x1f\x7f]", "\ufffd", re.sub("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", "\n", text))


class Stack:
    """A stack of articles in every format."""

    def __init__(self, name, source):
        self.folder = OUT / "export" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        for form in FORMATS:
            run("export", source, "--as-is" if name == "hostile" else "-q", "--format", form, "-o", self.folder / form)
        self.articles = self.list("articles")
        self.claims = self.list("claims")
        self.events = self.list("events")
        self.texts = {a["id"]: a["text"] for a in self.articles}

    def path(self, form, name):
        return self.folder / form / name

    def read(self, form, name):
        return self.path(form, name).read_bytes().decode("utf-8")

    def list(self, name):
        return lines_of(self.read("jsonl", f"{name}.jsonl"))

    def at(self, place):
        return self.texts[place["article"]][place["start"]:place["end"]]

    def statements(self):
        return [s for c in self.claims for s in c["statements"]]


def spans(value):
    """Every (start, end) in a layer."""
    if isinstance(value, list):
        for item in value:
            yield from spans(item)
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value["start"], value["end"]
        for item in value.values():
            if isinstance(item, (list, dict)):
                yield from spans(item)


def lines_of(text):
    """JSON Lines: only LF ends a line."""
    return [json.loads(line) for line in text.split("\n") if line]


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(OUT / "export", ignore_errors=True)
        (OUT / "export").mkdir(parents=True)
        cls.hostile_file = OUT / "export" / "hostile.jsonl"
        cls.hostile_file.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in hostile_articles()), encoding="utf-8")
        cls.hostile = Stack("hostile", cls.hostile_file)
        cls.stacks = [Stack(name, stack(name)) for name in STACKS] + [cls.hostile]

    def test_there_is_something_to_see(self):
        self.assertGreaterEqual(len(PAYLOADS), 20)
        self.assertEqual(len(self.hostile.articles), 2 * len(PAYLOADS))
        evidence = [self.hostile.at(s) for s in self.hostile.statements()]
        for p in PAYLOADS:
            self.assertTrue(any(p in text for text in self.hostile.texts.values()), f"in no article: {p!r}")
            if not re.search("[\r\n]", p):  # a line's end may end a sentence
                self.assertTrue(any(p in text for text in evidence), f"in no evidence: {p!r}")
        for s in self.stacks:
            self.assertTrue(s.claims and s.events)

    def test_jsonl(self):
        kinds = {"articles": "article", "claims": "claim", "events": "event", "copies": "copies", "people": "person",
                 "quotes": "quote", "timeline": "timeline"}
        for s in self.stacks:
            for name, kind in kinds.items():
                schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
                for row in s.list(name):
                    jsonschema.Draft202012Validator(schema).validate(row)
        self.assertEqual(self.stacks[0].read("jsonl", "claims.jsonl"), run("claims", stack(STACKS[0]), "--json"))

    def test_layers_lie_on_the_borders_of_words_and_characters(self):
        """Every mention, quotation, sentence, time and measure, in texts of every kind of character."""
        mentions = quotes = 0
        for s in self.stacks:
            places = {}
            for article in s.articles:
                text = article["text"]
                for layer in ("sentences", "mentions", "quotes", "times", "measures"):
                    for start, end in spans(article[layer]):
                        self.assertTrue(0 <= start < end <= len(text), (layer, start, end))
                        self.assertEqual(text[start:end], text[start:end].strip(), layer)
                        self.assertFalse(unicodedata.combining(text[start]), layer)
                for m in article["mentions"]:
                    mentions += 1
                    places.setdefault(article["id"], set()).add((m["start"], m["end"]))
                    for at in (m["start"], m["end"]):
                        cut = 0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha()
                        self.assertFalse(cut, text[m["start"]:m["end"]])
            for q in s.list("quotes"):
                for v in q["variants"]:
                    quotes += 1
                    self.assertEqual(s.at(v), v["text"])
            for p in s.list("people"):
                for m in p["mentions"]:
                    self.assertIn((m["start"], m["end"]), places[m["article"]])
                for role in p["roles"]:
                    for place in role["evidence"]:
                        self.assertTrue(s.at(place).strip())
        self.assertGreater(mentions, 100)
        self.assertGreater(quotes, 10)

    def test_csv(self):
        for s in self.stacks:
            with open(s.path("csv", "claims.csv"), encoding="utf-8", newline="") as f:
                rows = list(csv.DictReader(f, strict=True))
            self.assertEqual([r["claim"] for r in rows], [c["id"] for c in s.claims for _ in c["statements"]])
            for row, statement in zip(rows, s.statements()):
                self.assertNotIn(None, row)
                for cell in row.values():
                    self.assertNotRegex(cell, "^[\\s\u200b]*[=+\\-@＝＋－＠]")
                text = {k: v[1:] if v.startswith("'") else v for k, v in row.items()}
                control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
                self.assertEqual(text["article"], control.sub("\ufffd", statement["article"]))
                self.assertEqual(text["evidence"], control.sub("\ufffd", self_words(s, statement, row)))

    def test_csv_for_programs_keeps_every_cell(self):
        s = self.hostile
        path = s.folder / "plain.csv"
        run("export", self.hostile_file, "--as-is", "--format", "csv", "--keep-formulas", "-o", path)
        with open(path, encoding="utf-8", newline="") as f:
            for row, statement in zip(csv.DictReader(f, strict=True), s.statements()):
                self.assertEqual(row["evidence"], re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\ufffd", s.at(statement)))

    def test_jsonld(self):
        for s in self.stacks:
            graph = rdflib.Graph().parse(str(s.path("jsonld", "dossier.jsonld")), format="json-ld")
            articles = set(graph.subjects(rdflib.RDF.type, SCHEMA.NewsArticle))
            claims = set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
            self.assertEqual((len(articles), len(claims)), (len(s.articles), len(s.claims)))
            self.assertEqual(len(set(graph.subjects(rdflib.RDF.type, SCHEMA.Event))), len(s.events))
            self.assertEqual({str(graph.value(a, SCHEMA.articleBody)) for a in articles}, set(s.texts.values()))
            quotations = list(graph.subjects(rdflib.RDF.type, SCHEMA.Quotation))
            self.assertEqual(len(quotations), len(s.statements()))
            for q in quotations:
                body = str(graph.value(graph.value(q, SCHEMA.isPartOf), SCHEMA.articleBody))
                start, end = int(graph.value(q, OURS.start)), int(graph.value(q, OURS.end))
                self.assertEqual(body[start:end], str(graph.value(q, SCHEMA.text)))
            self.assertEqual(sorted(str(graph.value(c, OURS.verdict)) for c in claims), sorted(c["verdict"] for c in s.claims))
            for url in graph.objects(None, SCHEMA.url):
                self.assertIsInstance(url, rdflib.URIRef)
                self.assertRegex(str(url), "^https?://[\\x21-\\x7e]+$")

    def test_annotations(self):
        for s in self.stacks:
            data = json.loads(s.read("annotations", "annotations.jsonld"))
            self.assertEqual((data["@context"], data["type"]), ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection"))
            items = data["first"]["items"]
            self.assertEqual(len(items), data["total"])
            self.assertEqual(len({a["id"] for a in items}), len(items))
            places = {}
            for a in items:
                self.assertEqual(a["type"], "Annotation")
                quote, position = a["target"]["selector"]
                self.assertEqual((quote["type"], position["type"]), ("TextQuoteSelector", "TextPositionSelector"))
                start, end = position["start"], position["end"]
                fits = [t for t in s.texts.values() if t[start:end] == quote["exact"] and
                        t[max(0, start - 32):start] == quote["prefix"] and t[end:end + 32] == quote["suffix"]]
                self.assertTrue(fits, a)
                about = a["body"][0]["value"].split(":")[0]
                places.setdefault(about, []).append(quote["exact"])
            for c in s.claims:
                self.assertEqual(places[c["id"]], [s.at(x) for x in c["statements"]])
            for q in s.list("quotes"):
                self.assertEqual(places[q["id"]], [v["text"] for v in q["variants"]])

    def test_graphml(self):
        edges = 0
        for s in self.stacks:
            graph = networkx.read_graphml(s.path("graphml", "copies.graphml"))
            self.assertEqual({d["article"] for _, d in graph.nodes(data=True)}, {in_xml(a) for a in s.texts})
            texts = {in_xml(a): in_xml(t) for a, t in s.texts.items()}
            pairs = s.list("copies")
            self.assertEqual(graph.number_of_edges(), sum(1 if p["original"] else 2 for p in pairs))
            for source, target, d in graph.edges(data=True):
                edges += 1
                self.assertTrue(0 <= d["weight"] <= 1)
                for side, node in (("source", source), ("target", target)):
                    text = texts[graph.nodes[node]["article"]]
                    self.assertEqual(text[d[f"{side}_start"]:d[f"{side}_end"]], d[f"{side}_words"])
            for p in pairs:
                if p["original"]:
                    by_id = {d["article"]: n for n, d in graph.nodes(data=True)}
                    other = "b" if p["original"] == "a" else "a"
                    self.assertTrue(graph.has_edge(by_id[in_xml(p[p["original"]])], by_id[in_xml(p[other])]))
        self.assertGreater(edges, 0)

    def test_ics(self):
        for s in self.stacks:
            raw = s.path("ics", "events.ics").read_bytes()
            for line in raw.split(b"\r\n"):
                self.assertLessEqual(len(line), 75)
                self.assertNotRegex(line, rb"[\x00-\x08\x0a-\x1f]")
                line.decode("utf-8")
            calendar = icalendar.Calendar.from_ical(raw)
            # icalendar 4 takes a backslash before an n for a line break (it replaces "\\n" before "\\\\").
            unfolded = raw.decode("utf-8").replace("\r\n ", "").split("\r\n")
            descriptions = [re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line[12:])
                            for line in unfolded if line.startswith("DESCRIPTION:")]
            entries = calendar.subcomponents
            self.assertEqual(len(entries), len(s.events))
            self.assertEqual(len({str(e["UID"]) for e in entries}), len(entries))
            for entry, event, description in zip(entries, s.events, descriptions, strict=True):
                self.assertFalse(entry.subcomponents)
                when = event["when"] or ""
                if re.fullmatch(r"\d{4}-\d\d-\d\d", when):
                    self.assertEqual((entry.name, entry["DTSTART"].dt), ("VEVENT", datetime.date.fromisoformat(when)))
                elif not re.match(r"\d{4}-\d\d-\d\dT", when):
                    self.assertEqual(entry.name, "VJOURNAL")
                    self.assertNotIn("DTSTART", entry)
                for place in event["evidence"]:
                    words = one_break(s.at(place))
                    self.assertIn(words, description)
                    if "\\" not in description:
                        self.assertIn(words, str(entry["DESCRIPTION"]))

    def test_atom(self):
        for s in self.stacks:
            stories = {st["id"]: st for st in s.list("stories")}
            self.assertEqual({p.stem for p in (s.folder / "atom").iterdir()}, set(stories))
            ids = set()
            for story in stories.values():
                path = s.path("atom", story["id"] + ".atom")
                claims = [c for c in s.claims if c["event"] in story["events"]]
                feed = feedparser.parse(path.read_bytes(), sanitize_html=False)
                self.assertFalse(feed.bozo, feed.get("bozo_exception"))
                self.assertEqual((feed.version, len(feed.entries)), ("atom10", len(claims)))
                self.assertTrue(feed.feed.id and feed.feed.title and feed.feed.updated_parsed and feed.feed.author)
                for entry, node, claim in zip(feed.entries, ET.parse(path).getroot().iter(f"{ATOM}entry"), claims):
                    ids.add(entry.id)
                    self.assertTrue(entry.updated_parsed)
                    self.assertEqual(node.find(f"{ATOM}title").text, in_xml(claim["text"]))
                    self.assertEqual([q.text for q in node.iter(f"{XHTML}q")], [in_xml(s.at(x)) for x in claim["statements"]])
                    self.assertLessEqual({x.tag for x in node.iter()} - {f"{ATOM}entry"}, {
                        f"{ATOM}{t}" for t in ("id", "title", "updated", "category", "link", "content")} | {
                        f"{XHTML}{t}" for t in ("div", "p", "ul", "li", "q")})
                    for link in entry.get("links", []):
                        self.assertRegex(link.href, "^https?://")
            self.assertEqual(len(ids), sum(1 for c in s.claims if c["event"]))

    def test_bibtex(self):
        for s in self.stacks:
            parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
            database = bibtexparser.loads(s.read("bibtex", "sources.bib"), parser)
            self.assertEqual(len(database.entries), len(s.articles))
            self.assertEqual(len({e["ID"] for e in database.entries}), len(s.articles))
            for entry, article in zip(database.entries, s.articles):
                self.assertLessEqual(set(entry), {"ENTRYTYPE", "ID", "author", "title", "journal", "date", "year", "month", "day",
                                                  "url", "langid"})
                published = article["datePublished"]["value"]
                self.assertEqual(entry.get("date"), published and published[:10])
                self.assertRegex(entry.get("url", "https://"), r"^https?://[^\s{}\\]*$")
                if s is not self.hostile:
                    self.assertEqual(entry.get("journal"), article["publisher"])
                    if article["headline"]:
                        self.assertEqual(re.sub(r"\\([&%#_$])", r"\1", entry["title"].strip("{}")), article["headline"])

    def test_csl(self):
        for s in self.stacks:
            items = json.loads(s.read("csl", "sources.json"))
            self.assertEqual([i["id"] for i in items], list(s.texts))
            for item, article in zip(items, s.articles):
                self.assertEqual(item["type"], "article-newspaper")
                self.assertTrue(item["title"])
                published = article["datePublished"]["value"]
                parts = item.get("issued", {}).get("date-parts", [[]])[0]
                self.assertEqual("-".join(f"{n:02}" for n in parts), (published or "")[:10])
                self.assertEqual([a["literal"] for a in item.get("author", [])], article["authors"])
                self.assertRegex(item.get("URL", "https://"), "^https?://")


def self_words(s, statement, row):
    """The words at the row's own place: the file must be enough."""
    assert (int(row["start"]), int(row["end"])) == (statement["start"], statement["end"])
    return s.at(statement)


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        OUT.mkdir(parents=True, exist_ok=True)

    def test_unknown_formats_and_parts_are_usage_errors(self):
        for args in (("--format", "pdf"), (), ("--format", "jsonl", "--part", "nothing")):
            self.assertEqual(run("export", stack("gipfel"), *args, code=2), "")
            self.assertTrue(run.stderr.strip())
        run("export", "--format", "csv", code=2)

    def test_standard_output_file_and_folder_say_the_same(self):
        for form, file in (("csv", "claims.csv"), ("graphml", "copies.graphml"), ("atom", "s1.atom"), ("csl", "sources.json")):
            out = run("export", stack("gipfel"), "--format", form)
            folder, one = OUT / "export-folder", OUT / f"one-{file}"
            run("export", stack("gipfel"), "--format", form, "-o", folder)
            run("export", stack("gipfel"), "--format", form, "-o", one)
            self.assertTrue(out)
            self.assertEqual((folder / file).read_bytes().decode(), one.read_bytes().decode())
            self.assertEqual(one.read_bytes().decode(), out)

    def test_a_name_with_an_ending_is_a_file_unless_a_slash_follows(self):
        folder = OUT / "export-names"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, file in (("feed.xml", "feed.xml"), ("v1.0/", "v1.0/s1.atom"), ("deep/er", "deep/er/s1.atom")):
            run("export", stack("gipfel"), "--format", "atom", "-o", f"{folder}/{name}")
            self.assertEqual(feedparser.parse((folder / file).read_bytes()).version, "atom10", name)

    def test_a_record_gives_what_inputs_give(self):
        record = OUT / "export.record"
        for suffix in ("", "-wal", "-shm"):
            (OUT / f"export.record{suffix}").unlink(missing_ok=True)
        run("add", stack("unglueck"), "--record", record)
        for form in ("csv", "annotations", "ics", "jsonld", "graphml"):
            self.assertEqual(nameless(run("export", "--record", record, "--format", form)),
                             nameless(run("export", stack("unglueck"), "--format", form)), form)

    def test_parts_go_to_standard_output(self):
        rows = lines(run("export", stack("gipfel"), "--format", "jsonl", "--part", "articles"))
        self.assertEqual(len(rows), 5)
        self.assertIn("text", rows[0])
        self.assertIn("twosource export", run("export", "--help"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
