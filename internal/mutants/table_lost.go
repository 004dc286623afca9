package main

// lost are mutants of laws 1 to 5: something is lost, doubled or out of order.
var lost = []mutant{
	{
		1, "two commands of a turn get the same place", "rooms/turn.go",
		"a.c.Seq = r.head.Seq + uint64(len(t.events)) + 1", "a.c.Seq = r.head.Seq + 1",
		talk, talkRoom,
	},
	{
		1, "what is not a command is done beside the room's goroutine", "rooms/room.go",
		"\t\tcase f := <-r.calls:\n\t\t\tf()\n\t\tcase <-r.digests.due():", "\t\tcase f := <-r.calls:\n\t\t\tgo f()\n\t\tcase <-r.digests.due():",
		kit, kitRoom,
	},
	{
		2, "told before it is stored", "rooms/turn.go",
		"\tif err := r.log.Append(context.Background(), b); err != nil {", "\tr.tell(t, b)\n\tif err := r.log.Append(context.Background(), b); err != nil {",
		talk, talkRoom + "/crowd",
	},
	{
		2, "answered before it is stored", "rooms/turn.go",
		"\tif err := r.log.Append(context.Background(), b); err != nil {", "\tr.reply(t, b.Seq())\n\tif err := r.log.Append(context.Background(), b); err != nil {",
		kit, kitRoom + "/crowd",
	},
	{
		2, "a failed commit is answered as done", "rooms/turn.go",
		"\t\tif ans.done || !Waits(ans.refused) {", "\t\tif !ans.done && !Waits(ans.refused) {",
		kit, kitRoom + "/faults",
	},
	{
		3, "a repeated number is done again", "rooms/settle.go",
		"\tcase a.c.N <= q.last || q.expect > 0 && a.c.N < q.expect:", "\tcase false:",
		talk, talkRoom + "/crowd",
	},
	{
		3, "what is settled is not stored", "rooms/turn.go",
		"\t\tif q.last > 0 {\n\t\t\tb.Settled", "\t\tif q.last < 0 {\n\t\t\tb.Settled",
		talk, talkRoom + "/crowd",
	},
	{
		3, "what was stored by a commit in doubt is forgotten", "rooms/settle.go",
		"max(q.last, s.Last), nil", "q.last, nil",
		talk, talkRoom + "/faults",
	},
	{
		3, "a command is taken before the one it follows", "rooms/settle.go",
		"\tcase q.expect > 0 && a.c.N > q.expect+q.ahead():\n\t\treturn q, nil, WaitOrder\n", "",
		talk, talkRoom + "/faults",
	},
	{
		3, "a command is decided on a past that has changed since it was read", "rooms/past.go",
		"err == nil && p.stale", "err == nil && false",
		"./rooms", "TestThePastIsAsItIsNow$",
	},
	{
		3, "a reply counts on a thread as it was when it was read", "rooms/past.go",
		"p.stale = p.stale || p.outrun(events)", "p.stale = p.stale || false",
		room, "TestAReplyCountsOnTheThreadAsItIsNow$",
	},
	{
		3, "who voted for two questions that are put together is counted twice", "qa/group.go",
		"if t.counts() && !counted[voter] {", "if t.counts() {",
		asks, "TestScripts$",
	},
	{
		3, "a ballot that comes late brings an older vote back", "qa/decide.go",
		"case int64(a.turnFor(q, a.voters.find(c.From.ID))) >= asked:", "case int64(a.turnFor(q, a.voters.find(c.From.ID))) == asked:",
		asks, "TestScripts$",
	},
	{
		3, "a follower passes over an event", "rooms/follow.go",
		"After: place.Seq, Through: head.Seq", "After: place.Seq + 1, Through: head.Seq",
		room, "TestFollowerMissesNothing$",
	},
	{
		3, "a follower takes another history for the same", "rooms/follow.go",
		"place.Epoch != head.Epoch || place.Seq > head.Seq)", "place.Seq > head.Seq)",
		room, "TestFollowerBeginsANewEpoch$",
	},
	{
		3, "a code is used twice", "polls/codes.go",
		"\tcase p.codes.by[place] != \"\":\n", "\tcase false:\n",
		votes, "TestACodeIsOneVote$",
	},
	{
		4, "a checkpoint says less than it holds", "rooms/tell.go",
		"Activity: s.id, Seq: s.changed, Format", "Activity: s.id, Seq: s.changed - 1, Format",
		talk, talkRoom + "/crowd",
	},
	{
		4, "Decide changes the state", "chat/chat.go",
		"\tcase \"say\":\n", "\tcase \"say\":\n\t\tc.count++\n",
		talk, talkPlug + "/decide",
	},
	{
		4, "a checkpoint forgets a part of the state", "chat/load.go",
		"= from.Count, from.Pins", "= uint64(len(from.Messages)), from.Pins",
		talk, talkPlug + "/replay",
	},
	{
		4, "the log keeps what is forgotten", "rooms/turn.go",
		"\t\tForget: t.forgotten, Saved: saved,\n", "\t\tSaved: saved,\n",
		talk, talkRoom + "/crowd",
	},
	{
		4, "a checkpoint keeps what is forgotten", "rooms/forget.go",
		"\tfor s := range t.forgot {\n", "\tfor s := range map[*slot]struct{}{} {\n",
		talk, talkRoom + "/crowd",
	},
	{
		4, "what is kept to be told keeps what is forgotten", "rooms/tell.go",
		"\t\tr.fan.forget(b.Forget)\n", "",
		room, "TestWhoResumesIsNotToldWhatIsForgotten$",
	},
	{
		4, "the files keep what is forgotten", "internal/store/wiper.go",
		"[]string{\"PASSIVE\", \"TRUNCATE\"}", "[]string{\"PASSIVE\"}",
		talk, talkRoom + "/crowd",
	},
	{
		4, "deleted text counts as nothing when it is replayed", "chat/apply.go",
		"m.units, m.Gone = with.Size, true", "m.units, m.Gone = 0, true",
		talk, talkPlug + "/replay",
	},
	{
		4, "who wrote in a thread is forgotten with what they wrote", "chat/change.go",
		"left.Began = with.Began", "left.Began = \"\"",
		talk, talkPlug + "/replay",
	},
	{
		4, "a view is live state", "chat/window.go",
		"\tw.messages = append(w.messages, m)\n", "\tif len(w.messages) == WindowMessages {\n\t\tcopy(w.messages, w.messages[1:])\n\t\tw.messages = w.messages[:WindowMessages-1]\n\t}\n\tw.messages = append(w.messages, m)\n",
		talk, talkPlug + "/apart",
	},
	{
		4, "a room that is being made can be entered", "rooms/found.go",
		`return f, h.doAsRoom(ctx, head.Room, "delete", map[string]any{"on": true})`, "return f, nil",
		"./internal/roomzip", "TestACrashLeavesNoHalfRoom",
	},
	{
		4, "a file is removed that something names", "internal/files/tables.go",
		"AND NOT EXISTS (SELECT 1 FROM file_uses", "AND (SELECT true) OR NOT EXISTS (SELECT 1 FROM file_uses",
		brought, "TestCleaningUp$",
	},
	{
		4, "what is forgotten still names its file", "internal/store/forget.go",
		"DELETE FROM file_uses WHERE (room, seq)", "DELETE FROM file_uses WHERE room = '' AND (room, seq)",
		brought, "TestWhoFindsAFile$",
	},
	{
		5, "a resume skips an event", "rooms/watch.go",
		"append(found, f.after(since)...)", "append(found, f.after(since+1)...)",
		talk, talkRoom + "/crowd",
	},
	{
		5, "a resume repeats an event", "rooms/fan.go",
		"return f.ring[i].seq > seq })", "return f.ring[i].seq >= seq })",
		talk, talkRoom + "/crowd",
	},
	{
		5, "events come before the view that they follow", "rooms/peer.go",
		"\treturn ok && !w.held && e.to.Sees(p.member)\n", "\treturn ok && (w.held || !w.held) && e.to.Sees(p.member)\n",
		talk, talkRoom + "/crowd",
	},
	{
		5, "events found after a failed commit are not told", "rooms/reopen.go",
		"\tif len(a.missed) > 0 {", "\tif len(a.missed) > 1000 {",
		talk, talkRoom + "/faults",
	},
	{
		5, "who was away is told what was put together as one event", "rooms/watch.go",
		" || folds(events)", "",
		room, "TestResumeFromBeforeWhatWasFolded$",
	},
	{
		4, "what got a name at the last moment is put together", "internal/store/fold.go",
		"found.Pinned || ", "",
		"./collab", "TestNamedAtTheLastMoment$",
	},
	{
		4, "named versions are put together with what follows", "collab/fold.go",
		"named := d.version(c.Rev); named", "named := d.version(c.Rev); named && false",
		"./collab", "TestFoldedIsWhatWasLived$",
	},
}
