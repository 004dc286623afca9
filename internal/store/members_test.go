package store

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"plenum/migrations"
)

// Rooms that were there before their members had rows are listed as well.
func TestMembersOfOldRoomsGetTheirRows(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite3", filepath.Join(t.TempDir(), "old.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.Files,
		goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := steps.UpTo(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
	for seq, e := range []struct{ did, content string }{
		{"entered", `{"id":"m1","name":"Ada","colour":1,"role":"owner","person":"ada"}`},
		{"titled", `{"title":"First"}`},
		{"entered", `{"id":"m2","name":"Ben","colour":2,"role":"participant","person":"ben"}`},
		{"entered", `{"id":"m3","name":"Cleo","colour":3,"role":"participant","person":"cleo"}`},
		{"role", `{"member":"m2","role":"host"}`},
		{"removed", `{"id":"m2","name":"Ben"}`},
		{"removed", `{"id":"m3","name":"Cleo"}`},
		{"readmitted", `{"id":"m2"}`},
		{"titled", `{"title":"Second"}`},
	} {
		_, err := db.ExecContext(t.Context(), `INSERT INTO events (room, seq, activity, did, content, by_member, peer, n, at, format, to_least, to_only, mark)
			VALUES ('r', ?, 'lobby', ?, ?, '', '', 0, 1, 1, 0, '', '')`, seq+1, e.did, []byte(e.content))
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := steps.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"SELECT group_concat(member || person, ' ' ORDER BY member) FROM members":    "m1ada m2ben m3cleo",
		"SELECT group_concat(member || role, ' ' ORDER BY member) FROM member_roles": "m1owner m2host m3participant",
		"SELECT group_concat(member, ' ') FROM removed_members":                      "m3",
		"SELECT group_concat(title, ' ') FROM room_titles":                           "Second",
	} {
		var got string
		if err := db.QueryRowContext(t.Context(), query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", query, got, err, want)
		}
	}
}
