package io.platform.testing.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What a server said during a test that the contract does not allow. Threads may share it. */
public final class ContractRecord {
  private static final OpenApiContract CONTRACT = OpenApiContract.load();

  private final Set<String> mismatches = new ConcurrentSkipListSet<>();

  /** Holds an exchange against the contract. */
  public void check(RecordedExchange exchange) {
    mismatches.addAll(CONTRACT.mismatches(exchange));
  }

  /** What was found until now. */
  public List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  /**
   * Fails the test where the contract was not kept.
   *
   * @throws AssertionError with each path and the reason
   */
  public void assertKept() {
    if (!mismatches.isEmpty()) {
      throw new AssertionError(
          "not as openapi.json says; correct the server or the document:\n"
              + String.join("\n", mismatches));
    }
  }
}
