package web

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

const readyWait = 2 * time.Second

func (s *Site) alive(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	c.String(http.StatusOK, "alive\n")
}

// ready tells whether to send people here: not while the server is going away,
// and not while its database does not answer.
func (s *Site) ready(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	if s.draining.Load() {
		c.String(http.StatusServiceUnavailable, "draining\n")
		return
	}
	if s.o.Ready != nil {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyWait)
		defer cancel()
		if err := s.o.Ready(ctx); err != nil {
			s.o.Logger.Warn("not ready", "error", err)
			c.String(http.StatusServiceUnavailable, "the database does not answer\n")
			return
		}
	}
	c.String(http.StatusOK, "ready\n")
}
