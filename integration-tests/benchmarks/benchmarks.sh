#!/usr/bin/env bash
#
# Measures the extension beside alternatives, against a stub on this machine.
#   benchmarks.sh [--parts=start,start-one,poll,pending-10k,pending-100k,tokens,startup] [--contenders=bare,ours,…]
#                 [--rounds=5] [--java=JAVA_HOME] [--no-build]
#   benchmarks.sh --parts=soak [--minutes=2] [--no-build]
# With --java, another Java than the one that this runs on is measured, and its results are kept beside the others.
# Other options go on to the driver, for example --flows=1000 or --histogram=FILE.txt (the growth of the heap by class,
# written to FILE-CONTENDER-ROUND.txt). A soak is run only when it is named: 10,000 pending flows for so many minutes (ten
# say something), and it fails when the heap or the threads grow.
# Writes target/benchmarks/*.json and *.md, one for each part, and all that are there into benchmarks.md and, for the
# documentation, benchmarks.adoc.
# MAVEN_ARGS go on to Maven.
#
set -euo pipefail
cd "$(dirname "$0")"
build=true
parts=
rounds=
options=()
for option in "$@"; do
    case "$option" in
        --no-build) build=false ;;
        --parts=*) parts=${option#*=} options+=("$option") ;;
        --rounds=*) rounds=$option options+=("$option") ;;
        --*=*) options+=("$option") ;;
        *) sed -n '3,13s/^# //p' "$0" >&2; exit 2 ;;
    esac
done
if $build; then
    # shellcheck disable=SC2086 # one word for each argument
    (cd ../.. && mvn -B -ntp -q ${MAVEN_ARGS:-} package -Pbenchmarks -pl integration-tests/benchmarks -am -DskipTests)
fi
mkdir -p target/benchmarks
case ",$parts," in
    ,, | *,startup,*)
        if [ -x startup/run.sh ]; then
            $build || rounds="$rounds --no-build"
            # shellcheck disable=SC2086 # one word for each argument
            startup/run.sh $rounds
            cp startup/target/benchmarks/startup.json target/benchmarks
            { printf '## Start-up\n\n'; cat startup/target/benchmarks/startup.md; } > target/benchmarks/startup.md
        fi
        ;;
esac
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:target/quarkus-app/lib/main/*" \
    io.quarkiverse.deviceauthorization.benchmarks.conductor.Conductor target "${options[@]}"
