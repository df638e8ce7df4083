/** Certificates of apps' domains, with real keys. */
@NullMarked
package io.platform.tls;

import org.jspecify.annotations.NullMarked;
