package rooms

import "errors"

// Refusal is why a command was not done: a stable code for programs and a
// sentence for people. It is told to the sender alone.
type Refusal struct {
	Code  string
	Say   string
	After int64 // milliseconds until it may be asked again, if that is known; else 0
}

func (r *Refusal) Error() string { return r.Say }

// Refuse makes a refusal.
func Refuse(code, say string) *Refusal { return &Refusal{Code: code, Say: say} }

// What the room itself refuses. Activities have their own.
var (
	ErrMalformed  = Refuse("malformed", "That message could not be read.")
	ErrUnknown    = Refuse("unknown", "This room does not know that command.")
	ErrNoRoom     = Refuse("no-room", "There is no room with this code.")
	ErrNoActivity = Refuse("no-activity", "This part of the room does not exist.")
	ErrNotMember  = Refuse("not-member", "You are not in this room.")
	ErrRemoved    = Refuse("removed", "A host removed you from this room.")
	ErrLocked     = Refuse("locked", "This room is locked. Ask a host to let you in.")
	ErrFull       = Refuse("full", "This room is full.")
	ErrRole       = Refuse("role", "Your role in this room does not allow that.")
	ErrTooBig     = Refuse("too-big", "That is too big to send.")
	ErrBroken     = Refuse("broken", "That could not be done, and trying again would not help.")
	ErrPeer       = Refuse("peer", "This queue belongs to somebody else.")
	ErrNewer      = Refuse("newer", "This room was written by a newer version of Plenum.")
	ErrSettled    = Refuse("settled", "That was settled long ago.")
	ErrProtocol   = Refuse("protocol", "This page is too old for the server. Reload it.")
)

// What settles nothing: the command may be sent again as it is.
var (
	WaitBusy    = Refuse("busy", "The room is busy. This will be sent again.")
	WaitRate    = Refuse("rate", "That was too fast. This will be sent again.")
	WaitOrder   = Refuse("order", "This waits for an earlier one.")
	WaitLoading = Refuse("loading", "This part of the room is being opened.")
	WaitMoving  = Refuse("moving", "The room is being reopened. This will be sent again.")
)

// Waits tells whether a refusal settles nothing.
func Waits(r *Refusal) bool {
	switch r {
	case WaitBusy, WaitRate, WaitOrder, WaitLoading, WaitMoving:
		return true
	}
	return false
}

// AsRefusal finds the refusal in an error; anything else is "broken".
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return ErrBroken
}
