package io.platform.testing.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Records the answers of a server during a test that the contract does not allow. Threads may share
 * it.
 */
public final class ContractRecord {
  private static final OpenApiContract PUBLISHED = OpenApiContract.load();

  private final OpenApiContract contract;
  private final Set<String> mismatches = new ConcurrentSkipListSet<>();

  /** Holds servers against the contract that the platform publishes. */
  public ContractRecord() {
    this(PUBLISHED);
  }

  /** Holds servers against this contract. */
  public ContractRecord(OpenApiContract contract) {
    this.contract = contract;
  }

  /** Holds an exchange against the contract. */
  public void check(RecordedExchange exchange) {
    mismatches.addAll(contract.mismatches(exchange));
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
