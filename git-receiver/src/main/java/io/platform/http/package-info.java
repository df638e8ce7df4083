/**
 * What every HTTP server of the platform shares: problem details (RFC 9457), JSON, limits on
 * requests.
 */
@NullMarked
package io.platform.http;

import org.jspecify.annotations.NullMarked;
