#!/usr/bin/env python3
"""The dossiers of the example stacks, as a readable summary, against tests/golden/. `golden_test.py --write`
renews the summaries: read the difference before you commit it."""
import difflib
import sys

from support import ROOT, STACKS, dossier, stack, text_of

GOLDEN = ROOT / "tests" / "golden"


def one_line(text, limit=110):
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit - 1] + "…"


def summary(d):
    out = [f"# {d['title']}", "", "## articles"]
    for a in d["articles"]:
        when = a["datePublished"]
        credits = ", ".join(f"{c['name']} ({c['kind']})" for c in a["agencies"])
        out.append(f"{a['id']}: {a['publisher']} | {one_line(a['headline'] or '-')} | {when['value']} ({when['from']}) | {credits}")
        kinds = {}
        for f in a["furniture"]:
            kinds[f["kind"]] = kinds.get(f["kind"], 0) + 1
        out.append("   furniture: " + ", ".join(f"{k} {n}" for k, n in sorted(kinds.items())))
    out += ["", "## events"]
    for e in d["events"]:
        out.append(f"{e['id']} {e['type']} | {e['label']} | {e['when']} | {', '.join(e['where'])} | {', '.join(e['names'])} | {', '.join(e['articles'])}")
    out += ["", "## copies"]
    for c in d["copies"]:
        for p in c["pairs"]:
            out.append(f"{c['id']} {p['a']} / {p['b']} {p['containment']:.2f} {c['agency']} first: {p['original']}")
    out += ["", "## claims"]
    names = {o["id"]: f"{o['name']}/{o['kind']}" for o in d["origins"]}
    for c in d["claims"]:
        if len(c["statements"]) < 2:
            continue
        out.append(f"{c['verdict']} ({c['origins']}): {one_line(c['text'])}")
        for s in c["statements"]:
            out.append(f"   {s['article']} [{names.get(s['origin'])}] {one_line(text_of(d, s))}")
        for x in c["differences"]:
            out.append(f"   {x['relation']} {x['slot']}: {x['a']['value']} ({x['a']['article']}) / {x['b']['value']} ({x['b']['article']})")
    out += ["", "## quotations in several wordings"]
    for q in d["quotes"]:
        if len(q["variants"]) > 1:
            out.append(f"{q['name']}:")
            out += [f"   {v['article']}: {one_line(v['text'])}" for v in q["variants"]]
    out += ["", "## people"]
    for p in d["people"]:
        out.append(f"{p['name']}: {', '.join(r['title'] for r in p['roles'])}")
    return "\n".join(out) + "\n"


def main():
    failed = False
    for name in STACKS:
        got = summary(dossier(stack(name), name=f"golden-{name}"))
        path = GOLDEN / f"{name}.txt"
        if "--write" in sys.argv:
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(got, encoding="utf-8")
            continue
        want = path.read_text(encoding="utf-8")
        if got != want:
            failed = True
            sys.stdout.writelines(difflib.unified_diff(want.splitlines(True), got.splitlines(True), str(path), "now"))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
