/**
 * The logs of apps on Kubernetes: what there is of all pods is merged exactly by time; what comes
 * then is followed pod by pod, and merged within a short window.
 */
@NullMarked
package io.platform.kubernetes.log;

import org.jspecify.annotations.NullMarked;
