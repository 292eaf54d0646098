"""What comes out of corpus/ is what came out before, or CHANGELOG.md says why not."""

from __future__ import annotations

import json
from pathlib import Path

from tests.golden.outputs import digest, kept, outputs

_HOW = """{names} came out otherwise than before.
To look at it: git stash; cleaner clean corpus/demo -o /tmp/before --ledger; git stash pop;
  cleaner clean corpus/demo -o /tmp/after --ledger;
  cleaner diff --runs /tmp/before /tmp/after            (corpus/cases is another folder that can be looked at so)
Where it is meant: python -m tests.golden.write, read `git diff tests/golden`, and say in CHANGELOG.md what changed and why."""


def test_what_comes_out_is_what_came_out() -> None:
    then = {row["id"]: row for row in kept()}
    now = {row["id"]: row for row in json.loads(json.dumps(list(outputs())))}
    other = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
    assert not other, _HOW.format(names=", ".join(other))


def test_every_change_is_explained() -> None:
    changelog = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    lines = [line for line in changelog.splitlines() if line.startswith(f"- `{digest()}`:")]
    assert lines, f"CHANGELOG.md must tell, under `### Outputs`, what changed and why, in a line that begins with: - `{digest()}`:"
    assert len(lines[0].split()) > 5, "that says nothing"
