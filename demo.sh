#!/usr/bin/env bash
#
# Runs the command-line sample against the development server: a person signs in on a page, the program goes on, calls an API
# and signs out. With arguments, such as "login --help", it only runs the program with them.
#
set -euo pipefail
cd "$(dirname "$0")"

quiet=(-B -q -ntp)
log=$(mktemp)
tokens=$(mktemp -d)
server=
finish() {
    if [ -n "$server" ]; then
        kill "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    fi
    rm -rf "$log" "$tokens"
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

hello() {
    if [ "$all" ]; then
        echo "> hello $*" >&2
    fi
    java -Dquarkus.device-authorization.auth-server-url="$url" -Dquarkus.device-authorization.client-id=demo \
        -Dquarkus.device-authorization.tokens.file.directory="$tokens" \
        -jar integration-tests/cli/target/quarkus-app/quarkus-run.jar "$@" || exit "$?"
}

if [ "$#" -gt 0 ]; then
    all=
    hello "$@"
else
    all=yes
    hello login
    hello whoami
    hello call
    hello logout
fi
