package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.RequestScoped;

@RequestScoped
public class CurrentScreen {

    private String name;

    public void is(String name) {
        this.name = name;
    }

    public Optional<String> name() {
        return Optional.ofNullable(name);
    }
}
