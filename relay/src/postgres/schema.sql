-- All that a relay keeps. No index but the primary keys, no link from a lane to a grant, no sequence,
-- no trigger: whatever speaks PostgreSQL's protocol and keeps single rows atomic can hold it.
CREATE TABLE IF NOT EXISTS lane (
    lane_id  BYTEA  NOT NULL PRIMARY KEY CHECK (octet_length(lane_id) = 16),
    ver      BIGINT NOT NULL CHECK (ver >= 0),      -- stored last; 0 before the first
    read_ver BIGINT NOT NULL CHECK (read_ver >= 0), -- the highest the reader holds
    day      BIGINT NOT NULL CHECK (day >= 0),      -- touched last, in days since 1970-01-01
    body     BYTEA  CHECK (octet_length(body) IN (32, 8192)) -- the envelope; once read or old, its SHA-256
);

CREATE TABLE IF NOT EXISTS "grant" (
    grant_id BYTEA  NOT NULL PRIMARY KEY CHECK (octet_length(grant_id) = 16),
    key      BYTEA  NOT NULL CHECK (octet_length(key) = 32), -- public
    month    BIGINT NOT NULL CHECK (month >= 0),             -- year * 12 + month - 1
    used     BIGINT NOT NULL CHECK (used >= 0),              -- lanes opened in that month
    cap      BIGINT NOT NULL CHECK (cap >= 0)                -- lanes a month
);
