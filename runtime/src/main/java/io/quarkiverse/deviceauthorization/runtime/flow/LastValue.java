package io.quarkiverse.deviceauthorization.runtime.flow;

/**
 * The last one of values of which many in a row are equal, such as the place where a server wants to have its codes entered: a
 * hundred thousand flows share one.
 */
final class LastValue<T> {

    private volatile T last;

    /** @return the value, or the last one if that is equal */
    T orEqual(T value) {
        T known = last;
        if (value.equals(known)) {
            return known;
        }
        last = value;
        return value;
    }
}
