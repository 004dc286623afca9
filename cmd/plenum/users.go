package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"plenum/internal/accounts"
	"plenum/internal/store"
)

// userCommand is what an operator can do for people with an account, also while
// the server runs: it notices within a second.
type userCommand struct {
	List     userListCommand     `cmd:"" help:"List the accounts."`
	Password userPasswordCommand `cmd:"" help:"Set the password of an account, read from standard input. The person is signed out everywhere."`
	Sessions userSessionsCommand `cmd:"" help:"List where a person is signed in, or end all of it."`
	Second   userSecondCommand   `cmd:"" help:"Take away the second step of an account whose owner has lost app and recovery codes."`
}

// withAccounts opens the accounts of a data folder that is there already.
func withAccounts(ctx context.Context, data folder, do func(*accounts.Accounts) error) (err error) {
	if _, err := os.Stat(data.database()); err != nil {
		return fmt.Errorf("there is no database: %w", err)
	}
	opened, err := store.Open(ctx, data.database(), store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	return do(accounts.New(opened, accounts.Options{}))
}

func day(at int64) string { return time.UnixMilli(at).Format(time.DateOnly) }

type userListCommand struct{}

// Run lists the accounts.
func (userListCommand) Run(ctx context.Context, data folder, out output) error {
	return withAccounts(ctx, data, func(people *accounts.Accounts) error {
		all, err := people.Accounts(ctx)
		for _, account := range all {
			fmt.Fprintf(out.stdout, "%s  since %s\n", account.Email, day(account.CreatedAt))
		}
		return err
	})
}

type userPasswordCommand struct {
	Email string `arg:"" help:"The account's e-mail address."`
}

// Run sets a password. It is read from standard input, so that it stands in no
// list of processes and in no history.
func (c userPasswordCommand) Run(ctx context.Context, data folder, in input, out output) error {
	return withAccounts(ctx, data, func(people *accounts.Accounts) error {
		if _, err := people.Find(ctx, c.Email); err != nil {
			return fmt.Errorf("%s: %w", c.Email, err)
		}
		fmt.Fprintln(out.stderr, "The new password, and Enter:")
		password, err := bufio.NewReader(in).ReadString('\n')
		if err != nil && password == "" {
			return fmt.Errorf("read the password: %w", err)
		}
		if err := people.SetPassword(ctx, c.Email, strings.TrimRight(password, "\r\n")); err != nil {
			return err
		}
		fmt.Fprintf(out.stdout, "The password of %s is set; all devices are signed out.\n", c.Email)
		return nil
	})
}

type userSessionsCommand struct {
	Email string `arg:"" help:"The account's e-mail address."`
	End   bool   `help:"Sign the person out everywhere."`
}

// Run lists or ends the sessions of a person.
func (c userSessionsCommand) Run(ctx context.Context, data folder, out output) error {
	return withAccounts(ctx, data, func(people *accounts.Accounts) error {
		account, err := people.Find(ctx, c.Email)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Email, err)
		}
		if c.End {
			n, err := people.EndOthers(ctx, account.Person, "")
			if err == nil {
				fmt.Fprintf(out.stdout, "Sessions of %s that were ended: %d.\n", account.Email, n)
			}
			return err
		}
		all, err := people.Sessions(ctx, account.Person)
		for _, s := range all {
			fmt.Fprintf(out.stdout, "%s  %s  since %s, last used %s\n", s.ID, s.Device, day(s.CreatedAt), day(s.SeenAt))
		}
		return err
	})
}

type userSecondCommand struct {
	Email string `arg:"" help:"The account's e-mail address."`
}

// Run takes a second step away.
func (c userSecondCommand) Run(ctx context.Context, data folder, out output) error {
	return withAccounts(ctx, data, func(people *accounts.Accounts) error {
		had, err := people.DropSecond(ctx, c.Email)
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", c.Email, err)
		case had:
			fmt.Fprintf(out.stdout, "%s is signed in to with the password alone again.\n", c.Email)
		default:
			fmt.Fprintf(out.stdout, "%s has no second step.\n", c.Email)
		}
		return nil
	})
}
