-- The first schema. One vault holds either a phone's data or a desk's; `setting` says which.
-- Every table is STRICT. Times are milliseconds since 1970-01-01 UTC, days are days since then.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A moment the client flagged. The id grows with time, so newest first needs no index of its own.
-- Nothing here ever leaves the phone.
CREATE TABLE misattunement (
    id INTEGER NOT NULL PRIMARY KEY,
    marked_at INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    note TEXT,
    pointer INTEGER CHECK (pointer BETWEEN 1 AND 4)
) STRICT;

-- One pairing: on a phone with a practice, on a desk with a client.
CREATE TABLE pairing (
    id INTEGER NOT NULL PRIMARY KEY,
    stage INTEGER NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0,
    role INTEGER,
    card BLOB,
    chosen_name TEXT,
    relay TEXT NOT NULL,
    -- Before the Welcome: what the invitation's secret gave, and what the transcript needs.
    sk0 BLOB,
    live_until INTEGER,
    nonce BLOB,
    invite BLOB,
    hello BLOB,
    claims INTEGER NOT NULL DEFAULT 0,
    -- After it.
    psk BLOB,
    th BLOB,
    protocol INTEGER NOT NULL DEFAULT 1,
    incarnation BLOB NOT NULL,
    incarnation_known INTEGER NOT NULL DEFAULT 0,
    detections INTEGER NOT NULL DEFAULT 0,
    peer_incarnation BLOB,
    compared_incarnation BLOB,
    newcomers INTEGER NOT NULL DEFAULT 0,
    two_phones INTEGER NOT NULL DEFAULT 0,
    renewed INTEGER NOT NULL DEFAULT 0,
    -- Registers.
    version INTEGER NOT NULL DEFAULT 0,
    have_version INTEGER NOT NULL DEFAULT 0,
    have_digest BLOB NOT NULL DEFAULT (zeroblob(32)),
    pending_version INTEGER,
    pending BLOB,
    peer_key_epoch INTEGER,
    peer_key BLOB,
    peer_sealed_to INTEGER NOT NULL DEFAULT 0,
    peer_echo INTEGER NOT NULL DEFAULT 0,
    -- Lanes.
    lane_epoch INTEGER NOT NULL DEFAULT 0,
    lane_since INTEGER,
    next_relay TEXT,
    move_step INTEGER NOT NULL DEFAULT 0,
    trouble INTEGER NOT NULL DEFAULT 0,
    trouble_since INTEGER,
    reached_at INTEGER,
    -- A desk's own note of the client's next session.
    next_session INTEGER
) STRICT;

CREATE TABLE receive_key (
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    seed BLOB NOT NULL,
    made_day INTEGER NOT NULL,
    superseded_day INTEGER,
    PRIMARY KEY (pairing, epoch)
) STRICT, WITHOUT ROWID;

-- Digests of the envelopes sealed since the peer's last echo: what a clone cannot know.
CREATE TABLE sent (
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (pairing, version)
) STRICT, WITHOUT ROWID;

-- Incarnations of the peer that a later one has replaced.
CREATE TABLE past_incarnation (
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    incarnation BLOB NOT NULL,
    PRIMARY KEY (pairing, incarnation)
) STRICT, WITHOUT ROWID;

-- Signed requests that outlive their pairing: the goodbye, and the lanes to close.
CREATE TABLE farewell (
    id INTEGER NOT NULL PRIMARY KEY,
    relay TEXT NOT NULL,
    frame BLOB NOT NULL,
    made_day INTEGER NOT NULL,
    turn INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Phone: what was previewed last, so that only that can be shared.
CREATE TABLE preview (
    digest BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    misattunement INTEGER REFERENCES misattunement (id) ON DELETE CASCADE,
    replaces BLOB,
    entry BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Phone: a choice that the client shared.
CREATE TABLE repair_choice (
    case_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    misattunement INTEGER REFERENCES misattunement (id) ON DELETE SET NULL,
    chosen INTEGER NOT NULL CHECK (chosen BETWEEN 1 AND 8),
    revision INTEGER NOT NULL,
    expiry_day INTEGER,
    pointer INTEGER CHECK (pointer BETWEEN 1 AND 4),
    words TEXT,
    previewed BLOB NOT NULL,
    confirmed_under BLOB NOT NULL,
    state INTEGER NOT NULL,
    sealed_version INTEGER,
    absent_version INTEGER,
    listed INTEGER NOT NULL DEFAULT 0,
    doubt INTEGER NOT NULL DEFAULT 0,
    due_day INTEGER,
    shared_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX repair_choice_of_pairing ON repair_choice (pairing);
CREATE INDEX repair_choice_of_misattunement ON repair_choice (misattunement);

-- Phone: a case that the practice lists and this copy of the vault does not know (after a restore).
CREATE TABLE unknown_case (
    case_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    stage INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 2)
) STRICT, WITHOUT ROWID;

-- Phone: the therapist's written answer.
CREATE TABLE follow_up (
    text_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    case_id BLOB NOT NULL,
    text TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    carried INTEGER NOT NULL DEFAULT 1,
    -- Erased by the person, and kept as an id alone while the practice carries the text.
    erased INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Desk: a choice that was received.
CREATE TABLE received_choice (
    case_id BLOB NOT NULL PRIMARY KEY,
    pairing INTEGER NOT NULL REFERENCES pairing (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    chosen INTEGER NOT NULL CHECK (chosen BETWEEN 0 AND 8),
    expiry_day INTEGER,
    pointer INTEGER CHECK (pointer BETWEEN 1 AND 4),
    words TEXT,
    received_day INTEGER NOT NULL,
    due_day INTEGER,
    notice INTEGER NOT NULL CHECK (notice BETWEEN 1 AND 4),
    notice_version INTEGER,
    notice_stored INTEGER NOT NULL DEFAULT 0,
    hidden_day INTEGER,
    text_id BLOB,
    text TEXT,
    text_stored INTEGER NOT NULL DEFAULT 0,
    settled_day INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX received_choice_of_pairing ON received_choice (pairing);
