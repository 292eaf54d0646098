"""Writes corpus cases from annotated files. See corpus/README.md for the format."""

import json
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = {
    label: table["content"]
    for label, table in tomllib.loads((HERE.parent / "cleaner/data/labels.toml").read_text(encoding="utf-8")).items()
}
MARK = re.compile(r"⟦([a-z_]+):([^⟧]*)⟧")


def unmark(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and (start, end, label) of each marked part in code points of that text."""
    plain, spans, at = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain += mark[2]
        at = mark.end()
    plain += text[at:]
    if "⟦" in plain or "⟧" in plain:
        raise ValueError(f"a mark is not of the form ⟦label:text⟧ in: {text[:80]}")
    for *_, label in spans:
        check_label(label, text)
    return plain, spans


def check_label(label: str, line: str) -> None:
    """Raises ValueError for a label that labels.toml does not have."""
    if label not in LABELS:
        raise ValueError(f"no label {label!r}; `cleaner labels` lists them. In: {line[:80]}")


def annotate(path: Path) -> Path:
    """Reads one annotated file, writes its case folder and returns it."""
    header, parted, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    if not parted:
        raise ValueError(f"{path}: a line --- must part the header from the text")
    known = dict(line.split(": ", 1) for line in header.splitlines() if line.strip())
    if "language" not in known:
        raise ValueError(f"{path}: the header must name the language")
    if "authors" in known:
        known["authors"] = [name.strip() for name in known["authors"].split(";")]  # type: ignore[assignment]
    lines: list[str] = []
    labels: list[str] = []
    spans: list[tuple[int, int, int, str]] = []
    body: list[str] = []
    for number, line in enumerate(rest.removesuffix("\n").split("\n")):
        if not line.strip():
            lines.append(line)
            labels.append("")
            continue
        label, parted, text = line.partition("\t")
        if not parted:
            raise ValueError(f"{path}, line {number + 1} below ---: no tab after the label in: {line[:80]}")
        check_label(label, line)
        plain, marks = unmark(text)
        lines.append(plain)
        labels.append(label)
        spans.extend((number, start, end, name) for start, end, name in marks)
        if LABELS[label]:
            kept, at = "", 0
            for start, end, name in marks:
                if not LABELS[name]:
                    kept += plain[at:start]
                    at = end
            kept = " ".join((kept + plain[at:]).split())
            if kept:
                body.append(kept)
    folder = HERE / "cases" / path.name.removesuffix(".ann")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.txt").write_bytes(("\n".join(lines) + "\n").encode())
    (folder / "body.txt").write_text("\n\n".join(body) + "\n", encoding="utf-8")
    head = json.dumps(known, ensure_ascii=False)[1:-1]
    rows = ",\n  ".join(json.dumps(label) for label in labels)
    inside = ",\n  ".join(json.dumps(span, ensure_ascii=False) for span in spans)
    (folder / "labels.json").write_text(f'{{{head},\n "labels": [\n  {rows}],\n "spans": [\n  {inside}]}}\n', encoding="utf-8")
    return folder


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python corpus/annotate.py FILE.ann [FILE.ann …]")
    for argument in sys.argv[1:]:
        try:
            print(annotate(Path(argument)))
        except (OSError, ValueError) as error:
            sys.exit(f"annotate: {error}")
