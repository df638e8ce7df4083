/**
 * Commands of users on Kubernetes: one-off processes as pods, and connections to processes and
 * ports through the API server.
 */
@NullMarked
package io.platform.kubernetes.oneoff;

import org.jspecify.annotations.NullMarked;
