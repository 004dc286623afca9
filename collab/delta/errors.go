package delta

import "errors"

// What is wrong with JSON that is no delta (see Parse), or with a delta that
// does not fit what it is put on.
var (
	ErrShape  = errors.New("this is not a list of operations")
	ErrText   = errors.New("this text has half a character in it")
	ErrValue  = errors.New("an attribute cannot have this name or value")
	ErrEmpty  = errors.New("an operation has the length zero")
	ErrMany   = errors.New("there are too many operations")
	ErrLength = errors.New("the change is longer than the text")
	ErrPair   = errors.New("the change cuts a character in two")
)
