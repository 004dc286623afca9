package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// privy is a room in which two talk alone, and what its owner and a host got hold of.
type privy struct {
	t         *testing.T
	data      string
	server    *process
	ada, hal  *browser // the owner and a host
	ben, cyd  *browser // who talk
	people    map[*browser]string
	code      string
	thread    int
	last      int // the seq of what was said last
	hash      string
	mu        sync.Mutex
	got       strings.Builder // guarded by mu; every byte that the owner and the host were sent
	forbidden []string
}

// Two members talk alone: messages, a file, an answer, a reaction, an edit, what
// they type and read. The owner and a host ask for it by every door that there
// is, and get nothing; what they get for what is there is what they get for what
// is not. The two find all of it again, also after the server was killed.
func TestNobodyElseSeesDirectMessages(t *testing.T) {
	t.Parallel()
	p := &privy{t: t, data: t.TempDir(), people: map[*browser]string{}}
	p.server = spawn(t, p.data, "--log-level", "debug")
	p.gather()
	p.listen(p.ada)
	p.listen(p.hal)
	p.talk()
	p.curtain()
	for _, who := range []*browser{p.ada, p.hal} {
		p.read(who)
		p.meddle(who)
		p.export(who)
	}
	p.none()
	p.kill()
	p.theirs()
}

func (p *privy) gather() {
	enter := func(name string) *browser {
		b := browse(p.t, p.server.url)
		status, entered := b.ask(http.MethodPost, "/api/rooms/"+p.code+"/enter", `{"name":"`+name+`"}`)
		if status != http.StatusOK {
			p.t.Fatalf("enter: %d %v", status, entered)
		}
		p.people[b] = entered["member"].(map[string]any)["id"].(string)
		return b
	}
	p.ada = browse(p.t, p.server.url)
	p.code = p.ada.create()
	p.people[p.ada] = "nobody" // not needed
	p.hal, p.ben, p.cyd = enter("Hal"), enter("Ben"), enter("Cyd")
	p.ada.do(p.code, "lobby", "role", fmt.Sprintf(`{"member":%q,"role":"host"}`, p.people[p.hal]))
}

// keep keeps what was sent.
func (p *privy) keep(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got.WriteString(text + "\n")
}

// listen keeps every frame that a member is sent, by socket and as a stream.
func (p *privy) listen(b *browser) {
	chat := b.activity(p.code, "chat")
	tab := b.join(p.code, "p-"+p.people[b]+"-ear", `"next":1,"watch":{"lobby":null,"direct":null,"pulse":null,"`+chat+`":null}`)
	tab.until("joined", func(f frame) bool { return f.Joined })
	go func() {
		for {
			_, text, err := tab.conn.ReadMessage()
			if err != nil {
				return
			}
			p.keep("frame " + string(text))
		}
	}()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, b.url+"/api/rooms/"+p.code+"/events?watch=lobby,direct,"+chat, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	stream, err := b.http.Do(request)
	if err != nil || stream.StatusCode != http.StatusOK {
		p.t.Fatalf("the stream: %v %v", stream, err)
	}
	go func() {
		defer stream.Body.Close()
		for lines := bufio.NewScanner(stream.Body); lines.Scan(); {
			p.keep("stream " + lines.Text())
		}
	}()
}

// curtain waits until both hosts have heard by both ways what came last.
func (p *privy) curtain() {
	p.t.Helper()
	p.ada.do(p.code, "lobby", "title", `{"title":"curtain"}`)
	limit := time.Now().Add(patience)
	for heard := 0; heard < 4; {
		if time.Now().After(limit) {
			p.t.Fatal("the hosts do not hear the room")
		}
		time.Sleep(10 * time.Millisecond)
		p.mu.Lock()
		heard = strings.Count(p.got.String(), `"did":"titled"`)
		p.mu.Unlock()
	}
}

// patiently asks again while the answer is to wait.
func (b *browser) patiently(path, body string) (int, map[string]any) {
	b.t.Helper()
	for {
		status, answer := b.ask(http.MethodPost, path, body)
		after, waits := answer["after"].(float64)
		if !waits {
			return status, answer
		}
		time.Sleep(time.Duration(after) * time.Millisecond)
	}
}

func seqOf(answer map[string]any, at int) int {
	return int(answer["events"].([]any)[at].(map[string]any)["seq"].(float64))
}

