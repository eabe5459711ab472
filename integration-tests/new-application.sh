# shellcheck shell=bash
#
# What add-extension.sh and create-app.sh have in common: the extension is installed, and there is a Maven that can create
# applications. Both read it, with their own arguments.
#
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

group=io.quarkiverse.deviceauthorization
artifact=quarkus-device-authorization
version=$(grep -A 1 "<artifactId>$artifact-parent</artifactId>" pom.xml | sed -n 's:.*<version>\(.*\)</version>.*:\1:p')
quarkus=$(sed -n '/<profiles>/q; s:.*<quarkus.version>\(.*\)</quarkus.version>.*:\1:p' pom.xml)
# Creating an application takes Maven 3.9; the extension itself is content with less
maven=3.9.11
quiet=(-B -q -ntp)
script=$(basename "$0")

# Any ports that are free, in place of 8080 and 8081
export QUARKUS_HTTP_PORT=0 QUARKUS_HTTP_TEST_PORT=0

work=$(mktemp -d)
finish() {
    if [ "$1" -eq 0 ]; then
        rm -rf "$work"
    else
        echo "$script: failed while $step; the application is in $work" >&2
    fi
}
step="starting"
trap 'finish $?' EXIT

begin() {
    step=$1
    echo "$script: $step"
}

# test.sh has done it, once for all
if [ -z "${EXTENSION_IS_INSTALLED:-}" ]; then
    begin "installing $artifact:$version"
    mvn "${quiet[@]}" install -pl deployment -am -DskipTests -Dformat.skip "$@"
fi

begin "unpacking Maven $maven"
(cd "$work" && mvn "${quiet[@]}" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
    -Dartifact="org.apache.maven:apache-maven:$maven:tar.gz:bin" -DoutputDirectory="$work" "$@")
mvn="$work/apache-maven-$maven/bin/mvn"

# create NAME [option…]: an application in $work
create() {
    local name=$1
    shift
    begin "creating the application $name of Quarkus $quarkus"
    (cd "$work" && "$mvn" "${quiet[@]}" "io.quarkus:quarkus-maven-plugin:$quarkus:create" \
        -DprojectGroupId=org.acme -DprojectArtifactId="$name" -DquarkusRegistryClient=false \
        -DplatformGroupId=io.quarkus -DplatformArtifactId=quarkus-bom -DplatformVersion="$quarkus" "$@")
}
