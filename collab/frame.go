package collab

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"plenum/collab/delta"
	"plenum/rooms"
)

// A frame is due when so many changes were made since the last, or when they
// are half as long as the text: so all frames together are about as long as the
// log, and between two of them there is never much to go through.
const (
	frameChanges = 8000
	frameLeast   = 64 << 10 // bytes of changes, for short texts
	foldedWeight = 8        // what stands for many changes counts so much less: it is quick to go through
)

// stretch is what was gone through since the last frame.
type stretch struct {
	from    uint64
	length  int // of the text at its beginning
	changes int
	bytes   int
	group   grouper
}

func (s *stretch) begin(rev uint64, length int) {
	*s = stretch{from: rev, length: length, group: grouper{pause: basePause}}
}

func (s *stretch) add(e rooms.Event, c changed) {
	s.changes++
	s.bytes += len(e.With)
	if c.Folded != nil {
		s.bytes -= len(e.With) - len(e.With)/foldedWeight
	}
	s.group.add(e, c)
}

func (s *stretch) due() bool {
	return s.changes >= frameChanges || s.bytes >= max(frameLeast, s.length/2)
}

// index is the small part of a frame: what happened since the one before it.
type index struct {
	From   uint64  `json:"from"`
	At     int64   `json:"at"` // of the frame's own change
	By     string  `json:"by"`
	Chunks []Chunk `json:"chunks"`
	Polls  []Poll  `json:"polls,omitempty"` // as they were seen by then
}

// frameChunks is how many chunks a frame has at most.
const frameChunks = 64

func readIndex(f rooms.Frame) (index, error) {
	var i index
	if err := json.Unmarshal(f.Index, &i); err != nil {
		return i, fmt.Errorf("read the index of frame %d: %w", f.Place, err)
	}
	return i, nil
}

// keep stores a frame of where the walker is.
func (w *walker) keep(ctx context.Context) error {
	i, err := json.Marshal(index{From: w.since.from, At: w.at, By: w.by, Chunks: fit(w.since.group.chunks, frameChunks), Polls: w.polls})
	if err != nil {
		return fmt.Errorf("encode the index of frame %d: %w", w.rev, err)
	}
	var state bytes.Buffer
	squeeze, err := flate.NewWriter(&state, flate.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := squeeze.Write(delta.AppendDocument(nil, w.text.pieces())); err != nil {
		return err
	}
	if err := squeeze.Close(); err != nil {
		return err
	}
	w.since.begin(w.rev, w.text.length)
	w.r.Frames.Keep(ctx, rooms.Frame{Place: w.rev, Seq: w.seq, Index: i, State: state.Bytes()})
	return nil
}

// startFrom is a walker that stands where a frame was kept.
func startFrom(r rooms.Reading, f rooms.Frame) (*walker, error) {
	i, err := readIndex(f)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(f.State)))
	if err != nil {
		return nil, fmt.Errorf("read frame %d: %w", f.Place, err)
	}
	content, err := delta.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("read frame %d: %w", f.Place, err)
	}
	if !content.IsDocument() || !endsInNewline(content) {
		return nil, fmt.Errorf("frame %d holds no document", f.Place)
	}
	w := &walker{r: r, text: newText(content), rev: f.Place, seq: f.Seq, at: i.At, by: i.By, polls: i.Polls, page: firstPage}
	w.since.begin(w.rev, w.text.length)
	return w, nil
}

// keepFrames goes from the last frame to the end of what may be read. What is
// too long for one walk is gone on with at the next checkpoint.
func keepFrames(ctx context.Context, r rooms.Reading) error {
	w, err := walkTo(ctx, r, math.MaxInt64)
	if errors.Is(err, ErrPreparing) {
		return nil
	}
	if err != nil {
		return err
	}
	w.end()
	return nil
}
