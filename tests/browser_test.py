#!/usr/bin/env python3
"""The dossier page in a real Chromium: from a claim to its sentence and back, at 1280 and 390 pixels, light and
dark, without a network, without a script, without an error of the content security policy. Screenshots stay in
the build folder (e2e/*.png)."""
import os
import shutil
import tempfile
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
except ImportError:
    webdriver = None

from support import OUT, run, skip, stack

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")


def open_browser(profile, width, dark=False):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                 f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if dark:
        options.add_argument("--force-dark-mode")
        options.add_argument("--blink-settings=preferredColorScheme=0")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service(DRIVER), options=options)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
    if dark:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    return driver


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        OUT.mkdir(parents=True, exist_ok=True)
        cls.pages = {}
        for name in ("gipfel", "harbour"):
            cls.pages[name] = OUT / f"browser-{name}.html"
            run("dossier", stack(name), "-o", cls.pages[name])

    def setUp(self):
        self.profile = tempfile.mkdtemp()
        self.driver = None

    def tearDown(self):
        if self.driver:
            self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def show(self, name, width, dark=False):
        self.driver = open_browser(self.profile, width, dark)
        self.driver.get(self.pages[name].as_uri())
        return self.driver

    def walk(self, driver):
        claim = next(c for c in driver.find_elements(By.CSS_SELECTOR, "tbody[id^=k]") if c.find_elements(By.CSS_SELECTOR, ".diff"))
        identity = claim.get_attribute("id")
        claim.find_element(By.CSS_SELECTOR, "summary").click()
        link = claim.find_element(By.CSS_SELECTOR, "ul.ev a")
        self.assertTrue(link.is_displayed())
        quoted = claim.find_element(By.CSS_SELECTOR, "ul.ev q").text
        target = link.get_attribute("href").split("#")[1]
        link.click()
        self.assertTrue(driver.current_url.endswith("#" + target))
        sentence = driver.find_element(By.ID, target)
        self.assertEqual(" ".join(sentence.text.split()), " ".join(quoted.split()))
        top = driver.execute_script("return arguments[0].getBoundingClientRect().top", sentence)
        self.assertTrue(0 <= top < 900, top)
        back = driver.find_element(By.CSS_SELECTOR, f"#{target} ~ a.back[href='#{identity}']")
        back.click()
        self.assertTrue(driver.current_url.endswith("#" + identity))
        top = driver.execute_script("return arguments[0].getBoundingClientRect().top", driver.find_element(By.ID, identity))
        self.assertTrue(-5 <= top < 900, top)

    def test_claim_to_sentence_and_back(self):
        for width in (1280, 390):
            with self.subTest(width=width):
                driver = self.show("gipfel", width)
                driver.save_screenshot(str(OUT / f"gipfel-{width}.png"))
                self.walk(driver)
                driver.save_screenshot(str(OUT / f"gipfel-{width}-claim.png"))
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                self.assertLessEqual(wide, width)
                driver.quit()
                self.driver = None

    def test_nothing_is_loaded_and_nothing_is_refused(self):
        driver = self.show("gipfel", 1280)
        self.assertEqual(driver.execute_script("return performance.getEntriesByType('resource').length"), 0)
        self.assertEqual(driver.execute_script("return document.scripts.length"), 0)
        self.assertEqual([e for e in driver.get_log("browser") if e["level"] == "SEVERE"], [])
        font = driver.execute_script("return getComputedStyle(document.querySelector('nav')).position")
        self.assertEqual(font, "sticky", "the style sheet is not applied")

    def test_dark(self):
        driver = self.show("harbour", 1280, dark=True)
        driver.save_screenshot(str(OUT / "harbour-dark.png"))
        color = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
        self.assertEqual(color, "rgb(13, 17, 23)")


if __name__ == "__main__":
    if webdriver is None or not CHROMIUM or not DRIVER:
        if os.environ.get("CI"):
            raise SystemExit("chromium, chromium-driver and python3-selenium are missing")
        skip("chromium, chromium-driver or python3-selenium is missing")
    unittest.main(verbosity=1)
