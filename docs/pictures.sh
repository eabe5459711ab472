#!/usr/bin/env bash
#
# Makes the pictures of the documentation that show the program at work, in a terminal (tmux); and takes those of pages from the
# tests in a browser: the page on which a person approves, the Dev UI and the sign-in page. Run it when what they show has changed,
# after ./test.sh, and commit what it writes.
# Needs tmux, and the port 8180, which is on the pictures.
#
set -euo pipefail
cd "$(dirname "$0")/.."

images=docs/modules/ROOT/assets/images
url=http://localhost:8180
quiet=(-B -q -ntp)
terminal=(tmux -L pictures -f /dev/null)
log=$(mktemp)
tokens=$(mktemp -d)
server=

finish() {
    "${terminal[@]}" kill-server 2> /dev/null || true
    if [ -n "$server" ]; then
        kill "$server" 2> /dev/null || true
    fi
    rm -rf "$log" "$tokens"
}
trap finish EXIT

type_in() {
    "${terminal[@]}" send-keys "$1" Enter
}

picture() {
    "${terminal[@]}" capture-pane -e -N -p |
        java -cp docs/checks/target/test-classes io.quarkiverse.deviceauthorization.docs.TerminalPicture "$1"
}

# Waits until the terminal shows something
until_shown() {
    for _ in $(seq 300); do
        if "${terminal[@]}" capture-pane -p | grep -q "$1"; then
            return
        fi
        sleep 0.1
    done
    echo "pictures.sh: the terminal does not show: $1" >&2
    "${terminal[@]}" capture-pane -p >&2
    exit 1
}

mvn "${quiet[@]}" package -pl dev-server,integration-tests/cli,docs/checks -am -DskipTests -Dformat.skip
mvn "${quiet[@]}" dependency:build-classpath -pl dev-server -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt

java -cp "dev-server/target/classes:$(cat dev-server/target/classpath.txt)" \
    io.quarkiverse.deviceauthorization.devserver.Main --port=8180 --interval=1 < /dev/null > "$log" 2>&1 &
server=$!
for _ in $(seq 300); do
    if grep -q "$url" "$log"; then
        break
    fi
    sleep 0.1
done

"${terminal[@]}" -u new-session -d -x 84 -y 60 "env TERM=screen-256color PS1='\$ ' LC_ALL=C.UTF-8 bash --norc"
type_in "hello() { java -Dquarkus.device-authorization.auth-server-url=$url -Dquarkus.device-authorization.client-id=hello \
-Dquarkus.device-authorization.tokens.file.directory=$tokens -jar integration-tests/cli/target/quarkus-app/quarkus-run.jar \
\"\$@\"; }; clear"

type_in "hello login"
until_shown "Waiting for your approval"
curl -s -d action=approve -d user=alice "$url/dev/script" > /dev/null
until_shown '^\$ *$'
type_in "hello call"
until_shown '"message"'
picture "A command-line program signs a person in" > "$images/prompt.svg"

type_in "hello logout; clear; HELLO_PROMPT=qr hello login"
until_shown "Waiting for your approval"
picture "The prompt with a QR code" > "$images/prompt-qr.svg"
"${terminal[@]}" send-keys C-c

# Takes what a test in a browser has looked at, if it has run, as all of them do in ./test.sh
take() {
    if [ -f "$1" ]; then
        cp "$1" "$images/$2"
    else
        echo "pictures.sh: there is no $1, so $2 stays as it is. ./test.sh makes it" >&2
    fi
}

take dev-server/target/screenshots/phone-approve.png approve.png
for shown in dev-ui-flow-waiting dev-ui-clients dev-ui-tokens; do
    take "deployment/target/screenshots/$shown.png" "$shown.png"
done
take integration-tests/web/target/screenshots/desktop-waiting.png web-sign-in.png
