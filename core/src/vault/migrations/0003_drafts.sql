-- Phone: words that are being typed and were not shared. They go with what they are written on, once they are
-- shared, and with its pairing. Nothing here ever leaves the phone.
CREATE TABLE draft (
    id INTEGER NOT NULL PRIMARY KEY,
    -- What is to be changed in a proposal, or what the client says of themselves to a practice.
    proposal BLOB UNIQUE REFERENCES received_proposal (text_id) ON DELETE CASCADE,
    pairing INTEGER UNIQUE REFERENCES pairing (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    CHECK ((proposal IS NULL) <> (pairing IS NULL))
) STRICT;
