#!/usr/bin/env python3
"""Articles that bring markup and script in every field: no page, answer or export of them runs anything. Pages are
read by a parser, all of them, and by Chromium, some of each kind."""
import json
import re
import shutil
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree

try:
    from selenium import webdriver
except ImportError:
    webdriver = None

from payloads import PAYLOADS
from serve_support import Links, Server, make_record
from support import OUT, run

if webdriver:
    from browser_test import CHROMIUM, DRIVER, open_browser


def articles():
    """Two articles a payload that share their text, so that there are claims, copies, people and quotations of it."""
    towns = ("Hamburg", "Bremen", "Kiel", "Dresden", "Ulm", "Trier", "Mainz", "Erfurt", "Passau", "Husum", "Celle", "Gera")
    things = ("die Brücke", "das Theater", "den Bahnhof", "das Schwimmbad", "die Bücherei", "den Leuchtturm", "die Markthalle")
    for n, payload in enumerate(PAYLOADS):
        month, town, thing = ("Januar", "Februar", "März", "April", "Mai", "Juni")[n % 6], towns[n % 12], things[n % 7]
        for side in "ab":
            body = (f"Die Bürgermeisterin {payload} Anna Berg{n} hat am {1 + n % 28}. {month} 2024 in {town} {thing} {n} eröffnet. "
                    f"{payload} Das Gespräch mit Piet {payload} Ohlsen{n} dauerte {'zwei' if side == 'a' else 'drei'} Stunden und {n} Minuten. "
                    f"„Wir sind {payload} angekommen“, sagte Berg{n} {payload} in {town}. Mehr als {n + 20} Menschen {payload} kamen zur Feier nach {town}.")
            yield {"id": f"{n}{side} {payload}", "url": f"https://example.org/{n}/{payload}" if side == "a" else payload, "publisher": f"{payload} Zeitung {n}{side}",
                   "headline": f"{payload} {town} eröffnet {thing} {n} {payload}", "authors": [payload, f"Eva {payload}"], "published": f"2024-{n % 6 + 1:02}-{1 + n % 28:02}",
                   "inLanguage": "de", "text": f"{payload} {town} eröffnet {thing} {n}\n\n{body}", "extra_field": payload}


class HostilePages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        OUT.mkdir(parents=True, exist_ok=True)
        cls.input = OUT / "hostile-pages.jsonl"
        with open(cls.input, "w", encoding="utf-8") as f:
            for article in articles():
                f.write(json.dumps(article, ensure_ascii=False) + "\n")
        cls.record = make_record("hostile-pages", cls.input, args=("--as-is",))
        cls.server = Server(cls.record)
        cls.ids = {plural: [x["id"] for x in cls.server.ask(f"/api/v1/{plural}?limit=1000").json()["items"]]
                   for plural in ("articles", "stories", "events", "claims", "people")}
        cls.ids["copies"] = sorted({x["family"] for x in cls.server.ask("/api/v1/copies?limit=1000").json()["items"]})

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def pages(self):
        yield from ("/", "/people", "/people?offset=50", "/copies", "/timeline", "/timeline?offset=50", "/sources", "/sources?offset=50", "/search?q=Br%C3%BCcke", "/help", "/nothing")
        for payload in PAYLOADS:
            coded = urllib.parse.quote(payload, safe="")
            yield f"/search?q={coded}&from={coded}&to={coded}&outlet={coded}&language={coded}"
            yield f"/?sort={coded}&lang={coded}&offset={coded}"
            for folder in ("articles", "claims", "sources", "nothing"):
                yield f"/{folder}/{coded}"
        for plural, ids in self.ids.items():
            for i in ids:
                yield f"/{plural}/{urllib.parse.quote(i, safe='')}"

    def test_there_is_enough_of_it(self):
        self.assertGreaterEqual(len(PAYLOADS), 60)
        self.assertEqual(len(self.ids["articles"]), 2 * len(PAYLOADS))
        for plural in ("claims", "copies", "people"):
            self.assertGreater(len(self.ids[plural]), 10, plural)

    def test_no_page_has_anything_that_runs(self):
        count = 0
        for path in self.pages():
            answer = self.server.ask(path)
            self.assertIn(answer.status, (200, 400, 404), path)
            if not answer.headers["Content-Type"].startswith("text/html"):
                continue
            count += 1
            page = Links(answer.text)
            self.assertEqual(page.active, [], path)
            self.assertEqual(page.unknown, [], path)
            self.assertNotIn("Set-Cookie", [k for k, v in answer.headers.items() if "owned" in v], path)
        self.assertGreater(count, 400)

    def test_answers_are_json_and_say_so(self):
        for plural in self.ids:
            answer = self.server.ask(f"/api/v1/{plural}?limit=1000")
            self.assertEqual(answer.headers["Content-Type"], "application/json")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            answer.json()
        for payload in PAYLOADS:
            coded = urllib.parse.quote(payload, safe="")
            for path in (f"/api/v1/claims/{coded}", f"/api/v1/explain/{coded}", f"/api/v1/{coded}", f"/api/v1/search?q={coded}", f"/api/v1/claims?event={coded}"):
                answer = self.server.ask(path)
                self.assertIn(answer.status, (200, 400, 404))
                self.assertRegex(answer.headers["Content-Type"], r"^(application/(problem\+)?json|text/plain)")

    def test_exports_and_dossiers_have_nothing_that_runs(self):
        page = OUT / "hostile-pages.html"
        run("dossier", "--record", self.record, "-o", page)
        read = Links(page.read_text(encoding="utf-8"), own_style=True)
        self.assertEqual((read.active, read.unknown), ([], []))
        for form in ("atom", "graphml"):
            folder = OUT / f"hostile-{form}"
            shutil.rmtree(folder, ignore_errors=True)
            run("export", "--record", self.record, "--format", form, "-o", folder if form == "atom" else folder.with_suffix(".xml"))
            files = list(folder.glob("*")) if form == "atom" else [folder.with_suffix(".xml")]
            self.assertTrue(files)
            for path in files:
                tags = {e.tag.rpartition("}")[2] for e in xml.etree.ElementTree.parse(path).iter()}
                self.assertFalse(tags & {"script", "img", "svg", "iframe", "a", "style"}, path)

    @unittest.skipIf(webdriver is None or not shutil.which("chromium"), "chromium or python3-selenium is missing")
    def test_chromium_runs_nothing(self):
        profile = tempfile.mkdtemp()
        driver = open_browser(profile, 1280)
        try:
            coded = [urllib.parse.quote(p, safe="") for p in PAYLOADS]
            paths = ["/", "/people", "/copies", "/timeline", "/sources"] + [f"/search?q={c}" for c in coded[::4]]
            for plural, ids in self.ids.items():
                paths += [f"/{plural}/{urllib.parse.quote(i, safe='')}" for i in ids[::max(1, len(ids) // 20)]]
            for path in paths:
                driver.get(self.server.base + path)
                self.assertIsNone(driver.execute_script("return window.owned || null"), path)
                self.assertEqual(driver.execute_script("return document.querySelectorAll('script:not([src^=\"/static/\"]), img, iframe, object, embed, [onerror], [onload]').length"), 0, path)
                self.assertTrue(driver.execute_script("return getComputedStyle(document.querySelector('main')).display !== 'none'"))
            severe = [e["message"] for e in driver.get_log("browser") if e["level"] == "SEVERE" and "404" not in e["message"]]
            self.assertEqual(severe, [])
        finally:
            driver.quit()
            shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    unittest.main(verbosity=1)
