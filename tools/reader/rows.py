"""The labelled sentences, and the folds that `attune-burden` leaves out."""

import pathlib

RULES = "TEACH SOOTHE INTENT MINIMISE INTERPRET PRESSURE PENALTY TASK WATCH GROUP SHARED OVERRIDE".split()
HARMLESS = len(RULES)
FOLDS = {"topic": 8, "voice": 6, "row": 4}


class Row:
    """One sentence, with what it is."""

    def __init__(self, columns):
        if len(columns) == 3:
            columns = columns[:2] + ["none", "none"] + columns[2:]
        label, self.rule, self.voice, self.topic, self.text = columns
        self.label = RULES.index(self.rule) if label == "burden" else HARMLESS


def read(path):
    """Reads one list."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    columns = [line.split("\t") for line in lines if line.strip()]
    return [Row(one) for one in columns if one[0] != "label"]


def folds(rows, by):
    """The fold of each row, as `folds.rs` has it; None for one that is always trained on."""
    key = {"topic": lambda row: row.topic}.get(by, lambda row: row.voice)
    keys = sorted({key(row) for row in rows if row.voice != "none"})
    if by == "row":
        return [at % FOLDS[by] if row.voice == "none" else None for at, row in enumerate(rows)]
    return [None if row.voice == "none" else keys.index(key(row)) % FOLDS[by] for row in rows]
