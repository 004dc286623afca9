package rooms

// Notice is what an event has to say to members who may not be there. It says
// one of three things: that something was said, that what was said reads another
// way now or is gone, or how far somebody has read.
type Notice struct {
	Key     string   // the piece that it is about, as search names it
	Text    string   // what it says; "": the piece is gone, and what was told of it
	To      []string // the members whom it calls by name
	Here    bool     // it calls everybody
	Answers uint64   // the event whose author it answers; 0: none
	Thread  uint64   // the thread in which it stands: it answers who began that, and who wrote in it; 0: none
	Direct  bool     // it is for the members to whom the event is told, and it calls them
	Again   bool     // the piece was there before: it only reads another way now

	Read uint64 // the author of the event has read all through this event of the activity, or of the thread; 0: it is not about that
}
