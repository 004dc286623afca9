-- +goose Up

-- Keys with which a person signs in without a password (WebAuthn).
CREATE TABLE passkeys (
    id         BLOB    NOT NULL PRIMARY KEY,  -- as the device named it
    person     TEXT    NOT NULL REFERENCES people (id),
    credential TEXT    NOT NULL,  -- JSON: the public key, its counter and its flags
    device     TEXT    NOT NULL,  -- where it was made: "Firefox on Linux"; '': not known
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL   -- 0: never
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_of_person ON passkeys (person);
