package main

import (
	"bytes"
	cryptorand "crypto/rand"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// attack is an anonymous question in the real program, and everything of it that
// an attacker got hold of.
type attack struct {
	t       *testing.T
	data    string
	options []string       // their ids
	members []string       // ids of the voters, as they entered
	codes   []string       // of the voters, in the same order
	truth   map[string]int // what each has voted; known to nobody but the test

	copies [][]row  // of the database, in the order in which they were made
	files  [][]byte // databases, write-ahead logs, backups
	texts  []string // what the host and the owner have read, saw and exported, and the server's log
	tables []glance // what the host has exported for a spreadsheet while the question was open
}

// glance is an export made right after somebody has voted.
type glance struct{ member, results, others string }

// row is a row of a table in the order in which it is stored.
type row struct {
	table string
	text  string
	by    string
	did   string
	size  int // of the content
}

const (
	voters  = 60
	choices = 4
)

// People enter a room, vote at once, and many change their minds. The attacker
// has the list of who got which code, the database and its write-ahead log of several moments, backups made
// while the question was open, every export and read of a host, all frames
// that the host saw, and the server's log at its most talkative. Nothing of
// it tells more of anybody's vote than the result does.
func TestAnAttackerCanOnlyGuess(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	a := &attack{t: t, data: t.TempDir(), truth: map[string]int{}}
	a.vote(rand.New(rand.NewPCG(seed, 7)))
	counts := make([]int, choices)
	for _, choice := range a.truth {
		counts[choice]++
	}
	share := float64(slices.Max(counts)) / voters
	bound := int(math.Ceil(voters*share + 4.5*math.Sqrt(voters*share*(1-share))))
	for name, guesses := range map[string]map[string]int{
		"by names": a.byNames(), "by order": a.byOrder(), "by sizes": a.bySizes(), "by differences": a.byDifferences(),
		"by tables":                        a.byTables(),
		"by the order of what was counted": a.byCounted(a.members),
		"by the codes that were used":      a.byCounted(a.byCodes()),
	} {
		hits := 0
		for member, guess := range guesses {
			if a.truth[member] == guess {
				hits++
			}
		}
		t.Logf("%s: %d guesses, %d right, at most %d", name, len(guesses), hits, bound)
		if hits > bound {
			t.Errorf("%s %d of %d votes are known; guessing gives at most %d", name, hits, voters, bound)
		}
	}
	a.noTraces()
}

// vote lets it happen.
func (a *attack) vote(r *rand.Rand) {
	t := a.t
	server := spawn(t, a.data, "--log-level", "debug")
	ada := browse(t, server.url)
	code := ada.create()
	settings := `{"questions":[{"id":"q","kind":"single","prompt":"Who?","secrecy":"anonymous","options":[{"text":"A"},{"text":"B"},{"text":"C"},{"text":"D"}]},
		{"id":"w","kind":"wall","prompt":"Why?","secrecy":"anonymous","show":"closed"}],"strength":"code"}`
	ada.do(code, "lobby", "add", `{"kind":"poll","title":"Vote","settings":`+settings+`}`)
	poll := ada.activity(code, "poll")
	frames := a.watch(ada, code, poll)
	for _, option := range ada.view(code, poll)["view"].(map[string]any)["questions"].([]any)[0].(map[string]any)["options"].([]any) {
		a.options = append(a.options, option.(map[string]any)["id"].(string))
	}
	a.codes = make([]string, voters) // which the host hands out by name
	for i := range a.codes {
		a.codes[i] = cryptorand.Text()[:10] + strconv.Itoa(i)
	}
	ada.do(code, poll, "issue", `{"codes":["`+strings.Join(a.codes, `","`)+`"]}`)
	ada.do(code, poll, "open", `{"question":"w"}`)
	ada.do(code, poll, "open", `{"question":"q"}`)
	people := make([]*browser, voters)
	turns := make([]int, voters)
	ada.do(code, "lobby", "focus", fmt.Sprintf(`{"id":%q}`, poll))
	cast := func(i, choice int) {
		turns[i]++
		a.truth[a.members[i]] = choice
		if i%3 == 0 { // a third of them have no scripts
			form := url.Values{"activity": {poll}, "question": {"q"}, "round": {"1"}, "answer": {a.options[choice]}}
			if status := people[i].submit("/plain/"+code, form); status != http.StatusOK { // where it is sent on to
				t.Fatalf("a form was answered with %d", status)
			}
		} else {
			people[i].do(code, poll, "vote", fmt.Sprintf(`{"question":"q","round":1,"turn":%d,"options":[%q],"slip":"%020d"}`, turns[i], a.options[choice], r.Int64()))
		}
		// As many letters as the number of the choice says: sizes would tell.
		people[i].do(code, poll, "vote", fmt.Sprintf(`{"question":"w","round":1,"turn":%d,"texts":[%q]}`, turns[i], "because"+strings.Repeat("!", 100*choice)))
	}
	read := func(name string) string {
		return ada.raw("/api/rooms/" + code + "/activities/" + poll + "/read/" + name)
	}
	glance := func(i int) {
		a.tables = append(a.tables, glance{a.members[i], read("table"), read("table?part=answers") + read("table?part=ballots")})
		a.texts = append(a.texts, read("report"))
	}
	for i := range people {
		people[i] = browse(t, server.url)
		status, entered := people[i].ask(http.MethodPost, "/api/rooms/"+code+"/enter", fmt.Sprintf(`{"name":"Voter %d"}`, i))
		if status != http.StatusOK {
			t.Fatalf("enter: %d %v", status, entered)
		}
		a.members = append(a.members, entered["member"].(map[string]any)["id"].(string))
		if i%6 == 0 {
			if status := people[i].submit("/plain/"+code, url.Values{"activity": {poll}, "code": {a.codes[i]}}); status != http.StatusOK {
				t.Fatalf("a code in a form was answered with %d", status)
			}
		} else {
			people[i].do(code, poll, "redeem", fmt.Sprintf(`{"code":%q}`, strings.ToLower(a.codes[i])))
		}
		cast(i, r.IntN(choices))
		glance(i)
		if i%10 == 9 {
			a.copy()
			a.carry(ada, code, poll)
		}
	}
	for _, i := range r.Perm(voters)[:voters/4] {
		cast(i, r.IntN(choices))
		glance(i)
		a.copy() // of each of these the attacker has the moment before and after
	}
	a.backup()
	for _, question := range []string{"q", "w"} {
		ada.do(code, poll, "close", fmt.Sprintf(`{"question":%q}`, question))
	}
	ada.do(code, poll, "present", `{"question":"q"}`)
	a.copy()
	a.backup()
	for _, question := range []string{"q", "w"} {
		for _, read := range []string{"export", "recount", "review", "answers", "slips", "preview", "results"} {
			a.texts = append(a.texts, ada.raw("/api/rooms/"+code+"/activities/"+poll+"/read/"+read+"?question="+question+"&round=1"))
		}
	}
	for _, name := range []string{"report", "table?part=results", "table?part=answers", "table?part=ballots"} {
		a.texts = append(a.texts, read(name))
	}
	a.texts = append(a.texts, everythingIn(t, ada.carried(code)))
	a.texts = append(a.texts, ada.raw("/api/rooms/"+code+"/activities/"+poll+"/view"), frames(), server.log.String())
}

// carry takes the whole room along while questions are open. Of what people wrote
// it has what the host's screen shows at that moment, and no more.
func (a *attack) carry(ada *browser, code, poll string) {
	a.t.Helper()
	text := everythingIn(a.t, ada.carried(code))
	if !strings.Contains(text, "polls/Vote.xlsx") {
		a.t.Fatalf("the poll is not in the ZIP:\n%s", text)
	}
	shown := ada.raw("/api/rooms/" + code + "/activities/" + poll + "/view")
	for _, written := range regexp.MustCompile(`because!*`).FindAllString(text, -1) {
		if !strings.Contains(shown, `"`+written+`"`) {
			a.t.Errorf("the ZIP has %q, and the screen has\n%s", written, shown)
		}
	}
	a.texts = append(a.texts, text)
}

// copy takes the database and its write-ahead log as they are on the disk, at a
// moment when nothing moves from the one to the other.
func (a *attack) copy() {
	a.t.Helper()
	path := filepath.Join(a.t.TempDir(), "plenum.db")
	log, rows := a.file("plenum.db-wal"), a.file("plenum.db")
	for {
		again := a.file("plenum.db-wal")
		if bytes.Equal(log, again) {
			break
		}
		log, rows = again, a.file("plenum.db")
	}
	for end, content := range map[string][]byte{"": rows, "-wal": log} {
		a.files = append(a.files, content)
		if err := os.WriteFile(path+end, content, 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	a.read(path)
}

func (a *attack) file(name string) []byte {
	a.t.Helper()
	content, err := os.ReadFile(filepath.Join(a.data, name))
	if err != nil && !os.IsNotExist(err) {
		a.t.Fatal(err)
	}
	return content
}

func (a *attack) backup() {
	a.t.Helper()
	file := filepath.Join(a.t.TempDir(), "backup.db")
	mustRun(a.t, "backup", file, "--data", a.data)
	content, err := os.ReadFile(file)
	if err != nil {
		a.t.Fatal(err)
	}
	a.files = append(a.files, content)
	a.read(file)
}

// read takes all rows of the tables that have something of rooms.
func (a *attack) read(path string) {
	a.t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		a.t.Fatal(err)
	}
	defer db.Close()
	var rows []row
	for _, query := range []string{
		"SELECT 'events', did, by_member, peer || ' ' || CAST(coalesce(content, '') AS TEXT), length(content) FROM events ORDER BY room, seq",
		"SELECT 'ballots', '', voter, CAST(content AS TEXT), length(content) FROM ballots",
		"SELECT 'checkpoints', '', '', CAST(state AS TEXT), length(state) FROM checkpoints",
		"SELECT 'words', '', '', CAST(text AS TEXT), length(text) FROM words ORDER BY id",
		"SELECT 'settled', '', member, peer, 0 FROM settled",
	} {
		found, err := db.QueryContext(a.t.Context(), query)
		if err != nil {
			a.t.Fatal(err)
		}
		for found.Next() {
			var r row
			var size sql.NullInt64
			if err := found.Scan(&r.table, &r.did, &r.by, &r.text, &size); err != nil {
				a.t.Fatal(err)
			}
			r.size = int(size.Int64)
			rows = append(rows, r)
		}
		if err := errorOf(found.Err(), found.Close()); err != nil {
			a.t.Fatal(err)
		}
	}
	a.copies = append(a.copies, rows)
}

func errorOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// noTraces looks for what would make guessing needless: texts in anything that
// was made while the question was open, secrets in anything, lengths that differ.
func (a *attack) noTraces() {
	files, err := os.ReadDir(filepath.Join(a.data, "plenum.secrets"))
	if err != nil || len(files) != 0 {
		a.t.Errorf("after the close there are the secrets %v (%v)", files, err)
	}
	for i, file := range a.files {
		for _, code := range a.codes {
			if bytes.Contains(file, []byte(code)) {
				a.t.Fatalf("file %d holds the code %s", i, code)
			}
		}
		if after := i >= len(a.files)-3; !after && bytes.Contains(file, []byte("because!!!")) {
			a.t.Errorf("file %d, which was made while the question was open, holds what somebody wrote", i)
		}
	}
	sizes, times := map[int]int{}, 0
	for _, r := range a.copies[len(a.copies)-1] {
		if r.did == "voted" {
			sizes[r.size]++
			times++
		}
		if r.did == "voted" && r.by != "" {
			a.t.Errorf("a ballot is signed by %q", r.by)
		}
	}
	if len(sizes) != 2 || times < 2*voters {
		a.t.Errorf("%d ballots of two questions have the sizes %v", times, sizes)
	}
	for _, g := range a.tables {
		if strings.Count(g.others, "\r\n") != 2 {
			a.t.Fatalf("while the questions are open there are ballots in %q", g.others)
		}
	}
	for _, text := range a.texts[:len(a.texts)-3] {
		for i, member := range a.members {
			if strings.Contains(text, member) || strings.Contains(text, fmt.Sprintf("Voter %d\"", i)) || strings.Contains(text, fmt.Sprintf("Voter %d,", i)) {
				a.t.Fatalf("somebody who has voted is named in %q", text)
			}
		}
	}
	log := a.texts[len(a.texts)-1]
	if strings.Contains(log, ":command") || strings.Contains(log, "/plain/") || strings.Count(log, "msg=request") < voters {
		a.t.Errorf("the server's log has lines for votes, or none at all:\n%s", log[max(0, len(log)-2000):])
	}
}

// watch records all that the host's screen is told.
func (a *attack) watch(ada *browser, code, poll string) (frames func() string) {
	tab := ada.join(code, "p-attack-0001", `"next":1,"watch":{"lobby":null,"`+poll+`":null}`)
	tab.until("joined", func(f frame) bool { return f.Joined })
	if err := tab.conn.SetReadDeadline(time.Now().Add(5 * time.Minute)); err != nil {
		a.t.Fatal(err)
	}
	var mu sync.Mutex
	var all bytes.Buffer
	go func() {
		for {
			_, raw, err := tab.conn.ReadMessage()
			if err != nil {
				return
			}
			mu.Lock()
			all.Write(append(raw, '\n'))
			mu.Unlock()
		}
	}()
	return func() string { mu.Lock(); defer mu.Unlock(); return all.String() }
}

// do is a command that must be done.
func (b *browser) do(code, activity, do, with string) map[string]any {
	b.t.Helper()
	for {
		status, answer := b.ask(http.MethodPost, "/api/rooms/"+code+"/activities/"+activity+"/"+do, `{"with":`+with+`}`)
		if status == http.StatusOK {
			return answer
		}
		if after, ok := answer["after"].(float64); ok {
			time.Sleep(time.Duration(after) * time.Millisecond)
			continue
		}
		b.t.Fatalf("%s: %d %v", do, status, answer)
	}
}

func (b *browser) view(code, activity string) map[string]any {
	b.t.Helper()
	_, answer := b.ask(http.MethodGet, "/api/rooms/"+code+"/activities/"+activity+"/view", "")
	return answer
}

// activity is the id of the first activity of a kind.
func (b *browser) activity(code, kind string) string {
	b.t.Helper()
	for _, found := range b.view(code, "lobby")["view"].(map[string]any)["activities"].([]any) {
		if of := found.(map[string]any); of["kind"] == kind {
			return of["id"].(string)
		}
	}
	b.t.Fatalf("there is no %s", kind)
	return ""
}

// raw is an answer as it came, whatever it says.
func (b *browser) raw(path string) string {
	b.t.Helper()
	_, text := b.bytesOf(path)
	return text
}
