"""Write the JSON Schemas of posts and of staff files, which travel with the package, from the values' annotations."""

from __future__ import annotations

import json
from pathlib import Path

from casecore.interchange import post_schema, staff_file_schema

FOLDER = Path(__file__).resolve().parent.parent / "src" / "casecore" / "staff" / "schemas"


def texts() -> dict[Path, str]:
    """The files as they should be."""
    schemas = {"post": post_schema(), "staff-file": staff_file_schema()}
    return {FOLDER / f"{name}.schema.json": json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in texts().items():
        path.write_text(text, encoding="utf-8")
