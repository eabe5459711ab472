package io.quarkiverse.deviceauthorization.runtime.endpoint;

/** The last one of values of which many in a row are equal, such as intervals: a hundred thousand flows share one. */
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
