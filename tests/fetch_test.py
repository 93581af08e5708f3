#!/usr/bin/env python3
"""Inputs on the network, from a server on this machine: pages, feeds, lists, archives; redirects, robots.txt, private
addresses, slow, huge and broken answers."""
import gzip
import io
import json
import socket
import time
import unittest
import zlib

from support import OUT, lines, run
from web_support import Site, page, rss

FERRY = page("Fähre bleibt im Hafen", "Die Fähre nach Borkum ist am Montag wegen des Sturms im Hafen geblieben.",
             "Der Betreiber sprach von zwölf Stunden Verspätung für 340 Fahrgäste.")
LOCAL = ("--allow-private", "--pause", "0", "--timeout", "3", "--text-only")


def read(*inputs, args=(), code=0):
    rows = lines(run("read", *inputs, *LOCAL, *args, code=code))
    return rows, run.stderr


def refused(site, path, *args):
    """What is said of an address that cannot be read."""
    rows, said = read(site.base + path, args=args, code=4)
    assert not rows, rows
    return said


class Pages(unittest.TestCase):
    def test_a_page_is_read_with_its_address(self):
        with Site({"/nord/faehre.html": FERRY}) as site:
            (article,), _ = read(site.base + "/nord/faehre.html")
            self.assertEqual(article["headline"], "Fähre bleibt im Hafen")
            self.assertEqual(article["url"], site.base + "/nord/faehre.html")
            self.assertTrue(article["id"].startswith("faehre-"), article["id"])
            self.assertEqual(article["path"], article["url"])
            headers = site.asked[-1][2]
            self.assertTrue(headers["User-Agent"].startswith("twosource/"))
            self.assertNotIn("Cookie", headers)
            self.assertEqual(site.asked[0][1], "/robots.txt")

    def test_contact_is_told_and_cannot_end_the_header(self):
        with Site({"/a": FERRY}) as site:
            read(site.base + "/a", args=("--contact", "mailto:desk@elb.example\r\nX: y"))
            headers = site.asked[-1][2]
            self.assertIn("(+mailto:desk@elb.example", headers["User-Agent"])
            self.assertNotIn("X", headers)

    def test_what_cannot_be_read_is_named_and_the_rest_goes_on(self):
        with Site({"/a": FERRY, "/gone": (410, {}, b""), "/login": (401, {}, b""), "/empty": b""}) as site:
            rows, said = read(site.base + "/no", site.base + "/gone", site.base + "/a", site.base + "/login",
                              site.base + "/empty", code=4)
            self.assertEqual(len(rows), 1)
            for path, why in (("/no", "404, not found"), ("/gone", "410, gone for good"), ("/login", "401, wants a log-in"),
                              ("/empty", "empty file")):
                self.assertIn(f"skipped: {site.base}{path}: {why}", said)

    def test_charset_of_the_header_and_kinds_of_content(self):
        old = page("Fähre", "Die Fähre fährt über die Förde nach Süden.", charset="latin-1")
        with Site({"/latin": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, old),
                   "/wrong": (200, {"Content-Type": "text/html; charset=utf-8"}, old),
                   "/text": (200, {"Content-Type": "text/plain; charset=utf-8"}, "Die Fähre legt an.\n".encode()),
                   "/png": (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n" + b"\0" * 200)}) as site:
            rows, _ = read(site.base + "/latin", site.base + "/text")
            self.assertIn("Förde", rows[0]["text"])
            self.assertIn("Die Fähre legt an.", rows[1]["text"])
            rows, _ = read(site.base + "/wrong", code=None)
            self.assertIn("Förde", rows[0]["text"])
            self.assertIn("PNG image", refused(site, "/png"))

    def test_compressed_bodies(self):
        plain = FERRY
        head = {"Content-Type": "text/html; charset=utf-8"}
        with Site({"/gzip": (200, {**head, "Content-Encoding": "gzip"}, gzip.compress(plain)),
                   "/deflate": (200, {**head, "Content-Encoding": "deflate"}, zlib.compress(plain)),
                   "/lie": (200, {**head, "Content-Encoding": "gzip"}, plain),
                   "/broken": (200, {**head, "Content-Encoding": "gzip"}, gzip.compress(plain)[:-30]),
                   "/bomb": (200, {**head, "Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"a" * (64 << 20)))}) as site:
            for path in ("/gzip", "/deflate", "/lie"):
                (article,), _ = read(site.base + path)
                self.assertEqual(article["headline"], "Fähre bleibt im Hafen", path)
            self.assertIn("truncated", refused(site, "/broken"))
            self.assertIn("grows more than", refused(site, "/bomb"))

    def test_archives_and_json_lines(self):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + FERRY
        record = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://elb.example/1\r\nContent-Type: application/http; "
                  b"msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(answer)) + answer + b"\r\n\r\n"
        rows = b"".join(json.dumps({"id": f"n{i}", "text": f"Die Fähre {i} legt in Borkum an.", "published": "2024-05-06"}).encode() + b"\n"
                        for i in range(3))
        secret = json.dumps({"id": "s", "file": "/etc/passwd"}).encode() + b"\n"
        with Site({"/a.warc.gz": (200, {"Content-Type": "application/warc"}, gzip.compress(record) * 40),
                   "/a.jsonl": (200, {"Content-Type": "application/x-ndjson"}, rows),
                   "/secret.jsonl": (200, {}, secret)}) as site:
            self.assertEqual(len(read(site.base + "/a.warc.gz")[0]), 40)
            self.assertEqual([a["id"] for a in read(site.base + "/a.jsonl")[0]], ["n0", "n1", "n2"])
            self.assertIn("none of this machine", refused(site, "/secret.jsonl"))


class Feeds(unittest.TestCase):
    def pages(self):
        return {"/feed": rss(("/nord/1.html", "Fähre", "Die Fähre bleibt im Hafen von Emden liegen."),
                             ("/nord/2.html", "Deich", "Der Deich bei Norden hat dem Wasser standgehalten."),
                             ("/nord/gone.html", "Watt", "Im Watt sind drei Wanderer gerettet worden.")),
                "/nord/1.html": FERRY, "/nord/2.html": page("Deich hält", "Der Deich bei Norden hat gehalten, sagte der Deichgraf am Montag.")}

    def test_the_texts_of_the_entries(self):
        with Site(self.pages()) as site:
            rows, _ = read(site.base + "/feed")
            self.assertEqual([r["headline"] for r in rows], ["Fähre", "Deich", "Watt"])
            self.assertEqual(rows[0]["url"], site.base + "/nord/1.html")
            self.assertEqual(site.paths(), ["/feed"])

    def test_the_pages_of_the_entries_when_asked(self):
        with Site(self.pages()) as site:
            rows, said = read(site.base + "/feed", args=("--follow",), code=4)
            self.assertEqual([r["headline"] for r in rows], ["Fähre bleibt im Hafen", "Deich hält", "Watt"])
            self.assertIn("/nord/gone.html: 404, not found; the feed's own text is read", said)
            without, _ = read(site.base + "/feed")
            self.assertEqual([r["id"] for r in rows], [r["id"] for r in without])

    def test_ids_do_not_depend_on_the_place_in_the_feed(self):
        with Site(self.pages()) as site:
            first, _ = read(site.base + "/feed")
            site.pages["/feed"] = rss(("/nord/0.html", "Neu", "Ein neuer Eintrag steht am Anfang des Feeds."),
                                      ("/nord/1.html", "Fähre", "Die Fähre bleibt im Hafen von Emden liegen."))
            second, _ = read(site.base + "/feed")
            self.assertEqual(first[0]["id"], second[1]["id"])

    def test_lists_of_feeds(self):
        opml = b"<opml><body><outline xmlUrl='feed'/><outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='/list'/></body></opml>"
        with Site({**self.pages(), "/list": (200, {"Content-Type": "text/x-opml"}, opml)}) as site:
            rows, said = read(site.base + "/list", code=4)
            self.assertEqual(len(rows), 3)
            self.assertIn("no address of a feed: file:///etc/passwd", said)
            self.assertIn("a list within a list of feeds", said)
            OUT.mkdir(parents=True, exist_ok=True)
            path = OUT / "feeds.opml"
            path.write_text(f"<opml><body><outline xmlUrl='{site.base}/feed'/></body></opml>", encoding="utf-8")
            site.asked.clear()
            rows, said = read(path, code=4)
            self.assertEqual((rows, site.asked), ([], []))  # a file does not send anybody to the network
            self.assertIn("--follow reads it", said)
            self.assertEqual(len(read(path, args=("--follow",), code=4)[0]), 3)


class Redirects(unittest.TestCase):
    def test_are_followed_and_checked(self):
        to = lambda where, status=302: (status, {"Location": where}, b"")
        with Site({"/a": to("/b"), "/b": to("c/../d", 307), "/d": FERRY, "/loop": to("/loop"), "/file": to("file:///etc/passwd"),
                   "/user": to("http://u:p@127.0.0.1/"), "/none": (302, {}, b""), "/private": to("/secret/1"), "/secret/1": FERRY,
                   "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /secret/\n")}) as site:
            (article,), _ = read(site.base + "/a")
            self.assertEqual(article["url"], site.base + "/d")
            self.assertIn("redirected more than 8 times", refused(site, "/loop"))
            self.assertEqual(site.paths().count("/loop"), 9)
            self.assertIn("neither http nor https", refused(site, "/file"))
            self.assertIn("user name or password", refused(site, "/user"))
            self.assertIn("redirected to nowhere", refused(site, "/none"))
            self.assertIn("robots.txt of 127.0.0.1 forbids it", refused(site, "/private"))
            self.assertNotIn("/secret/1", site.paths())


class Robots(unittest.TestCase):
    def test_what_it_allows(self):
        own = b"User-agent: *\nDisallow: /\n\nUser-agent: twosource\nDisallow: /archiv\nAllow: /archiv/frei\n"
        with Site({"/robots.txt": (200, {}, own), "/a": FERRY, "/archiv/1": FERRY, "/archiv/frei/1": FERRY}) as site:
            rows, said = read(site.base + "/a", site.base + "/archiv/1", site.base + "/archiv/frei/1", code=4)
            self.assertEqual(len(rows), 2)
            self.assertIn("/archiv/1: the robots.txt of 127.0.0.1 forbids it", said)
            self.assertEqual(site.paths(robots=True).count("/robots.txt"), 1)

    def test_when_it_cannot_be_had(self):
        for answer, allowed in (((404, {}, b""), True), ((403, {}, b""), True), ((500, {}, b""), False), ((429, {}, b""), False),
                                ((302, {"Location": "/elsewhere"}, b""), True), ((302, {"Location": "/robots.txt"}, b""), True)):
            with Site({"/robots.txt": answer, "/a": FERRY, "/elsewhere": (200, {}, b"User-agent: *\nDisallow: /b")}) as site:
                rows, said = read(site.base + "/a", code=0 if allowed else 4)
                self.assertEqual(len(rows), int(allowed), (answer, said))
                if not allowed:
                    self.assertIn("robots.txt cannot be read, so nothing may be", said)

    def test_crawl_delay_is_kept(self):
        with Site({"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 1\n"), "/a": FERRY, "/b": FERRY}) as site:
            begun = time.monotonic()
            self.assertEqual(len(read(site.base + "/a", site.base + "/b")[0]), 2)
            self.assertGreater(time.monotonic() - begun, 0.9)


class Safety(unittest.TestCase):
    def test_private_addresses_only_when_asked(self):
        with Site({"/a": FERRY}) as site:
            for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.0.0.1", "[::ffff:127.0.0.1]"):
                url = f"http://{host}:{site.server_port}/a"
                self.assertEqual(run("read", url, "--text-only", "--timeout", "3", code=4), "")
                self.assertRegex(run.stderr, r"has a loopback address", host)
            self.assertEqual(site.asked, [])

    def test_slow_and_endless_answers_end(self):
        def trickle(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
            for _ in range(60):
                handler.wfile.write(b"<")
                handler.wfile.flush()
                time.sleep(0.25)

        def endless(handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Connection", "close")
            handler.end_headers()
            while True:
                handler.wfile.write(b"<p>a</p>" * 8192)

        def headers(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                handler.wfile.write(b"X-Pad: " + b"a" * 4000 + b"\r\n")

        with Site({"/slow": trickle, "/endless": endless, "/headers": headers}) as site:
            begun = time.monotonic()
            self.assertRegex(refused(site, "/slow"), "came to a halt|not done within")
            self.assertLess(time.monotonic() - begun, 12)
            self.assertIn("larger than 32 MiB", refused(site, "/endless"))
            self.assertRegex(refused(site, "/headers"), "headers of more than 64 KiB")

    def test_broken_servers(self):
        def silent(handler):
            handler.close_connection = True

        def rubbish(handler):
            handler.wfile.write(b"\0\1\2 what\r\n\r\n")
            handler.close_connection = True

        def early(handler):
            handler.answer(200, {"Content-Length": "5000", "Content-Type": "text/html"}, b"<p>Die")
            handler.close_connection = True

        with Site({"/silent": silent, "/rubbish": rubbish, "/early": early,
                   "/chunks": (200, {"Transfer-Encoding": "chunked", "Content-Length": "3"}, b"zz\r\nabc\r\n")}) as site:
            self.assertIn("closed without an answer", refused(site, "/silent"))
            self.assertIn("ended early", refused(site, "/early"))
            self.assertIn(f"skipped: {site.base}/rubbish", refused(site, "/rubbish"))
            self.assertIn(f"skipped: {site.base}/chunks", refused(site, "/chunks"))
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            run("read", f"http://127.0.0.1:{s.getsockname()[1]}/", *LOCAL, code=4)
            self.assertIn("skipped", run.stderr)

    def test_addresses_that_are_none(self):
        for url, why in (("http://u:p@elb.example/", "user name or password"), ("http://", "no such file"),
                         ("https://nirgends.invalid/", "robots.txt cannot be read")):
            run("read", url, "--text-only", "--timeout", "5", code=4)
            self.assertIn(why, run.stderr)

    def test_too_many_requests(self):
        answers = [(429, {"Retry-After": "1"}, b""), FERRY]
        with Site({"/a": lambda h: answers.pop(0), "/later": (503, {"Retry-After": "3600"}, b"")}) as site:
            self.assertEqual(len(read(site.base + "/a")[0]), 1)
            self.assertIn("may be asked again in 3600 s", refused(site, "/later"))
            self.assertEqual(site.paths().count("/later"), 1)


if __name__ == "__main__":
    unittest.main()
