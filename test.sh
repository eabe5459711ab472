#!/usr/bin/env bash
#
# Runs every test, those in a browser included, and makes sure that none was skipped.
# Arguments go on to Maven.
#
set -euo pipefail
cd "$(dirname "$0")"

# Servers that don't answer once, and others who install something just now
patient=(-o Acquire::Retries=5 -o DPkg::Lock::Timeout=300)

# What the tests need: the program (any of these names will do) | the Debian packages that bring it
tools=(
    "javac|openjdk-17-jdk-headless"
    "mvn|maven"
    "redis-server|redis-server"
    "tmux|tmux"
    "chromium chromium-browser google-chrome|chromium fonts-liberation"
    "curl|curl ca-certificates"
)
# The Maven profiles whose tests use such a program, and for each such program a report that shows that its tests ran
profiles="browser,redis,terminal"
witnesses=("TEST-*Browser*.xml" "TEST-*RedisAuthorizationStoreTest.xml" "TEST-*.TerminalIT.xml")

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

is_there() {
    local name
    for name in $1; do
        if command -v "$name" > /dev/null; then
            return 0
        fi
    done
    return 1
}

missing() {
    local tool
    for tool in "${tools[@]}"; do
        if ! is_there "${tool%%|*}"; then
            echo "$tool"
        fi
    done
}

can_install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null && grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

provide_tools() {
    local wanted
    wanted=$(missing)
    if [ -n "$wanted" ] && can_install; then
        local packages
        packages=$(cut -d '|' -f 2 <<< "$wanted" | tr '\n' ' ')
        echo "test.sh: installing $packages"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # one word for each package
        { apt-get -qq "${patient[@]}" update &&
            apt-get -qq "${patient[@]}" install -y --no-install-recommends $packages; } < /dev/null > /dev/null ||
            fail "apt-get could not install: $packages"
        wanted=$(missing)
    fi
    if [ -n "$wanted" ]; then
        fail "missing on the PATH: $(cut -d '|' -f 1 <<< "$wanted" | sed 's/ / or /g' | paste -sd ',' - | sed 's/,/, /g')"
    fi
}

reports() {
    find . -path '*/target/*-reports/*' -name "$1" -type f
}

# Adds up one attribute of all reports: tests, failures, errors or skipped
sum() {
    reports 'TEST-*.xml' | while read -r report; do
        grep -m 1 -o '<testsuite [^>]*' "$report" | grep -o " $1=\"[0-9]*\"" | tr -cd '0-9\n'
    done | awk '{ total += $1 } END { print total + 0 }'
}

# Whether the arguments ask for a part of the tests only
is_partial() {
    local argument
    for argument in "$@"; do
        case "$argument" in
            -pl* | --projects* | -rf* | --resume-from* | -Dtest=* | -Dit.test=*) return 0 ;;
        esac
    done
    return 1
}

# The arguments that say where artifacts come from and go to
for_other_builds() {
    local argument
    for argument in "$@"; do
        case "$argument" in
            -Dmaven.repo.local=* | -o | --offline) echo "$argument" ;;
        esac
    done
}

if [ -n "${JAVA_HOME:-}" ]; then
    PATH="$JAVA_HOME/bin:$PATH"
fi
provide_tools

# Reports of earlier runs would be counted too
reports 'TEST-*.xml' | while read -r report; do
    rm "$report"
done

# Maven hands most of its work on, and lives for minutes: Java's second compiler would come too late for it
export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
mvn -B -ntp verify "-P$profiles" "$@"

passed=$(sum tests)
failed=$(($(sum failures) + $(sum errors)))
skipped=$(sum skipped)
if [ "$skipped" -ne 0 ]; then
    where=$(reports 'TEST-*.xml' | xargs grep -l '<skipped' | xargs -n 1 basename | paste -sd ' ' -)
    fail "$skipped tests were skipped: $where"
fi
if [ "$failed" -ne 0 ]; then
    fail "$failed tests failed"
fi
if [ "$passed" -eq 0 ]; then
    fail "no test ran"
fi
if ! is_partial "$@"; then
    for witness in "${witnesses[@]}"; do
        if [ -z "$(reports "$witness")" ]; then
            fail "no report $witness: tests that need one of the tools did not run"
        fi
    done
    echo "test.sh: installing the extension, for those who use it in applications of their own"
    # shellcheck disable=SC2046 # one word for each argument
    mvn -B -q -ntp install -pl deployment,redis/deployment,web/deployment -am -DskipTests -Dformat.skip \
        $(for_other_builds "$@")
    export EXTENSION_IS_INSTALLED=yes
    # shellcheck disable=SC2046
    integration-tests/add-extension.sh $(for_other_builds "$@")
    # shellcheck disable=SC2046
    integration-tests/create-app.sh $(for_other_builds "$@")
    # shellcheck disable=SC2046
    docs/follow.sh $(for_other_builds "$@")
fi

echo "$passed passed, 0 failed"
