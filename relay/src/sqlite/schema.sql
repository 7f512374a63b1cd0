-- All that a relay keeps. No index but the primary keys, no link from a lane to a grant.
CREATE TABLE lane (
    lane_id  BLOB    NOT NULL PRIMARY KEY CHECK (length(lane_id) = 16),
    ver      INTEGER NOT NULL CHECK (ver >= 0),      -- stored last; 0 before the first
    read_ver INTEGER NOT NULL CHECK (read_ver >= 0), -- the highest the reader holds
    day      INTEGER NOT NULL CHECK (day >= 0),      -- touched last, in days since 1970-01-01
    body     BLOB    CHECK (length(body) IN (32, 8192)) -- the envelope; once read or old, its SHA-256
) STRICT, WITHOUT ROWID;

CREATE TABLE "grant" (
    grant_id BLOB    NOT NULL PRIMARY KEY CHECK (length(grant_id) = 16),
    key      BLOB    NOT NULL CHECK (length(key) = 32), -- public
    month    INTEGER NOT NULL CHECK (month >= 0),       -- year * 12 + month - 1
    used     INTEGER NOT NULL CHECK (used >= 0),        -- lanes opened in that month
    cap      INTEGER NOT NULL CHECK (cap >= 0)          -- lanes a month
) STRICT, WITHOUT ROWID;
