/** Certificates of apps' domains: their check, and the keys with which HTTPS is served by SNI. */
@NullMarked
package io.platform.tls;

import org.jspecify.annotations.NullMarked;
