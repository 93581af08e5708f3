"""A web server on this machine for the tests that read from the network: nothing leaves it."""
import http.server
import threading


class Site(http.server.ThreadingHTTPServer):
    """`pages` maps a path to bytes, to (status, headers, body), or to a function of the request's handler."""
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, pages=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = dict(pages or {})
        self.asked = []  # (method, path, headers) in their order
        self.bodies = []  # of POSTs
        self.base = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        pass  # clients that hang up are what is tested

    def paths(self, robots=False):
        return [p for _, p, _ in self.asked if robots or p != "/robots.txt"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, headers=(), body=b""):
        self.send_response(status)
        headers = dict(headers)
        headers.setdefault("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        page = self.server.pages.get(self.path)
        if callable(page):
            page = page(self)
            if page is None:
                return  # it has answered itself
        if page is None:
            page = (404, {}, b"")
        if isinstance(page, bytes):
            page = (200, {"Content-Type": "text/html; charset=utf-8"}, page)
        self.answer(*page)

    def do_POST(self):
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.do_GET()


def page(title, *paragraphs, charset="utf-8"):
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (f"<!DOCTYPE html><html lang='de'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"{text}</article></body></html>").encode(charset)


def rss(*items, head=""):
    """Items are (link, title, description)."""
    entries = "".join(f"<item><link>{u}</link><title>{t}</title><description>{d}</description></item>" for u, t, d in items)
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Elbblick</title>{head}{entries}</channel></rss>".encode()
    return (200, {"Content-Type": "application/rss+xml"}, body)
