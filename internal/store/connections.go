package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/mattn/go-sqlite3"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const (
	readers       = 4 // queries at a time
	readerBusy    = "5000"
	statementsMax = "128" // prepared statements kept by each connection
)

// connector opens SQLite connections. Being no registered driver, it needs no
// name that is global to the program.
type connector struct {
	dsn    string
	pragma string // run on each new connection
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.Driver().Open(c.dsn) }

func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		if c.pragma == "" {
			return nil
		}
		_, err := conn.Exec(c.pragma, nil)
		return err
	}}
}

// dsn names a database file for the driver. The path is escaped: it may hold
// the characters that mean something in a URI.
func dsn(path string, settings url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + settings.Encode()
}

// writer is the one connection that changes the database.
type writer struct {
	pool *sql.DB
	db   *gorm.DB
}

// openWriter opens the writing connection. Its statements are kept prepared by
// the driver: GORM's own cache would prepare them anew in every transaction.
func openWriter(path string, o Options) (*writer, error) {
	c := connector{dsn: dsn(path, url.Values{
		"mode":             {"rw"},
		"_busy_timeout":    {strconv.FormatInt(o.Busy.Milliseconds(), 10)},
		"_journal_mode":    {"WAL"},
		"_synchronous":     {"FULL"},
		"_foreign_keys":    {"on"},
		"_txlock":          {"immediate"},
		"_secure_delete":   {"on"},
		"_cache_size":      {"-16000"},
		"_stmt_cache_size": {statementsMax},
	})}
	if o.MaxPages > 0 {
		c.pragma = fmt.Sprintf("PRAGMA max_page_count = %d", o.MaxPages)
	}
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(1)
	db, err := openGORM(pool)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return &writer{pool: pool, db: db}, nil
}

func (w *writer) close() error { return w.pool.Close() }

// openReaders opens the pool of read-only connections, and one more to keep.
func openReaders(path string) (*sql.DB, *gorm.DB, error) {
	pool := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode":             {"ro"},
		"_query_only":      {"1"},
		"_busy_timeout":    {readerBusy},
		"_stmt_cache_size": {statementsMax},
	})})
	pool.SetMaxOpenConns(readers + 1)
	pool.SetMaxIdleConns(readers + 1)
	db, err := openGORM(pool)
	if err != nil {
		return nil, nil, errors.Join(err, pool.Close())
	}
	return pool, db, nil
}

// keep holds one reading connection open until the store closes. While it is,
// closing a broken writer never makes it the last connection, which would
// replay the write-ahead log and could bring back a commit that had failed.
func keep(ctx context.Context, pool *sql.DB) (*sql.Conn, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var n int // the first query is what joins the write-ahead log
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// openReadOnly opens a database that may be in use by others, for tools.
func openReadOnly(path string) *sql.DB {
	return openFile(path, url.Values{"mode": {"ro"}, "_busy_timeout": {readerBusy}})
}

func openFile(path string, settings url.Values) *sql.DB {
	pool := sql.OpenDB(connector{dsn: dsn(path, settings)})
	pool.SetMaxOpenConns(1)
	return pool
}

func openGORM(pool *sql.DB) (*gorm.DB, error) {
	return gorm.Open(sqlite.New(sqlite.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard, // errors are returned, not printed
	})
}
