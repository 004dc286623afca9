package polls

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"plenum/rooms"
)

// Limits of voting codes. A code is letters and digits, capitals or not, with
// spaces and dashes where one likes.
const (
	MaxCodes     = 10_000 // of a poll
	mostIssued   = 1_000  // at a time
	leastCode    = 10     // characters
	mostCode     = 40
	codeRounds   = 2_048 // of the hash: whoever has the database needs that for each guess
	codeBytes    = 16
	codeSalt     = 16
	mostRedeemed = 200 // characters as they are typed
)

// What is refused about codes; and rooms.ErrCodeWrong.
var (
	ErrCodes     = rooms.Refuse("codes", "A code has 10 to 40 letters and digits, no two are the same, and at most 1,000 are made at a time.")
	ErrManyCodes = rooms.Refuse("many-codes", "A poll has at most 10,000 codes.")
	ErrCodeUsed  = rooms.Refuse("code-used", "This code has been used already. Each code is for one person.")
	ErrCodesOff  = rooms.Refuse("no-codes", "Voting here needs no code.")
	ErrMoved     = rooms.Refuse("codes-moved", "Somebody else made codes at the same time. Please do it again.")
)

// codeHash is what is stored of a code.
type codeHash [codeBytes]byte

// codes are a poll's voting codes. Who has used one may vote; which one it was is
// no part of any ballot.
type codes struct {
	salt   []byte // nil before the first code
	hashes []codeHash
	by     []string // who has used the code at the same place; "": nobody
	places map[codeHash]int
	right  map[string]bool // by member
	made   int             // as hosts are told
	ever   bool            // hosts have been told of some
}

type (
	issued struct { // told to hosts; cancelled, too
		Made int `json:"made"`
	}
	coded struct { // stored only
		Salt   []byte `json:"salt"`
		Hashes []byte `json:"hashes"` // one after the other
	}
	redeemed struct { // told to who redeems
		Code int `json:"code"` // its place
	}
)

// Codes is what hosts are told of the codes.
type Codes struct {
	Made int `json:"made"`
	Used int `json:"used"`
}

func (c *codes) has(member string) bool { return c.right[member] }

// told is nil before there are any.
func (c *codes) told() *Codes {
	if !c.ever {
		return nil
	}
	return &Codes{c.made, len(c.right)}
}

func (c *codes) add(hash codeHash, by string) {
	if c.places == nil {
		c.places, c.right = map[codeHash]int{}, map[string]bool{}
	}
	c.places[hash] = len(c.hashes)
	c.hashes, c.by = append(c.hashes, hash), append(c.by, by)
	if by != "" {
		c.right[by] = true
	}
}

// normalCode is a code however it is typed; "" if it is none.
func normalCode(typed string) string {
	code := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "–", "").Replace(typed))
	odd := func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }
	if len(code) < leastCode || len(code) > mostCode || strings.ContainsFunc(code, odd) {
		return ""
	}
	return code
}

// hashed is what is stored of codes. It takes a millisecond or so for each.
type hashed struct {
	salt   []byte
	hashes []codeHash
}

func hashCodes(salt []byte, all []string) (hashed, error) {
	if salt == nil {
		salt = make([]byte, codeSalt)
		rand.Read(salt) // never fails
	}
	made := hashed{salt: salt}
	for _, code := range all {
		sum, err := pbkdf2.Key(sha256.New, code, salt, codeRounds, codeBytes)
		if err != nil {
			return made, fmt.Errorf("hash a code: %w", err)
		}
		made.hashes = append(made.hashes, codeHash(sum))
	}
	return made, nil
}

// codesIn are the codes that a command brings; nil if there is something wrong.
func codesIn(c rooms.Command) []string {
	var ask struct {
		Codes []string
		Code  *string
	}
	if json.Unmarshal(c.With, &ask) != nil || len(ask.Codes) > mostIssued {
		return nil
	}
	if c.Do == "redeem" {
		if ask.Code == nil || len(*ask.Code) > mostRedeemed || len(ask.Codes) > 0 {
			return nil
		}
		ask.Codes = []string{*ask.Code}
	}
	all := make([]string, 0, len(ask.Codes))
	for _, typed := range ask.Codes {
		code := normalCode(typed)
		if code == "" || len(typed) > mostRedeemed {
			return nil
		}
		all = append(all, code)
	}
	return all
}

// prepareCodes hashes the codes of a command beside the room.
func (p *Poll) prepareCodes(c rooms.Command) func() any {
	all, salt := codesIn(c), p.codes.salt
	if len(all) == 0 || c.Do == "redeem" && salt == nil {
		return nil
	}
	return func() any {
		made, err := hashCodes(salt, all)
		if err != nil {
			return nil
		}
		return made
	}
}

// hashesFor are the hashes of a command's codes, made beside the room if there
// was time for that.
func (p *Poll) hashesFor(c rooms.Command, all []string) (hashed, error) {
	made, ok := c.Prepared.(hashed)
	switch {
	case !ok:
		salt := p.codes.salt
		if salt == nil { // as the command's own randomness has it, so that deciding again is the same
			sum := sha256.Sum256(fmt.Appendf(nil, "%d of %s at %d", c.Seed, c.In, c.Seq))
			salt = sum[:codeSalt]
		}
		return hashCodes(salt, all)
	case len(p.codes.salt) > 0 && !slices.Equal(made.salt, p.codes.salt):
		return made, ErrMoved
	}
	return made, nil
}

