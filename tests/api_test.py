#!/usr/bin/env python3
"""Every path of the OpenAPI file against a running server: it is there, and what it answers fits its schema; lists
are whole whatever the size of their parts."""
import json
import unittest
import urllib.parse

import jsonschema

from serve_support import Server, make_record
from support import ROOT, dossier, stack


def stored_schemas():
    """Schemas by the addresses under which they name each other."""
    files = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schema").glob("*.json")}
    store = {f"file:///{name}": content for name, content in files.items()}
    store.update({content["$id"]: content for content in files.values() if "$id" in content})
    return store, files["openapi.json"]


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.inputs = [stack("gipfel"), stack("harbour")]
        cls.record = make_record("api", *cls.inputs)
        cls.server = Server(cls.record)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def ids(self, plural):
        return [x["id"] for x in self.server.ask(f"/api/v1/{plural}?limit=1000").json()["items"]]

    def walk(self, check):
        api = self.server.ask("/api/openapi.json").json()
        for path, methods in api["paths"].items():
            if "get" not in methods:
                continue
            operation = methods["get"]
            content = operation["responses"]["200"]["content"]
            kind = next(iter(content))
            addresses = [path]
            if "{id}" in path:
                plural = path.split("/")[3]
                ids = self.ids(plural) if plural != "explain" else [x for p in ("claims", "events", "stories", "people", "quotes", "origins", "entities") for x in self.ids(p)[:3]] + [self.server.ask("/api/v1/copies?limit=1").json()["items"][0]["family"]]
                self.assertTrue(ids, path)
                addresses = [path.replace("{id}", urllib.parse.quote(i, safe="")) for i in ids[:20]]
                missing = self.server.ask(path.replace("{id}", "nothing%20of%20this"))
                self.assertEqual((missing.status, missing.headers["Content-Type"]), (404, "application/problem+json"))
                check(api["components"]["schemas"]["problem"], missing.json(), path)
            elif any(p["$ref"].endswith("/q") for p in operation["parameters"]):
                addresses = [path + "?q=Kabeljau"]
            for address in addresses:
                answer = self.server.ask(address)
                self.assertEqual(answer.status, 200, address)
                self.assertTrue(answer.headers["Content-Type"].startswith(kind), (address, answer.headers["Content-Type"]))
                if kind == "application/json":
                    check(content[kind]["schema"], answer.json(), address)

    def test_every_path_answers_as_described(self):
        store, api = stored_schemas()
        count = 0

        def check(schema, value, where):
            nonlocal count
            count += 1
            resolver = jsonschema.RefResolver("file:///openapi.json", api, store=store)
            errors = list(jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(value))
            self.assertEqual([e.message for e in errors[:3]], [], where)
        self.walk(check)
        self.assertGreater(count, 80)

    def test_the_schemas_it_names_are_served(self):
        names = {line.split('"')[3] for line in self.server.ask("/api/openapi.json").text.splitlines() if '"$ref"' in line and ".schema.json" in line}
        self.assertGreater(len(names), 5)
        for name in names:
            self.assertEqual(self.server.ask(f"/api/{name}").json(), json.loads((ROOT / "schema" / name).read_text(encoding="utf-8")))

    def test_lists_are_whole_in_parts_of_any_size(self):
        for plural in ("articles", "claims", "events", "people", "copies", "timeline", "quotes", "origins"):
            whole = self.server.ask(f"/api/v1/{plural}?limit=1000").json()
            self.assertEqual(whole["total"], len(whole["items"]))
            self.assertIsNone(whole["next"])
            parts, address = [], f"/api/v1/{plural}?limit=3"
            while address:
                part = self.server.ask(address).json()
                parts += part["items"]
                address = part["next"]
            self.assertEqual(parts, whole["items"], plural)

    def test_elements_are_those_of_the_dossier(self):
        d = dossier("--record", self.record, name="api")
        for plural in ("claims", "events", "people", "quotes", "stories"):
            ours = {x["id"]: x for x in self.server.ask(f"/api/v1/{plural}?limit=1000").json()["items"]}
            self.assertEqual(ours, {x["id"]: x for x in d[plural]}, plural)
        # Those that a statement goes back to; the dossier has those of other sentences too.
        ours = {x["id"]: x for x in self.server.ask("/api/v1/origins?limit=1000").json()["items"]}
        named = {s["origin"] for c in d["claims"] for s in c["statements"]} - {None}
        self.assertEqual(ours, {x["id"]: x for x in d["origins"] if x["id"] in named})
        self.assertEqual(self.server.ask("/api/v1/timeline?limit=1000").json()["items"], d["timeline"])

    def test_search(self):
        found = self.server.ask("/api/v1/search?q=Kabeljau").json()
        self.assertGreater(found["total"], 2)
        texts = {a["id"]: a["text"] for a in self.server.ask("/api/v1/articles?limit=1000").json()["items"]}
        for item in found["items"]:
            for s in item["sentences"]:
                self.assertEqual(texts[item["article"]][s["start"]:s["end"]], s["text"])
                for m in s["matches"]:
                    self.assertIn("kabeljau", texts[item["article"]][m["start"]:m["end"]].lower())
        self.assertEqual(self.server.ask("/api/v1/search?q=").json()["total"], 0)
        self.assertEqual(self.server.ask("/api/v1/search?q=Kabeljau&language=en").json()["total"], 0)
        for odd in ("%22", "-", "*", "%22%22%22", "AND%20OR%20NEAR(", "a%20-b%20%22c", "%F0%9F%98%80", "x" * 3000):
            self.assertEqual(self.server.ask(f"/api/v1/search?q={odd}").status, 200, odd)
            self.assertEqual(self.server.ask(f"/search?q={odd}&from=never&to=2024-99").status, 200, odd)

    def test_filters(self):
        claims = self.server.ask("/api/v1/claims?limit=1000").json()["items"]
        for verdict in {c["verdict"] for c in claims}:
            got = self.server.ask(f"/api/v1/claims?limit=1000&verdict={verdict}").json()["items"]
            self.assertEqual(got, [c for c in claims if c["verdict"] == verdict])
        event = claims[0]["event"]
        got = self.server.ask(f"/api/v1/claims?limit=1000&event={event}").json()["items"]
        self.assertEqual(got, [c for c in claims if c["event"] == event])
        article = claims[0]["statements"][0]["article"]
        got = self.server.ask(f"/api/v1/claims?limit=1000&article={article}").json()["items"]
        self.assertEqual(got, [c for c in claims if article in {s["article"] for s in c["statements"]}])
        self.assertEqual(self.server.ask("/api/v1/claims?verdict=nothing").json()["items"], [])
        self.assertEqual(self.server.ask("/api/v1/claims?limit=0").json()["limit"], 1)
        self.assertEqual(self.server.ask("/api/v1/claims?limit=999999").json()["limit"], 1000)
        self.assertEqual(self.server.ask("/api/v1/claims?offset=-5").json()["offset"], 0)


if __name__ == "__main__":
    unittest.main(verbosity=1)
