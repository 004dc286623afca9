// Package bench loads a running server the way people do, over real sockets,
// and measures what it costs and whether anything was lost.
package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Server is a server of our own, as a process, on a free port of 127.0.0.1. It
// can be killed in the middle of things and started again on its data.
type Server struct {
	URL  string
	Data string

	program string
	cmd     *exec.Cmd
	cpu     time.Duration // of former processes
}

// StartServer runs a program (the one that loads, usually) with its data in a folder.
func StartServer(ctx context.Context, program, data string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &Server{URL: "http://127.0.0.1:" + strconv.Itoa(port), Data: data, program: program}
	return s, s.start(ctx)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (s *Server) start(ctx context.Context) error {
	s.cmd = exec.Command(s.program, "serve", "--listen", strings.TrimPrefix(s.URL, "http://"), "--data", s.Data, "--max-rooms-per-hour", "1000000")
	log, err := os.OpenFile(filepath.Join(s.Data, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	return s.ready(ctx)
}

func (s *Server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/readyz", nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err == nil {
			_, _ = io.Copy(io.Discard, response.Body)
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server does not get ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Kill ends the process as a power cut would end it for the process: with SIGKILL.
func (s *Server) Kill() error {
	if cpu, err := s.processCPU(); err == nil {
		s.cpu += cpu
	}
	if err := s.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = s.cmd.Wait() // it ends by the signal, which Wait reports as an error
	return nil
}

// Restart starts the server again on the same data and address.
func (s *Server) Restart(ctx context.Context) error { return s.start(ctx) }

// Stop ends the server in order.
func (s *Server) Stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// CPU is the user and system time of the server, of all its processes so far.
func (s *Server) CPU() (time.Duration, error) {
	now, err := s.processCPU()
	return s.cpu + now, err
}

// ticks is how many clock ticks the kernel counts in a second.
const ticks = 100

func (s *Server) processCPU() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("unexpected process status %q", stat)
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	if err1 != nil || err2 != nil {
		return 0, fmt.Errorf("unexpected process status %q", stat)
	}
	return time.Duration(user+system) * time.Second / ticks, nil
}

// Memory is the resident memory of the server in bytes.
func (s *Server) Memory() (int64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if kib, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kib), "kB")), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("no resident memory in the process status")
}
