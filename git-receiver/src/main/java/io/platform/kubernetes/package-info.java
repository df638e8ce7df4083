/**
 * Builds and apps on a Kubernetes cluster. {@link KubernetesAdapters} makes the adapters of the
 * ports.
 */
@NullMarked
package io.platform.kubernetes;

import org.jspecify.annotations.NullMarked;
