"""Let the grammars write the embedded corpora, and list what they wrote: ``python -m course.corpora.manifest``."""

import hashlib
import json

from course.corpora import lives, postcards
from course.corpora.sources import EMBEDDED, MANIFEST, SOURCES

_GRAMMARS = {"lives": lives, "postcards": postcards}


def manifest() -> dict[str, dict]:
    """What the embedded files hold as they stand, and what made them: path -> bytes, SHA-256, rows, licence, origin."""
    entries = {}
    for name, grammar in _GRAMMARS.items():
        for path in SOURCES[name].embedded:
            content = (EMBEDDED / path).read_bytes()
            entries[path] = {
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "rows": content.count(b"\n") - path.endswith(".tsv"),  # without the header
                "licence": SOURCES[name].licence,
                "made by": "python -m course.corpora.manifest",
                "grammar": grammar.__name__,
                "seed": grammar.SEED,
            }
    return entries


def write_embedded() -> None:
    """Write the corpora anew, the same byte for byte as long as the grammars are, and the manifest."""
    for name, grammar in _GRAMMARS.items():
        grammar.write(EMBEDDED / name)
    MANIFEST.write_text(json.dumps(manifest(), indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_embedded()
