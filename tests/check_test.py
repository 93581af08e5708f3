#!/usr/bin/env python3
"""`check DRAFT`: each statement of a draft against the example stacks, with statuses thought of before the program ran."""
import json
import pathlib
import tempfile
import unittest

import jsonschema

from support import OUT, ROOT, lines, run, stack

DRAFTS = {
    # stack: (sentence, statuses that are right for it)
    "unglueck": [
        ("Die Passagierfähre „Seeschwalbe“ ist am Dienstag im Hafen von Cuxhaven gegen die Kaimauer geprallt.", {"backed"}),
        ("Nach Angaben der Polizei wurden 17 Menschen verletzt.", {"weak"}),
        ("Ein 71-jähriger Fahrgast aus Brunsbüttel starb.", {"backed"}),
        ("Die Bundesstelle für Seeunfalluntersuchung schickte drei Ermittler nach Cuxhaven.", {"contradicted"}),
        ("An Bord waren 86 Fahrgäste und sieben Besatzungsmitglieder.", {"weak"}),
        ("Der Bürgermeister von Cuxhaven trat am Abend zurück.", {"not-found"}),
        ("War es das Ruder?", None),
    ],
    "gipfel": [
        ("Norwegen und Kanada haben ihren Streit um den Kabeljau beigelegt.", {"backed", "weak"}),
        ("Das Gespräch zwischen Haugland und Whitcombe dauerte vier Stunden.", {"contradicted"}),
        ("Der Trawler „Havbris“ kommt frei.", {"backed", "weak"}),
        ("Rund 400 Fischer demonstrierten nach Angaben der Polizei am Hafen gegen die Einigung.", {"weak"}),
        ("Der Papst sagte seine Reise nach Bergen ab.", {"not-found"}),
    ],
    "harbour": [
        ("The freighter Ostrava Star hit a breakwater at Gloucester on Tuesday.", {"backed", "weak"}),
        ("The harbour will be dredged by the navy in June.", {"not-found"}),
    ],
}


def check(name, text, *arguments, code=None):
    with tempfile.TemporaryDirectory() as folder:
        draft = pathlib.Path(folder) / "draft.txt"
        draft.write_text(text, encoding="utf-8")
        return lines(run("check", draft, stack(name), "--json", *arguments, code=code))


class Check(unittest.TestCase):
    def test_statuses(self):
        for name, sentences in DRAFTS.items():
            found = {row["text"]: row for row in check(name, " ".join(s for s, _ in sentences))}
            for sentence, allowed in sentences:
                with self.subTest(stack=name, sentence=sentence):
                    if allowed is None:
                        self.assertNotIn(sentence, found)
                    else:
                        self.assertIn(found[sentence]["status"], allowed, found[sentence]["why"])

    def test_an_older_figure_is_outdated(self):
        rows = check("unglueck", "Fährunglück in Cuxhaven\n\nBei dem Unfall der Fähre in Cuxhaven wurden nach Angaben der "
                     "Polizei neun Menschen verletzt. Die Fähre prallte am Dienstag gegen die Kaimauer.")
        status = {row["text"][-25:]: row["status"] for row in rows}
        self.assertEqual(status["i neun Menschen verletzt."], "outdated", rows)

    def test_lines_fit_the_schema_and_evidence_reads_as_quoted(self):
        schema = json.loads((ROOT / "schema/check.schema.json").read_text(encoding="utf-8"))
        validator = jsonschema.Draft202012Validator(schema)
        for name, sentences in DRAFTS.items():
            articles = {a["id"]: a["text"] for a in lines(run("read", stack(name), "--json"))}
            text = " ".join(s for s, _ in sentences)
            for row in check(name, text):
                validator.validate(row)
                self.assertEqual(text[row["start"]:row["end"]], row["text"])
                for place in row["evidence"] + row["differs"]:
                    self.assertEqual(articles[place["article"]][place["start"]:place["end"]], place["text"])
                if row["status"] in ("backed", "weak"):
                    self.assertTrue(row["evidence"])
                if row["status"] == "not-found":
                    self.assertFalse(row["evidence"] + row["differs"])

    def test_the_draft_is_no_source(self):
        """A sentence that one outlet alone has is not backed by a draft that repeats it, however often."""
        sentence = "Die 44-Jährige pendelt seit neun Jahren über die Elbe, sie arbeitet in einem Labor in Cuxhaven."
        for row in check("unglueck", f"{sentence} {sentence} Die Fähre prallte in Cuxhaven gegen die Kaimauer."):
            if row["text"] == sentence:
                self.assertEqual((row["status"], row["origins"]), ("weak", 1))

    def test_exit_codes(self):
        wrong = "Die Bundesstelle für Seeunfalluntersuchung schickte drei Ermittler nach Cuxhaven, wo die Fähre lag."
        check("unglueck", wrong, code=3)
        check("unglueck", wrong, "--fail-on", "contradicted", code=3)
        check("unglueck", wrong, "--fail-on", "nothing", code=0)
        check("unglueck", "Ein 71-jähriger Fahrgast aus Brunsbüttel starb.", code=0)
        check("unglueck", "Ein 71-jähriger Fahrgast aus Brunsbüttel starb.", "--min-origins", "3", code=3)
        check("unglueck", "Der Bürgermeister trat zurück.", "--fail-on", "contradicted", code=0)
        run("check", code=2)
        run("check", "no-such-draft.txt", stack("unglueck"), code=1)
        run("check", stack("unglueck"), stack("unglueck"), code=1)  # a draft is one text

    def test_from_standard_input_over_a_record(self):
        OUT.mkdir(parents=True, exist_ok=True)
        record = OUT / "check.db"
        for old in OUT.glob("check.db*"):
            old.unlink()
        run("add", stack("unglueck"), "--record", record)
        text = "Ein 71-jähriger Fahrgast aus Brunsbüttel starb."
        from_record = lines(run("check", "-", "--record", record, "--json", stdin=text.encode()))
        self.assertEqual(from_record, check("unglueck", text))


if __name__ == "__main__":
    unittest.main()
