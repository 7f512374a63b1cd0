
-- PostgreSQL's own, and left out for CockroachDB and YugabyteDB. An envelope is random bytes, which no
-- server need try to compress:
ALTER TABLE lane ALTER COLUMN body SET STORAGE EXTERNAL;
-- A row that leaves room on its page is updated in place:
ALTER TABLE lane SET (fillfactor = 70);
