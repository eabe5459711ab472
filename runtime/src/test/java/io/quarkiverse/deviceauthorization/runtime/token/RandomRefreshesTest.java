package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Processes that share tokens, each of which is good for one refresh,")
class RandomRefreshesTest {

    private static final int COURSES = Integer.getInteger("courses", 300);

    @Test
    @DisplayName("Promise 4: spend none twice and lose none, whatever happens to them, to the store and the server")
    void courses() {
        int excused = 0;
        int refreshes = 0;
        for (long seed = 0; seed < COURSES; seed++) {
            RandomRefreshes course = new RandomRefreshes(seed);
            assertThat(course.run()).as("seed %s%n%s%n", seed, course).isEmpty();
            excused += course.isExcused() ? 1 : 0;
            refreshes += course.refreshes();
        }
        assertThat(refreshes).as("refreshes").isGreaterThan(5 * COURSES);
        assertThat(excused).as("courses of which nothing can be asked").isLessThan(COURSES / 3 + 1);
    }
}
