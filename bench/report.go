package bench

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Report is what a scenario found.
type Report struct {
	Scenario string         `json:"scenario"`
	Asked    map[string]any `json:"asked"`
	Machine  string         `json:"machine"`
	At       time.Time      `json:"at"`

	Operations int     `json:"operations"` // acknowledged
	PerSecond  float64 `json:"operationsPerSecond"`
	Deliveries int64   `json:"deliveries"` // frames that reached a peer
	Latency    Spread  `json:"acknowledgedMs"`
	Reached    Spread  `json:"reachedOthersMs,omitzero"`

	Lost       int     `json:"lost"`       // acknowledged and not stored
	Differ     int     `json:"differ"`     // copies that are not equal at the end
	ConvergeMs float64 `json:"convergeMs"` // from the last operation until every screen agreed

	ServerCPU      float64  `json:"serverCpuSeconds"`
	CPUPerOp       float64  `json:"serverCpuMicrosPerOperation"`
	CPUPerDelivery float64  `json:"serverCpuMicrosPerDelivery"`
	MemoryPerPeer  float64  `json:"serverKiBPerPeer,omitzero"`
	LoadCPU        float64  `json:"loadCpuShareOfOneCore"` // of this process, while it measured
	Valid          bool     `json:"valid"`                 // this process was not the bottleneck
	Notes          []string `json:"notes,omitempty"`
}

// Spread is how long things took, in milliseconds.
type Spread struct {
	P50, P95, P99, Max float64
}

func spread(took []time.Duration) Spread {
	if len(took) == 0 {
		return Spread{}
	}
	slices.Sort(took)
	at := func(share float64) float64 {
		i := min(len(took)-1, int(share*float64(len(took))))
		return float64(took[i].Microseconds()) / 1000
	}
	return Spread{at(0.50), at(0.95), at(0.99), at(1)}
}

// busyLoad is the share of one core above which the load itself is in doubt.
const busyLoad = 0.9

// meter measures the server and this process over a stretch of time.
type meter struct {
	server *Server
	began  time.Time
	cpu    time.Duration
	ownCPU time.Duration
}

func (m *meter) start() error {
	cpu, err := m.server.CPU()
	if err != nil {
		return err
	}
	m.began, m.cpu, m.ownCPU = time.Now(), cpu, ownCPU()
	return nil
}

// stop puts what was measured since start into a report.
func (m *meter) stop(r *Report) error {
	took := time.Since(m.began)
	cpu, err := m.server.CPU()
	if err != nil {
		return err
	}
	used := cpu - m.cpu
	r.ServerCPU = used.Seconds()
	if r.Operations > 0 {
		r.PerSecond = float64(r.Operations) / took.Seconds()
		r.CPUPerOp = float64(used.Microseconds()) / float64(r.Operations)
	}
	if r.Deliveries > 0 {
		r.CPUPerDelivery = float64(used.Microseconds()) / float64(r.Deliveries)
	}
	r.LoadCPU = (ownCPU() - m.ownCPU).Seconds() / took.Seconds()
	r.Valid = r.LoadCPU <= busyLoad
	return nil
}

func ownCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func machine() string {
	model := "unknown processor"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				model = strings.Trim(name, "\t :\n")
				break
			}
		}
	}
	return fmt.Sprintf("%d cores, %s, %s", runtime.NumCPU(), model, runtime.Version())
}
