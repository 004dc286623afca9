-- +goose Up

-- A second member who may see an event, with the one of to_only; '': none.
ALTER TABLE events ADD COLUMN to_and TEXT NOT NULL DEFAULT '';
