package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"plenum/migrations"
)

const versions = "migrations" // the table of the steps taken

// migrate brings the schema up to date, each step in a transaction.
func migrate(ctx context.Context, db *sql.DB) error {
	have, err := knownVersion(ctx, db)
	if err != nil {
		return err
	}
	newest, err := newestVersion()
	if err != nil || have == newest {
		return err
	}
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, migrations.Files,
		goose.WithTableName(versions), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema from version %d to %d: %w", have, newest, err)
	}
	return nil
}

// knownVersion is the schema version of a database, 0 if it is empty; ErrNewer
// if this program does not know it. It changes nothing.
func knownVersion(ctx context.Context, db *sql.DB) (int64, error) {
	have, err := schemaVersion(ctx, db)
	if err != nil {
		return 0, err
	}
	newest, err := newestVersion()
	if err != nil {
		return 0, err
	}
	if have > newest {
		return 0, fmt.Errorf("%w (its schema has version %d, this program knows up to %d)", ErrNewer, have, newest)
	}
	return have, nil
}

func schemaVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var tables, ours int
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE name = ?) FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`, versions).Scan(&tables, &ours)
	if err != nil {
		return 0, fmt.Errorf("read the schema: %w", err)
	}
	if tables == 0 {
		return 0, nil
	}
	if ours == 0 {
		return 0, ErrForeign
	}
	var have int64
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versions+` WHERE is_applied`).Scan(&have)
	if err != nil {
		return 0, fmt.Errorf("read the schema version: %w", err)
	}
	return have, nil
}

// newestVersion is the schema version that this program was built for.
func newestVersion() (int64, error) {
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", name, err)
		}
		newest = max(newest, v)
	}
	return newest, nil
}
