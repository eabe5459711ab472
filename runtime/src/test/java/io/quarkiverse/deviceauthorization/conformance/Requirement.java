package io.quarkiverse.deviceauthorization.conformance;

import java.util.regex.Pattern;

/** What is required of the client. The display name of a test that proves it begins with its id. */
enum Requirement {

    R1(Part.RFC_8628, "3.1", "The device authorization request is a POST of a form in UTF-8."),
    R2(Part.RFC_8628, "3.1", "A public client sends its client_id; a scope is sent only where one is set."),
    R3(Part.RFC_8628, "3.1", "The client authenticates at the device authorization endpoint as it does at the token endpoint."),
    R4(Part.RFC_8628, "3.1", "Requests go over TLS. Plain HTTP is for this machine, for development and for tests."),
    R5(Part.RFC_8628, "3.1", "A parameter without a value is not sent, and none is sent twice, except resource."),
    R6(Part.RFC_8628, "3.1", "A flow starts when somebody asks for it: not at start-up, not because something failed."),
    R7(Part.RFC_8628, "3.2", "device_code, user_code, verification_uri and expires_in are required."),
    R8(Part.RFC_8628, "3.2", "Where no interval is named, it is 5 seconds."),
    R9(Part.RFC_8628, "3.2", "An error response comes as a typed exception."),
    R10(Part.RFC_8628, "3.3", "The person is shown the user code and the verification URI."),
    R11(Part.RFC_8628, "3.3", "The device code is shown to nobody."),
    R12(Part.RFC_8628, "3.3.1",
            "Where there is a complete verification URI, the user code and the plain URI are shown as well."),
    R13(Part.RFC_8628, "3.4", "A token request has the grant type, the device code, and the client_id of a public client."),
    R14(Part.RFC_8628, "3.4", "A client with credentials authenticates at the token endpoint."),
    R15(Part.RFC_8628, "3.5", "The interval is waited before each token request, the first one too, from the last answer on."),
    R16(Part.RFC_8628, "3.5", "slow_down makes the interval 5 seconds longer, for good."),
    R17(Part.RFC_8628, "3.5", "Any other error code ends the polling."),
    R18(Part.RFC_8628, "3.5", "When the codes have expired, no new flow starts without the person."),
    R19(Part.RFC_8628, "3.5", "While the server can't be asked, the client asks ever less often, and the flow survives."),
    R20(Part.RFC_8628, "4", "The device authorization endpoint is found in the server's metadata."),
    R21(Part.RFC_8628, "5.4", "The person is told to go on only if they started the sign-in."),
    R22(Part.RFC_8628, "5.6", "A client on a device is a public client; a secret that ships with a program is warned of."),
    R23(Part.RFC_8628, "6.1", "The user code is shown as it came."),

    RFC_6749("RFC 6749 §6", "A new refresh token replaces the old one, which otherwise stays, whatever fails."),
    RFC_9700("RFC 9700",
            "At most one refresh is in flight, its result is stored first, and the store is read before giving up."),
    RFC_8414("RFC 8414 §3.3", "Metadata of another issuer are refused."),
    RFC_9449("RFC 9449", "Each request carries a new DPoP proof of one key, and challenges for a nonce are answered at once."),
    RFC_7523("RFC 7523", "An assertion is signed for each request, and says whom it is for."),
    RFC_8705("RFC 8705", "A client that shows a certificate uses the endpoints for such."),
    RFC_8707("RFC 8707", "Resources and the audience are named in both requests."),
    RFC_9396("RFC 9396", "Authorization details are sent in both requests."),
    RFC_7009("RFC 7009", "Signing out revokes the refresh token, then forgets it."),
    RFC_7636("RFC 7636", "PKCE: the challenge goes with the first request, the verifier with each poll."),
    CROSS_DEVICE("Cross-device", "Nothing opens a browser by itself."),

    N1(Part.NORMALISATION, "The body decides what an answer means; the status decides where the body says nothing."),
    N2(Part.NORMALISATION, "verification_url and verification_url_complete mean what RFC 8628 calls uri."),
    N3(Part.NORMALISATION, "Numbers may be texts or null."),
    N4(Part.NORMALISATION, "An interval below the floor is raised to it."),
    N5(Part.NORMALISATION, "An absurd interval is clamped."),
    N6(Part.NORMALISATION, "Scopes may be separated by spaces or commas, or be an array."),
    N7(Part.NORMALISATION, "Members that no standard knows stay reachable."),
    N8(Part.NORMALISATION, "Every request asks for JSON and forbids to store the answer."),

    K1(Part.KEYCLOAK, "Codes come with an interval of the realm's own."),
    K2(Part.KEYCLOAK, "Expired codes are expired_token at first, invalid_grant later."),
    K3(Part.KEYCLOAK, "A wrong secret and an unknown client have codes of their own."),
    K4(Part.KEYCLOAK, "A client without the grant is refused."),
    K5(Part.KEYCLOAK, "Codes are spent by success."),
    K6(Part.KEYCLOAK, "Tokens come with members that no standard knows."),
    K7(Part.KEYCLOAK, "Assertions are for the issuer or the token endpoint, each for one use."),
    K8(Part.KEYCLOAK, "DPoP proofs are demanded at the token endpoint."),
    K9(Part.KEYCLOAK, "client_id twice is refused."),
    K10(Part.KEYCLOAK, "A GET on the device endpoint is answered by a page."),
    K11(Part.KEYCLOAK, "A revocation is answered without a body."),
    K12(Part.KEYCLOAK, "The issuer follows the host of the request."),
    K13(Part.KEYCLOAK, "Cancelling on the code page tells the client nothing.");

    /** What requirements come from. */
    enum Part {

        RFC_8628("RFC 8628, the client's side"),
        NEIGHBOURS("The standards beside it"),
        NORMALISATION("What servers write in their own ways"),
        KEYCLOAK("Keycloak 26.7.3, as measured");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Part part;
    private final String id;
    private final String section;
    private final String text;
    private final Pattern mention;

    Requirement(Part part, String section, String text) {
        this(part, null, section, text);
    }

    Requirement(Part part, String text) {
        this(part, null, "", text);
    }

    Requirement(String id, String text) {
        this(Part.NEIGHBOURS, id, "", text);
    }

    Requirement(Part part, String id, String section, String text) {
        this.part = part;
        this.id = id == null ? name() : id;
        this.section = section;
        this.text = text;
        this.mention = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(this.id) + "(?![A-Za-z0-9]|\\.[0-9])");
    }

    Part part() {
        return part;
    }

    String id() {
        return id;
    }

    /** The section of the part that it comes from; empty if there is none. */
    String section() {
        return section;
    }

    String text() {
        return text;
    }

    /** Whether a display name mentions it. */
    boolean isIn(String displayName) {
        return mention.matcher(displayName).find();
    }

    /** Whether a display name is about it: begins with its id, alone or among others. */
    boolean leads(String displayName) {
        int colon = displayName.indexOf(": ");
        return colon > 0 && displayName.substring(0, colon).length() < 30 && isIn(displayName.substring(0, colon));
    }
}
