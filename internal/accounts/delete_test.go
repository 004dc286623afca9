package accounts

import (
	"errors"
	"testing"

	"gorm.io/gorm"
)

func TestNothingIsLeftOfADeletedAccount(t *testing.T) {
	t.Parallel()
	a, _, account, _, recovery := stepped(t)
	phone := newDevice(account.Person)
	if err := a.AddPasskey(t.Context(), account.Person, pages, "", phone.make(t, begin(t, a, account.Person))); err != nil {
		t.Fatal(err)
	}
	token, err := logIn(t, a, phone.sign(t, asked(t, a)))
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.AskConnection(t.Context(), account.Person, by(good))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ConnectIdentity(t.Context(), state, account.Person, adaThere); err != nil {
		t.Fatal(err)
	}
	other, kept := signUp(t, a, "eve@example.org")
	if err := a.Delete(t.Context(), account.Person, by("wrong horse")); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong password: %v", err)
	}
	is(t, a, token, account.Person)
	if err := a.Delete(t.Context(), account.Person, by(good)); err != nil {
		t.Fatal(err)
	}
	isNobody(t, a, token)
	if err := tryCode(t, a, recovery[0]); !errors.Is(err, ErrWrong) {
		t.Errorf("signing in: %v", err)
	}
	if _, err := logIn(t, a, phone.sign(t, asked(t, a))); !errors.Is(err, ErrPasskey) {
		t.Errorf("by the passkey: %v", err)
	}
	for _, table := range []string{"accounts", "account_links", "second_steps", "recovery_codes", "passkeys", "identities"} {
		if n := count(t, a.database.Read().Table(table).Where("person = ?", account.Person)); n > 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if err := a.Delete(t.Context(), account.Person, by(good)); !errors.Is(err, ErrNoAccount) {
		t.Errorf("deleting it again: %v", err)
	}
	is(t, a, kept, other.Person)
	// The address is free, for somebody new.
	if again, _ := signUp(t, a, "ada@example.org"); again.Person == account.Person {
		t.Error("a new account is the former person")
	}
}

func count(t *testing.T, query *gorm.DB) (n int64) {
	t.Helper()
	if err := query.Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}
