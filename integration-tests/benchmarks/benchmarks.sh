#!/usr/bin/env bash
#
# Measures the extension beside alternatives, against a stub on this machine.
#   benchmarks.sh [--parts=start,poll,…] [--contenders=bare,ours,…] [--rounds=5] [--java=JAVA_HOME] [--no-build]
# Other options go on to the driver, for example --flows=1000 or --histogram=FILE (the growth of the heap by class).
# Writes target/benchmarks/*.json, one for each part, and target/benchmarks/benchmarks.md. MAVEN_ARGS go on to Maven.
#
set -euo pipefail
cd "$(dirname "$0")"
build=true
options=()
for option in "$@"; do
    case "$option" in
        --no-build) build=false ;;
        --*=*) options+=("$option") ;;
        *) sed -n '3,6s/^# //p' "$0" >&2; exit 2 ;;
    esac
done
if $build; then
    # shellcheck disable=SC2086 # one word for each argument
    (cd ../.. && mvn -B -ntp -q ${MAVEN_ARGS:-} package -Pbenchmarks -pl integration-tests/benchmarks -am -DskipTests)
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:target/quarkus-app/lib/main/*" \
    io.quarkiverse.deviceauthorization.benchmarks.conductor.Conductor target "${options[@]}"
