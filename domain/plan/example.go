package plan

import _ "embed"

// ExampleJSON is a whole plan of nobody, in which nothing is found: for tests,
// for the command line, and to learn the form from.
//
//go:embed example.json
var ExampleJSON []byte
