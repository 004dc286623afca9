-- +goose Up

-- Pictures of the past of activities, made from their logs and made again when
-- they are lost. The small columns come first: the states are long.
CREATE TABLE frames (
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    format   INTEGER NOT NULL,            -- of the activity's kind
    place    INTEGER NOT NULL,            -- in the activity's own count
    seq      INTEGER NOT NULL,            -- through which event
    "index"  BLOB    NOT NULL,
    state    BLOB    NOT NULL,
    PRIMARY KEY (room, activity, format, place)
) STRICT;
