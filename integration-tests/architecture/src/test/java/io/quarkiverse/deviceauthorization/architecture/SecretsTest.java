package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;

import io.quarkiverse.deviceauthorization.Secret;

@DisplayName("A secret is taken out")
class SecretsTest {

    @Test
    @DisplayName("to be sent, stored, signed with or checked, in these classes and no others")
    void doors() {
        Set<String> users = Code.all().stream().flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Secret.class) && access.getName().equals("value")
                        && !access.getOriginOwner().isEquivalentTo(Secret.class))
                .map(JavaAccess::getOriginOwner).map(Code::file).collect(Collectors.toCollection(TreeSet::new));
        assertThat(users).as("""
                classes that take the text out of a secret. Another one is fine if what it does with it is on this list; say so
                here, and let its test show that the secret is in no log and no message""").containsExactly(
                // the header, a DPoP proof, and the claims of an ID token
                "Tokens",
                // what is shown in the Dev UI of a token: when it expires, and its claims
                "runtime.dev.TokensView",
                "runtime.dev.UnverifiedJwt",
                // signed with
                "runtime.dpop.DpopKey",
                // sent
                "runtime.endpoint.Exchange",
                "runtime.endpoint.JwtExpiry",
                "runtime.endpoint.PollTemplate",
                "runtime.endpoint.RequestForms",
                // checked
                "runtime.idtoken.IdTokenClaims",
                "runtime.idtoken.IdTokenSignature",
                // handed to code that wants the types of quarkus-oidc-client, which are texts
                "runtime.oidcclient.OidcTokens",
                // stored, encrypted if there is a key
                "runtime.store.FlowMembers",
                "runtime.store.Members",
                "runtime.store.TokensMembers");
    }

    @Test
    @DisplayName("of the bytes of the store where these are overwritten, and nowhere else")
    void wiping() {
        Set<String> decoders = Code.all().stream().filter(type -> Code.isIn(type, Code.RUNTIME + ".store"))
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(String.class)
                        && !call.getTarget().getRawParameterTypes().isEmpty()
                        && call.getTarget().getRawParameterTypes().get(0).isEquivalentTo(byte[].class))
                .map(JavaAccess::getOriginOwner).map(Code::file).collect(Collectors.toCollection(TreeSet::new));
        assertThat(decoders).containsExactly("runtime.store.Wiping");
    }
}
