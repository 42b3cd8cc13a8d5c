package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Server is a service that was started to be measured.
type Server struct {
	Address string
	cmd     *exec.Cmd
	ended   chan error
}

var saysAddress = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+`)

// Start starts a service and waits until it has said, in what it logs, at which
// address it is. The log is written to a file, as in use.
func Start(ctx context.Context, log string, name string, args ...string) (*Server, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	s := &Server{cmd: exec.Command(name, args...), ended: make(chan error, 1)}
	s.cmd.Stdout, s.cmd.Stderr = out, out
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { s.ended <- s.cmd.Wait() }()
	for {
		text, err := os.ReadFile(log)
		if err != nil {
			return nil, errors.Join(err, s.Stop())
		}
		if at := saysAddress.Find(text); at != nil {
			s.Address = string(at)
			return s, nil
		}
		select {
		case err := <-s.ended:
			text, _ := os.ReadFile(log) // it may have said more; if not, the error says enough
			return nil, fmt.Errorf("%s did not start: %w\n%s", name, err, bytes.TrimSpace(text))
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), s.Stop())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the service and waits until it has ended.
func (s *Server) Stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-s.ended:
		return nil
	case <-time.After(30 * time.Second):
		return errors.Join(errors.New("load: the service did not end when asked"), s.cmd.Process.Kill())
	}
}

// Memory returns the memory that the service holds, in bytes; 0 when it is not
// known.
func (s *Server) Memory() int64 { return s.status("VmRSS:") }

// MostMemory returns the most memory that the service has held, in bytes; 0 when
// it is not known.
func (s *Server) MostMemory() int64 { return s.status("VmHWM:") }

// OwnMemory returns the memory that the service holds for itself, in bytes: not
// that of files it has mapped, which the kernel may take back; 0 when it is not
// known.
func (s *Server) OwnMemory() int64 { return s.status("RssAnon:") }

// status reads a line of the kernel's account of the process.
func (s *Server) status(line string) int64 {
	if s == nil {
		return 0
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), line)
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseInt(kilobytes, 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// ticks is how many parts of a second Linux counts processor time in.
const ticks = 100

// ProcessorTime returns what the service has used; 0 when it is not known.
func (s *Server) ProcessorTime() time.Duration {
	if s == nil {
		return 0
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	// The second field is the program's name, which may hold anything.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	if err1 != nil || err2 != nil {
		return 0
	}
	return time.Duration(user+system) * time.Second / ticks
}
