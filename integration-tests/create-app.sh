#!/usr/bin/env bash
#
# Creates applications with the extension as users do, runs the test that each one comes with, and lets somebody sign in to the
# first one, in dev mode and packaged.
# Arguments go on to every Maven: -Dmaven.repo.local=…, --offline.
#
set -euo pipefail
# shellcheck source=integration-tests/new-application.sh
. "$(dirname "${BASH_SOURCE[0]}")/new-application.sh"

extension="$group:$artifact:$version"

# tested NAME TESTS: builds an application, with as many tests
tested() {
    begin "building and testing the application $1"
    (cd "$work/$1" && "$mvn" -B -ntp package "${arguments[@]}" > "$work/$1.log" 2>&1) || {
        tail -n 60 "$work/$1.log"
        exit 1
    }
    grep -q "Tests run: $2, Failures: 0, Errors: 0, Skipped: 0\$" "$work/$1.log"
}

# one_of FILE PATTERN: waits until a log has it, and prints the first match
one_of() {
    local found
    for _ in $(seq 3000); do
        found=$(grep -o -m 1 "$2" "$1" 2> /dev/null | head -n 1) || true
        if [ -n "$found" ]; then
            echo "$found"
            return
        fi
        sleep 0.2
    done
    echo "$script: no $2 in $1" >&2
    tail -n 40 "$1" >&2
    return 1
}

approve() {
    curl -sSf -o "$work/state.json" -d action=approve -d user=alice "$1/dev/script"
}

arguments=("$@")

begin "testing what applications begin with"
mvn "${quiet[@]}" verify -Pcodestart -pl integration-tests/codestart "$@"

create program -Dextensions="$extension" "$@"
tested program 2
ls "$work"/program/src/main/java/org/acme/{SignIn,SignInProgram}.java > /dev/null

begin "signing in to the program in dev mode"
cd "$work/program"
"$mvn" -B -ntp quarkus:dev -Dquarkus.console.enabled=false -Ddebug=false -DskipTests "$@" \
    > "$work/dev.log" 2>&1 < /dev/null &
dev=$!
trap 'status=$?; kill $dev 2> /dev/null || true; finish $status' EXIT
server=$(one_of "$work/dev.log" "http://localhost:[0-9]*/activate")
server=${server%/activate}
one_of "$work/dev.log" "enter this code" > /dev/null
approve "$server"
one_of "$work/dev.log" "Hello Alice" > /dev/null

begin "signing in to the packaged program"
java -Dquarkus.device-authorization.auth-server-url="$server" -Dquarkus.device-authorization.client-id=program \
    -jar target/quarkus-app/quarkus-run.jar > "$work/run.log" 2>&1 &
run=$!
one_of "$work/run.log" "enter this code" > /dev/null
approve "$server"
wait $run
grep -q "Hello Alice" "$work/run.log"
kill $dev
wait $dev 2> /dev/null || true

create web -Dextensions="$extension,rest" "$@"
tested web 3 # that of the codestart of REST, too
if ls "$work"/web/src/main/java/org/acme/SignInProgram.java 2> /dev/null; then
    exit 1
fi

create cli -Dextensions="$extension,picocli" "$@"
tested cli 4 # those of the codestart of picocli, too
begin "finished"
