package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.platform.domain.ProcessSize;
import java.util.Optional;

/**
 * The requests and limits of a container, as Kubernetes quantities ({@code 250m}, {@code 512Mi}).
 */
public record ContainerResources(
    String cpuRequest, String cpuLimit, String memoryRequest, String memoryLimit) {
  private static final long MEBIBYTE = 1 << 20;

  /** Refuses what is no quantity. */
  public ContainerResources {
    check(cpuRequest);
    check(cpuLimit);
    check(memoryRequest);
    check(memoryLimit);
  }

  /** These, where the size does not say otherwise: what it says is both requested and the limit. */
  ContainerResources with(ProcessSize size) {
    Optional<String> cpu = size.milliCpu().map("%dm"::formatted);
    Optional<String> memory = size.memory().map(ContainerResources::memory);
    return new ContainerResources(
        cpu.orElse(cpuRequest),
        cpu.orElse(cpuLimit),
        memory.orElse(memoryRequest),
        memory.orElse(memoryLimit));
  }

  private static String memory(long bytes) {
    return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + "Mi" : Long.toString(bytes);
  }

  ResourceRequirements toRequirements() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpuRequest))
        .addToRequests("memory", new Quantity(memoryRequest))
        .addToLimits("cpu", new Quantity(cpuLimit))
        .addToLimits("memory", new Quantity(memoryLimit))
        .build();
  }

  static String check(String quantity) {
    try {
      Quantity.parse(quantity).getNumericalAmount();
      return quantity;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no quantity: write it as 500m, 2, 512Mi or 10Gi".formatted(quantity), e);
    }
  }
}
