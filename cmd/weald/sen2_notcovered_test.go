package main

import (
	"bytes"
	"os"
	"testing"
)

func TestNotCoveredPageIsCurrent(t *testing.T) {
	var now bytes.Buffer
	writeNotCoveredPage(&now)
	kept, err := os.ReadFile("../../docs/sen2-not-covered.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, now.Bytes()) {
		t.Error("docs/sen2-not-covered.md is stale: run make docs")
	}
}
