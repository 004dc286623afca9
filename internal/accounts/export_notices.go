package accounts

import (
	"errors"
	"fmt"
	"net/url"

	"gorm.io/gorm"
)

// ExportedNotices is how the person wants to be told what calls them.
type ExportedNotices struct {
	Rooms  []ExportedLevel  `json:"rooms,omitempty"`
	Quiet  *ExportedQuiet   `json:"quiet,omitempty"`
	NoMail bool             `json:"noMail,omitempty"`
	Rings  []ExportedRinger `json:"rings,omitempty"`
}

// ExportedLevel is what the person wants to hear of a room.
type ExportedLevel struct {
	Room  string `json:"room"`
	Level string `json:"level"`
}

// ExportedQuiet is when nothing rings, in minutes of the day.
type ExportedQuiet struct {
	From int    `json:"from"`
	To   int    `json:"to"`
	Zone string `json:"zone"`
}

// ExportedRinger is a device that rings, by its browser's push service.
type ExportedRinger struct {
	Service  string `json:"service"`
	Language string `json:"language"`
	Since    string `json:"since"`
}

func exportedNotices(db *gorm.DB, person string) (told ExportedNotices, err error) {
	var quiet []ExportedQuiet
	var rings []struct {
		Endpoint, Language string
		CreatedAt          int64
	}
	err = errors.Join(
		db.Raw("SELECT code AS room, level FROM notice_levels JOIN rooms ON id = room WHERE person = ? ORDER BY code", person).Scan(&told.Rooms).Error,
		db.Raw("SELECT begins AS `from`, ends AS `to`, zone FROM quiet_hours WHERE person = ?", person).Scan(&quiet).Error,
		db.Raw("SELECT EXISTS (SELECT 1 FROM digests WHERE person = ? AND off = 1)", person).Scan(&told.NoMail).Error,
		db.Raw("SELECT endpoint, language, created_at FROM push_subscriptions WHERE person = ? ORDER BY id", person).Scan(&rings).Error,
	)
	if err != nil {
		return told, fmt.Errorf("read how somebody is told: %w", err)
	}
	for i := range quiet {
		told.Quiet = &quiet[i]
	}
	for _, one := range rings {
		told.Rings = append(told.Rings, ExportedRinger{hostOf(one.Endpoint), one.Language, moment(one.CreatedAt)})
	}
	return told, nil
}

// hostOf is the host of an address: who knows the whole of it can ring.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
