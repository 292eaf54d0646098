"""Writes down what comes out of corpus/ today: `python -m tests.golden.write`, and says what CHANGELOG.md must tell."""

from __future__ import annotations

from tests.golden.outputs import PATH, digest, kept, write


def main() -> None:
    """Writes the file, and tells which documents came out otherwise."""
    before = {row["id"]: row for row in kept()} if PATH.exists() else {}
    write()
    changed = [row["id"] for row in kept() if row != before.get(row["id"])]
    print(f"{len(changed)} documents have changed: {', '.join(changed[:10])}{' …' if len(changed) > 10 else ''}")
    print(f"CHANGELOG.md, under `### Outputs`, must say what changed and why, in a line that begins with:\n- `{digest()}`:")


if __name__ == "__main__":
    main()
