-- +goose Up

-- The current ballot of each voter, projected from the log.
CREATE TABLE ballots (
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    question TEXT    NOT NULL,
    round    INTEGER NOT NULL,
    voter    TEXT    NOT NULL,
    turn     INTEGER NOT NULL,
    content  BLOB,                        -- JSON
    seq      INTEGER NOT NULL,            -- of the event that cast it
    at       INTEGER NOT NULL,            -- Unix milliseconds
    PRIMARY KEY (room, activity, question, round, voter)
) STRICT, WITHOUT ROWID;
