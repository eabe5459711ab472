#!/usr/bin/env bash
#
# Follows the pages that begin in an empty folder to the letter, each in one, as somebody who has just found them: writes the
# files, runs the commands, approves the sign-in, and looks for the output that the page shows.
# Arguments go on to every Maven: -Dmaven.repo.local=…, --offline. PAGES="…" chooses other pages.
#
set -euo pipefail
cd "$(dirname "$0")/.."

version() {
    sed -n "/<profiles>/q; s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml
}

quarkus=$(version quarkus.version)
# Creating an application and dev mode take Maven 3.9; the extension itself is content with less
maven=3.9.11
quiet=(-B -q -ntp)

work=$(mktemp -d)
finish() {
    if [ "$1" -eq 0 ]; then
        rm -rf "$work"
    else
        echo "follow.sh: failed while $step; what it made is in $work" >&2
    fi
}
step="starting"
trap 'finish $?' EXIT

begin() {
    step=$1
    echo "follow.sh: $step"
}

# test.sh has done it, once for all
if [ -z "${EXTENSION_IS_INSTALLED:-}" ]; then
    begin "installing the extension, which the pages want done once"
    mvn "${quiet[@]}" install -pl deployment,redis/deployment,web/deployment -am -DskipTests -Dformat.skip "$@"
    mvn "${quiet[@]}" test-compile -pl docs/checks -am -DskipTests -Dformat.skip "$@"
fi
mvn "${quiet[@]}" dependency:build-classpath -pl dev-server -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt "$@"

begin "unpacking Maven $maven"
(cd "$work" && mvn "${quiet[@]}" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    -Dartifact="org.apache.maven:apache-maven:$maven:tar.gz:bin" -DoutputDirectory="$work" "$@")

# What a reader's surroundings have by themselves: this Maven, and the registry of Quarkus, in place of which the extensions of
# the artifacts that are here are enough
export PATH="$work/apache-maven-$maven/bin:$PATH"
export MAVEN_ARGS="-B -ntp -Ddebug=false -DquarkusRegistryClient=false -DplatformGroupId=io.quarkus \
-DplatformArtifactId=quarkus-bom -DplatformVersion=$quarkus $*"
export QUARKUS_ANALYTICS_DISABLED=true

for page in ${PAGES:-getting-started-cli getting-started-web web-sign-in}; do
    begin "following $page.adoc"
    mkdir "$work/$page"
    java -cp "docs/checks/target/test-classes:dev-server/target/classes:$(cat dev-server/target/classpath.txt)" \
        io.quarkiverse.deviceauthorization.docs.Follow "$page.adoc" "$work/$page"
done
begin "finished"
