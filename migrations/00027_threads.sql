-- +goose Up

-- The earlier event of the activity that began the thread in which an event stands; 0: none. A thread is paged through apart
-- from all else, so that a hundred thousand replies cost who reads the rest of a chat nothing, and the other way round.
ALTER TABLE events ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;

DROP INDEX events_about;
CREATE INDEX events_about ON events (room, activity, thread, about, seq) WHERE about > 0;

DROP INDEX events_of_words;
CREATE INDEX events_of_words ON events (room, activity, thread, seq) WHERE words > 0;

-- The thread in which that stands of which a notice tells; 0: none. Who reads a chat has not read its threads.
ALTER TABLE notices ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;
