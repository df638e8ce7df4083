/**
 * Kubernetes: builders as pods, apps as Deployments. {@link Cluster} makes the adapters; all else
 * is package-private.
 */
@NullMarked
package io.platform.cluster;

import org.jspecify.annotations.NullMarked;