func (p *privy) talk() {
	status, file := p.ben.ask(http.MethodPost, "/api/rooms/"+p.code+"/files?name=plan.txt", "nightingale by file")
	if status != http.StatusCreated {
		p.t.Fatalf("%d %v", status, file)
	}
	p.hash = file["hash"].(string)
	p.forbidden = []string{"nightingale", p.hash, "🦉", `"began"`, `"said"`, `"reacted"`, `"signal":"typing"`}
	ears := p.cyd.join(p.code, "p-cyd-ears", `"next":1,"watch":{"direct":null}`)
	ears.until("joined", func(f frame) bool { return f.Joined })
	typing := p.ben.join(p.code, "p-ben-types", `"next":1,"watch":{"direct":null}`)
	typing.until("the watch", func(f frame) bool { _, ok := f.Watch["direct"]; return ok })
	typing.send(fmt.Sprintf(`{"in":"direct","signal":"typing","with":{"to":%q,"at":1}}`, p.people[p.cyd]))
	ears.until("that Ben types", func(f frame) bool { return len(f.Signals) == 1 && f.Signals[0].Signal == "typing" })
	said := p.ben.do(p.code, "direct", "say", fmt.Sprintf(`{"with":%q,"text":"a nightingale of Ben","file":{"hash":%q,"name":"nightingale.txt","size":19}}`, p.people[p.cyd], p.hash))
	p.thread = seqOf(said, 0)
	first := seqOf(said, 1)
	said = p.cyd.do(p.code, "direct", "say", fmt.Sprintf(`{"with":%q,"text":"a nightingale of Cyd","to":%d}`, p.people[p.ben], first))
	p.last = seqOf(said, 0)
	p.cyd.do(p.code, "direct", "react", fmt.Sprintf(`{"seq":%d,"emoji":"🦉","on":true}`, first))
	p.ben.do(p.code, "direct", "edit", fmt.Sprintf(`{"seq":%d,"text":"another nightingale"}`, first))
	p.cyd.do(p.code, "direct", "read", fmt.Sprintf(`{"seq":%d,"thread":%d}`, first, p.thread))
	gone := p.ben.do(p.code, "direct", "say", fmt.Sprintf(`{"with":%q,"text":"a nightingale that goes"}`, p.people[p.cyd]))
	p.ben.do(p.code, "direct", "delete", fmt.Sprintf(`{"seq":%d}`, seqOf(gone, 0)))
	p.ben.do(p.code, "direct", "block", fmt.Sprintf(`{"with":%q,"on":true}`, p.people[p.hal]))
}

// read asks for everything that can be read.
func (p *privy) read(b *browser) {
	room := "/api/rooms/" + p.code
	for seq := range p.last + 20 {
		for _, path := range []string{"older?thread=%d", "older?before=%d", "around?at=%d", "talks?before=%d"} {
			p.keep(b.raw(room + "/activities/direct/read/" + fmt.Sprintf(path, seq)))
			p.keep(b.raw(room + "/activities/" + b.activity(p.code, "chat") + "/read/" + fmt.Sprintf(path, seq)))
		}
	}
	there := b.raw(room + fmt.Sprintf("/activities/direct/read/older?thread=%d", p.thread))
	absent := b.raw(room + fmt.Sprintf("/activities/direct/read/older?thread=%d", p.last+100))
	if there != absent {
		p.t.Errorf("a talk of others reads\n%s\nand one that is not there\n%s", there, absent)
	}
	for _, other := range p.people {
		p.keep(b.raw(room + "/activities/direct/read/older?with=" + other))
	}
	for _, path := range []string{
		"/activities/direct/view", "/activities/lobby/view", "/activities/lobby/read/audit", "/files/" + p.hash, "",
	} {
		p.keep(b.raw(room + path))
	}
	for _, query := range []string{"nightingale", "nighting", "another", "type:direct", "from:ben", "in:direct", "plan", "after:2000"} {
		p.keep(strings.ReplaceAll(b.raw("/api/search?q="+url.QueryEscape(query)), query, ""))
	}
	p.keep(b.raw("/api/notices"))
	p.keep(b.raw("/api/account/rooms"))
}

