package accounts

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"gorm.io/gorm"
)

// exportFormat counts the formats of exports.
const exportFormat = 1

// exportSlice is how many events of a room are looked through at a time.
const exportSlice = 5000

// Exported is what an export says of a person and their account.
type Exported struct {
	Format  int              `json:"format"`
	Person  string           `json:"person"`
	Since   string           `json:"since"` // RFC 3339, as all times
	Account *ExportedAccount `json:"account,omitempty"`
	Devices []ExportedDevice `json:"devices"` // that are signed in
	Rooms   []ExportedRoom   `json:"rooms"`
	Notices ExportedNotices  `json:"notices"`
}

// ExportedAccount is what there is of an account, without its secrets.
type ExportedAccount struct {
	Email      string             `json:"email"`
	Verified   bool               `json:"verified"`
	Since      string             `json:"since"`
	Password   string             `json:"passwordSince,omitempty"`
	Language   string             `json:"language,omitempty"`
	SecondStep bool               `json:"secondStep"`
	Passkeys   []ExportedPasskey  `json:"passkeys"`
	Identities []ExportedIdentity `json:"identities,omitempty"`
}

// ExportedIdentity is how an identity provider knows a person.
type ExportedIdentity struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
	Since   string `json:"since"`
	Used    string `json:"used"`
}

// ExportedPasskey is a passkey as its person knows it.
type ExportedPasskey struct {
	Device string `json:"device"`
	Since  string `json:"since"`
	Used   string `json:"used,omitempty"`
}

// ExportedDevice is a session.
type ExportedDevice struct {
	Device string `json:"device"`
	Since  string `json:"since"`
	Seen   string `json:"seen"`
}

// ExportedRoom is a room that the person is or was in, and what they brought.
type ExportedRoom struct {
	Code    string         `json:"code"`
	Title   string         `json:"title"`
	Member  string         `json:"member"` // as the room knows the person
	Role    string         `json:"role"`
	Removed bool           `json:"removed,omitempty"`
	Files   []ExportedFile `json:"files,omitempty"`

	id string
}

// ExportedFile is a file that the person brought, and where it is in the export.
type ExportedFile struct {
	Hash string `json:"hash"`
	Name string `json:"name"`
	Path string `json:"path"`
	At   string `json:"at"`
}

// did is a thing that the person did in a room, alone or with others if that was
// put together, or was told alone by another member: a line of its list.
type did struct {
	Seq      uint64          `json:"seq"`
	At       string          `json:"at"`
	Activity string          `json:"activity"`
	Did      string          `json:"did"`
	By       string          `json:"by,omitempty"` // another member, who wrote to the person alone, or wrote with them
	With     json.RawMessage `json:"with"`
}

const exportGuide = `What this Plenum server has of you.

you.json            you, your account and devices, and the rooms that you are or were in
rooms/CODE.jsonl    everything that you did in a room, and the direct messages to you (those
                    have "by"), oldest first: one JSON object in each line; old changes of
                    documents, with what others wrote at the same time
files/CODE/…        the images and files that you brought into a room

Votes in secret questions are kept without names, so they are not here. What was
deleted is not here either.
`

