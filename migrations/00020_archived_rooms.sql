-- +goose Up

-- Rooms that are only read, projected from the lobbies' logs.
CREATE TABLE archived_rooms (
    room TEXT    NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL                 -- Unix milliseconds, since when
) STRICT, WITHOUT ROWID;

-- Rooms that a person wants to have at hand.
CREATE TABLE pinned_rooms (
    person TEXT NOT NULL REFERENCES people (id),
    room   TEXT NOT NULL,
    PRIMARY KEY (person, room)
) STRICT, WITHOUT ROWID;
