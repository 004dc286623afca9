package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
)

// Beside is a database beside the main one, for what can be made anew from it
// (an index). It is in no backup; its writes are durable only as a whole, and
// hinder no room.
type Beside struct {
	Write *sql.DB // one connection; its transactions begin by locking
	Read  *sql.DB // several, which cannot write
}

// besideReaders is how many queries of such a database run at a time.
const besideReaders = 4

// OpenBeside opens the database at path. If it is not there, is damaged, or was
// made by another version of its schema, an empty one is made with the schema's
// statements. What is deleted in it is overwritten.
func OpenBeside(ctx context.Context, path string, version int, schema string) (*Beside, error) {
	b, err := openBeside(ctx, path, version, schema)
	if err == nil {
		return b, nil
	}
	if err := removeDatabase(path); err != nil {
		return nil, err
	}
	if b, err = openBeside(ctx, path, version, schema); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return b, nil
}

var errVersion = errors.New("the database has another version")

func openBeside(ctx context.Context, path string, version int, schema string) (*Beside, error) {
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	write := sql.OpenDB(connector{
		dsn: dsn(path, url.Values{
			"mode": {"rw"}, "_busy_timeout": {readerBusy}, "_journal_mode": {"WAL"}, "_synchronous": {"NORMAL"},
			"_txlock": {"immediate"}, "_cache_size": {"-16000"}, "_stmt_cache_size": {statementsMax},
		}),
		pragma: "PRAGMA secure_delete = ON",
	})
	write.SetMaxOpenConns(1)
	if err := layOut(ctx, write, version, schema); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode": {"ro"}, "_query_only": {"1"}, "_busy_timeout": {readerBusy}, "_cache_size": {"-8000"}, "_stmt_cache_size": {statementsMax},
	})})
	read.SetMaxOpenConns(besideReaders)
	read.SetMaxIdleConns(besideReaders)
	return &Beside{Write: write, Read: read}, nil
}

// layOut makes the tables of an empty database.
func layOut(ctx context.Context, db *sql.DB, version int, schema string) error {
	var have, tables int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 && have != version {
		return errVersion
	}
	if tables > 0 {
		return nil
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf("BEGIN; %s; PRAGMA user_version = %d; COMMIT", schema, version))
	return err
}

func removeDatabase(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Close closes it.
func (b *Beside) Close() error { return errors.Join(b.Read.Close(), b.Write.Close()) }
