package main

import (
	"plenum/chat"
	"plenum/collab"
	"plenum/polls"
	"plenum/qa"
	"plenum/rooms"
	"plenum/surveys"
)

// kinds is what people can do together in a room. This list is the only place
// of the program that names them.
var kinds = []rooms.Kind{chat.Kind, chat.Direct, collab.Kind, collab.Source, polls.Kind, qa.Kind, surveys.Kind}

// start is what every new room has from the beginning: a place to talk.
var start = []string{chat.Kind.Name}
