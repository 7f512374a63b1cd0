-- What only PostgreSQL itself has; another server refuses it, and does without. An envelope is random bytes,
-- which no server need try to compress; and a row that leaves room on its page is updated in place.
ALTER TABLE lane ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE lane SET (fillfactor = 70);
