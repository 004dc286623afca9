package hooks

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"plenum/internal/due"
	"plenum/internal/outward"
	"plenum/rooms"
)

const (
	atOnce      = 32  // calls under way
	answerBytes = 512 // of an answer that are read
	answerKept  = 300 // of these, that are kept
)

// callDue starts to call the hooks whose time has come, each on its own: one that
// is slow keeps nobody waiting but itself.
func (h *Hooks) callDue(ctx context.Context) (time.Duration, error) {
	rows, err := h.dueHooks(ctx)
	if err != nil {
		return 0, err
	}
	now, next := h.clock(), int64(0)
	for _, row := range rows {
		if row.NextAt > now.UnixMilli() {
			next = row.NextAt // they come in this order
			break
		}
		if !h.seize(row.ID) {
			continue
		}
		h.ended.Go(func() {
			defer h.bell.Ring()
			defer h.release(row.ID)
			select {
			case h.places <- struct{}{}:
				defer func() { <-h.places }()
			case <-ctx.Done():
				return
			}
			if err := h.callAll(ctx, row.ID); err != nil && ctx.Err() == nil {
				h.logger.Error("a webhook cannot be looked after just now", "hook", row.ID, "error", err)
				if err := h.change(ctx, row.ID, map[string]any{"next_at": h.now() + h.pauses[0].Milliseconds()}); err != nil && ctx.Err() == nil {
					h.logger.Error("a webhook cannot be put off", "hook", row.ID, "error", err)
				}
			}
		})
	}
	return due.Until(next, now), nil
}

func (h *Hooks) seize(hook string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy[hook] {
		return false
	}
	h.busy[hook] = true
	return true
}

func (h *Hooks) release(hook string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, hook)
}

// mostInARow is how many one hook is sent before others have its place.
const mostInARow = 20

// callAll sends a hook what waits, the oldest first, until one does not go through.
func (h *Hooks) callAll(ctx context.Context, id string) error {
	for range mostInARow {
		hook, delivery, found, err := h.oldest(ctx, id)
		if err != nil || !found {
			return err
		}
		body, err := h.body(ctx, delivery)
		if errors.Is(err, rooms.ErrUntold) {
			if err := h.drop(ctx, delivery); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		answer, err := h.send(ctx, hook, delivery.ID, body)
		if ctx.Err() != nil {
			return nil // it is sent again when the program is back
		}
		through, err := h.sent(ctx, hook, delivery, answer, err)
		if err != nil || !through {
			return err
		}
	}
	return nil
}

// message is what is sent, as Standard Webhooks has it.
type message struct {
	Type      string        `json:"type"`
	Timestamp string        `json:"timestamp"` // when it happened
	Data      rooms.Outside `json:"data"`
}

func (h *Hooks) body(ctx context.Context, d deliveryRow) ([]byte, error) {
	var o rooms.Outside
	var err error
	if d.Type == pinged {
		o, err = h.sights.Ping(ctx, d.Room)
		o.At = d.At
	} else {
		o, err = h.sights.Outside(ctx, d.Room, d.Epoch, d.Seq)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(message{o.Type, time.UnixMilli(o.At).UTC().Format("2006-01-02T15:04:05.000Z07:00"), o})
}

// send posts a message. Its error means that there was no answer.
func (h *Hooks) send(ctx context.Context, hook hookRow, id string, body []byte) (a Answer, err error) {
	begin := h.clock()
	defer func() { a.At, a.Took = begin.UnixMilli(), h.clock().Sub(begin).Milliseconds() }()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	at := begin.Unix()
	signatures := []string{sign(hook.Secret, id, at, body)}
	if hook.FormerUntil > begin.UnixMilli() {
		signatures = append(signatures, sign(hook.Former, id, at, body))
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Plenum-Webhooks/1")
	request.Header.Set("Webhook-Id", id)
	request.Header.Set("Webhook-Timestamp", fmt.Sprint(at))
	request.Header.Set("Webhook-Signature", strings.Join(signatures, " "))
	response, err := h.client.Do(request)
	if err != nil {
		return a, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	a.Status = response.StatusCode
	// What was read until it broke off is told; the status has come whole.
	text, _ := io.ReadAll(io.LimitReader(response.Body, answerBytes))
	a.Text = legible(text)
	return a, nil
}

// sign is a signature of version 1 of Standard Webhooks.
func sign(secret []byte, id string, at int64, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	fmt.Fprintf(mac, "%s.%d.", id, at)
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func legible(text []byte) string {
	line := rooms.CleanLine(strings.ToValidUTF8(string(text), ""))
	if runes := []rune(line); len(runes) > answerKept {
		return string(runes[:answerKept])
	}
	return line
}

// sent keeps what came of a delivery; through tells that the next may follow.
func (h *Hooks) sent(ctx context.Context, hook hookRow, d deliveryRow, a Answer, failed error) (through bool, err error) {
	change := map[string]any{"tries": 0, "next_at": 0}
	switch {
	case failed == nil && a.Status >= 200 && a.Status < 300:
		return true, h.keep(ctx, d, a, done, change)
	case errors.Is(failed, outward.ErrForbidden):
		change = map[string]any{"off_at": h.now(), "off_why": offAddress}
	case a.Status == http.StatusGone:
		change = map[string]any{"off_at": h.now(), "off_why": offGone}
	case hook.Tries >= len(h.pauses):
		change = map[string]any{"off_at": h.now(), "off_why": offFailing}
	default:
		change = map[string]any{"tries": hook.Tries + 1, "next_at": h.now() + h.pauses[hook.Tries].Milliseconds()}
	}
	if failed != nil {
		a.Text = reason(failed)
	}
	return false, h.keep(ctx, d, a, waiting, change)
}

// reason tells why there was no answer, without where it was asked for.
func reason(err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, outward.ErrForbidden):
		return "forbidden"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return "unreachable"
}
