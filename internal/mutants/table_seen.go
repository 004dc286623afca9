package main

// seen are mutants of laws 6 to 10: somebody sees what is not for them, is hurt by others, or is not told.
var seen = []mutant{
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
		"return !e.To.Sees(m) })", "return false && !e.To.Sees(m) })",
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
		6, "a file is there for who may not see what names it", "internal/files/files.go",
		"err != nil || !may {", "err != nil || !may && err != nil {",
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
		6, "few anonymous ballots are told", "polls/counted.go",
		"c.box.people > 0 && c.box.people < FewVotes", "c.box.people > FewVotes && c.box.people < FewVotes",
		votes, "TestFewAnonymousBallotsAreHeldBack$",
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
		9, "a form of an earlier round is counted", "polls/plain.go",
		" || round != q.Round {", " {",
		votes, "TestAFormIsAboutOneRoundOfOneQuestion$",
	},
	{
		10, "an activity is read on the room's goroutine", "rooms/slot.go",
		"\tgo func() {\n\t\tdefer r.loaders.Done()\n\t\tvar l loadedActivity", "\tfunc() {\n\t\tdefer r.loaders.Done()\n\t\tvar l loadedActivity",
		talk, talkRoom + "/gated",
	},
	{
		10, "a count that was made beside the room is taken though it does not hold any more", "polls/decide_time.go",
		" || made.edits != q.box.edits {", " {",
		votes, "TestACrowdIsCountedBesideItsRoom$",
	},
}
