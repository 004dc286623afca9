package rooms

import (
	"encoding/json"
	"fmt"
	"math"
)

// The contents of the lobby's commands. One type holds the fields of all; each
// command reads its own.
type lobbyAsk struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Title    string          `json:"title"`
	Name     string          `json:"name"`
	Member   string          `json:"member"`
	Least    Role            `json:"least"`
	Role     Role            `json:"role"`
	Place    *float64        `json:"place"`
	Locked   *bool           `json:"locked"`
	Settings json.RawMessage `json:"settings"`
	As       string          `json:"as"` // the id of what is added; the room alone says it
	Person   string          `json:"person"`
	Hash     string          `json:"hash"`
	Activity string          `json:"activity"`
	Code     bool            `json:"code"`
	Passed   string          `json:"passed"`
	Until    int64           `json:"until"`
	Uses     int             `json:"uses"`
	Class    Class           `json:"class"`
	On       *bool           `json:"on"`
	Seconds  *int            `json:"seconds"`
	Days     *int            `json:"days"`
	Policy   Policy          `json:"policy"`
	Account  bool            `json:"account"`
	All      bool            `json:"all"`
}

var (
	errTitle      = Refuse("title", fmt.Sprintf("A title has at most %d characters.", MaxTitle))
	errName       = Refuse("name", fmt.Sprintf("A name has 1 to %d characters.", MaxName))
	errActivities = Refuse("activities", fmt.Sprintf("A room has at most %d activities.", MaxActivities))
	errKind       = Refuse("kind", "This server does not have that kind of activity.")
	errSettings   = Refuse("settings", "These settings make no sense for this kind of activity.")
	errHidden     = Refuse("hidden", "The audience may not see this. Show it first.")
	errCopy       = Refuse("copy", "This cannot be duplicated.")
)

// Decide says what follows from a command to the lobby.
func (l *lobby) Decide(c Command) ([]Event, error) {
	var ask lobbyAsk
	if err := json.Unmarshal(c.With, &ask); err != nil {
		return nil, ErrMalformed
	}
	switch c.Do {
	case "title":
		return l.decideTitle(ask)
	case "add", "duplicate":
		return l.decideAdd(c, ask)
	case "rename", "place", "show", "bin", "restore", "focus":
		return l.decideListed(c.Do, ask)
	case "passcode":
		return l.decidePasscode(ask)
	case "lock", "codeRole", "door", "end":
		return l.decideDoor(c, ask)
	case "admit", "refuse":
		return l.decideKnocked(c, ask)
	case "link", "revoke":
		return l.decideLink(c, ask)
	case "hook":
		return l.decideHook(ask)
	case "screen", "unscreen":
		return l.decideScreen(c, ask)
	case "brake", "slow", "mute":
		return l.decideBrake(c.Do, ask)
	case "keep":
		return l.decideKeep(ask)
	case "remove", "readmit", "role":
		return l.decideMember(c, ask)
	case "hand":
		return l.decideHand(c, ask)
	case "archive":
		return l.decideArchive(ask)
	case "delete":
		return l.decideDelete(c, ask)
	case "name":
		name, err := CleanName(ask.Name)
		if err != nil {
			return nil, err
		}
		return one("named", Audience{Least: Nobody}, lobbyNamed{Member: c.From.ID, Name: name}), nil
	case "enter":
		return l.decideEnter(c, ask)
	case "found":
		return l.decideFound(c, ask)
	}
	return nil, ErrUnknown
}

func (l *lobby) decideTitle(ask lobbyAsk) ([]Event, error) {
	title, err := cleanTitle(ask.Title)
	if err != nil {
		return nil, err
	}
	return one("titled", Audience{}, map[string]any{"title": title}), nil
}

