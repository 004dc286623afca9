package search

// version is that of the schema and of how texts are cut into terms: with
// another one the index is made anew.
const version = 2

const schema = `
-- How far each room is in the index. Its number stands for it everywhere else.
CREATE TABLE rooms (
	number INTEGER NOT NULL PRIMARY KEY,
	room   TEXT    NOT NULL UNIQUE,
	epoch  TEXT    NOT NULL,
	seq    INTEGER NOT NULL
) STRICT;

-- Who has ever been a member of which room. Who still is, the room's log says.
CREATE TABLE persons (
	person TEXT    NOT NULL,
	room   INTEGER NOT NULL,
	PRIMARY KEY (person, room)
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_of_room ON persons (room);

-- The pieces that can be found.
CREATE TABLE items (
	room     INTEGER NOT NULL,
	n        INTEGER NOT NULL,
	activity TEXT    NOT NULL,
	key      TEXT    NOT NULL,
	text     TEXT    NOT NULL,
	author   TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	least    INTEGER NOT NULL,
	only     TEXT    NOT NULL, -- the one or two members, as an audience names them
	PRIMARY KEY (room, n)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX items_by_key ON items (room, activity, key);
CREATE INDEX items_by_time ON items (room, at);

-- In which items of a room a term comes: at most 128 of them in a row.
CREATE TABLE postings (
	room  INTEGER NOT NULL,
	term  TEXT    NOT NULL,
	first INTEGER NOT NULL,
	block BLOB    NOT NULL,
	PRIMARY KEY (room, term, first)
) STRICT, WITHOUT ROWID;

-- The words of a room by what is left of them without one letter.
CREATE TABLE typos (
	room INTEGER NOT NULL,
	part TEXT    NOT NULL,
	word TEXT    NOT NULL,
	PRIMARY KEY (room, part, word)
) STRICT, WITHOUT ROWID;

-- Activities whose texts are to be read again.
CREATE TABLE due (
	room     INTEGER NOT NULL,
	activity TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (room, activity)
) STRICT, WITHOUT ROWID`

// Terms that are no words begin with a character that words do not have.
const (
	ofActivity = "\x01in:" // of an activity
	ofAuthor   = "\x01by:" // by a member
	hasLink    = "\x01has:link"
	toLeast    = "\x01to:least:" // only for a role and above, by its number
	toMembers  = "\x01for"       // only for one or two members
	toMember   = "\x01for:"      // of these, for a member
)

// after is the first term after all that begin with a prefix.
func after(prefix string) string { return prefix + "\U0010FFFF" }
