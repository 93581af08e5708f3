"""What the tests of the server share: starting it, asking it, stopping it."""
import html.parser
import json
import re
import signal
import subprocess
import urllib.error
import urllib.request

from support import OUT, PROGRAM, run


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8")

    def json(self):
        return json.loads(self.body)


# Elements that our own templates and pictures write; any other one came out of a text.
KNOWN = set("""html head meta title link script body a header nav ul ol li form label input button main h1 h2 h3 h4 p span small b q br mark details summary
section table thead tbody tr th td figure figcaption article blockquote div footer dialog dl dt dd kbd select option strong time hr
svg desc line circle rect path text g style textarea""".split())


class Links(html.parser.HTMLParser):
    """Links and ids of a page, what in it would run, and elements that no template of ours writes."""

    def __init__(self, text, own_style=False):
        super().__init__()
        self.links, self.ids, self.active, self.unknown, self.styles = [], set(), [], [], 0
        self.feed(text)
        self.close()
        if self.styles != int(own_style):
            self.active.append("style")

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag not in KNOWN:
            self.unknown.append(tag)
        self.styles += tag == "style"
        if tag in ("iframe", "object", "embed", "base", "img") or (tag == "script" and not values.get("src", "").startswith("/static/")):
            self.active.append(tag)
        if tag == "meta" and "http-equiv" in values and values["http-equiv"] != "Content-Security-Policy":
            self.active.append(tag)
        if tag == "link" and not values.get("href", "").startswith("/static/"):
            self.active.append(tag)
        self.active += [k for k in values if k.startswith("on") or k in ("style", "srcdoc", "formaction", "xlink:href")]
        self.active += [v for k, v in attrs if k in ("href", "src", "action") and v and not re.match(r"(https?://|/|#|\?|$)", v)]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


OPENER = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))


class Server:
    """`twosource serve` over a record, on a free port of this machine."""

    def __init__(self, record, *args):
        self.process = subprocess.Popen([PROGRAM, "serve", "--record", str(record), "--port", "0", *map(str, args)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.base = self.process.stdout.readline().decode().strip().rstrip("/")
        if not self.base:
            raise AssertionError(f"the server did not start: {self.process.stderr.read().decode()}")
        self.port = int(self.base.rsplit(":", 1)[1])
        self.token = None
        if "--read-only" not in args:
            self.token = re.search(r"token=([0-9a-f]+)", self.process.stderr.readline().decode()).group(1)

    def ask(self, path, method="GET", body=None, headers=None):
        request = urllib.request.Request(self.base + path, data=body, method=method, headers=headers or {})
        try:
            with OPENER.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as e:
            return Answer(e.code, e.headers, e.read())

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as f:
            return int(f.read().split()[1]) * 4096

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


def make_record(name, *inputs, args=()):
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.db"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    run("add", *inputs, "--record", path, "-q", *args)
    return path
