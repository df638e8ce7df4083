/**
 * Pure functions from a build, a release or a namespace to the Kubernetes objects that should be
 * there for it, and the settings that they are shaped by. Golden YAML files show them whole.
 */
@NullMarked
package io.platform.kubernetes.desired;

import org.jspecify.annotations.NullMarked;
