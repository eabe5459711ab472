#!/usr/bin/env bash
#
# Adds the extension to a new application as users do, and lets somebody sign in there, in a test.
# Arguments go on to every Maven: -Dmaven.repo.local=…, --offline.
#
set -euo pipefail
# shellcheck source=integration-tests/new-application.sh
. "$(dirname "${BASH_SOURCE[0]}")/new-application.sh"

create sign-in -DnoCode "$@"

begin "adding the extension"
cd "$work/sign-in"
"$mvn" "${quiet[@]}" quarkus:add-extension -Dextensions="$group:$artifact:$version" -DquarkusRegistryClient=false "$@"
grep -q "<artifactId>$artifact</artifactId>" pom.xml

mkdir -p src/main/java/org/acme src/test/java/org/acme
cat > src/main/java/org/acme/Account.java << 'JAVA'
package org.acme;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class Account {

    @Inject
    DeviceAuthorization deviceAuthorization;

    public String authorization() {
        return deviceAuthorization.tokens().authorizationHeader();
    }
}
JAVA
cat > src/test/java/org/acme/AccountTest.java << 'JAVA'
package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class AccountTest {

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Inject
    Account account;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    void aliceSignsInAndHerTokenIsGood() throws Exception {
        PendingAuthorization pending = deviceAuthorization.start();
        assertEquals(2, send(HttpRequest.newBuilder(URI.create(server + "/dev/script"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=approve&user=alice"))).statusCode() / 100);
        deviceAuthorization.await(pending);

        HttpResponse<String> hello = send(HttpRequest.newBuilder(URI.create(server + "/api/hello"))
                .header("Authorization", account.authorization()));
        assertEquals(200, hello.statusCode());
        assertTrue(hello.body().contains("alice"), hello.body());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
JAVA

begin "building and testing the application"
"$mvn" -B -ntp package "$@"
grep -q 'tests="1" errors="0" skipped="0" failures="0"' target/surefire-reports/TEST-org.acme.AccountTest.xml

begin "looking for the development server in the packaged application"
if find target/quarkus-app -name "*$artifact-dev-server*" | grep .; then
    exit 1
fi
begin "finished"
