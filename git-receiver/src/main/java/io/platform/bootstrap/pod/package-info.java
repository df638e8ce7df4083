/** What the platform's programs on Kubernetes are told by their environment. */
@NullMarked
package io.platform.bootstrap.pod;

import org.jspecify.annotations.NullMarked;
