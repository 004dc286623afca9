package store

import (
	"encoding/json"

	"plenum/rooms"
)

// The rows of the tables that the room log is kept in; see migrations.

type roomRow struct {
	ID        string `gorm:"primaryKey"`
	Code      string
	Epoch     string
	Term      uint64
	Seq       uint64
	Mark      string
	CreatedAt int64 `gorm:"autoCreateTime:milli"`
}

func (roomRow) TableName() string { return "rooms" }

func (r roomRow) head() rooms.Head {
	return rooms.Head{Room: r.ID, Code: r.Code, Epoch: r.Epoch, Term: r.Term, Seq: r.Seq, Mark: r.Mark}
}

type eventRow struct {
	Room     string `gorm:"primaryKey"`
	Seq      uint64 `gorm:"primaryKey;autoIncrement:false"`
	Activity string
	Did      string
	Content  []byte
	ByMember string
	Peer     string
	N        uint64
	At       int64
	Format   int
	ToLeast  int
	ToOnly   string
	ToAnd    string
	Mark     string
	Words    int64 // where the content stands, if it may be forgotten
	About    uint64
	Thread   uint64

	FoldedFrom uint64
	Folded     int

	Text []byte `gorm:"->"` // of words
}

func (eventRow) TableName() string { return "events" }

type settledRow struct {
	Room    string `gorm:"primaryKey"`
	Peer    string `gorm:"primaryKey"`
	Member  string
	Last    uint64
	Refused string
}

func (settledRow) TableName() string { return "settled" }

type checkpointRow struct {
	Room     string `gorm:"primaryKey"`
	Activity string `gorm:"primaryKey"`
	Seq      uint64
	Format   int
	State    []byte
	Lead     int
}

func (checkpointRow) TableName() string { return "checkpoints" }

type wakeRow struct {
	Room     string `gorm:"primaryKey"`
	Activity string `gorm:"primaryKey"`
	At       int64
}

func (wakeRow) TableName() string { return "wakes" }

// appendEvents adds the rows of a batch's events; the last one bears its mark.
func appendEvents(to []eventRow, b *rooms.Batch) []eventRow {
	for _, e := range b.Events {
		to = append(to, eventRow{
			Room: b.Room, Seq: e.Seq, Activity: e.In, Did: e.Did, Content: e.With, ByMember: e.By,
			Peer: e.Peer, N: e.N, At: e.At, Format: e.Format, ToLeast: int(e.To.Least), ToOnly: e.To.Only, ToAnd: e.To.And,
			About: e.About, Thread: e.Thread,
		})
		if e.Erasable && len(e.With) > 0 {
			to[len(to)-1].Words = unplaced
		}
	}
	to[len(to)-1].Mark = b.Mark
	return to
}

func (r eventRow) event() rooms.Event {
	if r.Words != 0 && r.Content == nil {
		r.Content = r.Text
	}
	return rooms.Event{
		Seq: r.Seq, In: r.Activity, Did: r.Did, With: r.Content, By: r.ByMember, Peer: r.Peer, N: r.N,
		At: r.At, Format: r.Format, To: rooms.Audience{Least: rooms.Role(r.ToLeast), Only: r.ToOnly, And: r.ToAnd},
		About: r.About, Thread: r.Thread, Erasable: r.Words != 0,
		FoldedFrom: r.FoldedFrom, Folded: r.Folded,
	}
}

// newSettledRow makes the row of what is settled of a peer's commands.
func newSettledRow(room string, s rooms.Settled) (*settledRow, error) {
	refused, err := json.Marshal(s.Refused)
	if err != nil {
		return nil, err
	}
	return &settledRow{Room: room, Peer: s.Peer, Member: s.Member, Last: s.Last, Refused: string(refused)}, nil
}

func (r settledRow) settled() (rooms.Settled, error) {
	s := rooms.Settled{Room: r.Room, Peer: r.Peer, Member: r.Member, Last: r.Last}
	err := json.Unmarshal([]byte(r.Refused), &s.Refused)
	return s, err
}
