package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// The layout of SQLite's write-ahead log, as its file format document has it.
const (
	walHeader      = 32
	walFrameHeader = 24
	walMagic       = 0x377f0682 // the lowest bit: checksums are of big-endian words
)

// wal is what a look at a write-ahead log has found. SQLite reads it up to the
// first frame that is not sound, and forgets the rest without a word.
type wal struct {
	sound int   // frames
	bad   int64 // where the first frame begins that is not; 0 if there is none
	lost  int   // commits from there on
}

// looks is how often a log is read that seems to be damaged: it may be written
// meanwhile.
const looks = 3

// checkWAL tells whether commits lie behind damage in the write-ahead log.
func checkWAL(path string) ([]Finding, error) {
	var before wal
	for look := range looks {
		now, err := readWAL(path + "-wal")
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("check the write-ahead log: %w", err)
		}
		if now.lost == 0 || look > 0 && now.bad != before.bad {
			return []Finding{good("The write-ahead log is sound.")}, nil
		}
		before = now
	}
	return []Finding{bad("The write-ahead log cannot be read from byte %d on, where %d commits lie. If the power failed while they were written, nobody was told of them; if not, the disk has lost them.", before.bad, before.lost)}, nil
}

func readWAL(path string) (w wal, err error) {
	f, err := os.Open(path)
	if err != nil {
		return w, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := bufio.NewReaderSize(f, 1<<20)
	header := make([]byte, walHeader)
	if _, err := io.ReadFull(in, header); err != nil {
		return w, ended(err)
	}
	sum := checksum{order: binary.LittleEndian}
	magic := binary.BigEndian.Uint32(header)
	if magic&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(header[:24])
	if magic&^1 != walMagic || !sum.is(header[24:32]) {
		w.bad = 1 // nothing of it is read
	}
	page := int(binary.BigEndian.Uint32(header[8:]))
	if page < 512 || page > 65536 {
		return w, nil // not even the size of a frame is known
	}
	return w, w.readFrames(in, sum, string(header[16:24]), page)
}

// readFrames reads on behind damage too: what bears the salt of this log and
// the mark of a commit was one.
func (w *wal) readFrames(in io.Reader, sum checksum, salt string, page int) error {
	frame := make([]byte, walFrameHeader+page)
	for at := int64(walHeader); ; at += int64(len(frame)) {
		if _, err := io.ReadFull(in, frame); err != nil {
			return ended(err)
		}
		if string(frame[8:16]) != salt {
			return nil // of an older round
		}
		sum.add(frame[:8])
		sum.add(frame[walFrameHeader:])
		if w.bad == 0 && !sum.is(frame[16:24]) {
			w.bad = at
		}
		if w.bad == 0 {
			w.sound++
			continue
		}
		if binary.BigEndian.Uint32(frame[4:]) > 0 {
			w.lost++
		}
	}
}

// ended makes the end of a file no error, also within a frame: that one was
// being written.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// checksum is SQLite's, which runs on from frame to frame.
type checksum struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

func (c *checksum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		c.s0 += c.order.Uint32(b) + c.s1
		c.s1 += c.order.Uint32(b[4:]) + c.s0
	}
}

func (c *checksum) is(b []byte) bool {
	return binary.BigEndian.Uint32(b) == c.s0 && binary.BigEndian.Uint32(b[4:]) == c.s1
}