// meddle tries every command on everything, and is told that it is not there.
func (p *privy) meddle(b *browser) {
	for seq := 1; seq <= p.last+20; seq++ {
		for do, with := range map[string]string{
			"edit": `{"seq":%d,"text":"x"}`, "delete": `{"seq":%d}`, "react": `{"seq":%d,"emoji":"👍","on":true}`,
			"say": fmt.Sprintf(`{"with":%q,"text":"x","to":%%d}`, p.people[p.cyd]),
		} {
			status, answer := b.patiently("/api/rooms/"+p.code+"/activities/direct/"+do, `{"with":`+fmt.Sprintf(with, seq)+`}`)
			if status == http.StatusOK || answer["because"] != "no-message" {
				p.t.Fatalf("%s of %d: %d %v", do, seq, status, answer)
			}
		}
		status, answer := b.patiently("/api/rooms/"+p.code+"/activities/direct/read", fmt.Sprintf(`{"with":{"seq":1,"thread":%d}}`, seq))
		if p.keep(fmt.Sprint(answer)); status != http.StatusOK {
			p.t.Fatalf("read of %d: %d %v", seq, status, answer)
		}
	}
	for do, with := range map[string]string{
		"show": `{"id":"direct","least":"host"}`, "bin": `{"id":"direct"}`, "rename": `{"id":"direct","title":"x"}`, "place": `{"id":"direct","place":1}`,
		"restore": `{"id":"direct"}`, "duplicate": `{"id":"direct"}`, "add": `{"kind":"direct"}`, "focus": `{"id":"direct"}`,
	} {
		status, answer := b.patiently("/api/rooms/"+p.code+"/activities/lobby/"+do, `{"with":`+with+`}`)
		if p.keep(fmt.Sprint(answer)); status == http.StatusOK {
			p.t.Errorf("%s of the direct messages: %v", do, answer)
		}
	}
}

// export takes along all that there is.
func (p *privy) export(b *browser) {
	p.keep(everythingIn(p.t, b.carried(p.code)))
	for _, text := range b.exported() {
		p.keep(text)
	}
	status, made := b.patiently("/api/rooms/"+p.code+"/duplicate", `{}`)
	if status != http.StatusCreated {
		p.t.Fatalf("duplicate: %d %v", status, made)
	}
	copied := made["code"].(string)
	p.keep(everythingIn(p.t, b.carried(copied)))
	p.keep(b.raw("/api/rooms/" + copied + "/files/" + p.hash))
}

// none looks through all of it.
func (p *privy) none() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	all := p.got.String()
	for _, word := range append(p.forbidden, fmt.Sprintf(`"thread":%d`, p.thread)) {
		if at := strings.Index(all, word); at >= 0 {
			p.t.Errorf("a host was sent %s: %s", word, all[max(0, at-200):min(len(all), at+200)])
		}
	}
	if log := p.server.log.String(); strings.Contains(log, "nightingale") {
		p.t.Error("the server's log has words of a direct message")
	}
}

// kill ends the server at once and starts another.
func (p *privy) kill() {
	p.server.signal(syscall.SIGKILL)
	_ = p.server.wait()
	p.server = spawn(p.t, p.data, "--log-level", "debug")
	for b := range p.people {
		b.url = p.server.url
	}
}

// theirs is that the two have all of it.
func (p *privy) theirs() {
	room := "/api/rooms/" + p.code
	for _, b := range []*browser{p.ben, p.cyd} {
		page := b.raw(room + fmt.Sprintf("/activities/direct/read/older?thread=%d", p.thread))
		for _, word := range []string{"another nightingale", "a nightingale of Cyd", "🦉", `"gone":true`, p.hash} {
			if !strings.Contains(page, word) {
				p.t.Errorf("there is no %s in %s", word, page)
			}
		}
		if strings.Contains(page, "that goes") {
			p.t.Errorf("what was deleted is in %s", page)
		}
		if status, text := b.bytesOf(room + "/files/" + p.hash); status != http.StatusOK || text != "nightingale by file" {
			p.t.Errorf("the file: %d %q", status, text)
		}
		own := b.exported()["rooms/"+p.code+".jsonl"]
		for _, word := range []string{"another nightingale", "a nightingale of Cyd"} {
			if !strings.Contains(own, word) {
				p.t.Errorf("there is no %s in the export %s", word, own)
			}
		}
		p.found(b)
	}
	if mine := p.cyd.raw(room + "/activities/direct/view"); !strings.Contains(mine, fmt.Sprintf(`"thread":%d`, p.thread)) {
		p.t.Errorf("Cyd has %s", mine)
	}
}

// found is that the index has it, once it has caught up.
func (p *privy) found(b *browser) {
	limit := time.Now().Add(patience)
	for !strings.Contains(b.raw("/api/search?q=nightingale+type:direct"), "another") {
		if time.Now().After(limit) {
			p.t.Fatal("the two do not find what they said")
		}
		time.Sleep(20 * time.Millisecond)
	}
}
