package io.platform.commons.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Integer> attempts = new ArrayList<>();

  @AfterEach
  void isNotInterrupted() {
    Thread.interrupted();
  }

  private int attempt() {
    attempts.add(attempts.size() + 1);
    return attempts.size();
  }

  @Test
  void throwsWhatTheLastAttemptThrew() {
    RetryPolicy<Integer> policy =
        RetryPolicies.<Integer>lostRace(3).handle(NoSuchFileException.class).build();

    assertThatThrownBy(() ->
            Retry.call(
                policy,
                () -> {
                  throw new NoSuchFileException("file " + attempt());
                }))
        .isExactlyInstanceOf(NoSuchFileException.class)
        .hasMessage("file 3")
        .hasNoCause();
  }

  @Test
  void doesNotRepeatWhatThePolicyDoesNotHandle() {
    RetryPolicy<Integer> policy =
        RetryPolicies.<Integer>lostRace(3).handle(NoSuchFileException.class).build();

    assertThatThrownBy(() ->
            Retry.call(
                policy,
                () -> {
                  throw new IOException("disk " + attempt());
                }))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("disk 1");
  }

  @Test
  void returnsTheLastResultWhereNoneIsAsWished() throws Exception {
    RetryPolicy<Integer> policy =
        Retry.until(result -> result > 7, RetryPolicies.<Integer>lostRace(5));

    assertThat(Retry.call(policy, this::attempt)).isEqualTo(5);
  }

  @Test
  void endsWithAnExceptionWhereAResultIsWaitedFor() {
    RetryPolicy<Integer> policy =
        Retry.until(result -> result > 7, RetryPolicies.<Integer>lostRace(5));

    assertThatThrownBy(() ->
            Retry.call(
                policy,
                () -> {
                  throw new InterruptedException("work " + attempt());
                }))
        .isExactlyInstanceOf(InterruptedException.class)
        .hasMessage("work 1");
  }

  @Test
  void anInterruptEndsAPause() {
    RetryPolicy<Integer> policy =
        Retry.until(result -> result > 7, RetryPolicies.<Integer>held(Duration.ofHours(1)));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Retry.call(policy, this::attempt))
        .isExactlyInstanceOf(InterruptedException.class);
    assertThat(attempts).hasSize(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void shortWorkIsNotEndedByAnInterrupt() {
    RetryPolicy<Integer> policy =
        Retry.until(result -> result > 4, RetryPolicies.<Integer>lostRace(5));
    Thread.currentThread().interrupt();

    int result = Retry.callUninterruptibly(policy, this::attempt);

    assertThat(result).isEqualTo(5);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
