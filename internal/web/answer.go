package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"

	"github.com/gin-gonic/gin"
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
