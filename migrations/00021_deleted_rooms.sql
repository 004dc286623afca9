-- +goose Up

-- Rooms that were deleted and can be restored, projected from the lobbies' logs.
-- A row stays until the last of its room is erased.
CREATE TABLE deleted_rooms (
    room TEXT    NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL                 -- Unix milliseconds, since when
) STRICT, WITHOUT ROWID;

CREATE INDEX deleted_rooms_by_time ON deleted_rooms (at);

-- Join codes of rooms that were erased: they lead nowhere, and are not given again.
CREATE TABLE erased_codes (
    code TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
