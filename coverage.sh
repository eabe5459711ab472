#!/usr/bin/env bash
#
# Runs the tests of all published modules and prints, for each package, how many of its lines and branches they run; the weakest
# first. The pages with the lines are in integration-tests/architecture/target/site/jacoco-aggregate.
# Arguments go on to Maven.
#
set -euo pipefail
cd "$(dirname "$0")"

report=integration-tests/architecture/target/site/jacoco-aggregate/jacoco.csv

mvn -B -ntp verify -Pcoverage -pl integration-tests/architecture -am "$@"

echo
echo "branches   lines  package"
awk -F, 'NR > 1 { missed[$2] += $6; branches[$2] += $6 + $7; unseen[$2] += $8; lines[$2] += $8 + $9 }
    END { for (package in lines) printf "%7.1f%% %6.1f%%  %s\n",
        branches[package] ? 100 * (1 - missed[package] / branches[package]) : 100,
        lines[package] ? 100 * (1 - unseen[package] / lines[package]) : 100, package }' "$report" | sort -n
