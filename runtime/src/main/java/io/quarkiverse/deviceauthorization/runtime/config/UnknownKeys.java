package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds keys that nobody reads, where it is plain which one was meant: a misspelt key of encryption, for example, would leave
 * tokens as they are. Of all others, Quarkus warns by itself.
 */
public final class UnknownKeys {

    private static final String RESERVED = "'%s' can't name a client, since the keys would be those of the extension or of the"
            + " default client. Choose another name in @DeviceAuthorizationName";
    private static final String CLIENT_ID = "client-id";

    /** How the keys of other extensions go on after ours in the environment, where a dash is no dash. */
    private static final List<String> COMPANIONS = List.of("REDIS_", "WEB_");

    private final OwnKeys keys;
    private final WrittenKeys written;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private UnknownKeys(OwnKeys keys, WrittenKeys written) {
        this.keys = keys;
        this.written = written;
    }

    /**
     * @param keys what can be written
     * @param written what is written
     * @return what to write instead of keys that can't
     */
    public static List<ConfigProblem> find(OwnKeys keys, WrittenKeys written) {
        UnknownKeys check = new UnknownKeys(keys, written);
        for (String name : written.dotted()) {
            String member = name.substring(keys.prefix().length());
            if (!keys.contain(member)) {
                check.unknown(name, member);
            }
        }
        for (String variable : written.variables()) {
            check.variable(variable);
        }
        return check.problems;
    }

    /** @return that a name can't be that of a client */
    public static String reserved(String name) {
        return RESERVED.formatted(name);
    }

    private void unknown(String name, String member) {
        List<String> segments = OwnKeys.segments(member);
        if (segments.size() == 2 && segments.get(1).equals(CLIENT_ID)
                && ConfigKeys.RESERVED_NAMES.contains(segments.get(0)) && keys.ofClients().contains(CLIENT_ID)) {
            problems.add(new ConfigProblem(name, reserved(segments.get(0))));
            return;
        }
        boolean named = segments.size() > 1 && !ConfigKeys.RESERVED_NAMES.contains(segments.get(0));
        String key = member.replaceAll("\\[[0-9]+]$", ""); // one value of a list
        meant(key, named ? clientLength(key) : 0).map(found -> keys.prefix() + found).filter(meant -> !written.has(meant))
                .ifPresent(meant -> problems.add(ConfigProblem.unknown(name,
                        "Did you mean " + meant + " (in the environment " + ConfigKeys.environmentVariable(meant) + ")?")));
    }

    /** @param rest where the key begins, after the name of a client that may be one */
    private Optional<String> meant(String member, int rest) {
        MeantKey meant = new MeantKey(keys);
        String client = member.substring(0, rest);
        Optional<MeantKey.Guess> near = meant.near(member);
        Optional<MeantKey.Guess> ofNamed = rest == 0 ? Optional.empty() : meant.nearOfClient(member.substring(rest));
        if (ofNamed.isPresent() && ofNamed.get().isNearerThan(near)) {
            near = Optional.of(ofNamed.get().behind(client));
        }
        Optional<String> key = near.map(MeantKey.Guess::key);
        if (key.isEmpty() && rest > 0) {
            key = meant.ofClient(member.substring(rest)).map(found -> client + found);
        }
        return key.isPresent() ? key : meant.ofClient(member);
    }

    /** @return how long the name of a client is in front of a key, with its quotes and the dot */
    private static int clientLength(String member) {
        int end = member.startsWith("\"") ? member.indexOf('"', 1) + 1 : member.indexOf('.');
        return Math.min(Math.max(end, 0) + 1, member.length());
    }

    /** A variable tells no dots from dashes, and not where the name of a client ends. */
    private void variable(String variable) {
        String beginning = ConfigKeys.environmentVariable(keys.prefix());
        String rest = withoutIndex(variable.toUpperCase(Locale.ROOT).substring(beginning.length()));
        for (String companion : COMPANIONS) {
            if (rest.startsWith(companion) && keys.prefix().equals(ConfigKeys.PREFIX)) {
                return;
            }
        }
        if (!isVariable(rest)) {
            meantVariable(rest).map(meant -> beginning + meant).filter(name -> !written.hasVariable(name))
                    .ifPresent(name -> problems.add(ConfigProblem.unknown(variable, "Did you mean " + name + "?")));
        }
    }

    /** @return the variable that is spelt nearly so, or that of a client, if all behind its name is still nearer */
    private Optional<String> meantVariable(String rest) {
        MeantKey meant = new MeantKey(keys);
        Optional<MeantKey.Guess> nearest = meant.near(rest);
        for (int end = rest.indexOf('_'); nearest.isPresent() && end >= 0; end = rest.indexOf('_', end + 1)) {
            String client = rest.substring(0, end + 1);
            Optional<MeantKey.Guess> ofNamed = meant.nearOfClient(rest.substring(end + 1));
            if (ofNamed.isPresent() && ofNamed.get().isNearerThan(nearest)) {
                nearest = Optional.of(ofNamed.get().behind(client));
            }
        }
        return nearest.map(guess -> ConfigKeys.environmentVariable(guess.key()));
    }

    private boolean isVariable(String rest) {
        for (String member : keys.others()) {
            String known = ConfigKeys.environmentVariable(beforeName(member));
            if (member.equals(beforeName(member)) ? rest.equals(known) : rest.startsWith(known)) {
                return true;
            }
        }
        for (String member : keys.ofClients()) {
            String known = ConfigKeys.environmentVariable(beforeName(member));
            if (member.equals(beforeName(member)) ? rest.equals(known) || rest.endsWith("_" + known)
                    : rest.startsWith(known) || rest.contains("_" + known)) {
                return true;
            }
        }
        return false;
    }

    private static String beforeName(String member) {
        int name = member.indexOf(OwnKeys.ANY);
        return name < 0 ? member : member.substring(0, name);
    }

    /** {@code SCOPES_0_} is the first of the scopes. */
    private static String withoutIndex(String variable) {
        int end = variable.length() - 1;
        int digits = end;
        while (digits > 0 && Character.isDigit(variable.charAt(digits - 1))) {
            digits--;
        }
        return variable.endsWith("_") && digits > 0 && digits < end && variable.charAt(digits - 1) == '_'
                ? variable.substring(0, digits - 1)
                : variable;
    }
}
