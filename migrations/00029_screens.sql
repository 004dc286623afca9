-- +goose Up

-- Which room a screen link is of, projected from the lobbies' logs.
CREATE TABLE screens (
    room TEXT NOT NULL,
    id   TEXT NOT NULL,
    hash TEXT NOT NULL,                   -- of the key
    PRIMARY KEY (room, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX screens_by_key ON screens (hash);
