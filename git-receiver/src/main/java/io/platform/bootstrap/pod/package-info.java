/** Settings of the platform's programs on Kubernetes. */
@NullMarked
package io.platform.bootstrap.pod;

import org.jspecify.annotations.NullMarked;
