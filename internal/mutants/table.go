package main

// mutants by law. Each was seen to be caught.
var mutants = []mutant{
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
		6, "hidden events are told", "rooms/activity.go",
		"\treturn m.Role >= a.Least\n", "\treturn m.Role >= a.Least || a.Least != Nobody\n",
		kit, kitHides + "/crowd",
	},
	{
		6, "a hidden activity is shown", "rooms/lobby.go",
		"if !ok || a.Binned && role < Host || role < a.Least {", "if !ok || a.Binned && role < Host {",
		talk, talkRoom + "/crowd",
	},
	{
		6, "roles share a view", "rooms/view.go",
		"\t\t\ts.views[m.Role] = out.view\n", "\t\t\ts.views[Viewer] = out.view\n",
		kit, kitHides + "/crowd",
	},
	{
		6, "a named read gives hidden events", "rooms/reading.go",
		"\tfor _, e := range events {\n\t\tif e.To.Sees(m) {\n\t\t\tseen", "\tfor _, e := range events {\n\t\tif e.Seq > 0 {\n\t\t\tseen",
		kit, kitHides + "/crowd",
	},
	{
		6, "the role is not looked at", "rooms/turn.go",
		"\tcase a.c.From.Role < needs.Role:\n", "\tcase a.c.From.Role < 0:\n",
		talk, talkRoom + "/crowd",
	},
	{
		6, "after a changed role the views stay", "rooms/attach.go",
		"\t\tif views {\n", "\t\tif views && removed {\n",
		kit, kitRoom + "/crowd",
	},
	{
		6, "who is no host is told how many cannot follow", "rooms/pulse.go",
		"\tif role >= Host && len(s.curve) > 0 {", "\tif len(s.curve) > 0 {",
		room, "TestWhoCannotFollow",
	},
	{
		6, "anybody in a room carries it away", "rooms/copying.go",
		"if m.Role < Host {\n\t\t\trefused = ErrRole", "if m.Role < Viewer {\n\t\t\trefused = ErrRole",
		"./internal/roomzip", "TestOnlyHostsCarryARoom",
	},
	{
		4, "a room that is being made can be entered", "rooms/found.go",
		`return f, h.doAsRoom(ctx, head.Room, "delete", map[string]any{"on": true})`, "return f, nil",
		"./internal/roomzip", "TestACrashLeavesNoHalfRoom",
	},
	{
		7, "signals queue up", "rooms/watch.go",
		"signalKey{in: in.In, name: in.Signal, peer: p.id}", "signalKey{in: in.In, name: in.Signal, peer: p.id + newMark()}",
		talk, talkRoom + "/stuck",
	},
	{
		7, "every reaction is told", "rooms/pulse.go",
		"\tif rest := f.pulse.rest(f.r.clock(), f.digestPeriod()); rest > 0 {", "\tif rest := time.Duration(0); rest > 0 {",
		room, "TestReactionsAreMerged",
	},
	{
		8, "frames are queued for a peer that does not read", "rooms/fan.go",
		"\tif p.conn.Backlog() > lagging && p.told >= f.start {", "\tif p.conn.Backlog() < 0 {",
		talk, talkRoom + "/stuck",
	},
	{
		8, "a peer that cannot keep up is not cut", "rooms/fan.go",
		"\tif p.told < f.start {\n", "\tif p.told > f.seq {\n",
		room, "TestSlowPeer$",
	},
	{
		9, "a refusal is told to everybody", "rooms/attach.go",
		"\t\tp.conn.Send(refusedFrame(a.c, ref, ans.refused, ans.after))\n", "\t\tfor _, p := range f.peers {\n\t\t\tp.conn.Send(refusedFrame(a.c, ref, ans.refused, ans.after))\n\t\t}\n",
		talk, talkRoom + "/crowd",
	},
	{
		9, "a refusal has no sentence", "rooms/frames.go",
		"\tf.add(\"say\", why.Say)\n", "\tf.add(\"say\", \"\")\n",
		talk, talkRoom + "/crowd",
	},
	{
		9, "a refusal is not said", "rooms/turn.go",
		"\tt.settle(a, answer{refused: refusal})\n", "",
		talk, talkRoom + "/crowd",
	},
	{
		9, "half of a surrogate pair is replaced in silence", "chat/message.go",
		"\tif rooms.HalfPair(with) {\n", "\tif rooms.HalfPair(nil) {\n",
		talk, talkPlug + "/junk",
	},
	{
		9, "a message that is too long is cut", "chat/message.go",
		"\tcase rooms.Units(text) > MaxUnits:\n\t\treturn said{}, ErrTooLong\n", "\tcase rooms.Units(text) > MaxUnits:\n\t\ttext = text[:MaxUnits]\n",
		talk, "TestLengthAtTheEdge$",
	},
	{
		9, "a panic of an activity stops the server", "rooms/turn.go",
		"\t\tv := recover()\n", "\t\tvar v any\n",
		room, "TestPanics$",
	},
	{
		9, "a line can be in a cell of any name", "collab/markup/cell.go",
		"isName(table) && isName(row) && isName(column)", "true",
		"./collab", "TestRefused$",
	},
	{
		9, "code can be in a language of any name", "collab/markup/language.go",
		"ok && IsLanguage(s)", "ok && s != \"\"",
		"./collab", "TestCodeBlocksHaveALanguage$",
	},
	{
		9, "a formula may have any length", "collab/markup/formula.go",
		"delta.Units(tex) <= MaxFormula &&", "",
		"./collab", "TestFormulas$",
	},
	{
		6, "who asks without a name signs what all are told", "rooms/turn.go",
		"a.c.From.Role != TheRoom && e.By == \"\" && !e.Unsigned", "a.c.From.Role != TheRoom && e.By == \"\"",
		asks, "TestWithoutANameInARoom$",
	},
	{
		6, "everybody sees what waits for a host", "qa/view.go",
		"return q.State.visible() || q.State != unlisted && role >= rooms.Host", "return q.State != unlisted",
		asks, talkPlug + "/hidden",
	},
	{
		6, "everybody is told why a question was dismissed", "qa/event.go",
		"event(did, next.State.audience(), listed{Counted{next, people}})", "event(did, toAll, listed{Counted{next, people}})",
		asks, talkPlug + "/audience",
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
		10, "an activity is read on the room's goroutine", "rooms/slot.go",
		"\tgo func() {\n\t\tdefer r.loaders.Done()\n\t\tvar l loadedActivity", "\tfunc() {\n\t\tdefer r.loaders.Done()\n\t\tvar l loadedActivity",
		talk, talkRoom + "/gated",
	},
	{
		6, "a search finds what is hidden", "rooms/sight.go",
		"\t\tif role >= a.least {", "\t\tif role >= Viewer {",
		found, foundAll,
	},
	{
		6, "a search finds what is in the bin", "rooms/sight.go",
		"\t\tif !a.Binned {\n\t\t\topen", "\t\tif a != nil {\n\t\t\topen",
		found, foundAll,
	},
	{
		6, "who was removed goes on searching", "rooms/sight.go",
		"\tcase m.Removed:\n", "\tcase false:\n",
		found, foundAll,
	},
	{
		6, "a search finds the questions of hosts", "polls/search.go",
		"To: p.audience(c)}", "To: rooms.Audience{}}",
		found, foundAll,
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
		6, "a file is there for who may not see what names it", "internal/files/files.go",
		"err != nil || !may {", "err != nil || !may && err != nil {",
		brought, "TestWhoFindsAFile$",
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
		6, "a secret ballot is stored in the open", "rooms/veil.go",
		"\tif e.Veil == \"\" {\n\t\treturn e, nil\n\t}\n\theld", "\tif e.Veil != e.In {\n\t\treturn e, nil\n\t}\n\theld",
		program, attacker,
	},
	{
		6, "a secret ballot is as long as what is on it", "rooms/veil.go",
		"open := make([]byte, 4+pad)", "open := make([]byte, 4+len(content))",
		program, attacker,
	},
	{
		6, "a secret ballot is signed", "rooms/turn.go",
		"\t\te.Unsigned, e.To = true, Audience{Least: Nobody}", "\t\te.By, e.To = a.member, Audience{Least: Nobody}",
		program, attacker,
	},
	{
		6, "the time of a secret ballot is stored", "rooms/turn.go",
		"\t\te.At -= e.At % hour\n", "",
		votes, "TestSecretBallotsAreStoredSealed$",
	},
	{
		6, "secret results move with every ballot", "polls/steps.go",
		"if len(moved) < max(FewVotes, c.box.people/50) || c.box.people < FewVotes {", "if len(moved) < 1 {",
		votes, "TestSecretResultsMoveInSteps$",
	},
	{
		6, "anonymous ballots are counted in the order in which they came", "polls/pile.go",
		"\tslices.SortFunc(all, func(a, b keyed) int {", "\tslices.SortFunc(all[:0], func(a, b keyed) int {",
		program, attacker,
	},
	{
		10, "a count that was made beside the room is taken though it does not hold any more", "polls/decide_time.go",
		" || made.edits != q.box.edits {", " {",
		votes, "TestACrowdIsCountedBesideItsRoom$",
	},
	{
		6, "few anonymous ballots are told", "polls/counted.go",
		"c.box.people > 0 && c.box.people < FewVotes", "c.box.people > FewVotes && c.box.people < FewVotes",
		votes, "TestFewAnonymousBallotsAreHeldBack$",
	},
	{
		7, "a changed ballot on a grid stays in its tally", "polls/grid.go",
		"func (g grid) drop(_ int, of *content) { g.count(of, -1) }", "func (g grid) drop(_ int, of *content) {}",
		votes, "TestAGridCountsCells$",
	},
	{
		7, "a changed ballot of pins stays in its heat map", "polls/pins.go",
		"func (h *heat) drop(_ int, of *content) { h.count(of, -1) }", "func (h *heat) drop(_ int, of *content) {}",
		votes, "TestPlacesAddUp$",
	},
	{
		6, "what is sealed in the log is open in a checkpoint", "polls/save.go",
		"\tif p.deck.sealed() {\n\t\treturn nil\n\t}\n", "",
		votes, "TestSecretBallotsAreStoredSealed$",
	},
	{
		6, "the secret stays when nobody needs it any more", "rooms/veil.go",
		"\t\tif slices.Contains(needed, scope) {\n", "\t\tif slices.Contains(needed, scope) || scope != \"\" {\n",
		program, attacker,
	},
	{
		6, "a secret is removed and not overwritten", "internal/store/secrets.go",
		"\t_, err = f.Write(noise)\n", "",
		"./internal/store", "TestASecretIsOverwritten$",
	},
	{
		6, "the log of the server has a line for every vote", "internal/web/log.go",
		" || c.Param(\"command\") != \"\" || ", " || ",
		program, attacker,
	},
	{
		6, "the log of the server has a line for every form without scripts", "internal/web/log.go",
		" || c.FullPath() == plainPath {", " {",
		program, attacker,
	},
	{
		6, "who types to one member is told to all", "rooms/passing.go",
		"return k.to == \"\" || k.to == p.of }", "return true }",
		program, "TestNobodyElseSeesDirectMessages$",
	},
	{
		6, "a message of others is there to be changed", "chat/direct_decide.go",
		"return !e.To.Sees(command.From) })", "return false })",
		talk, "TestATalkIsForTwo$",
	},
	{
		6, "a ballot without a code is counted, where one is needed", "rooms/turn.go",
		"\t\terr = r.admitted(s, a)\n", "\t\terr = nil\n",
		votes, "TestACodeIsOneVote$",
	},
	{
		3, "a code is used twice", "polls/codes.go",
		"\tcase p.codes.by[place] != \"\":\n", "\tcase false:\n",
		votes, "TestACodeIsOneVote$",
	},
	{
		6, "a screen hears what it does not show", "rooms/watch.go",
		"p.screen != nil && id != p.screen.activity", "p.screen != nil && id == \"\"",
		"./rooms", "TestAScreenDoesNothing$",
	},
	{
		6, "a webhook is sent results that were hidden since", "polls/tells.go",
		"told.Results = nil", "told.Round += 0",
		"./internal/hooks", "TestResultsHiddenSinceAreNotSent$",
	},
	{
		9, "a form of an earlier round is counted", "polls/plain.go",
		" || round != q.Round {", " {",
		votes, "TestAFormIsAboutOneRoundOfOneQuestion$",
	},
}
