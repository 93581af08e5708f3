#!/usr/bin/env python3
"""Each example stack tells of one event: all its articles come out as one event of one story, in whatever order they
are given; all stacks together stay as many events."""
import json
import unittest

from support import STACKS, run, stack

TYPES = {"gipfel": {"MEET"}, "unglueck": {"ACCIDENT"}, "harbour": {"ACCIDENT", "DISASTER"}}
DAYS = {"gipfel": "2024-05-11", "unglueck": "2024-10-15", "harbour": "2024-03-05"}


def events(*inputs):
    return [json.loads(line) for line in run("events", "--json", *inputs).splitlines() if line.strip()]


def groups(found):
    return sorted(sorted(e["articles"]) for e in found)


class Stacks(unittest.TestCase):
    def test_one_event_each(self):
        for name in STACKS:
            found = events(stack(name))
            self.assertEqual(len(found), 1, (name, groups(found)))
            self.assertIn(found[0]["type"], TYPES[name], name)
            self.assertEqual(found[0]["when"], DAYS[name], name)

    def test_order_changes_nothing(self):
        for name in STACKS:
            files = sorted(stack(name).iterdir())
            self.assertEqual(groups(events(*files)), groups(events(*reversed(files))), name)

    def test_together_they_stay_apart(self):
        alone = sorted(g for name in STACKS for g in groups(events(stack(name))))
        self.assertEqual(groups(events(*map(stack, STACKS))), alone)


if __name__ == "__main__":
    unittest.main(verbosity=1)
