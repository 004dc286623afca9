package accounts

import (
	"context"

	"gorm.io/gorm"
)

// Delete ends an account: address, password, passkeys, identities and second
// step are deleted, every device is signed out, and nobody can be that person again. What
// the person wrote in rooms stays there, under the name it was written.
func (a *Accounts) Delete(ctx context.Context, person string, p Proof) error {
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return err
	}
	var ended []hash
	err = a.mail(ctx, "delete an account", func(tx *gorm.DB) error {
		if err := unchanged(tx, row); err != nil {
			return err
		}
		for _, kept := range []any{&linkRow{}, &secondRow{}, &recoveryRow{}, &passkeyRow{}, &identityRow{}, &accountRow{}} {
			if err := tx.Where("person = ?", person).Delete(kept).Error; err != nil {
				return err
			}
		}
		var err error
		if ended, err = revokeOf(tx, person, a.clock().UnixMilli(), func(tokenRow) bool { return true }); err != nil {
			return err
		}
		return a.notify(tx, row.Email, lettersIn(row.Language).deleted)
	})
	a.recent.revoked(ended...)
	return err
}
