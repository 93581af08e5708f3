#!/usr/bin/env python3
"""The served pages in a real Chromium: from a story to a sentence and back, by mouse and by keyboard, searching, at
390 pixels, dark, without JavaScript, without a request that leaves the server. With axe-core at hand (AXE names its file) also WCAG 2.1 AA.
Screenshots stay in the build folder (e2e/serve-*.png)."""
import os
import pathlib
import shutil
import tempfile
import time
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    webdriver = None

from serve_support import Server, make_record
from support import OUT, run, skip, stack

if webdriver:
    from browser_test import CHROMIUM, DRIVER, open_browser

AXE = pathlib.Path(os.environ.get("AXE", "/usr/share/javascript/axe-core/axe.min.js"))


class Served(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.record = make_record("serve-browser", stack("gipfel"), stack("harbour"), stack("unglueck"))
        cls.server = Server(cls.record)
        cls.profile = tempfile.mkdtemp()
        cls.driver = open_browser(cls.profile, 1280)

    @classmethod
    def tearDownClass(cls):
        cls.driver.quit()
        cls.server.stop()
        shutil.rmtree(cls.profile, ignore_errors=True)

    def setUp(self):
        self.look(1280)

    def look(self, width, dark=False):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def open(self, path):
        self.driver.get(self.server.base + path)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def shot(self, name):
        self.driver.save_screenshot(str(OUT / f"serve-{name}.png"))

    def path(self):
        return self.driver.current_url.removeprefix(self.server.base)

    def arrive(self, fits):
        """The path, once it is one that fits: keys and forms lead there a moment later."""
        deadline = time.monotonic() + 30
        while not fits(self.path()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.path()

    def walk(self):
        self.open("/?lang=de")
        self.driver.find_element(By.PARTIAL_LINK_TEXT, "Kabeljau").click()
        self.assertIn("/stories/", self.path())
        self.one(".items a").click()
        self.assertIn("/events/", self.path())
        event = self.path()
        self.one("td.claim.contradicted a").click()
        claim = self.path()
        self.assertIn("/claims/", claim)
        words = self.one(".side .hit").text
        self.one(".side h3 a").click()
        self.assertRegex(self.path(), r"^/articles/.+#s\d+$")
        sentence = self.one(":target")
        self.assertEqual(" ".join(sentence.text.split()), " ".join(words.split()))
        top = self.driver.execute_script("return document.querySelector(':target').getBoundingClientRect().top") if self.scripts else 100
        self.assertTrue(0 <= top < 900, top)
        self.one(f"{'#' + sentence.get_attribute('id')} ~ a.badge[href='{claim}']").click()
        self.assertEqual(self.path(), claim)
        self.one(".pager a[href*='/events/']").click()
        self.assertEqual(self.path().split("#")[0], event)

    scripts = True

    def test_from_a_story_to_a_sentence_and_back(self):
        for width in (1280, 390):
            self.look(width)
            self.walk()

    def test_by_keyboard(self):
        self.open("/")
        body = self.one("body")
        body.send_keys("j")
        self.assertTrue(self.all(".current"))
        first = self.one(".current").text
        body.send_keys("j")
        self.assertNotEqual(self.one(".current").text, first)
        body.send_keys("k")
        self.assertEqual(self.one(".current").text, first)
        self.one("body").send_keys("o")
        self.assertIn("/stories/", self.arrive(lambda p: "/stories/" in p))
        self.one("body").send_keys("u")
        self.assertEqual(self.arrive(lambda p: p == "/"), "/")
        self.one("body").send_keys("?")
        self.assertTrue(self.one("dialog").get_attribute("open"))
        self.shot("keys")
        self.one("dialog").send_keys(Keys.ESCAPE)
        self.assertFalse(self.one("dialog").get_attribute("open"))
        self.open(self.pages()["story"])
        self.one("body").send_keys("w")
        self.assertTrue(all(d.get_attribute("open") for d in self.all("details[data-why]")))
        self.one("body").send_keys("/")
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("id"), "q")
        self.driver.switch_to.active_element.send_keys("j?" + Keys.ENTER)
        self.assertIn("/search?q=j", self.arrive(lambda p: "/search" in p))

    def test_search(self):
        self.open("/?lang=en")
        self.one("#q").send_keys("Kabeljau" + Keys.ENTER)
        self.assertGreater(len(self.all(".item")), 2)
        self.assertIn("Kabeljau", self.one(".item mark").text)
        self.one(".item p a").click()
        self.assertIn("Kabeljau", self.one(":target").text)

    def test_a_merged_person_survives_a_new_run(self):
        self.open("/?token=" + self.server.token)
        self.open("/people?lang=en")
        names = [e.text for e in self.all(".item h2 a, .items a") if e.text][:2]
        self.assertEqual(len(set(names)), 2)
        self.driver.find_element(By.LINK_TEXT, names[0]).click()
        self.one("details.correct > summary").click()
        form = self.one("form.correction:has(input[value='merge-people'])")
        for field, value in (("b", names[1]), ("by", "Ada"), ("why", "one person under two names")):
            form.find_element(By.NAME, field).send_keys(value)
        form.find_element(By.CSS_SELECTOR, "button").click()
        self.shot("corrected")
        deadline = time.monotonic() + 30
        while names[1] in self.people() and time.monotonic() < deadline:
            time.sleep(0.2)
        run("add", stack("gipfel"), "--record", self.record)
        left = self.people()
        self.assertEqual(len({names[0], names[1]} & set(left)), 1, left)
        self.open("/corrections?lang=en")
        self.assertIn("one person under two names", self.one("main").text)

    def fill(self, do, choice=None, **fields):
        """Sends the form for one kind of correction of the page that is open."""
        self.one("details.correct > summary").click()
        form = self.one(f"form.correction:has(input[value='{do}'])")
        if choice:
            form.find_element(By.CSS_SELECTOR, f"option[value='{choice}']").click()
        for field, value in (*fields.items(), ("by", "Ada"), ("why", f"{do} by hand")):
            form.find_elements(By.NAME, field)[-1].send_keys(value)
        form.find_element(By.CSS_SELECTOR, "button").click()
        self.assertIn("/corrections", self.arrive(lambda p: p.startswith("/corrections")))
        self.assertIn(f"{do} by hand", self.one("main").text)

    def items(self, path):
        return self.server.ask(f"/api/v1/{path}").json()["items"]

    def test_forms_for_claims_events_copies_and_dates_without_javascript(self):
        """Each is kept with what it names; a claim, then an event fall apart when the record is arranged anew."""
        self.open("/?token=" + self.server.token)
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            claim = next(c for c in self.items("claims?limit=200") if len({s["article"] for s in c["statements"]}) > 1)
            apart = claim["statements"][-1]["article"]
            self.open(f"/claims/{claim['id']}?lang=en")
            self.fill("not-same-claim", apart)
            self.shot("form-claim")
            event = next(e for e in self.items("events") if len(e["articles"]) > 2)
            self.open(f"/events/{event['id']}?lang=de")
            self.fill("split-event", event["articles"][-1])
            pair = self.items("copies?limit=1")[0]
            self.open(f"/articles/{pair['a']}?lang=en")
            self.fill("cut-copies", pair["b"])
            self.open(f"/articles/{pair['a']}?lang=en")
            self.fill("set-date", value="2017-07-09")
            self.open(f"/articles/{pair['a']}?lang=de")
            self.fill("set-group", value="Nordblick Verlag")
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        kept = {c["do"]: c for c in self.items("corrections") if "do" in c}
        self.assertEqual({p["article"] for p in kept["not-same-claim"]["b"]["places"]}, {apart})
        self.assertEqual(kept["split-event"]["articles"], event["articles"][-1:])
        self.assertEqual(set(kept["cut-copies"]["articles"]), {pair["a"], pair["b"]})
        deadline = time.monotonic() + 60
        together = lambda: any({event["articles"][0], event["articles"][-1]} <= set(e["articles"]) for e in self.items("events"))
        while together() and time.monotonic() < deadline:
            time.sleep(0.2)
        self.assertFalse(together())

    def people(self):
        self.open("/people?lang=en")
        return [e.text for e in self.all(".item h2 a, .items a") if e.text]

    def test_narrow_pages_do_not_scroll_sideways(self):
        self.look(390)
        self.open("/?token=" + self.server.token)
        for name, path in self.pages().items():
            self.open(path)
            self.driver.execute_script("for (const d of document.querySelectorAll('details')) d.open = true")
            self.assertLessEqual(self.driver.execute_script("return document.documentElement.scrollWidth"), 390, path)
            self.shot(f"390-{name}")

    def pages(self):
        ids = {plural: self.server.ask(f"/api/v1/{plural}?limit=1").json()["items"][0]["id"] for plural in ("stories", "events", "claims", "articles", "people")}
        pages = {"stories": "/", "people": "/people", "copies": "/copies", "timeline": "/timeline", "sources": "/sources",
                 "search": "/search?q=Kabeljau", "help": "/help", "corrections": "/corrections", "missing": "/nothing"}
        pages["family"] = "/copies/" + self.server.ask("/api/v1/copies?limit=1").json()["items"][0]["family"]
        pages.update({{"stories": "story", "people": "person"}.get(plural, plural[:-1]): f"/{plural}/{i}" for plural, i in ids.items()})
        contradicted = self.server.ask("/api/v1/claims?verdict=contradicted").json()["items"][0]["id"]
        return {**pages, "contradicted": f"/claims/{contradicted}"}

    def test_dark_and_light(self):
        seen = set()
        for dark in (False, True):
            self.look(1280, dark)
            self.open(self.pages()["story"])
            self.shot("dark" if dark else "light")
            seen.add(self.driver.execute_script("return getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(seen, {"rgb(255, 255, 255)", "rgb(13, 17, 23)"})

    def test_nothing_leaves_the_server_and_nothing_is_refused(self):
        for path in self.pages().values():
            self.open(path)
            loaded = self.driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
            self.assertEqual([u for u in loaded if not u.startswith(self.server.base)], [])
        severe = [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE" and "404" not in e["message"]]
        self.assertEqual(severe, [])

    def test_without_javascript(self):
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.scripts = False
            self.walk()
            self.open(self.pages()["story"])
            self.one("details[data-why] summary").click()
            self.assertTrue(self.one("details[data-why] p").is_displayed())
        finally:
            self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    @unittest.skipUnless(AXE.exists(), f"axe-core is not at {AXE}")
    def test_wcag_by_axe(self):
        source = AXE.read_text(encoding="utf-8")
        found = []
        self.open("/?token=" + self.server.token)  # with the forms for corrections
        for dark, width in ((False, 1280), (True, 1280), (False, 390)):
            self.look(width, dark)
            for path in self.pages().values():
                self.open(path)
                self.driver.execute_script(source)
                result = self.driver.execute_async_script(
                    "const done = arguments[0]; for (const d of document.querySelectorAll('details')) d.open = true;"
                    "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(r => done(r.violations.map("
                    "v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120) + ' ' + (n.any[0]?.message || '')).join(' | '))));")
                found += [f"{path} {width} {'dark' if dark else 'light'} {v}" for v in result]
        self.assertEqual(found, [], "\n".join(found))


if __name__ == "__main__":
    if webdriver is None or not shutil.which("chromium") or not shutil.which("chromedriver"):
        if os.environ.get("CI"):
            raise SystemExit("chromium, chromium-driver and python3-selenium are missing")
        skip("chromium, chromium-driver or python3-selenium is missing")
    if not AXE.exists():
        print(f"note: WCAG is not checked, axe-core is not at {AXE} (set AXE)")
    unittest.main(verbosity=1)
