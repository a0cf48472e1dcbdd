"""The manifest and the embedded files say the same; that the grammars write these files is tested with each grammar."""

import json

from course.corpora.manifest import manifest
from course.corpora.sources import EMBEDDED, MANIFEST


def test_the_manifest_lists_exactly_the_embedded_files_as_they_stand():
    listed = json.loads(MANIFEST.read_text(encoding="utf-8"))
    assert listed == manifest()
    standing = {f"{name}/{path.name}" for name in ("lives", "postcards") for path in (EMBEDDED / name).iterdir()}
    assert set(listed) == standing - {"lives/README.md", "postcards/README.md"}
