#!/usr/bin/env python3
"""The manual page and the completions, which the program writes of itself: groff, bash, zsh and fish take them,
and they know every command and option that --help knows."""
import os
import pathlib
import re
import subprocess
import unittest

from support import OUT, PROGRAM, run

COMPLETE = """source {file}
COMP_WORDS=({words}); COMP_CWORD={last}; _twosource; echo "${{COMPREPLY[*]}}"
"""


def shell(*args, **kwargs):
    p = subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, encoding="utf-8", **kwargs)
    if p.returncode or p.stderr:
        raise AssertionError(f"{args[0]}: exit {p.returncode}\n{p.stderr}")
    return p.stdout


def options(command):
    text = run(command, "--help").split("Examples:")[0]
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", " ".join(re.findall(r"^  (-\S.*?)(?:  |$)", text, re.M))))


class Shells(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        OUT.mkdir(parents=True, exist_ok=True)
        cls.files = {form: OUT / f"twosource.{form}" for form in ("man", "bash", "zsh", "fish")}
        for form, path in cls.files.items():
            path.write_text(run("describe", form), encoding="utf-8")
        cls.commands = re.findall(r"^  ([a-z]+) ", run("--help").split("Subcommands:")[1], re.M)

    def test_every_command_and_option_is_there(self):
        self.assertIn("export", self.commands)
        self.assertNotIn("describe", self.commands)
        for form, path in self.files.items():
            text = path.read_text(encoding="utf-8").replace("\\-", "-")
            for command in self.commands:
                self.assertRegex(text, rf"\b{command}\b")
                self.assertIn("--help", options(command))
                for option in options(command):
                    self.assertIn(f"-l {option[2:]}" if form == "fish" else option, text, (form, command))

    def test_the_manual_sets_without_a_warning(self):
        page = shell("groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-c", str(self.files["man"]))
        page = re.sub(".\b|\x1b\\[[0-9;]*m", "", page)
        for heading in ("NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS"):
            self.assertIn(heading, page)
        self.assertIn("twosource export --record story.db --format csv -o claims.csv", page)

    def bash(self, *words):
        script = COMPLETE.format(file=self.files["bash"], words=" ".join(f"'{w}'" for w in words), last=len(words) - 1)
        return shell("bash", "--norc", "-c", script).split()

    def test_bash_completes(self):
        self.assertEqual(self.bash("twosource", "exp"), ["explain", "export"])
        self.assertEqual(self.bash("twosource", "export", "--format", "js"), ["jsonl", "jsonld"])
        self.assertEqual(self.bash("twosource", "read", "--pub"), ["--published"])
        self.assertEqual(self.bash("twosource", "read", "-"), self.bash("twosource", "read", "x", "-"))
        self.assertEqual(self.bash("twosource", "add", "--record", ""), [])  # files, by bash itself
        self.assertLessEqual(set(self.commands), set(self.bash("twosource", "")))

    def test_zsh_takes_it(self):
        shell("zsh", "-f", "-n", str(self.files["zsh"]))
        script = "autoload -U compinit; compinit -u -D; source {0}; print $_comps[twosource]".format(self.files["zsh"])
        self.assertEqual(shell("zsh", "-f", "-c", script).strip(), "_twosource")

    def test_fish_completes(self):
        folder = pathlib.Path(PROGRAM).resolve().parent
        env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(OUT), "TERM": "dumb"}

        def fish(line):
            script = f"source {self.files['fish']}; complete -C '{line}'"
            return [row.split("\t")[0] for row in shell("fish", "--no-config", "-c", script, env=env).splitlines()]
        self.assertEqual(fish("twosource expo"), ["export"])
        self.assertEqual(fish("twosource export --format j"), ["jsonl", "jsonld"])
        self.assertEqual(fish("twosource read --publ"), ["--published"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
