package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"plenum/internal/due"
	"plenum/internal/mail"
)

// What is not read waits so long to be mailed, and a person is mailed no more
// often than this.
const (
	digestWait  = 30 * time.Minute
	digestEvery = 4 * time.Hour
)

// digestFor is how long a mail that could not be sent is worth something.
const digestFor = 12 * time.Hour

// digestMost is how many notices stand in one mail.
const digestMost = 10

// Mails takes letters within a transaction, and is woken when that succeeded.
type Mails interface {
	Put(tx *gorm.DB, l mail.Letter) error
	Wake()
}

// SetMail keeps whether a person is mailed what they have not read.
func (n *Notify) SetMail(ctx context.Context, person string, on bool) error {
	if err := n.setDigest(ctx, person, !on); err != nil {
		return fmt.Errorf("keep whether somebody is mailed: %w", err)
	}
	return nil
}

// mailNext looks after the person whose mail is due first, and tells how long
// nothing is to be done.
func (n *Notify) mailNext(ctx context.Context) (pause time.Duration, err error) {
	row, found, err := n.nextDigest(ctx)
	if err != nil || !found {
		return due.Idle, err
	}
	now := n.clock()
	if row.NextAt > now.UnixMilli() {
		return due.Until(row.NextAt, now), nil
	}
	quiet, err := n.quietOf(ctx, row.Person)
	if err != nil {
		return 0, err
	}
	if quiet != nil && quiet.at(now) {
		return 0, n.digestLater(ctx, row.Person, now.Add(quiet.left(now)).UnixMilli())
	}
	to, err := n.addressOf(ctx, row.Person)
	if err != nil {
		return 0, err
	}
	if to.Email == "" || row.Off {
		return 0, n.digestLater(ctx, row.Person, 0)
	}
	unread, through, err := n.unmailed(ctx, row)
	if err != nil {
		return 0, err
	}
	var letter *mail.Letter
	if len(unread) > 0 {
		letter = &mail.Letter{To: to.Email, Until: now.Add(digestFor)}
		letter.Subject, letter.Text = digest(unread, to.Language, n.site)
	}
	if err := n.mailed(ctx, row, through, letter); err != nil {
		return 0, err
	}
	if letter != nil {
		n.mails.Wake()
	}
	return 0, nil
}

// unmailed is what a person has not read and was not mailed, the oldest first,
// as they may see it now and want to hear of it; and through which notice that is.
func (n *Notify) unmailed(ctx context.Context, row digestRow) (unread []Notice, through int64, err error) {
	rows, err := n.unread(ctx, row.Person, row.Through)
	if err != nil {
		return nil, 0, err
	}
	through = row.Through
	for _, one := range rows {
		through = one.ID
		levels, err := n.levelsOf(ctx, one.Room)
		if err != nil {
			return nil, 0, err
		}
		if !wants(levels[row.Person], one.Why) {
			continue
		}
		told, ok, err := n.tell(ctx, one)
		if err != nil {
			return nil, 0, err
		}
		if ok {
			unread = append(unread, told)
		}
	}
	return unread, through, nil
}

// wants tells whether somebody with a level wants to hear of a notice now.
func wants(level Level, why string) bool {
	return level != None && (why != whySaid || level == All)
}

// digest is a letter about notices, in a language of the pages.
func digest(unread []Notice, language, site string) (subject, text string) {
	words := wordsIn(language)
	subject = fmt.Sprintf(words.waiting(len(unread)), len(unread))
	var b strings.Builder
	for _, one := range unread[:min(len(unread), digestMost)] {
		fmt.Fprintf(&b, "%s\n", one.said(words))
		if one.Text != "" {
			fmt.Fprintf(&b, "  %s\n", one.Text)
		}
		fmt.Fprintf(&b, "  %s%s\n\n", site, one.path())
	}
	if more := len(unread) - digestMost; more > 0 {
		fmt.Fprintf(&b, words.more+"\n\n", more)
	}
	fmt.Fprintf(&b, words.stop+"\n", site+"/")
	return subject, b.String()
}
