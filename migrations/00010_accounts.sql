-- +goose Up

-- What a person signs in with. Who has no row is a guest.
CREATE TABLE accounts (
    person     TEXT    NOT NULL PRIMARY KEY REFERENCES people (id),
    email      TEXT    NOT NULL UNIQUE,   -- as compared: trimmed, in lower case
    password   TEXT    NOT NULL,          -- argon2id with its parameters and salt
    created_at INTEGER NOT NULL,          -- Unix milliseconds, as all times
    changed_at INTEGER NOT NULL           -- when the password was last set
) STRICT, WITHOUT ROWID;

-- What kind of device a token was given to: "Firefox on Linux"; '': not known.
ALTER TABLE tokens ADD COLUMN device TEXT NOT NULL DEFAULT '';

CREATE INDEX tokens_revoked ON tokens (revoked_at) WHERE revoked_at > 0;

-- Who is in which room, projected from the lobbies' logs: one table for each
-- thing that an event says, since an event does not say the others.
CREATE TABLE members (
    room   TEXT NOT NULL,
    member TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (room, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_of_person ON members (person);

CREATE TABLE member_roles (
    room   TEXT NOT NULL,
    member TEXT NOT NULL,
    role   TEXT NOT NULL,
    PRIMARY KEY (room, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE removed_members (
    room   TEXT NOT NULL,
    member TEXT NOT NULL,
    PRIMARY KEY (room, member)
) STRICT, WITHOUT ROWID;

CREATE TABLE room_titles (
    room  TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The rooms that are there already.
INSERT OR REPLACE INTO members
SELECT room, json_extract(content, '$.id'), json_extract(content, '$.person')
FROM (SELECT room, seq, CAST(content AS TEXT) AS content FROM events WHERE activity = 'lobby' AND did = 'entered')
ORDER BY room, seq;

INSERT OR REPLACE INTO member_roles
SELECT room, coalesce(json_extract(content, '$.member'), json_extract(content, '$.id')), json_extract(content, '$.role')
FROM (SELECT room, seq, CAST(content AS TEXT) AS content FROM events WHERE activity = 'lobby' AND did IN ('entered', 'role'))
ORDER BY room, seq;

INSERT INTO removed_members
SELECT room, member FROM (
    SELECT room, json_extract(CAST(content AS TEXT), '$.id') AS member, did, max(seq)
    FROM events WHERE activity = 'lobby' AND did IN ('removed', 'readmitted')
    GROUP BY 1, 2
) WHERE did = 'removed';

INSERT OR REPLACE INTO room_titles
SELECT room, json_extract(content, '$.title')
FROM (SELECT room, seq, CAST(content AS TEXT) AS content FROM events WHERE activity = 'lobby' AND did = 'titled')
ORDER BY room, seq;
