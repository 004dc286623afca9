package main

// mutant is one way to break a law: a text in a file that is changed, and the
// test that must see it.
type mutant struct {
	law  int
	name string
	file string
	old  string
	new  string
	pkg  string
	run  string // of the test, as a regular expression
}

// Where the laws are tried.
const (
	kit      = "./rooms/laws"
	kitRoom  = "TestASoundKindInARoom"
	kitHides = "TestWhatIsHiddenStaysHidden"
	talk     = "./chat"
	talkRoom = "TestRoom"
	talkPlug = "TestLaws"
	room     = "./rooms"
	found    = "./internal/search"
	foundAll = "TestNobodyFindsWhatTheyMayNotSee"
	asks     = "./qa"
	brought  = "./internal/files"
	votes    = "./polls"
	program  = "./cmd/plenum"
	attacker = "TestAnAttackerCanOnlyGuess$"
)
