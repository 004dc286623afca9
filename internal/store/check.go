package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// Finding is one thing that Check has found out, as a sentence.
type Finding struct {
	Bad bool // something is wrong
	Say string
}

// Check examines the database at path without changing it, also while it is in
// use (if it is not, an empty write-ahead log may stay beside it): whether the file is sound, whether this program knows its schema,
// whether every room's log is whole, whether commits lie behind damage in the
// write-ahead log, and how big it all is. The error is for a
// database that cannot be examined at all.
func Check(ctx context.Context, path string) (found []Finding, err error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("check the database: %w", err)
	}
	db := openReadOnly(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	found, current, err := checkSchema(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", path, err)
	}
	checks := []func(context.Context, *sql.DB) ([]Finding, error){checkIntegrity}
	if current {
		checks = append(checks, checkLogs, checkFrames, checkStrays, countRows)
	}
	for _, check := range checks {
		more, err := check(ctx, db)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", path, err)
		}
		found = append(found, more...)
	}
	log, err := checkWAL(path)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", path, err)
	}
	return append(append(found, log...), sizes(path)...), nil
}

func good(format string, args ...any) Finding { return Finding{Say: fmt.Sprintf(format, args...)} }
func bad(format string, args ...any) Finding {
	return Finding{Bad: true, Say: fmt.Sprintf(format, args...)}
}

// checkSchema also tells whether the tables are those that the other checks know.
func checkSchema(ctx context.Context, db *sql.DB) (found []Finding, current bool, err error) {
	newest, err := newestVersion()
	if err != nil {
		return nil, false, err
	}
	have, err := schemaVersion(ctx, db)
	switch {
	case errors.Is(err, ErrForeign):
		return []Finding{bad("This is a database, but not one of Plenum's.")}, false, nil
	case err != nil:
		return nil, false, err
	case have > newest:
		return []Finding{bad("The schema has version %d; this program knows up to %d. Use the newer program.", have, newest)}, false, nil
	case have < newest:
		return []Finding{good("The schema has version %d; it will be brought to %d at the next start.", have, newest)}, false, nil
	}
	return []Finding{good("The schema has version %d, the newest.", have)}, true, nil
}

func checkIntegrity(ctx context.Context, db *sql.DB) ([]Finding, error) {
	faults, err := integrity(ctx, db)
	if err != nil {
		return nil, err
	}
	if len(faults) == 0 {
		return []Finding{good("The database file is sound.")}, nil
	}
	var found []Finding
	for _, fault := range faults {
		found = append(found, bad("The database file is damaged: %s.", fault))
	}
	return found, nil
}

// integrity returns what SQLite finds wrong with a database, also dangling references.
func integrity(ctx context.Context, db *sql.DB) ([]string, error) {
	faults, err := texts(ctx, db, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, fmt.Errorf("check the integrity: %w", err)
	}
	if len(faults) == 1 && faults[0] == "ok" {
		faults = nil
	}
	dangling, err := texts(ctx, db, `SELECT 'a row of ' || "table" || ' refers to a missing row of ' || parent
		FROM pragma_foreign_key_check LIMIT 20`)
	if err != nil {
		return nil, fmt.Errorf("check the references: %w", err)
	}
	return append(faults, dangling...), nil
}

// checkLogs holds every room's log against its head.
func checkLogs(ctx context.Context, db *sql.DB) ([]Finding, error) {
	wrong, err := texts(ctx, db, `
		SELECT CASE
			WHEN events = 0 THEN 'The head of room ' || id || ' is at ' || head || ', but its log is empty.'
			WHEN first <> 1 OR events + folded <> last THEN
				'The log of room ' || id || ' has holes: ' || events || ' events from ' || first || ' to ' || last
				|| CASE folded WHEN 0 THEN '' ELSE ', which stand for ' || folded || ' more' END || '.'
			WHEN saved THEN 'The log of room ' || id || ' has put events together that no checkpoint holds.'
			WHEN last <> head THEN 'The log of room ' || id || ' ends at ' || last || ', but its head is at ' || head || '.'
			ELSE 'The last event of room ' || id || ' does not bear the mark of its head.' END
		FROM (
			SELECT r.id, r.seq AS head, r.mark, count(e.seq) AS events, min(e.seq) AS first, max(e.seq) AS last, coalesce(sum(e.folded), 0) AS folded,
				max(e.folded > 0 AND e.seq > coalesce((SELECT c.seq FROM checkpoints c WHERE c.room = e.room AND c.activity = e.activity), 0)) AS saved
			FROM rooms r LEFT JOIN events e ON e.room = r.id GROUP BY r.id
		) AS logs
		WHERE NOT (events = 0 AND head = 0)
			AND (events = 0 OR first <> 1 OR events + folded <> last OR saved OR last <> head
				OR mark <> (SELECT e.mark FROM events e WHERE e.room = id AND e.seq = head))
		ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("check the logs: %w", err)
	}
	if len(wrong) == 0 {
		return []Finding{good("Every room's log is whole and ends where its head says.")}, nil
	}
	var found []Finding
	for _, say := range wrong {
		found = append(found, Finding{Bad: true, Say: say})
	}
	return found, nil
}

// checkFrames holds the pictures of the past against the logs that they were
// made from.
func checkFrames(ctx context.Context, db *sql.DB) ([]Finding, error) {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM frames f
		LEFT JOIN events e ON e.room = f.room AND e.seq = f.seq WHERE e.activity IS NOT f.activity`).Scan(&n)
	if err != nil {
		return nil, fmt.Errorf("check the frames: %w", err)
	}
	if n > 0 {
		return []Finding{bad("%d rows of the table frames do not fit the logs. They can be deleted: they are made again when they are needed.", n)}, nil
	}
	return nil, nil
}

// checkStrays looks for rows that belong to no room, and are not being erased.
func checkStrays(ctx context.Context, db *sql.DB) ([]Finding, error) {
	var found []Finding
	for _, table := range []string{"events", "settled", "checkpoints", "compacted", "frames", "wakes", "ballots", "files", "file_uses"} {
		var n int
		query := "SELECT count(*) FROM " + table + " WHERE room NOT IN (SELECT id FROM rooms) AND room NOT IN (SELECT room FROM deleted_rooms)"
		if err := db.QueryRowContext(ctx, query).Scan(&n); err != nil {
			return nil, fmt.Errorf("look for strays in %s: %w", table, err)
		}
		if n > 0 {
			found = append(found, bad("%d rows of the table %s belong to no room.", n, table))
		}
	}
	return found, nil
}

func countRows(ctx context.Context, db *sql.DB) ([]Finding, error) {
	var rooms, events, free int
	err := db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM rooms), (SELECT count(*) FROM events),
		(SELECT freelist_count FROM pragma_freelist_count)`).Scan(&rooms, &events, &free)
	if err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	return []Finding{good("There are %d rooms with %d events; %d pages of the file are free.", rooms, events, free)}, nil
}

func sizes(path string) []Finding {
	var found []Finding
	for _, file := range []struct{ suffix, name string }{{"", "database"}, {"-wal", "write-ahead log"}} {
		stat, err := os.Stat(path + file.suffix)
		switch {
		case err == nil:
			found = append(found, good("The %s has %d bytes.", file.name, stat.Size()))
		case !errors.Is(err, os.ErrNotExist):
			found = append(found, bad("The size of the %s cannot be read: %v.", file.name, err))
		}
	}
	return found
}

// texts runs a query with one column of text.
func texts(ctx context.Context, db *sql.DB, query string) (list []string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}
