package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// worthPacking is the size in bytes from which an answer is compressed.
const worthPacking = 1400

// answer sends a value as JSON, compressed where it is long and the other side
// can read that.
func answer(c *gin.Context, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode the answer of %s: %w", c.FullPath(), err)
	}
	header := c.Writer.Header()
	header.Set("Cache-Control", "no-store")
	header.Add("Vary", "Accept-Encoding")
	if len(body) >= worthPacking && accepted(c.Request.Header).gzip > 0 {
		header.Set("Content-Encoding", "gzip")
		if body, err = pack(body); err != nil {
			return err
		}
	}
	c.Data(status, jsonType, body)
	return nil
}

// download sends a file to be kept, as it is written. If it cannot be written
// to its end, the connection breaks off, so that no half of it looks whole.
func download(c *gin.Context, file rooms.File) error {
	header := c.Writer.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", file.Type)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	header.Add("Vary", "Accept-Encoding")
	to, end := io.Writer(c.Writer), func() error { return nil }
	if accepted(c.Request.Header).gzip > 0 {
		header.Set("Content-Encoding", "gzip")
		packer, err := gzip.NewWriterLevel(c.Writer, gzip.BestSpeed)
		if err != nil {
			return err
		}
		to, end = packer, packer.Close
	}
	c.Status(http.StatusOK)
	if err := errors.Join(file.Write(to), end()); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func pack(body []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(body); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}
