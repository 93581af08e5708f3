"""What the tests of the server share: starting it, asking it, stopping it."""
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
