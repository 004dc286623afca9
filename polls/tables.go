package polls

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// ballotRow is the current ballot of a voter in a round; see migrations. A
// withdrawn ballot has no row.
type ballotRow struct {
	Room     string `gorm:"primaryKey"`
	Activity string `gorm:"primaryKey"`
	Question string `gorm:"primaryKey"`
	Round    int    `gorm:"primaryKey;autoIncrement:false"`
	Voter    string `gorm:"primaryKey"` // the member
	Turn     uint64
	Content  []byte // JSON: {"options":[…]}, {"score":…}, {"answers":[…]}, {"number":…}, {"points":{…}} or {"rows":{…}}
	Seq      uint64 // of the event that cast it
	At       int64  // Unix milliseconds
}

func (ballotRow) TableName() string { return "ballots" }

// rows projects ballots into their table.
func rows(room string, e rooms.Event) []rooms.Row {
	if e.Did != "voted" || e.Blank() {
		return nil
	}
	var with voted
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(fmt.Errorf("polls: event %d did %q: %w", e.Seq, e.Did, err))
	}
	if with.Question == "" || with.Alias != "" {
		return nil // it is sealed
	}
	row := &ballotRow{
		Room: room, Activity: e.In, Question: with.Question, Round: with.Round, Voter: e.By,
		Turn: with.Turn, Content: with.content(), Seq: e.Seq, At: e.At,
	}
	if with.withdraws() {
		return []rooms.Row{{Drop: row}}
	}
	return []rooms.Row{{Put: row}}
}

func (v voted) withdraws() bool { return v.Options != nil && len(*v.Options) == 0 || v.empty() }

func (v voted) empty() bool {
	return v.Options == nil && v.Score == nil && v.Texts == nil && v.Answers == nil && v.Number == nil && v.Points == nil && v.Rows == nil && v.Places == nil && v.Pins == nil
}

// content is what was chosen, without where and when.
func (v voted) content() []byte {
	if v.Score != nil {
		return fmt.Appendf(nil, `{"score":%d}`, *v.Score)
	}
	encoded, err := json.Marshal(struct {
		Options *[]string           `json:"options,omitempty"`
		Answers []answer            `json:"answers,omitempty"`
		Number  *float64            `json:"number,omitempty"`
		Points  map[string]int      `json:"points,omitempty"`
		Rows    map[string][]string `json:"rows,omitempty"`
		Places  map[string][]int    `json:"places,omitempty"`
		Pins    [][]int             `json:"pins,omitempty"`
	}{v.Options, v.Answers, v.Number, v.Points, v.Rows, v.Places, v.Pins})
	if err != nil {
		panic(err) // texts and numbers
	}
	return encoded
}
