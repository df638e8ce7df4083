/** What the platform's programs on Kubernetes are told by their environment. */
@NullMarked
package io.platform.server.pod;

import org.jspecify.annotations.NullMarked;
