package io.platform.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

final class PasswordsTest {

  private final Passwords passwords = new Passwords(new PasswordConfig(10, 1024, 1, 1));

  @Test
  void makesAnotherHashEachTime() {
    String first = passwords.hash("a good password");
    String second = passwords.hash("a good password");

    assertThat(first).startsWith("$argon2id$v=19$m=1024,t=1,p=1$").isNotEqualTo(second);
    assertThat(passwords.matches("a good password", first)).isTrue();
    assertThat(passwords.matches("a good password", second)).isTrue();
    assertThat(passwords.matches("A good password", first)).isFalse();
  }

  /**
   * Time is no matter for a test; the memory that Argon2 walks through, on whatever thread, is the
   * same work.
   */
  @Test
  void worksAsMuchForNobodyAsForAnAccount() {
    String hash = passwords.hash("a good password");
    long somebody = allocated(() -> passwords.matches("not the password", hash));
    long nobody = allocated(() -> passwords.matchNobody("not the password"));

    assertThat(nobody).isGreaterThan(1024 * 1024).isBetween(somebody * 9 / 10, somebody * 11 / 10);
  }

  private static long allocated(Runnable work) {
    work.run();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    work.run();
    return threads.getTotalThreadAllocatedBytes() - before;
  }
}