// decideIssue takes codes that a host has made. What is stored of them, and told
// to nobody, cannot be read.
func (p *Poll) decideIssue(c rooms.Command) ([]rooms.Event, error) {
	var ask struct{ Codes *[]string }
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Codes == nil {
		return nil, rooms.ErrMalformed
	}
	all := codesIn(c)
	if len(all) == 0 {
		return nil, ErrCodes
	}
	if len(p.codes.hashes)+len(all) > MaxCodes {
		return nil, ErrManyCodes
	}
	made, err := p.hashesFor(c, all)
	if err != nil {
		return nil, err
	}
	with := coded{Salt: made.salt}
	seen := map[codeHash]bool{}
	for _, hash := range made.hashes {
		if _, there := p.codes.places[hash]; there || seen[hash] {
			return nil, ErrCodes
		}
		seen[hash] = true
	}
	// In an order that says nothing about the list that the host has.
	slices.SortFunc(made.hashes, func(a, b codeHash) int { return slices.Compare(a[:], b[:]) })
	for _, hash := range made.hashes {
		with.Hashes = append(with.Hashes, hash[:]...)
	}
	return []rooms.Event{
		event("coded", toNobody, with),
		event("issued", toHosts, issued{len(p.codes.hashes) + len(made.hashes)}),
	}, nil
}

// decideCancel makes all codes worthless that nobody has used.
func (p *Poll) decideCancel(c rooms.Command) ([]rooms.Event, error) {
	var ask struct{}
	if len(c.With) == 0 || c.With[0] != '{' || json.Unmarshal(c.With, &ask) != nil {
		return nil, rooms.ErrMalformed
	}
	used := len(p.codes.right)
	if len(p.codes.hashes) == used {
		return nil, nil
	}
	return []rooms.Event{event("cancelled", toHosts, issued{used})}, nil
}

// decideRedeem gives the right to vote for a code. Who has it keeps it; another
// code of theirs stays unused.
func (p *Poll) decideRedeem(c rooms.Command) ([]rooms.Event, error) {
	var ask struct{ Code *string }
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Code == nil {
		return nil, rooms.ErrMalformed
	}
	if p.strength != ByCode {
		return nil, ErrCodesOff
	}
	if p.codes.has(c.From.ID) {
		return nil, nil
	}
	all := codesIn(c)
	if len(all) != 1 || p.codes.salt == nil {
		return nil, rooms.ErrCodeWrong
	}
	made, err := p.hashesFor(c, all)
	if err != nil {
		return nil, err
	}
	place, there := p.codes.places[made.hashes[0]]
	switch {
	case !there:
		return nil, rooms.ErrCodeWrong
	case p.codes.by[place] != "":
		return nil, ErrCodeUsed
	}
	return []rooms.Event{event("redeemed", rooms.Audience{Only: c.From.ID}, redeemed{place})}, nil
}

// applyCodes places what has happened to codes, and who may vote.
func (p *Poll) applyCodes(e rooms.Event) error {
	var to struct {
		strengthened
		coded
		redeemed
		issued
	}
	if err := json.Unmarshal(e.With, &to); err != nil {
		return err
	}
	switch e.Did {
	case "strength":
		if to.Strength == nil || !to.Strength.known() {
			return errCheckpoint
		}
		p.strength = *to.Strength
	case "coded":
		if p.codes.salt == nil {
			p.codes.salt = to.Salt
		}
		for hash := range slices.Chunk(to.Hashes, codeBytes) {
			p.codes.add(codeHash(hash), "")
		}
	case "issued":
		p.codes.made, p.codes.ever = to.Made, true
	case "redeemed":
		if to.Code < 0 || to.Code >= len(p.codes.by) {
			return fmt.Errorf("there is no code %d", to.Code)
		}
		p.codes.by[to.Code], p.codes.right[e.By] = e.By, true
	case "cancelled":
		left := codes{salt: p.codes.salt, made: to.Made, ever: true}
		for place, by := range p.codes.by {
			if by != "" {
				left.add(p.codes.hashes[place], by)
			}
		}
		p.codes = left
	}
	return nil
}

// savedCodes are who may vote in a checkpoint.
type savedCodes struct {
	Strength Strength `json:"strength,omitempty"`
	Salt     []byte   `json:"salt,omitempty"`
	Hashes   []byte   `json:"hashes,omitempty"`
	By       []string `json:"by,omitempty"` // who has used the code at the same place
	hashes   []codeHash
}

func (p *Poll) saveCodes() savedCodes {
	return savedCodes{Strength: p.strength, Salt: p.codes.salt, By: slices.Clone(p.codes.by), hashes: slices.Clip(p.codes.hashes)}
}

// pack encodes what a snapshot shares.
func (s *savedCodes) pack() {
	for _, hash := range s.hashes {
		s.Hashes = append(s.Hashes, hash[:]...)
	}
}

func (p *Poll) loadCodes(from savedCodes) error {
	n := len(from.By)
	if !from.Strength.known() || len(from.Hashes) != n*codeBytes || n > MaxCodes || n > 0 && len(from.Salt) == 0 {
		return errCheckpoint
	}
	p.strength, p.codes = from.Strength, codes{salt: from.Salt}
	place := 0
	for hash := range slices.Chunk(from.Hashes, codeBytes) {
		p.codes.add(codeHash(hash), from.By[place])
		place++
	}
	p.codes.made, p.codes.ever = n, from.Salt != nil
	if len(p.codes.places) != n {
		return errCheckpoint
	}
	return nil
}
