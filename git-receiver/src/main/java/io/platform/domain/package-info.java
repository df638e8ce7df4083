/**
 * Apps, builds, releases and config, and the rules on them. It knows no database, no HTTP and no
 * Kubernetes.
 */
@NullMarked
package io.platform.domain;

import org.jspecify.annotations.NullMarked;
