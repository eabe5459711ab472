package io.quarkiverse.deviceauthorization.runtime.provider;

import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ALWAYS;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.ANY;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.POLL;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.REFRESH;
import static io.quarkiverse.deviceauthorization.runtime.provider.Cure.START;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/**
 * Microsoft Entra ID: endpoints are known from the tenant's URL, since the issuer that its metadata name is another one for
 * tenants that are not written as an id. What its error codes mean comes from "Microsoft Entra authentication and authorization
 * error codes".
 */
final class Microsoft {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The tenant of all personal accounts. */
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final String APP = "Open App registrations > (the app) > ";
    private static final String IN_TENANT = "Open Enterprise applications > (the app) > ";
    private static final String CENTER = " in the Microsoft Entra admin center";

    private Microsoft() {
    }

    static Preset preset() {
        PresetBuilder preset = Preset.ownServer("https://login.microsoftonline.com/my-tenant-id/v2.0")
                .serverRule(url -> !base(url.getPath()).isEmpty(), "names no tenant. Write for example"
                        + " https://login.microsoftonline.com/my-tenant-id/v2.0")
                .base(Microsoft::base)
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth2/v2.0/devicecode")
                .path(Endpoint.TOKEN, "/oauth2/v2.0/token")
                .path(Endpoint.JWKS, "/discovery/v2.0/keys")
                .path(Endpoint.USER_INFO, "https://graph.microsoft.com/oidc/userinfo")
                .issuer(Microsoft::issuer)
                .scopes("openid", "profile", "offline_access")
                .refreshScope("offline_access")
                .adapter(new RenamedErrors(Map.of(
                        "authorization_declined", "access_denied",
                        "bad_verification_code", "invalid_grant",
                        "code_expired", "expired_token")));
        app(preset);
        tenant(preset);
        person(preset);
        return preset.build();
    }

    private static String base(String authServerUrl) {
        return authServerUrl.replaceFirst("(/v2\\.0)?/?$", "");
    }

    /** ID tokens name their tenant by its id; where the URL doesn't, it is the one that the token itself claims. */
    private static String issuer(String authServerUrl) {
        String base = base(authServerUrl);
        int slash = base.lastIndexOf('/');
        String tenant = base.substring(slash + 1).toLowerCase(Locale.ROOT);
        String id = ID.matcher(tenant).matches() ? tenant : tenant.equals("consumers") ? CONSUMERS : "{tid}";
        return base.substring(0, slash + 1) + id + "/v2.0";
    }

    private static void app(PresetBuilder preset) {
        preset.cure(ALWAYS, ANY, "AADSTS7000218\\b", APP + "Authentication" + CENTER
                + " and set \"Allow public client flows\" to Yes")
                .cure(ALWAYS, ANY, "AADSTS700025\\b", "Remove credentials: the app is a public client, which must not send a"
                        + " secret")
                .cure(ALWAYS, ANY, "AADSTS(7000215|7000222|70002)\\b", "Remove credentials: the secret is wrong or has expired,"
                        + " and this grant is for public clients")
                .cure(ALWAYS, ANY, "AADSTS(700016|700011)\\b", "Check client-id and the tenant in auth-server-url: the tenant"
                        + " doesn't know the app")
                .cure(ALWAYS, ANY, "AADSTS(7000112|70001)\\b", IN_TENANT + "Properties" + CENTER
                        + " and set \"Enabled for users to sign in\" to Yes")
                .cure(ALWAYS, ANY, "AADSTS(65001|90094|650056|650057|65005|90008)\\b", APP + "API permissions" + CENTER
                        + ", add what scopes asks for, and grant consent")
                .cure(ALWAYS, ANY, "AADSTS(70011|28002|700022|700023)\\b",
                        "Check scopes: they have to exist and to belong to one"
                                + " API, such as User.Read or api://(app id)/access")
                .cure(START, ANY, "AADSTS900144\\b.*scope", "Set scopes: Entra wants one at least")
                .cure(ALWAYS, ANY, "AADSTS(500011|50001|650052)\\b",
                        "Check scopes and the tenant in auth-server-url: the API that"
                                + " they name isn't enabled there");
    }

    private static void tenant(PresetBuilder preset) {
        preset.cure(ALWAYS, ANY, "AADSTS(90002|50059|90019|50128)\\b", "Check auth-server-url, which has to name a tenant that"
                + " exists: https://login.microsoftonline.com/(tenant)/v2.0")
                .cure(ALWAYS, ANY, "AADSTS(50194|90130|90124|9001023)\\b",
                        "Put the tenant's own id into auth-server-url in place"
                                + " of common or consumers, or make the app a multitenant one")
                .cure(ALWAYS, ANY, "AADSTS9002332\\b", "Put a tenant or organizations into auth-server-url: the app is not for"
                        + " personal accounts")
                .cure(ALWAYS, ANY, "AADSTS(9002346|9002331)\\b", "Put consumers into auth-server-url: the app is for personal"
                        + " accounts only")
                .cure(ALWAYS, ANY, "AADSTS530036\\b", "The tenant blocks this grant by a Conditional Access policy on"
                        + " authentication flows: its administrator has to exclude the app or the person from it")
                .cure(ALWAYS, ANY, "AADSTS(53003|530032|530035|53000|53001|53002|530034|50005|50097|50131|50155)\\b",
                        "The tenant blocks this sign-in by a Conditional Access policy or its security defaults: its administrator"
                                + " finds the reason under Monitoring & health > Sign-in logs");
    }

    private static void person(PresetBuilder preset) {
        preset.cure(REFRESH, ANY, "AADSTS(50076|50079|50078|50158|50072|50074)\\b", "The tenant asks for multifactor"
                + " authentication again, which takes a new sign-in")
                .cure(POLL, ANY, "AADSTS50105\\b", IN_TENANT + "Users and groups" + CENTER + " and assign the person")
                .cure(POLL, ANY, "AADSTS(50020|500208|16000|90072|50034|51004)\\b",
                        "The account doesn't belong to the tenant in"
                                + " auth-server-url: sign in with another one, or invite it as a guest")
                .cure(REFRESH, ANY, "AADSTS(700082|70008|70043|50173|50089|50132|50133|70000)\\b",
                        "It has expired or was revoked,"
                                + " for example because it was unused for 90 days or the password was changed");
    }
}
