// Package migrations holds the database schema as plain SQL, one numbered file
// per step. Steps only go forward; a released file never changes.
package migrations

import "embed"

// Files are the steps, named by their version.
//
//go:embed *.sql
var Files embed.FS