// Export writes all that there is of a person, guest or not, as a ZIP. open
// gives the content of a stored file; one that is gone, fs.ErrNotExist, is left out.
func (a *Accounts) Export(ctx context.Context, person string, to io.Writer, open func(hash string) (io.ReadCloser, error)) error {
	you, err := a.exported(ctx, person)
	if err != nil {
		return err
	}
	out := zip.NewWriter(to)
	if err := put(out, "README.txt", func(w io.Writer) error { _, err := io.WriteString(w, exportGuide); return err }); err != nil {
		return err
	}
	err = put(out, "you.json", func(w io.Writer) error {
		lines := json.NewEncoder(w)
		lines.SetIndent("", "  ")
		return lines.Encode(you)
	})
	if err != nil {
		return err
	}
	for _, room := range you.Rooms {
		if err := put(out, "rooms/"+room.Code+".jsonl", func(w io.Writer) error { return a.exportDone(ctx, room, w) }); err != nil {
			return err
		}
		for _, file := range room.Files {
			if err := putFile(out, file, open); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

func put(out *zip.Writer, name string, write func(io.Writer) error) error {
	w, err := out.Create(name)
	if err == nil {
		err = write(w)
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	return nil
}

func putFile(out *zip.Writer, file ExportedFile, open func(hash string) (io.ReadCloser, error)) error {
	content, err := open(file.Hash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it was cleaned up just now
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", file.Path, err)
	}
	defer content.Close()
	return put(out, file.Path, func(w io.Writer) error { _, err := io.Copy(w, content); return err })
}

// exported is what is known of a person.
func (a *Accounts) exported(ctx context.Context, person string) (you Exported, err error) {
	db := a.database.Read().WithContext(ctx)
	row, err := take[personRow](db.Where("id = ?", person), "a person", ErrNoToken)
	if err != nil {
		return you, err
	}
	you = Exported{Format: exportFormat, Person: person, Since: moment(row.CreatedAt), Devices: []ExportedDevice{}, Rooms: []ExportedRoom{}}
	if you.Account, err = a.exportedAccount(ctx, person); err != nil {
		return you, err
	}
	sessions, err := a.Sessions(ctx, person)
	if err != nil {
		return you, err
	}
	for _, s := range sessions {
		you.Devices = append(you.Devices, ExportedDevice{s.Device, moment(s.CreatedAt), moment(s.SeenAt)})
	}
	if you.Rooms, err = exportedRooms(db, person); err != nil {
		return you, err
	}
	you.Notices, err = exportedNotices(db, person)
	return you, err
}

func (a *Accounts) exportedAccount(ctx context.Context, person string) (*ExportedAccount, error) {
	row, err := a.byPerson(ctx, person)
	if errors.Is(err, ErrNoAccount) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	second, _, err := a.Second(ctx, person)
	if err != nil {
		return nil, err
	}
	keys, err := a.Passkeys(ctx, person)
	if err != nil {
		return nil, err
	}
	told := &ExportedAccount{
		Email: row.Email, Verified: row.VerifiedAt > 0, Since: moment(row.CreatedAt),
		Language: row.Language, SecondStep: second, Passkeys: []ExportedPasskey{},
	}
	if row.Password != "" {
		told.Password = moment(row.ChangedAt)
	}
	identities, err := identitiesOf(a.database.Read().WithContext(ctx), person)
	if err != nil {
		return nil, err
	}
	for _, one := range identities {
		told.Identities = append(told.Identities, ExportedIdentity{one.Issuer, one.Subject, moment(one.CreatedAt), moment(one.UsedAt)})
	}
	for _, key := range keys {
		one := ExportedPasskey{Device: key.Device, Since: moment(key.CreatedAt)}
		if key.UsedAt > 0 {
			one.Used = moment(key.UsedAt)
		}
		told.Passkeys = append(told.Passkeys, one)
	}
	return told, nil
}

// exportedRooms are all rooms that a person is or was in, the oldest first.
func exportedRooms(db *gorm.DB, person string) ([]ExportedRoom, error) {
	var rows []struct {
		ID, Code, Title, Member, Role string
		Removed                       bool
	}
	err := db.Raw(`
		SELECT rooms.id AS id, rooms.code AS code, coalesce(room_titles.title, '') AS title, members.member AS member,
			coalesce(member_roles.role, '') AS role, removed_members.member IS NOT NULL AS removed
		FROM members
		JOIN rooms ON rooms.id = members.room
		LEFT JOIN member_roles ON member_roles.room = members.room AND member_roles.member = members.member
		LEFT JOIN removed_members ON removed_members.room = members.room AND removed_members.member = members.member
		LEFT JOIN room_titles ON room_titles.room = members.room
		WHERE members.person = ? ORDER BY rooms.created_at, rooms.code`, person).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list rooms: %w", err)
	}
	all := make([]ExportedRoom, len(rows))
	for i, row := range rows {
		all[i] = ExportedRoom{Code: row.Code, Title: row.Title, Member: row.Member, Role: row.Role, Removed: row.Removed, id: row.ID}
		var files []struct {
			Hash, Name string
			At         int64
		}
		err := db.Raw("SELECT hash, name, at FROM files WHERE room = ? AND by_member = ? ORDER BY at, hash", row.ID, row.Member).Scan(&files).Error
		if err != nil {
			return nil, fmt.Errorf("list files: %w", err)
		}
		for _, f := range files {
			path := fmt.Sprintf("files/%s/%s", row.Code, f.Hash)
			all[i].Files = append(all[i].Files, ExportedFile{f.Hash, f.Name, path, moment(f.At)})
		}
	}
	return all, nil
}

// exportDone writes what a person did in a room, a part of its log at a time.
func (a *Accounts) exportDone(ctx context.Context, room ExportedRoom, to io.Writer) error {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	for after := uint64(0); ; after += exportSlice {
		db := a.database.Read().WithContext(ctx)
		var head uint64
		if err := db.Raw("SELECT seq FROM rooms WHERE id = ?", room.id).Scan(&head).Error; err != nil {
			return err
		}
		if after >= head {
			return nil
		}
		var rows []struct {
			Seq           uint64
			At            int64
			Activity, Did string
			ByMember      string
			Content       []byte
		}
		err := db.Raw(`
			SELECT events.seq AS seq, at, activity, did, by_member, coalesce(words.text, content) AS content
			FROM events LEFT JOIN words ON words.id = events.words
			WHERE room = ? AND seq > ? AND seq <= ? AND (by_member = ? OR to_and <> '' AND ? IN (to_only, to_and)
				OR folded > 0 AND instr(content, ?) > 0) ORDER BY seq`,
			room.id, after, after+exportSlice, room.Member, room.Member, `"`+room.Member+`"`).Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !json.Valid(row.Content) {
				continue // it was deleted
			}
			line := did{row.Seq, moment(row.At), row.Activity, row.Did, "", row.Content}
			if row.ByMember != room.Member {
				line.By = row.ByMember
			}
			if err := lines.Encode(line); err != nil {
				return err
			}
		}
	}
}

// moment is a time as exports say it.
func moment(at int64) string { return time.UnixMilli(at).UTC().Format(time.RFC3339Nano) }
