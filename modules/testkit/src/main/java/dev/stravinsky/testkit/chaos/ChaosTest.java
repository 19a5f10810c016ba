package dev.stravinsky.testkit.chaos;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test that is run once with nothing wrong, and then once for each fault in each place where it
 * can strike: each operation on files that {@link Chaos#strike} was seen to do.
 *
 * <pre>{@code
 * @ChaosTest
 * void check_anyFault_findsItOrSaysThatItCannotLook(Chaos chaos) throws Exception {
 *   Sandbox user = chaos.sandbox();
 *   user.write(user.claude().resolve("hooks/greet.sh"), "FORBIDDEN\n");
 *   CheckContext context = CheckContexts.in(user).liveClaude().build();
 *
 *   Outcome<List<Finding>> outcome = chaos.strike(() -> new ForbiddenWords().check(context));
 *
 *   if (outcome instanceof Outcome.Returned<List<Finding>>(List<Finding> findings)) {
 *     assertThat(findings).isNotEmpty();
 *   }
 * }
 * }</pre>
 *
 * <p>Beyond what the method asserts, each run fails if
 *
 * <ul>
 *   <li>{@code strike} was not called, or did nothing with the sandbox's files,
 *   <li>the planned fault did not take place,
 *   <li>a file or directory that was opened in it is still open, unless the process was killed,
 *   <li>an {@link Error} comes out of it.
 * </ul>
 *
 * <p>If the run with nothing wrong fails, there are no others. A failed run says the system
 * property with which it alone is run again: {@code -Dstravinsky.chaos.only=io-error/3}. Nothing is
 * left to chance: the same code has the same runs.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(ChaosExtension.class)
public @interface ChaosTest {
  /** What goes wrong; everything, if nothing is said. */
  ChaosFault[] faults() default {};

  /** In how many places each fault strikes at most; they are evenly chosen, the last one is one. */
  int places() default 48;
}
