/**
 * Pure functions from a build, a release or a namespace to its desired Kubernetes objects, and the
 * settings of these. Golden YAML files show them whole.
 */
@NullMarked
package io.platform.kubernetes.desired;

import org.jspecify.annotations.NullMarked;
