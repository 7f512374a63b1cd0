-- What comes after a choice: on the desk the worksheet, the note as it is written, corrections, consultation and
-- learning items; between both sides proposals (a plan draft, a line for the file) and what each says of itself.

-- Desk: the worksheet that comes before a note. It never leaves the desk, and goes with its case.
CREATE TABLE worksheet (
    case_id BLOB NOT NULL PRIMARY KEY REFERENCES received_choice (case_id) ON DELETE CASCADE,
    said TEXT NOT NULL,
    effect TEXT NOT NULL,
    mine TEXT NOT NULL,
    change TEXT NOT NULL,
    consult TEXT NOT NULL,
    consult_day INTEGER
) STRICT, WITHOUT ROWID;

-- Desk: a note that was not sent yet, in its four parts.
CREATE TABLE note_parts (
    case_id BLOB NOT NULL PRIMARY KEY REFERENCES received_choice (case_id) ON DELETE CASCADE,
    impact TEXT NOT NULL,
    apology TEXT NOT NULL,
    correction TEXT NOT NULL,
    step TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Desk: what the therapist changed, and from which day.
CREATE TABLE correction (
    id INTEGER NOT NULL PRIMARY KEY,
    what TEXT NOT NULL,
    from_day INTEGER NOT NULL
) STRICT;

-- Desk: something to consult on, or to learn. One that a choice brought goes with its case, until somebody
-- writes on it: then it is the therapist's own.
CREATE TABLE work_item (
    id INTEGER NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 2),
    case_id BLOB UNIQUE REFERENCES received_choice (case_id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    due_day INTEGER,
    done_day INTEGER
) STRICT;

-- Desk: a plan draft or a line for the file, put to a client.
CREATE TABLE proposal (
    text_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 2),
    text TEXT NOT NULL,
    text_stored INTEGER NOT NULL DEFAULT 0,
    answer INTEGER CHECK (answer BETWEEN 1 AND 3),
    words TEXT,
    made_at INTEGER NOT NULL,
    closed_day INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX proposal_of_pairing ON proposal (pairing);

-- Phone: the same, as it came, with what the client says to it.
CREATE TABLE received_proposal (
    text_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 2),
    text TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    -- The practice still asks; its last document had the text.
    listed INTEGER NOT NULL DEFAULT 1,
    carried INTEGER NOT NULL DEFAULT 1,
    -- Erased by the person, and kept as an id alone while the practice lists it.
    erased INTEGER NOT NULL DEFAULT 0,
    answer INTEGER CHECK (answer BETWEEN 1 AND 3),
    words TEXT,
    -- The incarnation under which the person said it: nothing that an old copy holds is said again.
    answered_under BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX received_proposal_of_pairing ON received_proposal (pairing);

-- What the two sides of a pairing say of themselves.
CREATE TABLE about (
    pairing INTEGER NOT NULL PRIMARY KEY REFERENCES pairing (id) ON DELETE CASCADE,
    -- Phone: what the client shares with this practice, and the incarnation under which they did.
    own TEXT,
    own_under BLOB,
    -- What came from the other side; a phone keeps the id of it, too.
    theirs TEXT,
    theirs_id BLOB,
    theirs_carried INTEGER NOT NULL DEFAULT 0,
    -- Desk: the id of the practice's text that this phone has stored.
    stored_id BLOB
) STRICT;
