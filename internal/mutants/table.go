package main

import "slices"

// mutants by law. Each was seen to be caught.
var mutants = slices.Concat(lost, seen)
