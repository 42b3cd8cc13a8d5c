package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"weald/internal/synth"
)

// benchSen2Command measures how fast returns are checked.
type benchSen2Command struct {
	People []int  `help:"Measure returns of so many people." default:"5000,10000,20000,40000,640000"`
	Runs   int    `help:"Measure each so many times and print the median." default:"5"`
	Peers  string `help:"The folder of the programs that are measured beside it; those whose parts are not installed are left out." default:"bench/peers" placeholder:"FOLDER"`
	Most   int    `help:"Do not give peers a return of more people than this." default:"40000"`
	Seed   uint64 `help:"What the returns are made from." default:"1"`
	Folder string `help:"Where the returns are written; without it, the system's folder for such." placeholder:"FOLDER"`
}

// Run implements the command.
func (c *benchSen2Command) Run() (err error) {
	if c.Runs < 1 || slices.Min(c.People) < 1 {
		return errors.New("at least one run and one person are needed")
	}
	folder, err := os.MkdirTemp(c.Folder, "weald-bench-")
	if err != nil {
		return fmt.Errorf("making a folder for the returns: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	program, err := os.Executable()
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d processors, synthetic returns of seed %d, median of %d runs. Peers apply no rule (xmllint) or eight; Weald asks all its checks.\n\n",
		runtime.Version(), runtime.NumCPU(), c.Seed, c.Runs)
	fmt.Printf("| People | MB | What | Seconds | Processor seconds | MB a second | Microseconds a person | Peak MB |\n|--:|--:|---|--:|--:|--:|--:|--:|\n")
	for _, people := range c.People {
		file := filepath.Join(folder, "return.xml")
		size, err := c.write(file, people)
		if err != nil {
			return err
		}
		for _, w := range c.work(program, file, people) {
			took, err := c.measure(w)
			if err != nil {
				fmt.Printf("| %d | %.0f | %s | not measured: %v | | | | |\n", people, float64(size)/1e6, w.name, err)
				continue
			}
			fmt.Printf("| %d | %.0f | %s | %.3f | %.3f | %.0f | %.2f | %.0f |\n", people, float64(size)/1e6, w.name, took.wall.Seconds(), took.processor.Seconds(),
				float64(size)/1e6/took.wall.Seconds(), took.wall.Seconds()*1e6/float64(people), float64(took.peak)/1e6)
		}
	}
	return nil
}

func (c *benchSen2Command) write(name string, people int) (size int64, err error) {
	file, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := bufio.NewWriterSize(file, 1<<20)
	if err := synth.WriteReturn(out, people, c.Seed); err != nil {
		return 0, err
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// A measured is a program that is measured.
type measured struct {
	name string
	args []string
	fine func(status int) bool // which exit statuses are no failure
}

// work lists what is measured with a file: Weald, and the peers that are there.
func (c *benchSen2Command) work(program, file string, people int) []measured {
	some := func(status int) bool { return status <= 1 } // 1: errors were found
	none := func(status int) bool { return status == 0 }
	list := []measured{{"weald sen2 check, all checks, with places", []string{program, "sen2", "check", file}, some}}
	if people > c.Most {
		return list
	}
	if xmllint, err := exec.LookPath("xmllint"); err == nil {
		list = append(list, measured{"xmllint --stream, well-formed only", []string{xmllint, "--stream", "--noout", file}, none})
	}
	for _, way := range []string{"etree", "lxml", "pandas"} {
		script := filepath.Join(c.Peers, "sen2_check.py")
		for _, python := range []string{"/usr/bin/python3", "python3"} {
			if exec.Command(python, script, way).Run() == nil { // without a file it says whether its parts are installed
				list = append(list, measured{"Python, " + way + ", eight rules", []string{python, script, way, file}, none})
				break
			}
		}
	}
	return list
}

// A usage is what one run took.
type usage struct {
	wall, processor time.Duration
	peak            int64 // bytes
}

// measure runs a program and returns the median of its runs by time.
func (c *benchSen2Command) measure(w measured) (usage, error) {
	var all []usage
	for range c.Runs {
		cmd := exec.Command(w.args[0], w.args[1:]...)
		start := time.Now()
		err := cmd.Run()
		took := time.Since(start)
		if cmd.ProcessState == nil || !w.fine(cmd.ProcessState.ExitCode()) {
			return usage{}, fmt.Errorf("running %s: %w", w.name, err)
		}
		u := usage{wall: took, processor: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
		if used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			u.peak = used.Maxrss << 10 // Linux counts in kilobytes
		}
		all = append(all, u)
	}
	slices.SortFunc(all, func(a, b usage) int { return int(a.wall - b.wall) })
	return all[len(all)/2], nil
}
