package main

import (
	"os"
	"strings"
	"testing"
)

func TestAccessPageIsFresh(t *testing.T) {
	kept, err := os.ReadFile("../../docs/access.md")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if writeAccessPage(&b); b.String() != string(kept) {
		t.Error("docs/access.md is stale: run make docs")
	}
}
