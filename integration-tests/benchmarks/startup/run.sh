#!/bin/bash
# Measures the start of programs with the extension, and without: paired rounds, medians.
#   run.sh [--rounds=11] [--only=cli|web] [--no-build] [--builds=5]
# JAVA17_HOME (else JAVA_HOME, else the java on the path) and JAVA25_HOME (without it, JDK 25 is left out) say what runs them.
# Writes target/benchmarks/startup.json and startup.md. With --builds, it measures how long Quarkus takes to build the web
# applications, so many times, and nothing else: target/benchmarks/startup-build.json.
set -euo pipefail
cd "$(dirname "$0")"
rounds=11 only=all build=true builds=0
for option in "$@"; do
    case "$option" in
        --rounds=*) rounds=${option#*=} ;;
        --only=*) only=${option#*=} ;;
        --no-build) build=false ;;
        --builds=*) builds=${option#*=} ;;
        *) echo "Unknown option $option" >&2; exit 2 ;;
    esac
done
java17=${JAVA17_HOME:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}}
root=$(cd ../../.. && pwd)
here=integration-tests/benchmarks/startup

package() {
    (cd "$root" && mvn -B -ntp ${MAVEN_ARGS:-} package -Pbenchmarks -pl "$1" -am -DskipTests)
}

if [ "$builds" -gt 0 ]; then
    # each in a Maven of its own, which has built the extension before; the first of the two packagings
    mkdir -p target/benchmarks
    rm -f target/benchmarks/build-*.times
    order="web web-rest-client web-bare"
    for round in $(seq "$builds"); do
        for module in $order; do
            package "deployment,$here/$module" | sed -n 's/.*Quarkus augmentation completed in \([0-9]*\)ms.*/\1/p' | head -1 \
                >> "target/benchmarks/build-$module.times"
        done
        order=$(echo "$order" | tr ' ' '\n' | tac | xargs)
    done
    median() { sort -n "target/benchmarks/build-$1.times" | awk '{v[NR]=$1} END {print (v[int((NR+1)/2)] + v[int(NR/2)+1]) / 2}'; }
    printf '{"rounds":%s,"millis":{"web":%s,"web-rest-client":%s,"web-bare":%s}}\n' "$builds" "$(median web)" \
        "$(median web-rest-client)" "$(median web-bare)" | tee target/benchmarks/startup-build.json
    exit
fi
if $build; then
    package "$(printf "$here/%s," cli cli-bare web web-rest-client web-bare driver | sed 's/,$//')" > /dev/null
fi
exec "$java17/bin/java" -cp "driver/target/classes:driver/target/lib/*" \
    io.quarkiverse.deviceauthorization.benchmarks.startup.Startup \
    . target/benchmarks/startup "$rounds" "$only" "$java17" "${JAVA25_HOME:-}"
