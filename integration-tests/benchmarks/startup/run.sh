#!/bin/bash
# Measures the start of programs with the extension, and without: paired rounds, medians.
#   run.sh [--rounds=11] [--only=cli|web] [--no-build]
# JAVA17_HOME (else JAVA_HOME, else the java on the path) and JAVA25_HOME (without it, JDK 25 is left out) say what runs them.
# Writes target/benchmarks/startup.json and startup.md.
set -euo pipefail
cd "$(dirname "$0")"
rounds=11 only=all build=true
for option in "$@"; do
    case "$option" in
        --rounds=*) rounds=${option#*=} ;;
        --only=*) only=${option#*=} ;;
        --no-build) build=false ;;
        *) echo "Unknown option $option" >&2; exit 2 ;;
    esac
done
java17=${JAVA17_HOME:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}}
root=$(cd ../../.. && pwd)
here=integration-tests/benchmarks/startup
if $build; then
    modules=$(printf "$here/%s," cli cli-bare web web-rest-client web-bare driver)
    (cd "$root" && mvn -B -ntp -q ${MAVEN_ARGS:-} package -Pbenchmarks -pl "${modules%,}" -am -DskipTests)
fi
exec "$java17/bin/java" -cp "driver/target/classes:driver/target/lib/*" \
    io.quarkiverse.deviceauthorization.benchmarks.startup.Startup \
    . target/benchmarks/startup "$rounds" "$only" "$java17" "${JAVA25_HOME:-}"