// decideAdd lists a new activity. Its settings are stored beside it and told to
// nobody.
func (l *lobby) decideAdd(c Command, ask lobbyAsk) ([]Event, error) {
	if len(l.s.Activities) >= MaxActivities {
		return nil, errActivities
	}
	settings := ask.Settings
	if c.Do == "duplicate" {
		from, ok := l.sees(c.From.Role, ask.ID)
		if !ok {
			return nil, ErrNoActivity
		}
		if c.copied == nil {
			return nil, errCopy
		}
		settings = c.copied
		ask.Kind, ask.Least = from.Kind, Host
		if ask.Title == "" {
			ask.Title = from.Title
		}
	} else if len(settings) > MaxSettings && c.From.Role < TheRoom {
		return nil, ErrTooBig
	}
	kind, ok := l.kinds[ask.Kind]
	if !ok || kind.Everywhere {
		return nil, errKind
	}
	title, err := cleanTitle(ask.Title)
	if err != nil {
		return nil, err
	}
	if ask.Least == Everyone {
		ask.Least = Viewer
	}
	if ask.Least > Host {
		return nil, ErrMalformed
	}
	if _, err := kind.New(settings); err != nil {
		return nil, errSettings
	}
	id := l.freeID(ask.Kind, c.Seed)
	if ask.As != "" && c.From.Role == TheRoom {
		if id = ask.As; !isPartID(id, ask.Kind) || l.s.Activities[id] != nil {
			return nil, ErrMalformed
		}
	}
	entry := listed{ID: id, Kind: ask.Kind, Title: title, Least: ask.Least, Place: l.lastPlace() + 1}
	return append(
		one("made", Audience{Least: Nobody}, lobbyMade{ID: entry.ID, Settings: settings}),
		one("added", Audience{Least: ask.Least}, entry)...), nil
}

func (l *lobby) decideListed(do string, ask lobbyAsk) ([]Event, error) {
	a, ok := l.s.Activities[ask.ID]
	if !ok {
		return nil, ErrNoActivity
	}
	to := a.audience()
	id := map[string]any{"id": a.ID}
	switch do {
	case "rename":
		title, err := cleanTitle(ask.Title)
		if err != nil {
			return nil, err
		}
		return one("renamed", to, map[string]any{"id": a.ID, "title": title}), nil
	case "place":
		if ask.Place == nil || math.Abs(*ask.Place) > 1e9 {
			return nil, ErrMalformed
		}
		return one("placed", to, map[string]any{"id": a.ID, "place": *ask.Place}), nil
	case "show":
		return l.decideShow(a, ask.Least)
	case "bin":
		return one("binned", to, id), nil
	case "restore":
		entry := a.told()
		entry.Binned = false
		return one("restored", Audience{Least: a.Least}, entry), nil
	}
	if a.Least > Participant || a.Binned {
		return nil, errHidden
	}
	return one("focused", Audience{}, id), nil
}

// decideShow widens or narrows who may see an activity. Widening carries what
// becomes visible; narrowing is told to those who could see it.
func (l *lobby) decideShow(a *listed, least Role) ([]Event, error) {
	if least == Everyone {
		least = Viewer
	}
	if least > Host {
		return nil, ErrMalformed
	}
	if least <= a.Least {
		entry := a.told()
		entry.Least = least
		return one("shown", entry.audience(), entry), nil
	}
	return one("hidden", a.audience(), map[string]any{"id": a.ID, "least": least}), nil
}

// audience is who has the activity in their list.
func (a *listed) audience() Audience {
	if a.Binned {
		return Audience{Least: Host}
	}
	return Audience{Least: a.Least}
}

func (l *lobby) lastPlace() float64 {
	last := 0.0
	for _, a := range l.s.Activities {
		last = math.Max(last, a.Place)
	}
	return math.Floor(last)
}

// freeID names an activity without telling how many there are.
func (l *lobby) freeID(kind string, seed uint64) string {
	for {
		id := kind + "-" + short(seed, 4)
		if _, taken := l.s.Activities[id]; !taken {
			return id
		}
		seed = next(seed)
	}
}

func (l *lobby) freeMember(seed uint64) string {
	for {
		id := "m" + short(seed, 7)
		if _, taken := l.s.Members[id]; !taken {
			return id
		}
		seed = next(seed)
	}
}

// one makes the single event of a decision.
func one(did string, to Audience, with any) []Event {
	content, err := json.Marshal(with)
	if err != nil {
		panic(err) // programmer error: our own types always encode
	}
	return []Event{{Did: did, To: to, With: content}}
}
