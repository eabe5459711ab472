#!/usr/bin/env bash
#
# Runs the command-line sample against the development server: a person signs in on a page, the program goes on.
# Arguments go on to the program.
#
set -euo pipefail
cd "$(dirname "$0")"

quiet=(-B -q -ntp)
log=$(mktemp)
server=
finish() {
    if [ -n "$server" ]; then
        kill "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    fi
    rm -f "$log"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

echo "Building the sample and the development server. The first time, this takes a few minutes." >&2
mvn "${quiet[@]}" package -pl dev-server,integration-tests/cli -am -DskipTests -Dformat.skip
mvn "${quiet[@]}" dependency:build-classpath -pl dev-server -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt

java -cp "dev-server/target/classes:$(cat dev-server/target/classpath.txt)" \
    io.quarkiverse.deviceauthorization.devserver.Main --port=0 --interval=1 < /dev/null > "$log" 2>&1 &
server=$!

url=
for _ in $(seq 300); do
    url=$(grep -m 1 -o 'http://[^ ]*' "$log" || true)
    if [ -n "$url" ] || ! kill -0 "$server" 2> /dev/null; then
        break
    fi
    sleep 0.1
done
if [ -z "$url" ]; then
    echo "demo.sh: the development server did not start:" >&2
    cat "$log" >&2
    exit 1
fi

status=0
java -Dquarkus.device-authorization.auth-server-url="$url" -Dquarkus.device-authorization.client-id=demo \
    -jar integration-tests/cli/target/quarkus-app/quarkus-run.jar "$@" || status=$?
exit "$status"
