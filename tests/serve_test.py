#!/usr/bin/env python3
"""The server over the records of the examples: every link leads to a page, every page is safe and in the language
asked for, answers are kept and renewed, what clients send wrongly or slowly ends, signals end the server."""
import re
import signal
import socket
import time
import unittest
import urllib.parse

from serve_support import Links, Server, make_record
from support import run, stack


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.record = make_record("serve", stack("gipfel"), stack("harbour"), stack("unglueck"))
        cls.server = Server(cls.record)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def test_every_link_of_every_page_leads_somewhere(self):
        seen, todo, anchors = {}, ["/"], set()
        while todo:
            path = todo.pop()
            if path in seen or path.startswith("/search"):
                continue
            answer = self.server.ask(path)
            self.assertEqual(answer.status, 200, path)
            if not answer.headers["Content-Type"].startswith("text/html"):
                seen[path] = set()
                continue
            page = Links(answer.text)
            self.assertEqual(page.active, [], path)
            seen[path] = page.ids
            for link in page.links:
                if link.startswith("http"):
                    continue
                target, _, anchor = link.partition("#")
                if target.startswith("?") or target == "":
                    target = path.split("?")[0] + target if target else path
                if anchor:
                    anchors.add((target, anchor, path))
                if "lang=" not in target:
                    todo.append(target)
        self.assertGreater(len(seen), 100)
        for target, anchor, page in anchors:
            self.assertIn(anchor, seen[target], f"{page} -> {target}#{anchor}")

    def test_from_a_story_to_a_sentence(self):
        page = self.server.ask("/").text
        story = re.search(r'href="(/stories/[^"]+)">([^<]*Kabeljau)', page).group(1)
        event = re.search(r'href="(/events/[^"]+)"', self.server.ask(story).text).group(1)
        claims = self.server.ask(event).text
        claim = re.search(r'href="(/claims/[^"]+)"', claims).group(1)
        text = self.server.ask(claim).text
        place = re.search(r'href="(/articles/[^"#]+)#(s\d+)"', text)
        words = re.search(r'<span class="hit">([^<]+)</span>', text).group(1)
        article = self.server.ask(place.group(1)).text
        sentence = re.search(rf'id="{place.group(2)}".*?</span>\s*<a class="badge', article, re.S).group(0)
        plain = " ".join(re.sub(r"<[^>]+>", "", sentence).split())
        self.assertIn(" ".join(words.split())[:40], plain)
        self.assertIn(f'href="{claim}"', article)

    def test_language_is_chosen(self):
        self.assertIn('<html lang="en"', self.server.ask("/").text)
        german = self.server.ask("/", headers={"Accept-Language": "de-AT,de;q=0.9"})
        self.assertIn('<html lang="de"', german.text)
        self.assertIn("Geschichten", german.text)
        asked = self.server.ask("/?lang=de", headers={"Accept-Language": "en"})
        self.assertIn('<html lang="de"', asked.text)
        self.assertIn("lang=de", asked.headers["Set-Cookie"])
        kept = self.server.ask("/people", headers={"Cookie": "lang=de", "Accept-Language": "en"})
        self.assertIn('<html lang="de"', kept.text)

    def test_headers_keep_pages_to_themselves(self):
        for path in ("/", "/nothing", "/api/v1/claims", "/static/site.css", "/isalive"):
            h = self.server.ask(path).headers
            csp = h["Content-Security-Policy"]
            for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
                self.assertIn(part, csp)
            self.assertNotIn("unsafe", csp)
            self.assertEqual(h["X-Content-Type-Options"], "nosniff")
            self.assertEqual(h["Referrer-Policy"], "same-origin")

    def test_unchanged_pages_are_not_sent_again(self):
        first = self.server.ask("/people")
        again = self.server.ask("/people", headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        other = self.server.ask("/people", headers={"If-None-Match": first.headers["ETag"], "Accept-Language": "de"})
        self.assertEqual(other.status, 200)

    def test_head_has_no_body(self):
        get, head = self.server.ask("/timeline"), self.server.ask("/timeline", method="HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["Content-Length"], str(len(get.body)))

    def test_what_was_added_shows(self):
        record = make_record("serve-grows", stack("harbour"))
        server = Server(record)
        try:
            before = server.ask("/api/v1").json()
            run("add", stack("gipfel"), "--record", record, "-q")
            after = server.ask("/api/v1").json()
            self.assertEqual((before["articles"], after["articles"]), (4, 9))
            self.assertIn("Kabeljau", server.ask("/").text)
        finally:
            server.stop()

    def test_methods_names_and_paths_that_are_refused(self):
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"):
            self.assertEqual(self.server.ask("/", method=method).status, 405, method)
        self.assertEqual(self.server.ask("/", headers={"Host": "evil.example"}).status, 421)
        for path in ("/..", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/..%2f..%2fetc%2fpasswd", "/static/%2e%2e", "/a%00b",
                     "/%", "/%zz", "/articles//x", "/articles/%ff", "/api/..%2fclaim.schema.json", "/claims/k1/extra", "/static/x",
                     "/CON", "/articles/..%5c..%5cboot.ini", "/people/p1;DROP TABLE people", "/claims/k1'--", "/?a=%", "/" + "a/" * 20):
            status = self.server.ask(path.replace(" ", "%20")).status
            self.assertIn(status, (400, 404), path)

    def test_health_and_metrics(self):
        self.assertEqual(self.server.ask("/isalive").text, "alive\n")
        health = self.server.ask("/health").json()
        self.assertEqual((health["status"], health["articles"]), ("ok", 15))
        text = self.server.ask("/metrics").text
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? [0-9.e+-]+)$')
        self.assertRegex(text, r"(?m)^twosource_articles 15$")

    def raw(self, data, wait=5.0):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait) as s:
            s.sendall(data)
            out = b""
            try:
                while chunk := s.recv(65536):
                    out += chunk
                    if out.startswith(b"HTTP/1.1 4") or b"\r\n\r\n" in out:
                        break
            except (TimeoutError, ConnectionResetError):
                pass
            return out

    def test_oversized_requests_are_refused(self):
        self.assertRegex(self.raw(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"), rb"^HTTP/1.1 414|^$")
        self.assertRegex(self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n"), rb"^HTTP/1.1 431|^$")
        many = b"".join(b"X-%d: y\r\n" % i for i in range(20000))
        self.assertRegex(self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + many + b"\r\n"), rb"^HTTP/1.1 431|^$")
        big = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n"
        self.assertRegex(self.raw(big), rb"^HTTP/1.1 413|^$")
        chunked = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + b"8000\r\n" + b"a" * 0x8000 + b"\r\n"
        self.raw(chunked + b"8000\r\n" + b"a" * 0x8000 + b"\r\n8000\r\n" + b"a" * 0x8000 + b"\r\n0\r\n\r\n", wait=2)
        for broken in (b"\0\0\0\0\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n"):
            self.raw(broken, wait=1)
        self.assertEqual(self.server.ask("/isalive").status, 200)

    def test_slow_requests_are_ended(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(50)]
        for s in slow:
            s.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        begin = time.monotonic()
        while slow and time.monotonic() - begin < 30:
            time.sleep(0.5)
            for s in list(slow):
                try:
                    s.sendall(b"X-a: b\r\n")  # never silent for long, never done
                except OSError:
                    s.close()
                    slow.remove(s)
            self.assertEqual(self.server.ask("/isalive").status, 200)
        self.assertEqual(len(slow), 0, "slow clients keep their connections")
        self.assertRegex(self.server.ask("/metrics").text, r"(?m)^twosource_connections_ended_total (5\d|[6-9]\d)$")

    def test_thousands_of_connections(self):
        before = self.server.memory()
        connections = []
        for _ in range(3000):
            s = socket.create_connection(("127.0.0.1", self.server.port))
            connections.append(s)
            s.sendall(b"GET /isalive HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answered = sum(s.recv(4096).startswith(b"HTTP/1.1 200") for s in connections)
        grown = self.server.memory() - before
        for s in connections:
            s.close()
        self.assertEqual(answered, 3000)
        self.assertLess(grown, 200 << 20)
        self.assertEqual(self.server.ask("/").status, 200)

    def post(self, path, fields, **headers):
        body = urllib.parse.urlencode(fields).encode()
        return self.server.ask(path, "POST", body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def test_corrections_are_kept_and_taken_back(self):
        people = self.server.ask("/api/v1/people?limit=2").json()["items"]
        merge = {"do": "merge-people", "a": people[0]["id"], "b": people[1]["name"], "by": "Ada <b>", "why": "one & the same"}
        self.assertEqual(self.post("/api/v1/corrections", merge).status, 403)
        self.assertEqual(self.post("/api/v1/corrections", merge, Authorization="Bearer " + "0" * 64).status, 403)
        bearer = {"Authorization": "Bearer " + self.server.token}
        for wrong in ({"b": "nobody"}, {"by": ""}, {"why": " "}, {"do": "delete-all"}, {"b": people[0]["id"]}, {"from": "never"}, {"a": "x" * 3000}):
            self.assertEqual(self.post("/api/v1/corrections", {**merge, **wrong}, **bearer).status, 400, wrong)
        self.assertEqual(self.server.ask("/api/v1/corrections").json()["items"], [])
        made = self.post("/api/v1/corrections", merge, **bearer)
        self.assertEqual((made.status, made.json()), (201, {"id": 1}))
        # The form: the token as a cookie, the form's own token, and a page of this server.
        login = self.server.ask("/?token=" + self.server.token)
        self.assertEqual(login.status, 303)
        cookie = login.headers["Set-Cookie"].split(";")[0]
        self.assertIn("HttpOnly; SameSite=Strict", login.headers["Set-Cookie"])
        self.assertNotIn("Set-Cookie", self.server.ask("/?token=" + "0" * 64).headers)
        page = f"/people/{people[0]['id']}"
        self.assertNotIn("form_token", self.server.ask(page).text)
        form_token = re.search(r'name="form_token" value="([0-9a-f]{64})"', self.server.ask(page, headers={"Cookie": cookie}).text).group(1)
        undo = {"id": 1, "by": "Ada", "why": "two after all", "form_token": form_token}
        here = {"Cookie": cookie, "Origin": self.server.base, "Sec-Fetch-Site": "same-origin"}
        for change in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Cookie": "twosource=x"}, {"Origin": "null", "Sec-Fetch-Site": ""}):
            self.assertEqual(self.post("/corrections/undo", undo, **{**here, **change}).status, 403, change)
        self.assertEqual(self.post("/corrections/undo", {**undo, "form_token": "x"}, **here).status, 403)
        self.assertEqual(self.post("/corrections/undo", undo, **here).status, 303)
        self.assertEqual(self.post("/corrections/undo", undo, **here).status, 400)
        kept = self.server.ask("/api/v1/corrections").json()["items"]
        self.assertEqual([(x["undoes"], x["undoneBy"]) for x in kept], [(None, 2), (1, None)])
        listed = self.server.ask("/corrections").text
        self.assertIn("Ada &lt;b&gt;", listed)
        self.assertNotIn("<b>,", listed)
        for path in ("/", "/people", "/api/v1/claims", "/corrections/1"):
            self.assertEqual(self.post(path, merge, **bearer).status, 405, path)

    def test_refuses_corrections_that_name_nothing(self):
        bearer = {"Authorization": "Bearer " + self.server.token}
        items = lambda path: self.server.ask(f"/api/v1/{path}").json()["items"]
        claim = next(c for c in items("claims?limit=200") if len({s["article"] for s in c["statements"]}) > 1)
        of = [s["article"] for s in claim["statements"]]
        event = max(items("events"), key=lambda e: len(e["articles"]))
        other = next(a["id"] for a in items("articles") if a["id"] not in of)
        before = items("corrections")
        for wrong in ({"do": "not-same-claim", "a": claim["id"]}, {"do": "not-same-claim", "a": claim["id"], "article": other},
                      {"do": "not-same-claim", "a": claim["id"], "article": of}, {"do": "not-same-claim", "a": "k0", "article": of[0]},
                      {"do": "same-claim", "a": claim["id"], "b": claim["id"]}, {"do": "same-claim", "a": claim["id"], "b": "k0"},
                      {"do": "split-event", "a": event["id"]}, {"do": "split-event", "a": event["id"], "article": event["articles"]},
                      {"do": "split-event", "a": "v0", "article": event["articles"][0]}, {"do": "set-group", "a": "Nobody", "value": "x"},
                      {"do": "set-group", "a": "Nobody"}, {"do": "set-date", "article": other, "value": "soon"},
                      {"do": "cut-copies", "article": [other, other]}, {"do": "join-copies", "article": other}):
            body = urllib.parse.urlencode({**wrong, "by": "Ada", "why": "w"}, doseq=True).encode()
            answer = self.server.ask("/api/v1/corrections", "POST", body, {"Content-Type": "application/x-www-form-urlencoded", **bearer})
            self.assertEqual(answer.status, 400, wrong)
        self.assertEqual(items("corrections"), before)

    def test_read_only_takes_no_corrections(self):
        server = Server(self.record, "--read-only")
        try:
            answer = server.ask("/api/v1/corrections", "POST", b"do=merge-people", {"Authorization": "Bearer x"})
            self.assertEqual(answer.status, 403)
            self.assertFalse(server.ask("/health").json()["writable"])
        finally:
            server.stop()

    def test_signals_end_it(self):
        for which in (signal.SIGINT, signal.SIGTERM):
            server = Server(self.record, "--read-only")
            idle = socket.create_connection(("127.0.0.1", server.port))
            server.process.send_signal(which)
            self.assertEqual(server.process.wait(timeout=10), 0)
            idle.close()
            server.stop()

    def test_what_cannot_be_served(self):
        run("serve", "--record", "/nonexistent/x.db", code=1)
        self.assertIn("no such record", run.stderr)
        run("serve", "--record", self.record, "--port", self.server.port, code=1)
        self.assertIn("cannot listen", run.stderr)


if __name__ == "__main__":
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    unittest.main(verbosity=1)
