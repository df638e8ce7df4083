package io.platform.commons.retry;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.util.function.Predicate;

/** Runs work under a policy, on the caller's thread; exceptions come out as the work threw them. */
public final class Retry {
  private Retry() {}

  /** Work that may be done several times. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * Does it until it throws nothing that the policy handles.
   *
   * @throws X what the last attempt threw
   * @throws InterruptedException where a pause was interrupted
   */
  public static <R, T extends R, X extends Exception> T call(RetryPolicy<R> policy, Work<T, X> work)
      throws X, InterruptedException {
    try {
      return Failsafe.with(policy).get(work::run);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        Thread.interrupted(); // Failsafe has set it
        throw interrupted;
      }
      throw Retry.<X>thrown(e);
    }
  }

  /**
   * As {@link #call}, for short work without pauses: an interrupt is left to whatever waits next.
   */
  public static <R, T extends R, X extends Exception> T callUninterruptibly(
      RetryPolicy<R> policy, Work<T, X> work) throws X {
    try {
      return call(policy, work);
    } catch (InterruptedException e) {
      try {
        return callUninterruptibly(policy, work);
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A policy by which a result is repeated that is not as expected; exceptions end it. */
  public static <T> RetryPolicy<T> until(Predicate<T> expected, RetryPolicyBuilder<T> policy) {
    return policy.handleIf((result, failure) -> failure == null && !expected.test(result)).build();
  }

  /** Failsafe wraps checked exceptions alone: it is one that the work declares. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Exception> X thrown(FailsafeException e) {
    return (X) requireNonNull(e.getCause());
  }
}
