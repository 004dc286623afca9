-- +goose Up

-- Whom an identity provider (OpenID Connect) knows a person as. An account that was made by one has no password ('')
-- until its person sets one.
CREATE TABLE identities (
    issuer     TEXT    NOT NULL,  -- the provider, as its tokens name it
    subject    TEXT    NOT NULL,  -- the person there
    person     TEXT    NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX identities_of_person ON identities (person, issuer);
