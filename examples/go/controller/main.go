// A StatefulSet controller that talks in lines: watch events and the time come in, requests go out, their outcomes come
// back in (examples/README.md). It decides nothing; the library does.
package main

import (
	"bufio"
	"log"
	"os"
	"time"

	"statefulset.internal/statefulset"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("controller: ")
	profile := statefulset.Upstream()
	if os.Getenv("STATEFULSET_PROFILE") == "standalone" {
		profile = statefulset.Standalone()
	}
	for source := statefulset.PoliciesResource; source <= statefulset.PoliciesPingCAP; source++ {
		if source.String() == os.Getenv("STATEFULSET_POLICIES") {
			profile.Policies = source
		}
	}
	cluster, err := statefulset.NewCluster(profile)
	if err != nil {
		log.Fatal(err)
	}
	defer cluster.Close()
	// What is not listed yet is not known.
	for kind := statefulset.KindStatefulSet; kind <= statefulset.KindService; kind++ {
		if err := cluster.BeginList(kind); err != nil {
			log.Fatal(err)
		}
	}
	c := controller{cluster: cluster, lines: lines(os.Stdin), out: bufio.NewWriter(os.Stdout)}
	if err := c.run(); err != nil {
		log.Fatal(err)
	}
}

// lines are those of a file, as they come.
func lines(file *os.File) <-chan []byte {
	found := make(chan []byte)
	go func() {
		defer close(found)
		reader := bufio.NewReader(file)
		for {
			line, err := reader.ReadBytes('\n')
			if len(line) > 0 {
				found <- line
			}
			if err != nil {
				return
			}
		}
	}()
	return found
}

// run takes in what comes until there is no more. Where nobody tells the time, it goes by the clock.
func (c *controller) run() error {
	told := false
	wake := time.NewTimer(0)
	<-wake.C
	for {
		now := time.Time{}
		select {
		case line, open := <-c.lines:
			if !open {
				return nil
			}
			if at, ok := timeOf(line); ok {
				told, now = true, at
			} else if c.see(line); told {
				continue
			}
		case <-wake.C:
		}
		if now.IsZero() {
			now = time.Now()
		}
		next, err := c.turn(now)
		if err != nil {
			return err
		}
		if !told && !next.IsZero() {
			wake.Reset(time.Until(next))
		}
	}
}
