package io.quarkiverse.deviceauthorization.runtime.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Processes that share a store")
class RandomCoursesTest {

    private static final int COURSES = Integer.getInteger("courses", 300);

    @Test
    @DisplayName("Promises 2 and 3: lose no approval and ask never early, whatever happens to them, to the store and the server")
    void courses() {
        int excused = 0;
        for (long seed = 0; seed < COURSES; seed++) {
            RandomCourse course = new RandomCourse(seed);
            assertThat(course.run()).as("seed %s%n%s%n", seed, course).isEmpty();
            excused += course.excuse().isPresent() ? 1 : 0;
        }
        assertThat(excused).as("courses of which nothing can be asked").isLessThan(COURSES / 5 + 1);
    }
}
