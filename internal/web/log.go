package web

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"
)

// log tells of each request, at debug. It names the route and not the path,
// which has the join code in it. Commands have no lines, nor have the pages
// without scripts: those would tell who has voted when.
func (s *Site) log(c *gin.Context) {
	if !s.o.Logger.Enabled(c.Request.Context(), slog.LevelDebug) || c.Param("command") != "" || c.FullPath() == plainPath {
		return
	}
	start := time.Now()
	c.Next()
	s.o.Logger.Debug("request",
		"method", c.Request.Method, "route", c.FullPath(), "status", c.Writer.Status(),
		"bytes", c.Writer.Size(), "took", time.Since(start), "from", s.origin(c.Request).address.String())
}

// recover keeps a panic to its own request.
func (s *Site) recover(c *gin.Context) {
	defer func() {
		failure := recover()
		if failure == nil {
			return
		}
		if failure == http.ErrAbortHandler {
			panic(failure)
		}
		id := incident()
		s.o.Logger.Error("a request panicked", "id", id, "route", c.FullPath(), "panic", failure, "stack", string(debug.Stack()))
		s.broken(c, id)
	}()
	c.Next()
}
