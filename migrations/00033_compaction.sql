-- +goose Up

-- An event can stand for earlier ones of its activity that are not stored any more: from which seq on, and for how many.
ALTER TABLE events ADD COLUMN folded_from INTEGER NOT NULL DEFAULT 0; -- 0: it stands for itself alone
ALTER TABLE events ADD COLUMN folded      INTEGER NOT NULL DEFAULT 0;

-- How far the old events of each activity were looked through for what can be put together.
CREATE TABLE compacted (
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (room, activity)
) STRICT, WITHOUT ROWID;
