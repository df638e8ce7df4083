package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;

/**
 * What a container gets at least and at most, as Kubernetes quantities ({@code 250m}, {@code
 * 512Mi}).
 */
public record ContainerResources(
    String cpuRequest, String cpuLimit, String memoryRequest, String memoryLimit) {
  /** Refuses what is no quantity. */
  public ContainerResources {
    check(cpuRequest);
    check(cpuLimit);
    check(memoryRequest);
    check(memoryLimit);
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
