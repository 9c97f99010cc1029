"""Run every benchmark, or those of the topics named: ``python -m benchmarks [TOPIC ...] [--page FILE] [--strict]``."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from benchmarks.harness import Row, as_json, as_markdown, show


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", help="folders under benchmarks/; all where none is named")
    parser.add_argument("--json", type=Path, help="also write the table here")
    parser.add_argument("--page", type=Path, help="put the table in this page, after its line <!-- table -->")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a bound is missed")
    asked = parser.parse_args()
    here = Path(__file__).parent
    rows: list[Row] = []
    for file in sorted(here.glob("*/bench_*.py")):
        topic = file.parent.name
        if asked.topics and topic not in asked.topics:
            continue
        print(f"{topic}: {file.stem.removeprefix('bench_')} ...", flush=True)
        rows.extend(importlib.import_module(f"benchmarks.{topic}.{file.stem}").rows())
    show(rows)
    if asked.json:
        asked.json.write_text(as_json(rows) + "\n", encoding="utf-8")
    if asked.page:
        before, mark, _ = asked.page.read_text(encoding="utf-8").partition("<!-- table -->\n")
        asked.page.write_text(before + mark + "\n" + as_markdown(rows), encoding="utf-8")
    return 1 if asked.strict and not all(row.met for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
