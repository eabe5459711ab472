package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocEnum;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** How {@code login()} tells the person what to do. */
@ConfigGroup
public interface PromptConfig {

    /** How {@code login()} tells the person what to do. A bean of type {@code Prompt} goes before it. */
    @WithParentName
    @WithDefault("terminal")
    @ConfigDocEnum(enforceHyphenateValues = true)
    @WithConverter(EnumConverters.OfPrompt.class)
    PromptKind kind();

    /**
     * Whether the verification page is opened in a browser, besides, on the machine that the application runs on. Only pages
     * that are {@code https} or on this machine.
     */
    @WithDefault("false")
    boolean openBrowser();

    /** The language of the prompt, as a language tag (BCP 47) such as {@code de}. English where it has no words for that. */
    @ConfigDocDefault("the default locale of Java, which is the user's")
    Optional<String> locale();
}
