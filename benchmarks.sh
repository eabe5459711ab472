#!/usr/bin/env bash
#
# Measures the extension beside alternatives: see integration-tests/benchmarks/benchmarks.sh, which takes the arguments.
#
exec "$(dirname "$0")/integration-tests/benchmarks/benchmarks.sh" "$@"
